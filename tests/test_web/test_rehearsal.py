"""If one closed, single points of failure, and what if: pages that store nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from builders import collaboration, organisation, told
from graph.access import Role, Viewer
from graph.contract import GraphStore
from graph.model import NotWith, Project, TakesPartIn, Visibility
from web import create_app, meetings
from web.rehearsal import desk
from web_app import (
    HOSTILE_NAMES,
    IMAGE,
    LEFT,
    QUOTES,
    RIGHT,
    SCRIPT,
    SECRET,
    SLASHES,
    workspace_over,
)


def asked(*rows: tuple[str, str, str]) -> str:
    given = {}
    for number, (what, who, other) in enumerate(rows, start=1):
        given |= {f"what{number}": what, f"who{number}": who, f"other{number}": other}
    return f"/what-if?{urlencode(given)}"


def as_role(store: GraphStore, tmp_path: Path, role: Role) -> FlaskClient:
    return create_app(workspace_over(store, tmp_path, role=role)).test_client()


def test_a_closing_lists_each_loss_and_of_how_many(client: FlaskClient) -> None:
    page = client.get("/if-closed?organisation=Riverside+Youth").text
    assert "nothing is stored" in page
    assert "Needs that nobody else meets" in page
    assert f"{RIGHT} needs Bid writing" in page
    assert "needs of others" in page


def test_an_organisation_leads_to_its_closing_and_on(client: FlaskClient) -> None:
    query = urlencode({"organisation": f"org-{LEFT}"})
    assert f'href="/if-closed?{query}"' in client.get(f"/organisation?id=org-{LEFT}").text
    page = client.get(f"/if-closed?{query}").text
    assert "/single-points" in page
    assert "what1=remove" in page


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_text(client: FlaskClient, name: str) -> None:
    query = urlencode({"organisation": f"org-{name}"})
    for path in (
        f"/if-closed?{query}",
        "/single-points",
        asked(("remove", name, ""), ("new", IMAGE * 2, "")),
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert IMAGE not in page.text
        assert SCRIPT not in page.text


def test_a_closed_organisation_has_nothing_more_to_lose(client: FlaskClient) -> None:
    page = client.get("/if-closed?organisation=Closed+Kitchen").text
    assert "Nothing hangs on it any more" in page
    assert "Closed on 31 March 2025" in page


def test_one_on_whom_nothing_hangs_says_so(client: FlaskClient) -> None:
    assert (
        "Nothing that is counted here hangs on it"
        in client.get("/if-closed?organisation=Alone").text
    )


def test_planners_see_whose_closing_would_cost_most(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    names = ("Ann", "Bea", "Cid")
    with empty_store.transaction("tester") as tx:
        tx.upsert(*map(organisation, names), *(collaboration("Ann", name) for name in names[1:]))
    page = empty_client.get("/single-points").text
    assert "Ranked by what would break" in page
    assert 'href="/if-closed?organisation=org-Ann"' in page
    # Of two more nobody has told anything: 3 of 5 are too few to rank anybody.
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Dee"), organisation("Eve"))
    page = empty_client.get("/single-points").text
    assert "of 3 of 5 organisations (60%)" in page
    assert "/if-closed?" not in page


def test_gaps_lead_to_single_points(client: FlaskClient) -> None:
    assert 'href="/single-points"' in client.get("/gaps").text


def test_single_points_name_the_provider_the_lead_and_who_depends(
    client: FlaskClient, store: GraphStore
) -> None:
    project = Project(id="p", name="Warm rooms", provenance=told(Visibility.MEMBERS))
    parts = [
        TakesPartIn(
            from_id=f"org-{name}", to_id="p", role=role, provenance=told(Visibility.MEMBERS)
        )
        for name, role in ((QUOTES, "lead"), (SLASHES, "partner"))
    ]
    with store.transaction("tester") as tx:
        tx.upsert(project, *parts)
    page = client.get("/single-points").text
    for text in (
        "Skills with one provider",
        "Bid writing",
        "Warm rooms",
        "Whose closing would cost",
    ):
        assert text in page
    assert "4 of 4 skills" in page
    assert "1 of 1 project" in page


@pytest.mark.parametrize("path", ["/single-points", "/what-if"])
def test_an_empty_network_is_no_fault(empty_client: FlaskClient, path: str) -> None:
    page = empty_client.get(path)
    assert page.status_code == 200
    assert path != "/single-points" or "See whom to ask" in page.text


def test_a_what_if_shows_before_and_after_and_stores_nothing(
    client: FlaskClient, store: GraphStore
) -> None:
    before = store.version()
    page = client.get(
        asked(("offer", "Alone", "Welding"), ("tie", "Alone", RIGHT), ("new", "Newcomers", ""))
    ).text
    assert "Alone offers Welding." in page
    assert "Welding is no gap any more" in page or "Welding: offered by nobody today" in page
    assert "Get a first partner" in page
    assert "Newcomers comes." in page
    assert "nothing is stored" in page
    assert store.version() == before
    assert "Newcomers" not in client.get("/organisations").text
    helps = client.get(asked(("offer", "Alone", "Bid writing"))).text
    assert "For <bdi>Alone</bdi>" in helps
    assert "comes in at place 1." in helps


def test_a_what_if_without_changes_is_a_form(client: FlaskClient) -> None:
    page = client.get("/what-if").text
    assert "Change 1" in page
    assert "Before and after" not in page


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("remove", "", "x"), "which organisation"),
        (("", "Alone", ""), "Choose what changes"),
        (("remove", "Nobody at all", ""), "No organisation has the id or name"),
        (("offer", "Alone", "nothing of the kind"), "is not in the skill vocabulary"),
        (("untie", "Alone", LEFT), "work together"),
    ],
)
def test_a_line_that_can_not_be_is_named_at_its_field(
    client: FlaskClient, row: tuple[str, str, str], said: str
) -> None:
    answer = client.get(asked(("need", "Alone", "Welding"), row))
    assert answer.status_code == 400
    assert said in answer.text
    assert 'href="#who2"' in answer.text
    assert 'value="Alone"' in answer.text


@pytest.mark.parametrize("path", ["/what-if?what1=up", "/what-if?what9=tie", "/if-closed"])
def test_a_value_that_the_page_does_not_know_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_only_who_plans_tries_out_and_partners_rehearse_their_own(
    store: GraphStore, tmp_path: Path
) -> None:
    partner = as_role(store, tmp_path, Role.PARTNER)
    assert partner.get("/what-if").status_code == 403
    # This partner acts for nobody: the closing of another is not theirs to rehearse.
    assert partner.get(f"/if-closed?organisation=org-{LEFT}").status_code == 403
    page = partner.get("/single-points").text
    assert "Whose closing would cost most" not in page
    visitor = as_role(store, tmp_path, Role.VIEWER)
    assert visitor.get("/if-closed?organisation=Alone").status_code == 403
    assert "If it closed" not in visitor.get("/organisation?id=org-Alone").text


def test_a_partner_rehearses_the_organisation_that_it_acts_for(
    store: GraphStore, tmp_path: Path
) -> None:
    viewer = Viewer("ada", Role.PARTNER, frozenset({f"org-{LEFT}"}))
    workspace = replace(workspace_over(store, tmp_path), viewer=viewer)
    partner = create_app(workspace).test_client()
    page = partner.get(f"/if-closed?organisation=org-{LEFT}")
    assert f"{RIGHT} needs Bid writing" in page.text
    assert "/what-if" not in page.text
    assert partner.get(f"/if-closed?organisation=org-{RIGHT}").status_code == 403


def test_what_a_reader_may_not_see_is_in_no_list(
    client: FlaskClient, store: GraphStore, tmp_path: Path
) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(collaboration(SECRET, LEFT, provenance=told(Visibility.PRIVATE)))
    for path in ("/single-points", f"/if-closed?organisation=org-{LEFT}"):
        assert SECRET not in client.get(path).text
    assert (
        as_role(store, tmp_path, Role.VIEWER).get("/single-points").text.count("Bid writing") == 0
    )


def test_a_veto_changes_no_closing_and_no_list_of_single_points(
    client: FlaskClient, store: GraphStore, tmp_path: Path
) -> None:
    paths = ("/single-points", f"/if-closed?organisation=org-{LEFT}")
    partner = as_role(store, tmp_path, Role.PARTNER)
    before = [client.get(path).text for path in paths] + [partner.get(paths[0]).text]
    veto = NotWith(
        from_id=f"org-{LEFT}",
        to_id=f"org-{RIGHT}",
        why="quarrel",
        provenance=told(Visibility.PUBLIC),
    )
    with store.transaction("tester") as tx:
        tx.upsert(veto)
    assert before == [client.get(path).text for path in paths] + [partner.get(paths[0]).text]
    refused = client.get(asked(("tie", LEFT, RIGHT)))
    assert refused.status_code == 400
    assert "not to be brought together" in refused.text
    assert "quarrel" not in refused.text


def test_too_large_a_network_is_sent_to_the_prompt(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_ORGANISATIONS", 3)
    monkeypatch.setattr(meetings, "MOST_ORGANISATIONS", 3)
    assert "gofar what-if" in client.get("/what-if").text


def test_an_introduction_says_what_it_would_do(client: FlaskClient, store: GraphStore) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(organisation("Far", description="Nothing in common"))
    page = client.get("/introductions?dial=both").text
    assert "Why these two" in page
    assert "gets its first partner." in page
    assert f"{RIGHT} needs Bid writing, and {LEFT} offers it." in page
    assert "What it alone would change" in page
    assert "Organisations without any partner:" in page
