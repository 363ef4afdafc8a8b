"""Why nobody can meet a brief, and what would mend it, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from graph.errors import InputError
from matching.coalitions.brief import MOST_MEMBERS, MOST_NEEDS, Brief, LeadTerms
from matching.coalitions.candidates import Eligible, eligible
from matching.coalitions.possible import possible
from matching.network import Network

__all__ = [
    "InfeasibleBrief",
    "Mend",
    "MendKind",
    "Shortfall",
    "ShortfallKind",
    "Step",
    "mends_of",
    "shortfalls_of",
]

_STEPS_KM = (10.0, 25.0, 50.0, 100.0)
_MOST_MENDS = 5
_MOST_MORE = 4


class ShortfallKind(StrEnum):
    """What fails: a skill, the lead, the must-members, or only all together."""

    SKILL = "skill"
    LEAD = "lead"
    MUST = "must"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A need that can't be met. For a skill, how many organisations are left after each condition.

    ``offering`` open organisations offer it at all, ``at_level`` at the level wanted, and
    ``allowed`` of them may be in: in the area, within the income limits and not excluded. For the
    lead, ``allowed`` meet its conditions, of ``offering`` open organisations.
    """

    kind: ShortfallKind
    about: str = ""
    offering: int = 0
    at_level: int = 0
    allowed: int = 0


class MendKind(StrEnum):
    """A way to ease a brief."""

    LOWER_LEVEL = "lower_level"
    WIDEN = "widen"
    MORE_EACH = "more_each"
    MORE_MEMBERS = "more_members"
    FEWER_MEMBERS = "fewer_members"
    LEAD_INCOME = "lead_income"
    ANY_INCOME = "any_income"
    ANY_LEAD = "any_lead"
    BUY_IN = "buy_in"
    NOT_MUST = "not_must"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Step:
    """One change: ``about`` is the skill or organisation, ``value`` what it becomes (km, £ …)."""

    kind: MendKind
    about: str = ""
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Mend:
    """Changes that make the brief one that can be met: ``brief``. ``price`` orders them.

    A level less costs the skill's weight, each further step of 10, 25, 50 and 100 km 1, a further
    member or skill each 1, another income band 2, a member that needn't be in after all, or that
    may be, 2, any lead 3, and a skill bought in 3 times its weight.
    """

    steps: tuple[Step, ...]
    price: float
    brief: Brief


class InfeasibleBrief(InputError):
    """No coalition meets a brief; ``shortfalls`` say what fails, ``mends`` what would help.

    ``is_proven`` is False where the search for one ran out of time.
    """

    def __init__(
        self,
        shortfalls: tuple[Shortfall, ...],
        mends: tuple[Mend, ...],
        *,
        is_proven: bool = True,
    ) -> None:
        super().__init__(
            "No coalition in this network can meet the brief."
            if is_proven
            else "No coalition that meets the brief was found in the time there was.",
            remedy="Ease one of its conditions.",
        )
        self.shortfalls = shortfalls
        self.mends = mends
        self.is_proven = is_proven


def shortfalls_of(
    network: Network, found: Eligible, *, together: bool = False
) -> tuple[Shortfall, ...]:
    """Return what can't be met by anybody; with ``together``, at least that all can't at once."""
    brief = found.brief
    allowed = found.can & found.may[:, None]
    made = []
    for at, need in enumerate(brief.needs):
        if not allowed[:, at].any():
            offering = found.offered.level[:, at] > 0
            made.append(
                Shortfall(
                    ShortfallKind.SKILL,
                    need.skill_id,
                    offering=int((offering & network.is_open).sum()),
                    at_level=int((found.can[:, at] & network.is_open).sum()),
                )
            )
    if not (found.leads & found.may).any():
        made.append(
            Shortfall(
                ShortfallKind.LEAD,
                offering=int(network.is_open.sum()),
                at_level=int(found.leads.sum()),
            )
        )
    must = np.flatnonzero(found.must)
    if network.barred[must][:, must].nnz:
        made.append(Shortfall(ShortfallKind.MUST))
    if together and not made:
        made.append(Shortfall(ShortfallKind.TOGETHER))
    return tuple(made)


def mends_of(network: Network, found: Eligible) -> tuple[Mend, ...]:
    """Return what would mend a brief that can't be met, the cheapest first, each tried out."""
    failing = shortfalls_of(network, found, together=True)
    changes = (mend for mend in _changes(network, found.brief) if _may_help(mend, failing))
    single = sorted(changes, key=lambda mend: mend.price)
    working: list[Mend] = []
    kinds: set[tuple[MendKind, str]] = set()
    for mend in single:
        step = mend.steps[0]
        # 25 km more is no other way than 10 km more.
        if (step.kind, step.about) not in kinds and _helps(network, mend.brief):
            kinds.add((step.kind, step.about))
            working.append(mend)
            if len(working) == _MOST_MENDS:
                break
    return tuple(working) or _together(network, found)


def _may_help(mend: Mend, failing: tuple[Shortfall, ...]) -> bool:
    """Whether one change touches all that fails: to try it out takes far longer than to ask."""
    step = mend.steps[0]
    for each in failing:
        match each.kind:
            case ShortfallKind.SKILL:
                touches = step.kind in _FOR_ANY or step.about == each.about
            case ShortfallKind.LEAD:
                touches = step.kind in _FOR_ANY | _FOR_LEAD
            case ShortfallKind.MUST:
                touches = step.kind is MendKind.NOT_MUST
            case _:
                touches = True
        if not touches:
            return False
    return True


