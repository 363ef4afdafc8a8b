"""What a reader may not see changes no byte of any page: compared with and without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from builders import collaboration, need, offer, organisation, skill, told
from graph.access import Role, Viewer
from graph.contract import GraphStore
from graph.model import (
    BackboneOf,
    Contact,
    Fact,
    Goal,
    Introduction,
    IntroductionState,
    Measure,
    Measurement,
    NotWith,
    Project,
    SignOff,
    TakesPartIn,
    Visibility,
)
from web import create_app
from web_app import LEFT, RIGHT, workspace_over

ONE, OTHER = f"org-{LEFT}", f"org-{RIGHT}"
ON = date(2026, 10, 1)
PATHS = (
    "/",
    "/gaps",
    "/gaps?by=skill-place",
    "/gaps?by=place",
    "/gaps.csv",
    "/single-points",
    "/if-closed?" + urlencode({"organisation": ONE}),
    "/if-closed?organisation=Hidden",
    "/what-if",
    "/board",
    *(
        f"/board/{page}?of={condition}"
        for page in ("rows", "rows.csv")
        for condition in ("agenda", "measurement", "activities", "communication", "backbone")
    ),
    "/goals",
    "/goals/goal?id=goal-known",
    "/goals/goal?id=goal-hidden",
    "/measures",
    "/measures/measure?id=measure-known",
    "/measures/measure?id=measure-hidden",
    "/contacts",
    "/contacts?" + urlencode({"about": OTHER}),
    "/contacts?about=Hidden",
    "/introductions",
    "/reports",
)


def vetoes() -> list[Fact]:
    """Pairs that are kept apart, told by others than the partner who looks."""
    provenance = told(Visibility.PUBLIC)
    return [
        NotWith(from_id=OTHER, to_id=ONE, why="quarrel", provenance=provenance),
        Introduction(
            from_id=OTHER,
            to_id="org-Alone",
            state=IntroductionState.DECLINED,
            decided_on=ON,
            provenance=provenance,
        ),
    ]


def hidden(visibility: Visibility) -> list[Fact]:
    """Every sort of fact that the new pages count, about those who may be seen and who may not."""
    told_so = told(visibility)
    return [
        organisation("Hidden", provenance=told_so),
        skill("Diving"),
        need(RIGHT, "Diving", provenance=told_so),
        need("Hidden", "Diving", provenance=told_so),
        offer("Alone", "Diving", provenance=told_so),
        collaboration("Alone", RIGHT, provenance=told_so),
        BackboneOf(from_id="org-Alone", to_id=OTHER, provenance=told_so),
        Project(id="project-hidden", name="Hidden project", provenance=told_so),
        TakesPartIn(from_id=OTHER, to_id="project-hidden", role="lead", provenance=told_so),
        Goal(id="goal-hidden", name="Hidden goal", provenance=told_so),
        SignOff(from_id=OTHER, to_id="goal-known", role="hosts", provenance=told_so),
        SignOff(from_id="org-Alone", to_id="goal-hidden", provenance=told_so),
        Measure(id="measure-hidden", name="Hidden measure", provenance=told_so),
        Measurement(
            from_id=OTHER, to_id="measure-known", measured_on=ON, value=7.0, provenance=told_so
        ),
        Contact(
            from_id=OTHER, to_id="org-Alone", happened_on=ON, note="secret", provenance=told_so
        ),
    ]


def pages(store: GraphStore, folder: Path, viewer: Viewer) -> dict[str, tuple[int, bytes]]:
    workspace = replace(workspace_over(store, folder), viewer=viewer)
    reader = create_app(workspace).test_client()
    answers = {path: reader.get(path) for path in PATHS}
    return {path: (answer.status_code, answer.data) for path, answer in answers.items()}


@pytest.mark.parametrize(
    ("role", "own"),
    [
        (Role.PARTNER, frozenset({ONE})),
        (Role.VIEWER, frozenset[str]()),
        (Role.PUBLIC, frozenset[str]()),
    ],
)
def test_what_a_reader_may_not_see_changes_no_byte(
    store: GraphStore, tmp_path: Path, role: Role, own: frozenset[str]
) -> None:
    public = told(Visibility.PUBLIC)
    with store.transaction("tester") as tx:
        tx.upsert(
            Goal(id="goal-known", name="Warm rooms", provenance=public),
            Measure(id="measure-known", name="Meals", provenance=public),
            skill("Diving"),
        )
    viewer = Viewer("ada", role, own)
    before = pages(store, tmp_path, viewer)
    assert before["/board"][0] == 200
    for secrets in (vetoes(), hidden(Visibility.COORDINATORS), hidden(Visibility.PRIVATE)):
        with store.transaction("tester") as tx:
            tx.upsert(*secrets)
        assert pages(store, tmp_path, viewer) == before
