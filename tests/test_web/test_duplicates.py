"""Who is who: pairs side by side, the answers, and taking them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from builders import TOLD, offer, organisation, skill, told
from graph.access import Role
from graph.contract import GraphStore
from graph.model import Merge, MergeState, Offer, Organisation, Place, Visibility, WorksIn
from graph.testing.samples import write
from web import create_app
from web_app import IMAGE, workspace_over

Token = Callable[[], str]


@pytest.fixture
def store(empty_store: GraphStore) -> GraphStore:
    with empty_store.transaction("tester") as tx:
        tx.upsert(
            organisation(
                "a", name="Tansy Choir", postcode="M1 1AE", external_ids=("GB-CHC-1000001",)
            ),
            organisation("b", name="The Tansy Choir", postcode="M1 1AE", external_ids=("360G-b",)),
            organisation("c", name=f"Sorrel {IMAGE}", external_ids=("GB-COH-09506232",)),
            organisation("d", name="Sorrel CIC", external_ids=("GB-COH-9506232",)),
            organisation(
                "s",
                name="Tansy Choir",
                postcode="M1 1AE",
                provenance=told(Visibility.PRIVATE),
            ),
            skill("vans"),
            Offer(from_id="org-b", to_id="cap-vans", provenance=told(Visibility.MEMBERS)),
        )
    return empty_store


def post(client: FlaskClient, token: Token, path: str, **fields: object) -> str:
    data = {**fields, "csrf_token": token()}
    answer = client.post(path, data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def agreements(card: str) -> dict[str, str]:
    """Return what a pair's card says of each line on which both speak."""
    marked = r'<th scope="row"[^>]*>([^<]+) <span.*?visually-hidden"> ([^<]+)</span>'
    return dict(re.findall(marked, card))


def cells(page: str, label: str) -> list[str]:
    """Return what the two of the only pair on a page say on one line."""
    (row,) = re.findall(rf'<th scope="row"[^>]*>{label}\b.*?</tr>', page, re.DOTALL)
    return re.findall(r"<td[^>]*><bdi>([^<]*)</bdi>", row)


def ids(store: GraphStore) -> set[str]:
    return {record.id for record in store.records(Organisation)}


def test_pairs_are_shown_side_by_side_the_surest_first(client: FlaskClient) -> None:
    page = client.get("/duplicates").text
    assert "Showing <strong>2</strong> of 2 pairs" in page
    assert page.index("Sorrel CIC") < page.index("The Tansy Choir")
    sure, likely = page.split('<li class="gofar-card">')[1:]
    assert agreements(sure) == {"Name": "different", "Identifiers": "the same"}
    assert agreements(likely) == {"Name": "the same", "Postcode": "the same"}
    assert "org-s" not in page
    assert IMAGE not in page
    assert "1 pair" in client.get("/duplicates?level=likely").text


def test_two_are_made_one_and_taken_apart_again(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    page = post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    assert "The Tansy Choir is now part of Tansy Choir." in page
    assert "org-b" not in ids(store)
    shown = client.get("/organisation?id=org-a").text
    assert "Was merged from" in shown
    assert "Take back<" in shown
    merge = re.search(r'name="merge" value="([^"]+)"', page)
    assert merge
    page = post(client, token, "/duplicates/take-back", merge=merge[1])
    assert "Taken back: both are as they were." in page
    assert "org-b" in ids(store)


def test_the_second_can_be_the_one_to_keep(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="second")
    kept = store.record(Organisation, "org-b")
    assert kept is not None
    assert set(kept.external_ids) == {"GB-CHC-1000001", "360G-b"}


def test_what_is_two_is_not_asked_again(client: FlaskClient, token: Token) -> None:
    page = post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="two")
    assert "they are two" in page
    assert "of 1 pair" in page


