"""How the network hangs together: one page, and a file for each of its lists."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from builders import collaboration, organisation, told
from graph.access import Role
from graph.contract import GraphStore
from graph.model import Collaboration, NotWith, Visibility
from graph.stores import open_store
from reports.structure_tables import StructureTable
from seeds.demo import demo_truths, load_demo
from web import create_app
from web.structure import desk
from web_app import HOSTILE_NAMES, IMAGE, LEFT, RIGHT, SCRIPT, SECRET, workspace_over

ROLES = (Role.COORDINATOR, Role.PARTNER, Role.VIEWER, Role.PUBLIC)


def as_role(store: GraphStore, tmp_path: Path, role: Role) -> FlaskClient:
    return create_app(workspace_over(store, tmp_path, role=role)).test_client()


def rows(client: FlaskClient, of: str) -> list[dict[str, str]]:
    answer = client.get(f"/structure.csv?of={of}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={of}.csv"
    return list(csv.DictReader(answer.text.lstrip("\ufeff").splitlines()))


def section(page: str, of: str) -> str:
    """Return the page from one heading to the next."""
    return page.partition(f'id="{of}">')[2].partition("<h2")[0]


def two_circles(size: int) -> list[Collaboration]:
    """Everybody works with everybody in each circle, and Hub with one of each."""
    circles = [[f"{side}{number}" for number in range(size)] for side in ("East", "West")]
    pairs = [pair for circle in circles for pair in combinations(circle, 2)]
    return [collaboration(*pair) for pair in pairs] + [
        collaboration("Hub", circle[0]) for circle in circles
    ]


def write_circles(store: GraphStore, size: int = 8) -> None:
    names = [f"{side}{number}" for side in ("East", "West") for number in range(size)]
    with store.transaction("tester") as tx:
        tx.upsert(*map(organisation, (*names, "Hub", "Lone")), *two_circles(size))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("demo")
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        load_demo(store, "tester")
        yield create_app(workspace_over(store, folder)).test_client()


def test_the_page_names_what_is_planted_in_the_demo(demo: FlaskClient) -> None:
    truths = demo_truths()
    page = demo.get("/structure").text
    assert "160 of 160 organisations (100%)" in page
    isolates = {row["organisation_id"] for row in rows(demo, "isolates")}
    assert isolates == set(truths.isolates)
    members = rows(demo, "circle-members")
    for number, silo in enumerate(truths.silos, start=1):
        found = [
            {
                row["organisation_id"]
                for row in members
                if row["circle"] == str(each) and row["standing"] != "joins it"
            }
            for each in range(1, len(truths.silos) + 1)
        ]
        assert set(silo) in found, number
    brokers = {row["organisation_id"] for row in rows(demo, "roles") if row["role"] == "Brokers"}
    assert brokers == {truths.broker}
    assert f"id={truths.broker}" in section(page, "circle-gaps")
    assert f"/if-closed?organisation={truths.broker}" in section(page, "cut-points")


def test_a_list_is_cut_and_shown_whole_when_asked_for(demo: FlaskClient) -> None:
    page = demo.get("/structure").text
    bridges = rows(demo, "bridging-ties")
    assert f"10 of {len(bridges)}. " in section(page, "bridging-ties")
    assert section(page, "bridging-ties").count('role="rowheader"') == 10
    whole = demo.get("/structure?show=bridging-ties").text
    assert section(whole, "bridging-ties").count('role="rowheader"') == len(bridges)
    assert section(whole, "isolates") == section(page, "isolates")
    off = rows(demo, "cut-off")
    assert all(
        f"id={row['organisation_id']}" in demo.get("/structure?show=cut-off").text
        for row in off[-3:]
    )


@pytest.mark.parametrize("of", list(StructureTable))
def test_each_list_has_its_file(demo: FlaskClient, of: StructureTable) -> None:
    found = rows(demo, of)
    assert found or of is StructureTable.ISLANDS


def test_the_numbers_of_the_page_are_those_of_its_files(demo: FlaskClient) -> None:
    page = demo.get("/structure").text
    for of in ("isolates", "circles", "cut-points", "bridging-ties"):
        said = re.search(rf'id="{of}">.*?gofar-secondary">([\d,]+)<', page)
        assert said
        assert int(said[1]) == len(rows(demo, of)), of


def test_a_past_day_has_its_own_structure(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Ann"), organisation("Bea"), organisation("Cid"))
        tx.upsert(collaboration("Ann", "Bea"))
    page = empty_client.get("/structure").text
    assert "2 of 3 organisations can reach each other" in page
    past = empty_client.get("/structure?as_of=2020-01-01").text
    assert "No partnership is known yet" in past


def test_below_two_thirds_heard_nobody_is_named_and_the_page_says_why(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    write_circles(empty_store)
    named = empty_client.get("/structure").text
    assert "org-Hub" in section(named, "between")
    assert "org-Hub" in section(named, "circles")
    with empty_store.transaction("tester") as tx:
        tx.upsert(*(organisation(f"Silent {number}") for number in range(4)))
    caution = empty_client.get("/structure").text
    assert "Read names with caution: only 77% of organisations" in caution
    assert "org-Hub" in section(caution, "between")
    with empty_store.transaction("tester") as tx:
        tx.upsert(*(organisation(f"Silent {number}") for number in range(4, 10)))
    page = empty_client.get("/structure").text
    assert "No ranking names organisations: only 61% of them have told anything" in page
    assert "org-Hub" not in page
    assert "What else would be lost" not in page
    assert "Gatekeepers" not in page
    # Who is apart, and who keeps to themselves, is what the facts show.
    assert "org-Lone" in section(page, "isolates")
    assert "org-East0" in section(page, "circles")
    for of in ("roles", "between", "cut-points", "cut-off", "bridging-ties", "core"):
        assert "org-" not in empty_client.get(f"/structure.csv?of={of}").text
    assert not any(row["between_id"] for row in rows(empty_client, "circle-gaps"))
    assert {row["standing"] for row in rows(empty_client, "circle-members")} == {"member"}


def test_a_circle_says_who_joins_it_and_the_gap_who_stands_between(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    write_circles(empty_store)
    page = empty_client.get("/structure").text
    circles = section(page, "circles")
    assert "Circle 1: 8 organisations" in circles
    assert "28 ties inside and 1 outside" in circles
    assert "Joined through" in circles
    assert "Circle 1 and circle 2: no tie between them." in section(page, "circle-gaps")
    assert "org-Hub" in section(page, "circle-gaps")


def test_each_reader_is_offered_what_that_reader_may_do(
    demo: FlaskClient, store: GraphStore, tmp_path: Path
) -> None:
    assert 'href="/introductions"' in demo.get("/structure").text
    write_circles(store)
    for role in ROLES:
        reader = as_role(store, tmp_path, role)
        answer = reader.get("/structure")
        assert answer.status_code == 200
        plans = role is Role.COORDINATOR
        assert ('href="/introductions"' in answer.text) == plans
        assert ("/if-closed?" in answer.text) == plans
        may_export = role in (Role.COORDINATOR, Role.PARTNER)
        assert ("/structure.csv" in answer.text) == may_export
        given = reader.get("/structure.csv?of=isolates").status_code
        assert given == (200 if may_export else 403)


@pytest.mark.parametrize("role", ROLES)
def test_what_a_reader_may_not_see_changes_nothing(
    empty_store: GraphStore, tmp_path: Path, role: Role
) -> None:
    write_circles(empty_store)
    public = [organisation(name, provenance=told(Visibility.PUBLIC)) for name in ("P", "Q", "R")]
    private = told(Visibility.PRIVATE)
    with empty_store.transaction("tester") as tx:
        tx.upsert(*public, collaboration("P", "Q", provenance=told(Visibility.PUBLIC)))
    reader = as_role(empty_store, tmp_path, role)
    paths = ["/structure", *(f"/structure?show={of}" for of in StructureTable)]
    paths += [f"/structure.csv?of={of}" for of in StructureTable]
    before = [reader.get(path).text for path in paths]
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation(SECRET, provenance=private))
        tx.upsert(collaboration(SECRET, "P", provenance=private))
        tx.upsert(collaboration("P", "R", provenance=private))
        tx.upsert(collaboration("East1", "West1", provenance=private))
        tx.upsert(NotWith(from_id="org-East0", to_id="org-Hub", why="quarrel", provenance=private))
        tx.upsert(
            NotWith(
                from_id="org-P",
                to_id="org-R",
                why="quarrel",
                provenance=told(Visibility.PUBLIC),
            )
        )
    assert [reader.get(path).text for path in paths] == before


def test_a_reader_sees_the_structure_of_the_network_shown_to_that_reader(
    empty_store: GraphStore, tmp_path: Path
) -> None:
    members, public = told(Visibility.MEMBERS), told(Visibility.PUBLIC)
    with empty_store.transaction("tester") as tx:
        tx.upsert(*(organisation(name, provenance=public) for name in ("P", "Q")))
        tx.upsert(collaboration("P", "Q", provenance=members))
    partner = as_role(empty_store, tmp_path, Role.PARTNER).get("/structure").text
    assert "2 of 2 organisations can reach each other" in partner
    viewer = as_role(empty_store, tmp_path, Role.VIEWER).get("/structure").text
    assert "No partnership is known yet" in viewer
    assert "0 of 2 organisations (0%)" in viewer


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_text(store: GraphStore, client: FlaskClient, name: str) -> None:
    others = [LEFT, RIGHT, "Green Lane Garden"]
    with store.transaction("tester") as tx:
        tx.upsert(*(collaboration(name, other) for other in others))
    for path in ("/structure", "/structure?show=roles"):
        page = client.get(path)
        assert page.status_code == 200
        assert IMAGE not in page.text
        assert SCRIPT not in page.text


def test_names_cannot_become_formulas_in_a_file(store: GraphStore, client: FlaskClient) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(organisation("=1+1"))
    assert "\n'=1+1," in client.get("/structure.csv?of=isolates").text.replace("\r", "")


def test_an_empty_network_is_no_fault(empty_client: FlaskClient) -> None:
    page = empty_client.get("/structure")
    assert page.status_code == 200
    assert "No partnership is known yet" in page.text
    for of in StructureTable:
        assert empty_client.get(f"/structure.csv?of={of}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/structure?show=up", "/structure?x=1", "/structure.csv", "/structure.csv?of=all"]
)
def test_a_value_that_the_page_does_not_know_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_gaps_and_single_points_lead_here_and_gaps_is_where_it_belongs(
    client: FlaskClient,
) -> None:
    for path in ("/gaps", "/single-points"):
        assert 'href="/structure"' in client.get(path).text
    assert re.search(r'href="/gaps"\s+aria-current="true"', client.get("/structure").text)


def test_too_large_a_network_is_sent_to_the_prompt(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_ORGANISATIONS", 3)
    assert "gofar structure" in client.get("/structure").text
    answer = client.get("/structure.csv?of=isolates")
    assert answer.status_code == 413
    assert "gofar structure" in answer.text
