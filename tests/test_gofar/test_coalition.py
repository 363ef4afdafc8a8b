"""gofar coalition at the prompt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from builders import organisation
from graph.errors import UnknownOrganisation, UnknownTerm
from graph.stores import open_store
from matching.coalitions import InvalidBrief, candidates

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("filled_store")


def test_it_names_members_lead_form_and_who_covers_what(run: Run) -> None:
    shown = run("coalition", "--need", "bids", "--need", "vans", "--budget", "500").stdout
    out = " ".join(shown.split())
    assert "Mill Lane Kitchen, Old Friends" in out
    assert "Proven: none costs less." in out
    assert "Lead: " in out
    assert "a lead agency that holds the money" in out
    first, second = out.split("2. Mill Lane Kitchen, Tide & Co")
    assert "none costs less" in first
    assert "Proven: of the others none costs less." in second
    assert "To introduce: Mill Lane Kitchen and Tide & Co." in out


def test_what_is_proven_of_the_most_promising_is_not_said_of_all(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_WHOLE", "_BEST", "_CHEAPEST_EACH", "_NEAR"):
        monkeypatch.setattr(candidates, name, 1)
    out = " ".join(run("coalition", "--need", "bids", "--need", "vans").stdout.split())
    assert "Proven: none of those searched costs less." in out
    assert "most promising of 3 organisations" in out
    assert "no other coalition" not in out


def test_json_has_every_part_and_the_note_with_its_evidence(run: Run) -> None:
    found = json.loads(run("coalition", "--need", "bids:2", "--need", "vans", "--json").stdout)
    best = found["coalitions"][0]
    parts = best["burden"] + best["skills"] + best["together"]
    assert best["objective"] == pytest.approx(parts)
    assert [cover["skill_id"] for cover in best["covers"]] == ["cap-bids", "cap-vans"]
    assert all(cover["facts"] for cover in best["covers"])
    assert set(best["note"]["evidence"]) >= {
        fact for cover in best["covers"] for fact in cover["facts"]
    }
    assert best["is_proven"]
    assert best["gap"] == 0


def test_must_and_not_are_kept(run: Run) -> None:
    arguments = ("coalition", "--need", "bids", "--need", "vans", "--json")
    found = json.loads(run(*arguments, "--must", "tide & co", "--not", "org-old").stdout)
    (only,) = found["coalitions"]
    assert [seat["organisation_id"] for seat in only["seats"]] == ["org-mill", "org-tide"]
    assert found["is_exhausted"]


def test_a_brief_that_cant_be_met_says_what_fails_and_what_would_mend_it(run: Run) -> None:
    result = run("coalition", "--need", "bids", "--need", "vans:3")
    assert result.exit_code == 1
    assert "vans: 1 offer it, 0 at this level" in result.stdout
    assert "Take vans at level 2." in result.stdout
    data = json.loads(run("coalition", "--need", "bids", "--need", "vans:3", "--json").stdout)
    assert data["shortfalls"][0]["about"] == "cap-vans"
    assert data["mends"][0]["steps"][0]["kind"] == "lower_level"


def test_a_call_is_read_for_a_person_to_check(run: Run, tmp_path: Path) -> None:
    call = tmp_path / "call.txt"
    call.write_text(
        "We fund partnerships in Camden that provide debt advice to older people. "
        "Grants of up to £50,000; an annual income of at least £20k.",
        encoding="utf-8",
    )
    out = run("coalition", "--call", str(call)).stdout
    assert "please check" in out
    assert "--need 'Debt and money advice'" in out
    assert "--place Camden" in out
    assert "--community 'Older people'" in out
    assert "--budget 50000" in out
    assert "--lead-min-income 20000" in out
    data = json.loads(run("coalition", "--call", str(call), "--json").stdout)
    assert {each["term_id"] for each in data["heard"]} >= {"cap-debt-advice", "E09000007"}
    call.write_text("12 34", encoding="utf-8")
    assert "Nothing was recognised" in run("coalition", "--call", str(call)).stdout


def test_unknown_names_are_answered_with_the_nearest(run: Run) -> None:
    for arguments, error in (
        (("--need", "vanns"), UnknownTerm),
        (("--need", "vans", "--must", "Tyde"), UnknownOrganisation),
        (("--need", "vans", "--place", "Atlantis"), UnknownTerm),
        (("--need", "vans:9"), InvalidBrief),
        (("--need", "vans", "--min-members", "9"), InvalidBrief),
    ):
        assert isinstance(run("coalition", *arguments).exception, error)


@pytest.mark.parametrize("arguments", [(), ("--need", "vans", "--call", __file__)])
def test_a_need_or_a_call_is_wanted_and_not_both(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("coalition", *arguments).exit_code == 2


@pytest.mark.parametrize("option", ["--lead-projects", "--lead-led"])
def test_a_number_too_long_for_any_is_refused(run: Run, option: str) -> None:
    assert run("coalition", "--need", "vans", option, "9" * 400).exit_code == 2


def test_a_hostile_name_is_only_text(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(organisation("mill", name="[red]Mill[/red] {0}", external_ids=("GB-CHC-1",)))
    assert "[red]Mill[/red] {0}" in run("coalition", "--need", "bids", "--need", "vans").stdout
