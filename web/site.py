"""What every page shares: the links at the top, and the filters that templates use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from flask import Flask, g, request

from graph.access import Action, Viewer, can
from graph.errors import StoreError
from graph.model import Organisation
from web import wording
from web.door import Door

__all__ = ["NAVIGATION", "dress"]


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """One link at the top: shown where the page exists and the viewer may see it."""

    endpoint: str
    text: str
    action: Action


NAVIGATION: tuple[NavigationLink, ...] = (
    NavigationLink("partners.find", "Find partners", Action.SEE_SUGGESTIONS),
    NavigationLink("coalitions.index", "Coalitions", Action.PLAN),
    NavigationLink("organisations.index", "Organisations", Action.SEE_NETWORK),
    NavigationLink("map.index", "Map", Action.SEE_NETWORK),
    NavigationLink("gaps.index", "Gaps", Action.SEE_NETWORK),
    NavigationLink("board.index", "Board", Action.SEE_NETWORK),
    NavigationLink("rounds.index", "Rounds", Action.CURATE),
    NavigationLink("reports.index", "Reports", Action.READ_REPORTS),
    NavigationLink("upkeep.index", "Keep it fresh", Action.CURATE),
    NavigationLink("imports.index", "Import", Action.IMPORT),
    NavigationLink("network_exports.index", "Export", Action.EXPORT),
)

# Pages without a link of their own at the top belong to one that has it.
_SECTIONS = {"rehearsal": "gaps", "structure": "gaps"}


def dress(app: Flask) -> None:
    """Give templates their filters, and the links of the header and footer."""
    app.jinja_env.filters.update(
        basis=wording.basis,
        day=wording.day,
        freshness=_freshness,
        count=wording.count,
        number=wording.number,
        points=wording.points,
        sentence=wording.sentence,
        sureness=wording.sureness,
        verdict=wording.verdict,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def links() -> dict[str, object]:
        # Where a request is refused before its viewer is known, there is nothing to link to.
        viewer: Viewer | None = g.get("viewer")
        return {
            "navigation": [
                link
                for link in NAVIGATION
                if link.endpoint in app.view_functions
                and viewer is not None
                and can(viewer, link.action)
            ],
            "current_section": _SECTIONS.get(request.blueprint or "", request.blueprint),
            "gofar_version": _version(),
            "fiction": _fiction,
            "closure_of": _closure_of,
        }


def _closure_of(organisation_id: str) -> str:
    """Return that an organisation is closed, and since when; "" where it is open."""
    door: Door = g.door
    return door.closure(door.node(Organisation, organisation_id))


def _freshness(last_confirmed: date) -> str:
    door: Door = g.door
    return wording.freshness(last_confirmed, door.view.as_of or door.today())


def _fiction() -> str:
    """Return the remark that organisations are made up; "" too where the network can't be seen."""
    door: Door | None = g.get("door")
    if door is None or not can(door.viewer, Action.SEE_NETWORK):
        return ""
    try:
        return wording.fiction(door.sources())
    except StoreError:
        # The page answers without the store: a remark is no reason for it to fail.
        return ""


def _version() -> str:
    try:
        return version("gofar")
    except PackageNotFoundError:
        return ""
