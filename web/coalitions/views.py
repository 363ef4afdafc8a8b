"""Coalitions: from a brief or a pasted call to three that could meet it, and to a note on one."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from matching.coalitions import (
    Brief,
    InfeasibleBrief,
    InvalidBrief,
    Mend,
    assess,
    partnership_note,
    plan_coalitions,
)
from matching.coalitions import swap as swaps_for
from seeds.terms.calls import CallReading, Heard, read_call
from web.coalitions import wording
from web.coalitions.asking import Asked, asked, network_for
from web.coalitions.forms import BriefQuery, CallForm, MembersQuery, SwapQuery, rows_joined
from web.coalitions.present import card, cards, names_for, note_rows, swap_rows
from web.door import Door
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("coalitions", __name__, template_folder="templates")

_LIKELY = 0.6
_KINDS = ("skill", "theme", "community", "place")
_NOTHING_READ = "Nothing was recognised in this text. Name the skills yourself, in the form below."


@blueprint.get("/coalitions")
@requires(Action.PLAN)
def index() -> ResponseReturnValue:
    """Show the form, or up to three coalitions for what it asks."""
    door = current_door()
    query = BriefQuery.read(rows_joined(request.args))
    if not query.search:
        return _form(query, door)
    found = asked(query, door)
    if found.brief is None:
        return _form(query, door, found.faults), 400
    name_of = names_for(door)
    try:
        plan = plan_coalitions(network_for(door), found.brief)
    except InfeasibleBrief as error:
        return render_template(
            "coalitions/failed.html",
            query=query,
            choices=_choices(door),
            said=wording.failure(error),
            shortfalls=[wording.shortfall(each, name_of) for each in error.shortfalls],
            mends=[(wording.mend(each, name_of), _mended(each, query)) for each in error.mends],
        )
    except InvalidBrief as error:
        return _form(query, door, (("must", str(error)),)), 400
    return render_template(
        "coalitions/found.html",
        query=query,
        choices=_choices(door),
        plan=plan,
        needs=[name_of(need.skill_id) for need in found.brief.needs],
        places=[name_of(place) for place in found.brief.places],
        cards=cards(plan, query, door),
        wider=_wider(query),
    )


@blueprint.post("/coalitions/call")
@requires(Action.PLAN)
def call() -> ResponseReturnValue:
    """Show what the text of a call seems to ask for, to be ticked or not."""
    door = current_door()
    form = CallForm.read(request.form)
    found = read_call(form.text)
    if not found.heard:
        return _form(BriefQuery(), door, (("text", _NOTHING_READ),), text=form.text), 400
    return render_template(
        "coalitions/call.html", found=found, groups=_groups(found), text=form.text
    )


@blueprint.get("/coalitions/one")
@requires(Action.PLAN)
def show() -> ResponseReturnValue:
    """Show one coalition that somebody put together by swapping seats."""
    door = current_door()
    query = MembersQuery.read(rows_joined(request.args))
    brief = _brief(query, door)
    found = assess(network_for(door), brief, query.member)
    return render_template("coalitions/one.html", query=query, card=card(found, query, door, 1))


@blueprint.get("/coalitions/swap")
@requires(Action.PLAN)
def swap() -> ResponseReturnValue:
    """Show who could take a seat."""
    door = current_door()
    query = SwapQuery.read(rows_joined(request.args))
    brief = _brief(query, door)
    found = swaps_for(network_for(door), brief, query.member, query.leaving, k=10)
    staying = [member for member in query.member if member != query.leaving]
    name_of = names_for(door)
    return render_template(
        "coalitions/swap.html",
        query=query,
        leaving=door.name_of(query.leaving),
        leaving_id=query.leaving,
        staying=[(member, name_of(member)) for member in staying],
        rows=swap_rows(found, query, staying, name_of),
        back=url_for("coalitions.show", **query.address(), member=list(query.member)),
    )


@blueprint.get("/coalitions/note")
@requires(Action.PLAN)
def note() -> ResponseReturnValue:
    """Show the partnership note on one coalition, for the screen and for paper."""
    door = current_door()
    query = MembersQuery.read(rows_joined(request.args))
    brief = _brief(query, door)
    network = network_for(door)
    made = partnership_note(network, brief, assess(network, brief, query.member))
    name_of = names_for(door)
    return render_template(
        "coalitions/note.html",
        query=query,
        needs=[name_of(need.skill_id) for need in brief.needs],
        places=[name_of(place) for place in brief.places],
        shown=note_rows(made, brief, door),
        today=door.view.as_of or door.today(),
        back=url_for("coalitions.show", **query.address(), member=list(query.member)),
    )


def _form(
    query: BriefQuery, door: Door, faults: tuple[tuple[str, str], ...] = (), text: str = ""
) -> str:
    return render_template(
        "coalitions/index.html", query=query, choices=_choices(door), faults=faults, text=text
    )


def _brief(query: BriefQuery, door: Door) -> Brief:
    """Return the brief of an address; raises InvalidBrief with its first fault."""
    found: Asked = asked(query, door)
    if found.brief is None:
        field, said = found.faults[0]
        raise InvalidBrief(field, said, "can’t be used")
    return found.brief


def _choices(door: Door) -> dict[str, list[str]]:
    """Return the names that the fields propose."""
    network = door.network()
    return {
        kind: sorted({network.name_of(term) for term in network.thing_ids(kind)}, key=str.casefold)
        for kind in _KINDS
    }


def _mended(mend: Mend, query: BriefQuery) -> str:
    """Return the address of a brief that has been mended."""
    brief, lead = mend.brief, mend.brief.lead
    changed = query.model_copy(
        update={
            "need": tuple(f"{need.skill_id}:{need.level}" for need in brief.needs),
            "must": brief.must,
            "must_not": brief.must_not,
            "within": round(brief.within_km),
            "fewest": brief.min_members,
            "most": brief.max_members,
            "each": brief.skills_each,
            "member_min": None if brief.min_income is None else int(brief.min_income),
            "member_max": None if brief.max_income is None else int(brief.max_income),
            "lead_min": None if lead.min_income is None else int(lead.min_income),
            "lead_max": None if lead.max_income is None else int(lead.max_income),
            "lead_type": lead.types,
            "lead_register": lead.registers[0] if lead.registers else "",
            "lead_projects": lead.min_projects,
            "lead_led": lead.min_led,
        }
    )
    return url_for("coalitions.index", **changed.address())


def _wider(query: BriefQuery) -> str:
    """Return the address of the same brief with more room, "" where it has no area."""
    if not query.place:
        return ""
    wider = query.model_copy(update={"within": max(25, 2 * query.within)})
    return url_for("coalitions.index", **wider.address())


def _groups(found: CallReading) -> list[tuple[str, str, list[tuple[str, str, str, bool]]]]:
    """Return (field, heading, suggestions); a suggestion is (id, label, words, ticked)."""
    headings = {
        "skill": ("need", "Skills that are needed"),
        "place": ("place", "Where"),
        "community": ("community", "For whom"),
        "theme": ("theme", "On what"),
    }
    return [
        (
            *headings[kind],
            [
                (each.term_id, each.label, ", ".join(each.words), _is_likely(each))
                for each in found.of(kind)
            ],
        )
        for kind in ("skill", "place", "community", "theme")
        if found.of(kind)
    ]


def _is_likely(heard: Heard) -> bool:
    """Whether a suggestion comes ticked; a theme never does, for it says little of a call."""
    return heard.kind == "skill" or (heard.kind != "theme" and heard.confidence >= _LIKELY)
