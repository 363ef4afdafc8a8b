"""Finding the organisation that a cell names: by our id, an identifier or a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator

from rapidfuzz import fuzz, process

from graph.model import Organisation
from seeds.identifiers import tidy_id
from seeds.names import normalised
from seeds.problems import Where
from seeds.sources.base import Context, Item
from seeds.sources.gathering import Gathering, Mention
from seeds.sources.template_words import role_in

__all__ = ["OrganisationNames"]

_LIKENESS = 70
_SUGGESTED = 3


class OrganisationNames:
    """Knows the organisations of the files first, then those of the store."""

    def __init__(self, context: Context, gathered: Gathering) -> None:
        self._context = context
        self._gathered = gathered
        self._mentions: list[Mention] = []
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        self._stored: dict[str, list[str]] | None = None
        self._found: dict[str, str] = {}

    def add(self, mention: Mention) -> None:
        """Remember a row's organisation under its names."""
        self._mentions.append(mention)

    def settle(self) -> None:
        """Look up the ids that the gathered organisations have been given."""
        for mention in self._mentions:
            own = self._gathered.id_of(mention)
            for name in (mention.name, *mention.fields.get("other_names", ())):
                self._ids[normalised(name)].add(own)
                self._labels.setdefault(normalised(name), name)
        self._mentions.clear()

    def resolve(self, text: str, where: Where) -> Generator[Item, None, str]:
        """Return our id of the organisation, '' if it can't be told; say why, once a cell."""
        name = text.strip()
        if not name:
            yield where.fault("No organisation is named.", remedy="Write its name or id.")
            return ""
        found = self._find(name)
        if len(found) == 1:
            return found[0]
        if found:
            yield where.problem(
                name,
                f"is the name of {len(found)} organisations",
                remedy=f"Write the id of the one that is meant: {', '.join(found[:3])}.",
            )
        else:
            yield where.problem(
                name, "is no organisation that is known", remedy=self._suggestion(name)
            )
        return ""

    def participant(self, text: str, where: Where) -> Generator[Item, None, tuple[str, str] | None]:
        """Return id and role for ``Name (role)``; a name may itself end in brackets."""
        whole = self._find(text)
        if len(whole) == 1:
            return whole[0], ""
        name, role = role_in(text)
        found = yield from self.resolve(name, where)
        return (found, role) if found else None

    def _find(self, name: str) -> list[str]:
        if name not in self._found:
            found = self._look_up(name)
            if len(found) != 1:
                return found
            self._found[name] = found[0]
        return [self._found[name]]

    def _look_up(self, name: str) -> list[str]:
        identifier = tidy_id(name)
        for key in (f"id\x1f{identifier}", f"x\x1f{identifier}"):
            own = self._gathered.find(key)
            if own:
                return [own]
        kind = Organisation.kind
        if self._context.known(kind, [name]):
            return [name]
        holder = self._context.holders(kind, [identifier]).get(identifier)
        if holder:
            return [holder]
        plain = normalised(name)
        return sorted(self._ids.get(plain) or set(self._named().get(plain, ())))

    def _named(self) -> dict[str, list[str]]:
        if self._stored is None:
            self._stored = self._context.named()
        return self._stored

    def _suggestion(self, name: str) -> str:
        known = [*self._labels, *self._named()]
        hits = process.extract(
            normalised(name), known, scorer=fuzz.WRatio, score_cutoff=_LIKENESS, limit=_SUGGESTED
        )
        names = list(dict.fromkeys(self._labels.get(hit, hit) for hit, _, _ in hits))
        if not names:
            return "Add it to the sheet of organisations."
        return f"Did you mean {' or '.join(repr(found) for found in names)}?"
