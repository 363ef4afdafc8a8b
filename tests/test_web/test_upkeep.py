"""Keep it fresh: the lists, each button, many at once, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from builders import TOLD, organisation
from graph.access import Role
from graph.contract import GraphStore
from graph.model import (
    BasedIn,
    Collaboration,
    Organisation,
    Provenance,
    Theme,
    Visibility,
    WorksIn,
    WorksOn,
)
from graph.testing.samples import write
from seeds.sources.history import History
from seeds.terms import vocabulary
from web import create_app
from web_app import HOSTILE_NAMES, IMAGE, LEFT, RIGHT, SCRIPT, SECRET, workspace_over

Post = Callable[..., TestResponse]

QUIET = "Green Lane Garden"
OLD = date(2023, 3, 4)
STALE = replace(TOLD, first_seen=OLD, last_confirmed=OLD)
GUESSED = replace(TOLD, source="register: x.json", inferred=True, confidence=0.8)


def guess(name: str, theme: str = "theme-youth", **more: object) -> WorksOn:
    words = 'words: "choir", "<b>song</b>"'
    told = replace(GUESSED, **{"basis": words, **more})  # type: ignore[arg-type]
    return WorksOn(from_id=f"org-{name}", to_id=theme, provenance=told)


GUESS = guess(LEFT)
STALE_TIE = Collaboration(from_id=f"org-{LEFT}", to_id=f"org-{RIGHT}", provenance=STALE)


@pytest.fixture
def waiting(store: GraphStore) -> None:
    write(store, GUESS, guess(IMAGE), STALE_TIE)


@pytest.fixture
def post(client: FlaskClient, token: Callable[[], str]) -> Post:
    """Send a form as a browser would, and return what the page that follows shows."""

    def send(path: str, **fields: Any) -> TestResponse:
        data = {"csrf_token": token(), **fields}
        return client.post(f"/upkeep/{path}", data=data, follow_redirects=True)

    return send


def shown(client: FlaskClient, section: str, **query: object) -> str:
    answer = client.get("/upkeep", query_string={"section": section, **query})
    assert answer.status_code == 200
    return answer.text


def ids_on(page: str) -> list[str]:
    return [unescape(key) for key in re.findall(r'type="checkbox" value="([^"]*)" form', page)]


def undo_id(page: str) -> str:
    found = re.search(r'name="undo" value="([^"]+)"', page)
    assert found
    return found[1]


pytestmark = pytest.mark.usefixtures("waiting")


def test_the_page_counts_what_waits_and_links_to_each_list(client: FlaskClient) -> None:
    page = client.get("/upkeep").text
    for title, count, section in (
        ("Worked out, not confirmed", 3, "inferred"),
        ("Not confirmed for long", 1, "unconfirmed"),
        ("Removed or closed", 1, "removed"),
        ("Without a place", 6, "places"),
    ):
        link = rf'href="/upkeep\?section={section}">{title}</a> <span[^>]*>{count}<'
        assert re.search(link, page), title


def test_the_start_says_what_waits(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "3 facts worked out and not confirmed." in page
    assert "1 tie not confirmed for two years." in page
    assert "1 organisation removed from a register or closed." in page
    assert 'href="/upkeep?section=removed"' in page


def test_the_start_of_a_past_day_says_nothing_of_what_waits(client: FlaskClient) -> None:
    assert "/upkeep?section" not in client.get("/?as_of=2026-01-01").text


def test_a_guess_is_shown_with_its_words_and_how_sure_it_is(client: FlaskClient) -> None:
    page = shown(client, "inferred")
    assert "works on Young people" in page
    words = "Likely, from the words &#34;choir&#34;, &#34;&lt;b&gt;song&lt;/b&gt;&#34;"
    assert words in page
    assert "<b>song" not in page


def test_a_guess_is_confirmed_and_that_is_undone(
    client: FlaskClient, store: GraphStore, post: Post
) -> None:
    page = post("answer", section="inferred", id=GUESS.id, answer="confirm").text
    assert "Confirmed 1 fact." in page
    assert GUESS.id not in ids_on(page)
    tie = store.record(WorksOn, GUESS.id)
    assert tie is not None
    assert not tie.provenance.inferred
    assert tie.provenance.asserted_by == "tester"

    back = post("undo", section="inferred", undo=undo_id(page)).text

    assert "Taken back: confirmed 1 fact." in back
    assert GUESS.id in ids_on(back)
    assert store.record(WorksOn, GUESS.id) == GUESS


def test_a_guess_is_rejected(store: GraphStore, post: Post) -> None:
    page = post("answer", section="inferred", id=GUESS.id, answer="reject").text
    assert "Rejected 1 fact." in page
    assert store.record(WorksOn, GUESS.id) is None


def test_an_old_tie_is_still_so_or_no_longer(
    client: FlaskClient, store: GraphStore, post: Post
) -> None:
    assert "Not confirmed since March 2023" in shown(client, "unconfirmed")
    page = post("answer", section="unconfirmed", id=STALE_TIE.id, answer="confirm").text
    assert "Nothing waits here" in page
    post("undo", section="unconfirmed", undo=undo_id(page))
    post("answer", section="unconfirmed", id=STALE_TIE.id, answer="reject")
    tie = store.record(Collaboration, STALE_TIE.id)
    assert tie is not None
    assert tie.until == date(2026, 10, 31)


def test_a_removed_organisation_is_reopened_or_left_closed(
    client: FlaskClient, store: GraphStore, post: Post
) -> None:
    assert "Closed on 31 March 2025" in shown(client, "removed")
    key = "org-Closed Kitchen"
    page = post("answer", section="removed", id=key, answer="close").text
    assert "Nothing waits here" in page
    post("undo", section="removed", undo=undo_id(page))
    page = post("answer", section="removed", id=key, answer="reopen").text
    assert "Marked 1 organisation as still active." in page
    found = store.record(Organisation, key)
    assert found is not None
    assert found.closed_on is None


def test_a_place_is_given_to_one_and_to_many(
    client: FlaskClient, store: GraphStore, post: Post
) -> None:
    (first, *others) = ids_on(shown(client, "places"))
    page = post("place", section="places", id=first, place="camden", how="based_in").text
    assert "Gave 1 organisation the place Camden." in page
    page = post("place", section="places", id=others, place="Trafford", how="works_in").text
    assert f"Gave {len(others)} organisations the place Trafford." in page
    assert {tie.from_id for tie in store.relationships(WorksIn, to_ids=["E08000009"])} == {*others}
    assert "Nothing waits here" in page


@pytest.mark.parametrize(
    ("place", "why"), [("", "Write a place."), (SCRIPT, "We know no place called")]
)
def test_a_place_that_nobody_knows_is_refused(post: Post, place: str, why: str) -> None:
    answer = post("place", section="places", id="org-Alone", place=place)
    assert answer.status_code == 400
    assert why in answer.text
    assert SCRIPT not in answer.text


def test_chosen_rows_are_answered_together(store: GraphStore, post: Post) -> None:
    ids = [GUESS.id, guess(IMAGE).id]
    page = post("answer", section="inferred", id=ids, answer="reject").text
    assert "Rejected 2 facts." in page
    assert not [tie for tie in store.records(WorksOn) if tie.provenance.inferred]


def test_all_on_the_page_are_answered_together(store: GraphStore, post: Post) -> None:
    ids = [GUESS.id, guess(IMAGE).id]
    page = post(
        "answer", section="inferred", shown=ids, id=GUESS.id, all="yes", answer="confirm"
    ).text
    assert "Confirmed 2 facts." in page


def test_nothing_chosen_is_said_and_changes_nothing(store: GraphStore, post: Post) -> None:
    version = store.version()
    answer = post("answer", section="inferred", shown=GUESS.id, answer="confirm")
    assert answer.status_code == 400
    assert "Choose at least one row" in answer.text
    assert store.version() == version


def test_what_somebody_else_has_answered_is_no_error(store: GraphStore, post: Post) -> None:
    post("answer", section="inferred", id=GUESS.id, answer="reject")
    version = store.version()
    page = post("answer", section="inferred", id=GUESS.id, answer="reject").text
    assert "Nothing had to be changed" in page
    assert store.version() == version
    again = post("answer", section="inferred", id=[GUESS.id, guess(IMAGE).id], answer="reject")
    assert "Rejected 1 fact. 1 needed no answer any more." in again.text


@pytest.mark.parametrize(
    "fields",
    [
        {"section": "inferred", "answer": "burn", "id": "x"},
        {"section": "nowhere", "answer": "confirm", "id": "x"},
        {"section": "inferred", "answer": "confirm", "id": ["x"] * 101},
        {"section": "inferred", "answer": "confirm", "id": "x", "more": "y"},
        {"section": "inferred", "answer": "confirm", "page": "0", "id": "x"},
    ],
)
def test_a_form_that_the_page_does_not_have_is_refused(
    post: Post, store: GraphStore, fields: dict[str, Any]
) -> None:
    version = store.version()
    assert post("answer", **fields).status_code == 400
    assert store.version() == version


def test_only_answers_can_be_taken_back_here(post: Post) -> None:
    assert post("undo", section="inferred", undo="import-1").status_code == 404


def test_an_unknown_list_is_refused(client: FlaskClient) -> None:
    assert client.get("/upkeep?section=nowhere").status_code == 400
    assert client.get("/upkeep?section=inferred&page=x").status_code == 400


def test_what_the_viewer_may_not_see_they_can_not_answer(store: GraphStore, post: Post) -> None:
    hidden = guess(SECRET, visibility=Visibility.PRIVATE)
    write(store, hidden)
    page = post("answer", section="inferred", id=hidden.id, answer="confirm").text
    assert "Nothing had to be changed" in page
    assert store.record(WorksOn, hidden.id) == hidden


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VIEWER, Role.PUBLIC])
def test_only_coordinators_answer(store: GraphStore, tmp_path: Path, role: Role) -> None:
    visitor = create_app(workspace_over(store, tmp_path, role=role)).test_client()
    assert visitor.get("/upkeep").status_code == 403
    assert "/upkeep" not in visitor.get("/").text
    page = visitor.get("/organisation?id=org-Closed+Kitchen").text
    assert "/upkeep" not in page


def test_a_long_list_comes_in_pages_and_an_answer_leads_back_to_its_page(
    client: FlaskClient, store: GraphStore, post: Post
) -> None:
    write(store, *(Theme(id=f"theme-{n}", name=f"Theme {n}", provenance=TOLD) for n in range(120)))
    write(store, *(guess(LEFT, f"theme-{n}") for n in range(120)))
    total = 123
    seen: list[str] = []
    for number in (1, 2, 3):
        page = shown(client, "inferred", page=number)
        seen += ids_on(page)
    assert len(seen) == len({*seen}) == total
    assert "Showing <strong>101 to 123</strong> of 123 facts" in page
    assert ids_on(shown(client, "inferred", page=99)) == ids_on(page)
    after = post("answer", section="inferred", page=2, id=seen[50], answer="confirm").text
    assert "Showing <strong>51 to 100</strong> of 122 facts" in after
    assert "All 50 on this page" in after


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_text(client: FlaskClient, store: GraphStore, name: str) -> None:
    write(
        store,
        organisation(name, closed_on=date(2026, 5, 3), postcode=name[:20]),
        organisation("Other", provenance=replace(TOLD, source=name)),
        guess(QUIET, source=name, asserted_by=name, basis=f'words: "{name}"'),
    )
    for section in ("overview", "inferred", "unconfirmed", "removed", "places"):
        page = shown(client, section)
        assert "<img src=x" not in page
        assert "<script>window" not in page


def test_an_answer_on_the_page_of_an_organisation_leads_back_to_it(
    client: FlaskClient, post: Post
) -> None:
    page = client.get("/organisation", query_string={"id": f"org-{LEFT}"}).text
    assert "Worked out, not confirmed" in page
    assert "Works on Young people" in page
    told = page.partition("Worked out, not confirmed")[0]
    assert "Young people" not in told
    after = post(
        "answer",
        section="organisation",
        organisation=f"org-{LEFT}",
        id=GUESS.id,
        answer="confirm",
    ).text
    assert "Confirmed 1 fact." in after
    assert f'<h1 class="govuk-heading-xl govuk-!-margin-bottom-3"><bdi>{LEFT}</bdi>' in after
    assert "Worked out, not confirmed" not in after


def test_the_page_of_a_past_day_takes_no_answers(client: FlaskClient) -> None:
    query = {"id": "org-Closed Kitchen"}
    assert "Still active" in client.get("/organisation", query_string=query).text
    past = client.get("/organisation", query_string={**query, "as_of": "2026-01-01"}).text
    assert "/upkeep/answer" not in past


def test_removal_from_a_register_is_flagged_wherever_the_organisation_stands(
    client: FlaskClient, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Register(History):
        name, authority = "register", 2

    monkeypatch.setattr("seeds.upkeep.asking.SOURCES", (History(), Register()))
    told = Provenance(
        source="register: extract.json", asserted_by="x", first_seen=OLD, last_confirmed=OLD
    )
    write(store, replace(organisation(RIGHT), closed_on=date(2026, 5, 3), provenance=told))
    flag = "Removed from the register on 3 May 2026"
    for path in (
        f"/organisation?id=org-{RIGHT}",
        "/organisations?text=harbour",
        f"/map/neighbourhood?organisation=org-{LEFT}",
        "/upkeep?section=removed",
    ):
        assert flag in client.get(path).text, path
    assert (
        "gofar-map__node--closed" in client.get(f"/map/neighbourhood?organisation=org-{LEFT}").text
    )


def test_a_reason_says_that_facts_behind_it_were_worked_out(
    client: FlaskClient, store: GraphStore
) -> None:
    write(store, guess(RIGHT))
    page = client.get(
        "/partners", query_string={"organisation": f"org-{LEFT}", "partners": "include"}
    ).text
    assert "Worked out from the words &#34;choir&#34;" in page


def test_guesses_about_one_thing_are_answered_by_themselves(
    client: FlaskClient, store: GraphStore, post: Post
) -> None:
    other = guess(RIGHT, "theme-sport")
    write(store, other)
    page = shown(client, "inferred")
    assert '<option value="theme-youth">Young people (2)</option>' in page
    page = shown(client, "inferred", about="theme-sport")
    assert ids_on(page) == [other.id]
    after = post(
        "answer",
        section="inferred",
        about="theme-sport",
        shown=other.id,
        all="yes",
        answer="reject",
    ).text
    assert "Rejected 1 fact." in after
    assert "Nothing waits here" in after
    assert store.record(WorksOn, GUESS.id) is not None
    assert 'name="about" value="theme-sport"' in after
    assert shown(client, "inferred", about="nothing")


@pytest.fixture
def zorblers(store: GraphStore) -> list[str]:
    """Organisations with a word in common that no vocabulary has, and one of markup."""
    text = f"We zorble on Tuesdays. {SCRIPT}"
    groups = [organisation(f"Zorb {n}", description=text) for n in range(3)]
    write(store, *groups)
    return [group.id for group in groups]


def test_words_that_nothing_covers_are_listed_with_who_uses_them(
    client: FlaskClient, zorblers: list[str]
) -> None:
    page = shown(client, "words")
    assert "zorble" in ids_on(page)
    assert "in 3 of 7 descriptions" in page
    assert "Zorb 0, Zorb 1, Zorb 2" in page
    assert "<script>window" not in page


def test_a_word_is_given_a_meaning_and_that_is_undone(
    client: FlaskClient, store: GraphStore, post: Post, zorblers: list[str]
) -> None:
    theme = next(iter(vocabulary("theme")))
    page = post("word", section="words", id="zorble", term=theme.id, answer="map").text
    assert f"Said that “zorble” means {theme.label}: 3 facts worked out." in page
    assert "zorble" not in ids_on(page)
    ties = list(store.relationships(WorksOn, from_ids=zorblers))
    assert {tie.to_id for tie in ties} >= {theme.id}
    assert "zorble" in ids_on(post("undo", section="words", undo=undo_id(page)).text)
    assert not [tie for tie in store.relationships(WorksOn, to_ids=[theme.id])]


def test_words_are_passed_over_together(post: Post, zorblers: list[str]) -> None:
    page = post("word", section="words", id=["zorble", "tuesdays"], answer="ignore").text
    assert "Passed over “zorble”, “tuesdays”." in page
    assert not {"zorble", "tuesdays"} & {*ids_on(page)}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"id": "zorble", "answer": "map"}, "Choose a skill, theme or community."),
        ({"id": "zorble", "term": SCRIPT, "answer": "map"}, "is no skill, theme or community"),
        ({"answer": "ignore"}, "Choose at least one row"),
        ({"id": "zorble", "answer": "burn"}, "answer"),
    ],
)
def test_a_meaning_that_is_none_is_refused(
    store: GraphStore, post: Post, zorblers: list[str], fields: dict[str, Any], why: str
) -> None:
    version = store.version()
    answer = post("word", section="words", **fields)
    assert answer.status_code == 400
    assert why in answer.text
    assert SCRIPT not in answer.text
    assert store.version() == version


def test_what_a_description_reads_like_is_proposed_and_said(
    client: FlaskClient, token: Callable[[], str], store: GraphStore
) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(organisation("Quiet", description="Everybody sings with an orchestra."))
    page = client.get("/organisation?id=org-Quiet").text
    assert "Perhaps it is about this" in page
    assert 'value="theme-AR303"' in page

    data = {"organisation": "org-Quiet", "term": "theme-AR303", "csrf_token": token()}
    page = client.post("/upkeep/tell", data=data, follow_redirects=True).text

    assert "Said of Quiet: Music" in page
    assert "Perhaps it is about this" not in page
    for wrong in ({"organisation": "org-None"}, {"term": "theme-none"}):
        answer = client.post("/upkeep/tell", data={**data, **wrong, "csrf_token": token()})
        assert answer.status_code in {400, 404}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Camdn", "Did you mean “Camden”?"), ("", "Write a place."), ("Qqq", "or several")],
)
def test_a_place_that_nobody_knows_gets_the_nearest(
    client: FlaskClient, token: Callable[[], str], typed: str, said: str
) -> None:
    data = {"section": "places", "id": f"org-{LEFT}", "place": typed, "csrf_token": token()}
    answer = client.post("/upkeep/place", data=data)
    assert answer.status_code == 400
    assert said in answer.text


def test_a_postcode_will_do_for_a_place(
    client: FlaskClient, token: Callable[[], str], store: GraphStore
) -> None:
    data = {
        "section": "places",
        "id": "org-Alone",
        "place": "M32 0TH",
        "how": "based_in",
        "csrf_token": token(),
    }
    client.post("/upkeep/place", data=data)
    (office,) = store.relationships(BasedIn, from_ids=["org-Alone"])
    assert office.to_id == "E08000009"