def test_certain_pairs_are_answered_together(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    page = client.get("/duplicates").text
    pair = re.search(r'name="pair" type="checkbox" value="([^"]+)"', page)
    assert pair
    # Neither what is unseen, nor what is no more than likely, can be slipped in.
    chosen = [pair[1], "org-a org-s", "org-a org-b", "junk"]
    page = post(client, token, "/duplicates/certain", pair=chosen)
    assert "1 pair made one. 3 had changed meanwhile" in page
    assert ids(store) >= {"org-a", "org-b", "org-s"}
    assert len(ids(store) & {"org-c", "org-d"}) == 1


def test_two_bodies_in_one_are_taken_apart(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    page = client.get("/duplicates/split?id=org-a").text
    fact = re.search(r'name="fact" type="checkbox" value="(offers-[^"]+)"', page)
    assert fact
    page = post(
        client,
        token,
        "/duplicates/split",
        id="org-a",
        name="Tansy Band",
        identifier=["360G-b"],
        fact=[fact[1]],
    )
    assert "Tansy Band is an organisation of its own, with 1 tie." in page
    (tie,) = store.records(Offer)
    assert tie.from_id.startswith("org-split-")
    answer = client.post(
        "/duplicates/split", data={"id": "org-a", "name": "", "csrf_token": token()}
    )
    assert answer.status_code == 400
    assert "Write what the other organisation is called" in answer.text


@pytest.mark.parametrize("second", ["org-none", "org-s"])
def test_what_a_viewer_cannot_see_cannot_be_answered(
    client: FlaskClient, token: Token, second: str
) -> None:
    for answer in ("first", "second", "two"):
        data = {"first": "org-a", "second": second, "answer": answer, "csrf_token": token()}
        assert client.post("/duplicates/answer", data=data).status_code == 404


def test_answers_need_a_token_and_a_coordinator(
    client: FlaskClient, store: GraphStore, tmp_path: Path
) -> None:
    data = {"first": "org-a", "second": "org-b", "answer": "first"}
    assert client.post("/duplicates/answer", data=data).status_code == 400
    app = create_app(workspace_over(store, tmp_path / "u", role=Role.PARTNER))
    assert app.test_client().get("/duplicates").status_code == 403
    assert "org-b" in ids(store)


def test_the_page_that_keeps_things_fresh_counts_them(client: FlaskClient) -> None:
    page = client.get("/upkeep").text
    assert re.search(r"Who is who</a> <span[^>]*>2</span>", page)


def test_two_of_one_name_can_be_told_apart_by_what_the_buttons_say(
    client: FlaskClient, store: GraphStore
) -> None:
    write(store, organisation("b", name="Tansy Choir", postcode="M1 1AE"))
    page = client.get("/duplicates?level=likely").text
    assert "They are one: keep the first<" in page
    assert "They are one: keep the second<" in page
    assert "keep the first: it has a number in a register." in page


def test_of_two_in_a_register_the_better_known_is_the_one_to_keep(
    client: FlaskClient, store: GraphStore
) -> None:
    write(
        store,
        organisation("d", name="Sorrel CIC", external_ids=("gb-coh-9506232",)),
        offer("d", "vans"),
    )
    page = client.get("/duplicates?level=certain").text
    assert "keep the second: more is known of it." in page


def test_what_agrees_in_part_and_what_differs_is_said(
    client: FlaskClient, store: GraphStore
) -> None:
    places = [Place(id=f"place-{n}", name=f"Ward {n}", provenance=TOLD) for n in range(3)]
    write(
        store,
        *places,
        organisation("a", name="Tansy Choir", postcode="M1 1AE", income=10.0),
        organisation("b", name="Tansy Choirs", postcode="M1 1AE", closed_on=date(2025, 1, 2)),
        *(
            WorksIn(from_id=f"org-{one}", to_id=f"place-{n}", provenance=told_or_guessed)
            for one, n, told_or_guessed in (
                ("a", 0, TOLD),
                ("a", 1, TOLD),
                ("b", 1, replace(TOLD, inferred=True, confidence=0.5)),
                ("b", 2, TOLD),
            )
        ),
    )
    page = client.get("/duplicates?level=likely").text
    assert agreements(page) == {
        "Name": "the same in part",
        "Postcode": "the same",
        "Works in": "the same in part",
        "Closed": "different",
    }
    assert cells(page, "Works in") == ["Ward 0, Ward 1", "Ward 1 (worked out), Ward 2"]
    assert cells(page, "Income") == ["£10 a year", "not known"]
    assert cells(page, "Closed") == ["No", "Closed on 2 January 2025"]
    assert cells(page, "First seen") == ["1 January 2026", "1 January 2026"]


def test_ids_that_hold_spaces_are_made_one_together(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    write(store, organisation("d e f", name="Sorrel Three", external_ids=("gb-coh-09506232",)))
    shown = re.findall(r'name="shown" value="([^"]+)"', client.get("/duplicates").text)
    assert len(shown) == 3
    page = post(client, token, "/duplicates/certain", shown=shown, all="yes")
    # Three that are one: a pair whose half has gone into the first is asked about anew.
    assert "made one." in page
    for _ in range(2):
        shown = re.findall(r'name="shown" value="([^"]+)"', client.get("/duplicates").text)
        if shown:
            post(client, token, "/duplicates/certain", shown=shown, all="yes")
    assert len(ids(store) & {"org-c", "org-d", "org-d e f"}) == 1


def test_several_are_answered_only_if_some_are_chosen(client: FlaskClient, token: Token) -> None:
    answer = client.post("/duplicates/certain", data={"csrf_token": token()})
    assert answer.status_code == 400
    assert "Choose at least one pair first" in answer.text
    assert "of 2 pairs" in answer.text


def test_a_queue_is_paged_and_says_how_long_it_is(client: FlaskClient, store: GraphStore) -> None:
    for n in range(24):
        for which in "xy":
            name = f"Sedge {'abcdefghijklmnopqrstuvwx'[n] * 4} Trust"
            write(store, organisation(f"{which}{n:02}", name=name, postcode="M2 1AE"))
    page = client.get("/duplicates?level=likely").text
    assert "Showing <strong>10</strong> of 25 pairs" in page
    assert 'aria-label="Page 3"' in page
    page = client.get("/duplicates?level=likely&page=99").text
    assert "Showing <strong>5</strong> of 25 pairs" in page
    assert 'aria-label="Page 3" aria-current="page"' in page


def test_a_merge_under_a_later_one_says_what_goes_back_first(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    page = post(client, token, "/duplicates/answer", first="org-c", second="org-a", answer="first")
    for shown in (page, client.get("/organisation?id=org-c").text):
        assert "It came by way of <bdi>Tansy Choir</bdi>: take that one back first." in shown
        assert shown.count("Take back<") == 1
    assert 'href="/organisation?id=org-a"' not in page


def test_every_merge_that_stands_can_be_reached(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    for n in range(12):
        write(store, organisation(f"m{n}", name=f"Merged {n}"))
        post(client, token, "/duplicates/answer", first="org-a", second=f"org-m{n}", answer="first")
    assert "Showing 5 of 12." in client.get("/duplicates").text
    found = "".join(client.get(f"/duplicates/merged?page={page}").text for page in (1, 2))
    assert found.count("Take back<") == 12


def test_a_merge_into_what_is_private_now_is_not_shown(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    kept = store.record(Organisation, "org-a")
    assert kept is not None
    write(store, replace(kept, provenance=told(Visibility.PRIVATE)))
    assert "The Tansy Choir" not in client.get("/duplicates").text
    assert "The Tansy Choir" not in client.get("/duplicates/merged").text


def test_what_a_taking_back_leaves_is_named_with_the_reason(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    (merge,) = store.records(Merge)
    (moved,) = store.records(Offer)
    write(store, replace(moved, level=3))
    page = post(client, token, "/duplicates/take-back", merge=merge.id)
    assert "1 stays as changed since" in page
    assert "Tansy Choir offers vans" in page
    assert "it was changed since" in page
    (merge,) = store.records(Merge)
    assert merge.state is MergeState.UNDONE


def test_a_split_goes_wrong_without_losing_what_was_chosen(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    data = {"id": "org-a", "name": "Tansy Choir", "identifier": "GB-CHC-1000001"}
    answer = client.post("/duplicates/split", data={**data, "csrf_token": token()})
    assert answer.status_code == 400
    assert "can&#39;t be the name" in answer.text
    assert 'name="name" type="text" value="Tansy Choir"' in answer.text
    assert 'value="GB-CHC-1000001" checked' in answer.text
    assert len(ids(store)) == 5


def test_a_split_moves_other_names_and_can_be_undone(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    before = store.snapshot().content_hash
    write(store, organisation("w", name="Woad Works", other_names=("Woad Studio", "WW")))
    whole = store.snapshot().content_hash
    assert whole != before
    page = post(
        client, token, "/duplicates/split", id="org-w", name="Woad Arts", other_name="Woad Studio"
    )
    undo = re.search(r'href="/imports/undo\?id=([^"]+)"', page)
    assert undo
    kept, new = (store.record(Organisation, each) for each in ("org-w", undo[1]))
    assert kept is not None
    assert new is not None
    assert (kept.other_names, new.other_names) == (("WW",), ("Woad Studio",))
    post(client, token, "/imports/undo", id=undo[1])
    assert store.snapshot().content_hash == whole


def test_a_split_takes_no_tie_along_that_the_viewer_cannot_see(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    hidden = offer("b", "vans", level=2, provenance=told(Visibility.PRIVATE))
    write(store, hidden)
    data = {"id": "org-b", "name": "Tansy Band", "fact": hidden.id, "csrf_token": token()}
    answer = client.post("/duplicates/split", data=data)
    assert answer.status_code == 400
    assert "is gone" in answer.text
    (tie,) = store.records(Offer)
    assert tie.from_id == "org-b"
