"""``python -m bench.duplicates``: how many planted duplicates are found, and how many are false.

Fictional bodies in thirty places; some come a second time, spelt as people spell; others have a
neighbour that only looks alike. Figures for each level of certainty and each kind of spelling.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from rich.console import Console
from rich.table import Table

from graph.model import Fact, Organisation, Place, Provenance, WorksIn
from graph.stores import open_store
from seeds.identity import Certainty, find_candidates

__all__ = ["main"]

_TOLD = Provenance(
    source="bench",
    asserted_by="bench",
    first_seen=date(2026, 1, 1),
    last_confirmed=date(2026, 1, 1),
)
_STARTS = (
    "bram cald dun ebb fern glim hol keld lark mere nether oak pell quar rush sorrel tans wick"
)
_ENDS = "bury combe dale field gate ham ley mead ness ridge stow ton wade wick worth"
_KINDS = (
    "Community Centre",
    "Youth Club",
    "Advice Service",
    "Food Bank",
    "Primary School PTA",
    "Older People's Forum",
    "Amateur Boxing Club",
    "Residents Association",
    "Women's Aid",
    "Allotment Society",
)
_PLACES = 30

Respell = Callable[[random.Random, Organisation], Organisation]


@dataclass(frozen=True, slots=True)
class _Planted:
    """The facts of a world, the pairs that are one by how they were spelt, and all ids."""

    facts: list[Fact]
    truths: dict[tuple[str, str], str]


def _typo(dice: random.Random, body: Organisation) -> Organisation:
    at = dice.randrange(1, len(body.name.split()[0]) - 1)
    return replace(body, name=body.name[:at] + body.name[at + 1 :])


def _capitals(dice: random.Random, body: Organisation) -> Organisation:
    return replace(body, name=f"THE {body.name.upper()} LTD")


def _swapped(dice: random.Random, body: Organisation) -> Organisation:
    first, *rest = body.name.split()
    return replace(body, name=f"{' '.join(rest)}, {first}")


def _shortened(dice: random.Random, body: Organisation) -> Organisation:
    short = body.name.replace("Centre", "Ctr").replace("Association", "Assoc")
    return replace(body, name=short.replace("Community", "Comm").replace(" Primary School", ""))


def _moved(dice: random.Random, body: Organisation) -> Organisation:
    return replace(body, postcode=f"ZE{dice.randrange(1, 3)} 9AA")


def _lost_zero(dice: random.Random, body: Organisation) -> Organisation:
    number = f"0{1_000_000 + int(body.id.rpartition('-')[2])}"
    return replace(body, name=f"{body.name.split()[0]} Group", external_ids=(number,))


_SPELLINGS: dict[str, Respell] = {
    "a letter lost": _typo,
    "capitals and Ltd": _capitals,
    "words swapped": _swapped,
    "words shortened": _shortened,
    "office moved": _moved,
    "number without its zero": _lost_zero,
}


def _world(size: int, planted: int, seed: int) -> _Planted:
    dice = random.Random(seed)
    facts: list[Fact] = [
        Place(id=f"place-{at}", name=f"Place {at}", place_type="local authority", provenance=_TOLD)
        for at in range(_PLACES)
    ]
    bodies: list[tuple[Organisation, int]] = []
    taken: set[str] = set()
    while len(bodies) < size:
        word = dice.choice(_STARTS.split()) + dice.choice(_ENDS.split())
        name = f"{word.capitalize()} {dice.choice(_KINDS)}"
        while name in taken:
            name = f"{dice.choice(_STARTS.split()).capitalize()} {name}"
        taken.add(name)
        bodies.append((_body(len(bodies), name, dice), dice.randrange(_PLACES)))
    truths: dict[tuple[str, str], str] = {}
    kinds = list(_SPELLINGS)
    extra: list[tuple[Organisation, int]] = []
    for at, (body, place) in enumerate(bodies[:planted]):
        kind = kinds[at % len(kinds)]
        twin = _SPELLINGS[kind](dice, replace(body, id=f"twin-{at:05}", external_ids=()))
        if twin.external_ids:
            (number,) = twin.external_ids
            bodies[at] = replace(body, external_ids=(f"GB-COH-{number}",)), place
            twin = replace(twin, external_ids=(f"GB-COH-{number[1:]}",))
        extra.append((twin, place))
        truths[body.id, twin.id] = kind
    extra += _decoys(bodies[planted : 2 * planted], dice)
    for body, place in (*bodies, *extra):
        facts += [body, WorksIn(from_id=body.id, to_id=f"place-{place}", provenance=_TOLD)]
    return _Planted(facts, truths)


def _body(number: int, name: str, dice: random.Random) -> Organisation:
    return Organisation(
        id=f"body-{number:05}",
        name=name,
        external_ids=(f"GB-CHC-{1_000_000 + number}",) if number % 2 else (),
        postcode=f"M{dice.randrange(1, 30)} {dice.randrange(1, 9)}AE",
        provenance=_TOLD,
    )


def _decoys(
    bodies: list[tuple[Organisation, int]], dice: random.Random
) -> list[tuple[Organisation, int]]:
    """Return neighbours that only look like these: numbered groups, branches, one elsewhere."""
    found = []
    for at, (body, place) in enumerate(bodies):
        decoy = replace(body, id=f"decoy-{at:05}", external_ids=(), postcode="")
        if at % 4 == 0:
            found.append((replace(decoy, name=f"Friends of {body.name.split()[0]} Park"), place))
        elif at % 4 == 1:
            found.append((replace(decoy, name=f"2nd {body.name}"), place))
        elif at % 4 == 2:
            branch = f"{body.name}, {dice.choice(_ENDS.split()).capitalize()} Branch"
            found.append((replace(decoy, name=branch), place))
        else:
            number = (f"GB-CHC-{2_000_000 + at}",)
            same = replace(decoy, external_ids=number, postcode=f"ZE{dice.randrange(1, 3)} 9AA")
            found.append((same, (place + 1) % _PLACES))
    return found


def main() -> int:
    """Plant, look and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates", description=__doc__)
    parser.add_argument("--size", type=int, default=2_000, help="bodies")
    parser.add_argument("--planted", type=int, default=600, help="how many of them come twice")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    world = _world(given.size, given.planted, given.seed)
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("bench") as tx:
            tx.upsert(*world.facts)
        snapshot = store.snapshot()
    started = time.perf_counter()
    found = find_candidates(snapshot)
    seconds = time.perf_counter() - started
    _show(world, {(each.first_id, each.second_id): each.certainty for each in found}, seconds)
    return 0


def _show(world: _Planted, found: dict[tuple[str, str], Certainty], seconds: float) -> None:
    console = Console()
    table = Table(title=f"{len(world.truths):,} planted pairs, {seconds:.1f} s")
    for title in ("Up to", "Pairs", "Precision", "Recall"):
        table.add_column(title, justify="left" if title == "Up to" else "right")
    seen: set[tuple[str, str]] = set()
    for level in Certainty:
        seen |= {pair for pair, certainty in found.items() if certainty is level}
        true = len(seen & world.truths.keys())
        precision = f"{true / len(seen):.2f}" if seen else ""
        table.add_row(level.value, f"{len(seen):,}", precision, f"{true / len(world.truths):.2f}")
    console.print(table)
    missed = Counter(kind for pair, kind in world.truths.items() if pair not in seen)
    for kind, count in missed.most_common():
        console.print(f"  missed {count:,}: {kind}")


if __name__ == "__main__":
    raise SystemExit(main())
