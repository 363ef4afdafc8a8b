"""The app over a small network whose names are hostile on purpose, and a way to serve it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import waitress
from flask import Flask

import seeds
import seeds.exports
from builders import TOLD, collaboration, need, offer, organisation, skill
from graph.access import Role, Viewer
from graph.contract import GraphStore
from graph.history import has_moved, snapshot_on
from graph.model import (
    Community,
    Fact,
    Funding,
    Place,
    Project,
    Serves,
    TakesPartIn,
    Theme,
    Visibility,
    WorksIn,
    WorksOn,
)
from graph.snapshot import Snapshot
from matching import LiveNetwork
from reporting_world import MAKER
from seeds import board, identity, upkeep
from web import create_app
from web.workspace import Progress, Workspace

TODAY = date(2026, 11, 1)

IMAGE = '<img src=x onerror="window.PWN=1">'
SCRIPT = "</script><script>window.PWN=1</script>"
TEMPLATE = "{{7*7}} ${7*7} #{7*7}"
RIGHT_TO_LEFT = "جمعية \u202eevil"
QUOTES = "O’Brien's \"Quoted\" & 'Co'"
SLASHES = "../x/y?z=1&w=2#frag, 100%"
HOSTILE_NAMES = (IMAGE, SCRIPT, TEMPLATE, RIGHT_TO_LEFT, QUOTES, SLASHES)

LEFT, RIGHT = "Riverside Youth", "Harbour Advice"
"""A pair that plainly should meet: each offers what the other needs."""

FILES = {
    "organisations.csv": (
        "Id,Name,Income\nnew-1,Newcomers,5000\nnew-2,Riverside Youths,900\nnew-3,Third,lots\n"
    ),
    "offers.csv": (
        "Organisation,Skill,Offers or needs,Level\n"
        "Newcomers,Bookkeeping,offers,2\nNobody Known,Bookkeeping,offers,2\n"
    ),
}
"""Two files of our own template, with two faults and a name that is nearly a known one."""

SECRET = "Refuge at an address that nobody may know"
"""An organisation that only its own people may see."""


def small_world() -> list[Fact]:
    """Return a network of ordinary and hostile names, with every kind of tie that pages show."""
    guessed = replace(TOLD, source="a guess", inferred=True, confidence=0.6)
    plain = (LEFT, RIGHT, "Open Door", "Green Lane Garden")
    facts: list[Fact] = [
        *(organisation(name, description=f"{name} helps people.") for name in plain),
        *(organisation(name) for name in ("Alone", *HOSTILE_NAMES)),
        organisation("Closed Kitchen", closed_on=date(2025, 3, 31), website="javascript:alert(1)"),
        organisation(SECRET, provenance=replace(TOLD, visibility=Visibility.PRIVATE)),
        *(skill(name) for name in ("Bid writing", "Bookkeeping", "Interpreting", "Welding", IMAGE)),
        Theme(id="theme-youth", name="Young people", provenance=TOLD),
        Theme(id="theme-sport", name="Sport", parent_id="theme-youth", provenance=TOLD),
        Place(id="place-london", name="London", provenance=TOLD),
        Place(id="place-camden", name="Camden", parent_id="place-london", provenance=TOLD),
        Community(id="community-old", name="Older people", provenance=TOLD),
        Project(id="project-bus", name=f"Community bus {IMAGE}", provenance=TOLD),
        offer(LEFT, "Bid writing", level=3, capacity=2.0),
        need(RIGHT, "Bid writing", urgency=3, until=date(2027, 1, 31)),
        offer(RIGHT, "Bookkeeping"),
        need(LEFT, "Bookkeeping"),
        need(RIGHT, "Welding"),
        need(LEFT, IMAGE),
        offer(SCRIPT, IMAGE),
        need(SCRIPT, "Bid writing"),
        offer("Open Door", "Interpreting"),
        need(TEMPLATE, "Interpreting"),
        collaboration("Open Door", LEFT, how="referrals", since=date(2024, 5, 1)),
        collaboration("Open Door", RIGHT, provenance=guessed),
        collaboration("Open Door", IMAGE),
        Funding(
            from_id="org-Green Lane Garden",
            to_id=f"org-{LEFT}",
            grant_id="g1",
            amount=12_500.0,
            awarded_on=date(2025, 2, 3),
            provenance=TOLD,
        ),
    ]
    for name in (LEFT, RIGHT, RIGHT_TO_LEFT, QUOTES, SLASHES):
        end = f"org-{name}"
        facts += [
            WorksOn(from_id=end, to_id="theme-sport", provenance=TOLD),
            WorksIn(from_id=end, to_id="place-camden", provenance=TOLD),
            Serves(from_id=end, to_id="community-old", provenance=TOLD),
            TakesPartIn(from_id=end, to_id="project-bus", role="partner", provenance=TOLD)
            if name in {QUOTES, SLASHES}
            else Serves(from_id=end, to_id="community-old", provenance=TOLD),
        ]
    return facts


@dataclass
class SeedsImporter:
    """The importer port over the real ``seeds``."""

    def preview(
        self,
        paths: Sequence[Path],
        store: GraphStore,
        *,
        source: str | None = None,
        actor: str,
        today: date,
        progress: Progress | None = None,
    ) -> seeds.ImportPreview:
        return seeds.preview(list(paths), store, source=source, actor=actor, today=today)

    def apply(
        self, preview: seeds.ImportPreview, store: GraphStore, *, progress: Progress | None = None
    ) -> object:
        return seeds.apply(preview, store)

    def undo(self, store: GraphStore, import_id: str, actor: str) -> object:
        return seeds.undo(store, import_id, actor)

    def write_template(self, path: Path) -> None:
        path.write_bytes(b"a workbook")


class SeedsExporter:
    """The exporter port over the real ``seeds``."""

    formats = seeds.exports.EXPORTS

    def export(self, network: Snapshot, name: str, out: Path) -> seeds.exports.ExportResult:
        return seeds.exports.export(network, name, out)


def workspace_over(
    store: GraphStore, upload_folder: Path, *, role: Role = Role.COORDINATOR
) -> Workspace:
    """Return a workspace over ``store``; the clock stands still."""
    return Workspace(
        store=store,
        live_network=LiveNetwork(
            store.version,
            store.snapshot,
            lambda: TODAY,
            partial(snapshot_on, store),
            partial(has_moved, store),
        ),
        importer=SeedsImporter(),  # type: ignore[arg-type]
        exporter=SeedsExporter(),
        upkeep=upkeep,
        identity=identity,
        maker=MAKER,
        mail_goes_to="E-mails go nowhere here.",
        board=board,
        clock=lambda: datetime(2026, 11, 1, 12, tzinfo=UTC),
        viewer=Viewer("tester", role),
        upload_folder=upload_folder,
        secret_key="k" * 40,
        trusted_hosts=("gofar.example.org",),
    )


def app_over(store: GraphStore, upload_folder: Path) -> Flask:
    """Return the app as a browser would meet it, CSRF protection included."""
    return create_app(workspace_over(store, upload_folder))


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve ``app`` on a free port of this machine and yield its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)
