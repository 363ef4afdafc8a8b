"""Twelve organisations whose five conditions can be worked out by hand."""

from __future__ import annotations

from datetime import date

from builders import TOLD, collaboration, offer, organisation, skill
from graph.model import (
    Advances,
    BackboneOf,
    Community,
    Contact,
    Fact,
    Goal,
    Measure,
    Measurement,
    Place,
    Project,
    Serves,
    SignOff,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)

DAY = date(2026, 6, 30)


def signed(name: str, goal: str, role: str = "", on: date | None = date(2026, 1, 10)) -> SignOff:
    return SignOff(from_id=f"org-{name}", to_id=goal, role=role, signed_on=on, provenance=TOLD)


def contact(one: str, other: str, on: date) -> Contact:
    return Contact(from_id=f"org-{one}", to_id=f"org-{other}", happened_on=on, provenance=TOLD)


def reported(reporter: str, measure: str, on: date, value: float) -> Measurement:
    return Measurement(
        from_id=reporter, to_id=measure, measured_on=on, value=value, provenance=TOLD
    )


def takes_part(name: str, project: str, role: str = "partner") -> TakesPartIn:
    return TakesPartIn(from_id=f"org-{name}", to_id=project, role=role, provenance=TOLD)


def supports(name: str, end: str) -> BackboneOf:
    return BackboneOf(from_id=f"org-{name}", to_id=end, provenance=TOLD)


def twelve() -> list[Fact]:
    """Return A to L, and K closed.

    Ties: A–B, B–C, A–C (one circle), D–E, E–F (another), G–H, A–K (K is closed). L is the backbone
    and supports A, D, G, I and the project that J takes part in.
    """
    projects = {
        "p-open": (date(2026, 1, 1), None),
        "p-own": (date(2025, 1, 1), date(2026, 12, 31)),
        "p-undated": (None, None),
        "p-over": (date(2024, 1, 1), date(2025, 12, 31)),
        "p-later": (date(2026, 9, 1), None),
        "p-nobody": (date(2026, 1, 1), None),
        "p-idle": (date(2026, 1, 1), None),
    }
    return [
        *(organisation(name) for name in "ABCDEFGHIJL"),
        organisation("K", closed_on=date(2025, 12, 31)),
        *(skill(name) for name in ("cook", "drive", "teach", "advise")),
        Theme(id="theme-food", name="Food", provenance=TOLD),
        Community(id="com-old", name="Older people", provenance=TOLD),
        Place(id="place-x", name="X", provenance=TOLD),
        Place(id="place-y", name="Y", provenance=TOLD),
        *(
            Goal(id=key, name=key, provenance=TOLD)
            for key in ("goal-food", "goal-work", "goal-empty")
        ),
        *(
            Measure(id=key, name=key, unit="people", provenance=TOLD)
            for key in ("m-goal", "m-two", "m-one")
        ),
        Advances(from_id="m-goal", to_id="goal-food", provenance=TOLD),
        *(
            Project(id=key, name=key, starts_on=first, ends_on=last, provenance=TOLD)
            for key, (first, last) in projects.items()
        ),
        # Ties.
        *(collaboration(*pair) for pair in ("AB", "BC", "AC", "DE", "EF", "GH", "AK")),
        # Goals: A, B, C and D have signed, and K, which is closed; E's signature is yet to come.
        signed("A", "goal-food", "cook"),
        signed("B", "goal-food", "deliver"),
        signed("C", "goal-food", "Cook "),
        signed("D", "goal-work"),
        signed("K", "goal-food"),
        signed("E", "goal-work", on=date(2026, 7, 1)),
        *(
            Advances(from_id=f"org-{name}", to_id=goal, provenance=TOLD)
            for name, goal in (("A", "goal-food"), ("E", "goal-food"), ("F", "goal-work"))
        ),
        # Work: A, B, C and E, F on food for older people; D says nothing.
        *(WorksOn(from_id=f"org-{n}", to_id="theme-food", provenance=TOLD) for n in "ABCEF"),
        *(Serves(from_id=f"org-{n}", to_id="com-old", provenance=TOLD) for n in "ACEF"),
        *(WorksIn(from_id=f"org-{n}", to_id="place-x", provenance=TOLD) for n in "ACEF"),
        offer("A", "cook"),
        offer("A", "drive"),
        offer("B", "teach"),
        offer("C", "cook"),
        offer("D", "advise"),
        offer("E", "cook"),
        offer("E", "teach"),
        offer("F", "cook"),
        offer("F", "teach"),
        offer("F", "drive"),
        offer("G", "advise"),
        offer("H", "drive"),
        # Projects.
        takes_part("A", "p-open"),
        takes_part("D", "p-own"),
        takes_part("J", "p-undated"),
        takes_part("B", "p-over"),
        takes_part("B", "p-later"),
        takes_part("K", "p-nobody"),
        takes_part("A", "p-nobody", "funder"),
        takes_part("G", "p-idle"),
        # Values.
        reported("org-A", "m-goal", date(2026, 3, 31), 10),
        reported("org-A", "m-goal", date(2025, 12, 31), 8),
        reported("org-B", "m-goal", date(2026, 3, 31), 20),
        reported("org-K", "m-goal", date(2025, 3, 31), 5),
        reported("p-own", "m-two", date(2025, 3, 31), 3),
        reported("org-H", "m-two", date(2026, 3, 31), 4),
        reported("org-G", "m-one", date(2026, 3, 31), 1),
        reported("org-G", "m-goal", date(2026, 9, 30), 1),
        # Contacts: D–E long ago, A–L no partners, A–K with one that is closed, G–H yet to come.
        contact("A", "B", date(2026, 6, 20)),
        contact("B", "A", date(2026, 1, 1)),
        contact("B", "C", date(2026, 5, 21)),
        contact("D", "E", date(2025, 12, 12)),
        contact("A", "L", date(2026, 6, 1)),
        contact("A", "K", date(2025, 6, 1)),
        contact("G", "H", date(2026, 7, 3)),
        # The backbone.
        *(supports("L", f"org-{name}") for name in "ADGI"),
        supports("L", "p-undated"),
    ]
