"""From what a person types to the facts of a what-if: one step a change."""

from __future__ import annotations

from enum import StrEnum

from graph.errors import InputError, quoted
from graph.model import Collaboration, Fact, Need, Offer, Organisation, Provenance, Skill
from matching.coalitions.terms import name_of_term, term_named
from matching.lookup import find_organisation
from matching.network import Network

__all__ = ["MOST_STEPS", "ImaginedSteps", "StepKind"]

MOST_STEPS = 50
"""A what-if with more of them is a plan of its own, and belongs into a file."""

_NEW_ID = "what-if-"


class StepKind(StrEnum):
    """What a step changes."""

    REMOVE = "remove"
    NEW = "new"
    TIE = "tie"
    UNTIE = "untie"
    OFFER = "offer"
    UNOFFER = "unoffer"
    NEED = "need"
    UNNEED = "unneed"


class ImaginedSteps:
    """Gathers the steps of a what-if on ``network``; it changes nothing.

    ``told`` is the provenance that imagined facts carry. ``added`` and ``removed`` are what
    :func:`matching.gaps.rehearsal.imagined` takes, ``about`` the ids of the organisations named,
    and ``said`` the steps again with ids in place of what was typed.
    """

    def __init__(self, network: Network, told: Provenance) -> None:
        self.added: list[Fact] = []
        self.removed: list[str] = []
        self.about: list[str] = []
        self.said: list[tuple[StepKind, str, str]] = []
        self._network = network
        self._told = told
        self._new: dict[str, str] = {}
        self._count = 0

    def add(self, kind: StepKind, who: str, other: str = "") -> None:
        """Take one step: ``who`` and ``other`` as somebody typed them, ids or names.

        ``other`` is an organisation for ties, a skill for offers and needs, and left out else. A
        name that an earlier step has made up is known. Raises UnknownOrganisation, UnknownTerm, or
        InputError for what is missing, unknown or so already.
        """
        self._count += 1
        if self._count > MOST_STEPS:
            raise InputError(
                f"More than {MOST_STEPS} changes at a time.", remedy="Leave some of them out."
            )
        if not who.strip():
            raise InputError(
                "It isn't said which organisation.", remedy="Give its name, or leave the line out."
            )
        if kind is StepKind.NEW:
            self.said.append((kind, self._invent(who.strip()), ""))
            return
        one = self._found(who)
        self._note(one)
        if kind is StepKind.REMOVE:
            self._remove(one)
            self.said.append((kind, one, ""))
            return
        if not other.strip():
            raise InputError(
                f"It isn't said what {quoted(who)} goes with.",
                remedy="Name the other organisation, or the skill.",
            )
        match kind:
            case StepKind.TIE | StepKind.UNTIE:
                far = self._found(other)
                self._tie(kind, one, far)
            case _:
                far = term_named(self._network, "skill", other)
                self._capability(kind, one, far)
        self.said.append((kind, one, far))

    def name_of(self, node_id: str) -> str:
        """Return the name of a node, also of one that is only imagined."""
        made_up = {key: name for name, key in self._new.items()}
        if node_id in made_up:
            return made_up[node_id]
        if self._network.snapshot.name_of(node_id) is None:
            return name_of_term(self._network, "skill", node_id)
        return self._network.name_of(node_id)

    def _invent(self, name: str) -> str:
        if name in self._new:
            raise InputError(f"{quoted(name)} is there twice.", remedy="Leave one of them out.")
        made = Organisation(id=f"{_NEW_ID}{len(self._new) + 1}", name=name, provenance=self._told)
        self._new[name] = made.id
        self.added.append(made)
        self._note(made.id)
        return made.id

    def _found(self, text: str) -> str:
        wanted = text.strip()
        if wanted in self._new:
            return self._new[wanted]
        row = find_organisation(self._network, wanted)
        found = self._network.organisation_ids[row]
        if found in self.removed:
            raise InputError(
                f"{self._network.names[row]} has been taken out already.",
                remedy="Leave the later line out.",
            )
        return found

    def _note(self, organisation_id: str) -> None:
        if organisation_id not in self.about:
            self.about.append(organisation_id)

    def _remove(self, one: str) -> None:
        if one in self._new.values():
            raise InputError(
                f"{quoted(self.name_of(one))} is only imagined.", remedy="Leave both lines out."
            )
        if any(
            one in (getattr(fact, end, "") for end in ("from_id", "to_id")) for fact in self.added
        ):
            raise InputError(
                f"{self.name_of(one)} is part of another change.", remedy="Leave one of them out."
            )
        self.removed.append(one)

    def _tie(self, kind: StepKind, one: str, other: str) -> None:
        self._note(other)
        if one == other:
            raise InputError(
                f"{self.name_of(one)} can't be its own partner.", remedy="Name two organisations."
            )
        if kind is StepKind.TIE:
            self.added.append(
                Collaboration(from_id=one, to_id=other, how="what if", provenance=self._told)
            )
            return
        network = self._network
        rows = [network.snapshot.row_of("organisation", end) for end in (one, other)]
        facts = network.tie_facts(*rows) if None not in rows else ()  # type: ignore[arg-type]
        ties = [fact for fact in facts if fact.startswith(f"{Collaboration.kind}-")]
        if len(ties) < len(facts):
            raise InputError(
                f"{self.name_of(one)} and {self.name_of(other)} are partners by a joint project.",
                remedy="Take one of the two out instead.",
            )
        if not ties:
            raise InputError(
                f"{self.name_of(one)} and {self.name_of(other)} don't work together.",
                remedy="Look at the partners on the page of one of them.",
            )
        self.removed += ties

    def _capability(self, kind: StepKind, one: str, skill: str) -> None:
        network = self._network
        if kind in {StepKind.OFFER, StepKind.NEED}:
            if network.snapshot.row_of("skill", skill) is None:
                self.added.append(Skill(id=skill, name=self.name_of(skill), provenance=self._told))
            made = Offer if kind is StepKind.OFFER else Need
            self.added.append(made(from_id=one, to_id=skill, provenance=self._told))
            return
        tie_kind = "offers" if kind is StepKind.UNOFFER else "needs"
        place = network.snapshot.positions.get(one)
        end = network.snapshot.positions.get(skill)
        facts = network.facts(tie_kind, place, end) if place is not None and end is not None else ()
        if not facts:
            verb = "offer" if kind is StepKind.UNOFFER else "need"
            raise InputError(
                f"{self.name_of(one)} doesn't {verb} {self.name_of(skill)}.",
                remedy="Look at what it offers and needs on its page.",
            )
        self.removed += facts