_FOR_ANY = frozenset({MendKind.WIDEN, MendKind.ANY_INCOME, MendKind.ALLOW})
_FOR_LEAD = frozenset({MendKind.LEAD_INCOME, MendKind.ANY_LEAD})


def _helps(network: Network, brief: Brief) -> bool:
    return possible(network, eligible(network, brief), quickly=True).rows is not None


def _changes(network: Network, brief: Brief) -> Iterator[Mend]:
    """Yield every single change, whether it helps or not."""
    for need in brief.needs:
        for level in range(need.level - 1, 0, -1):
            needs = tuple(replace(n, level=level) if n == need else n for n in brief.needs)
            step = Step(MendKind.LOWER_LEVEL, need.skill_id, level)
            yield Mend((step,), need.weight * (need.level - level), replace(brief, needs=needs))
        if len(brief.needs) > 1:
            needs = tuple(n for n in brief.needs if n != need)
            step = Step(MendKind.BUY_IN, need.skill_id)
            least = min(brief.min_members, len(needs))
            yield Mend((step,), 3 * need.weight, replace(brief, needs=needs, min_members=least))
    if brief.places:
        for price, km in enumerate(_STEPS_KM, start=1):
            if km > brief.within_km:
                step = Step(MendKind.WIDEN, value=km)
                yield Mend((step,), price, replace(brief, within_km=km))
    for more in range(1, _MOST_MORE + 1):
        if brief.max_members + more <= MOST_MEMBERS:
            step = Step(MendKind.MORE_MEMBERS, value=brief.max_members + more)
            yield Mend((step,), more, replace(brief, max_members=brief.max_members + more))
        if brief.skills_each + more <= MOST_NEEDS:
            step = Step(MendKind.MORE_EACH, value=brief.skills_each + more)
            yield Mend((step,), more, replace(brief, skills_each=brief.skills_each + more))
        if brief.min_members - more >= 1:
            step = Step(MendKind.FEWER_MEMBERS, value=brief.min_members - more)
            yield Mend((step,), more, replace(brief, min_members=brief.min_members - more))
    if (brief.min_income, brief.max_income) != (None, None):
        step = Step(MendKind.ANY_INCOME)
        yield Mend((step,), 2, replace(brief, min_income=None, max_income=None))
    yield from _other_members(brief)
    yield from _other_leads(network, brief)


def _other_members(brief: Brief) -> Iterator[Mend]:
    for name, kind in (("must", MendKind.NOT_MUST), ("must_not", MendKind.ALLOW)):
        named: tuple[str, ...] = getattr(brief, name)
        for organisation_id in named:
            rest = tuple(each for each in named if each != organisation_id)
            changed = replace(brief, must=rest) if name == "must" else replace(brief, must_not=rest)
            yield Mend((Step(kind, organisation_id),), 2, changed)


def _other_leads(network: Network, brief: Brief) -> Iterator[Mend]:
    lead = brief.lead
    if lead.is_any:
        return
    if lead.min_income is not None:
        # The income nearest below the one wanted that somebody has who may be in.
        eased = replace(brief, lead=replace(lead, min_income=None))
        found = eligible(network, eased)
        incomes = network.income[found.leads & found.may]
        below = incomes[incomes < lead.min_income]
        if len(below):
            income = float(below.max())
            step = Step(MendKind.LEAD_INCOME, value=income)
            terms = replace(lead, min_income=income)
            yield Mend((step,), 2, replace(brief, lead=terms))
    yield Mend((Step(MendKind.ANY_LEAD),), 3, replace(brief, lead=LeadTerms()))


def _together(network: Network, found: Eligible) -> tuple[Mend, ...]:
    """Return one mend of several steps, the cheapest for each need that fails; () if none helps."""
    brief, steps, price = found.brief, list[Step](), 0.0
    for _ in range(len(found.brief.needs) + 1):
        failing = shortfalls_of(network, eligible(network, brief))
        if not failing:
            break
        best = _cheapest_for(network, brief, failing[0])
        if best is None:
            return ()
        brief, price = best.brief, price + best.price
        steps += best.steps
    if steps and not _helps(network, brief):
        # Each need can be met now, but not all at once: one more change may do.
        last = _first_that_helps(network, brief)
        if last is None:
            return ()
        brief, price = last.brief, price + last.price
        steps += last.steps
    return (Mend(tuple(steps), price, brief),) if steps else ()


def _first_that_helps(network: Network, brief: Brief) -> Mend | None:
    changes = sorted(_changes(network, brief), key=lambda each: each.price)
    return next((mend for mend in changes if _helps(network, mend.brief)), None)


def _cheapest_for(network: Network, brief: Brief, failing: Shortfall) -> Mend | None:
    """Return the cheapest change after which one need no longer fails."""
    for mend in sorted(_changes(network, brief), key=lambda each: each.price):
        after = shortfalls_of(network, eligible(network, mend.brief))
        if (failing.kind, failing.about) not in {(each.kind, each.about) for each in after}:
            return mend
    return None
