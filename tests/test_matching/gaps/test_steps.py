"""From typed changes to the facts of a what-if."""

from __future__ import annotations

import pytest

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill
from graph.errors import InputError, UnknownOrganisation, UnknownTerm
from graph.model import Project, TakesPartIn
from matching import Network
from matching.gaps.rehearsal import MOST_STEPS, ImaginedSteps, StepKind, imagined, what_if


@pytest.fixture
def network() -> Network:
    names = [organisation(name) for name in ("Ann", "Bea", "Cid", "Dee")]
    project = Project(id="p", name="p", provenance=TOLD)
    parts = [
        TakesPartIn(from_id=f"org-{one}", to_id="p", provenance=TOLD) for one in ("Cid", "Dee")
    ]
    ties = (collaboration("Ann", "Bea"), offer("Ann", "vans"), need("Bea", "vans"))
    return network_of(*names, project, *parts, skill("vans"), *ties)


def steps(network: Network, *given: tuple[StepKind, str, str]) -> ImaginedSteps:
    made = ImaginedSteps(network, TOLD)
    for step in given:
        made.add(*step)
    return made


def test_each_kind_of_step_changes_what_it_says(network: Network) -> None:
    made = steps(
        network,
        (StepKind.NEW, "Newcomers", ""),
        (StepKind.TIE, "newcomers".title(), " ann "),
        (StepKind.OFFER, "Newcomers", "VANS"),
        (StepKind.NEED, "org-Cid", "cap-vans"),
        (StepKind.UNTIE, "Ann", "Bea"),
        (StepKind.UNNEED, "Bea", "vans"),
        (StepKind.UNOFFER, "Ann", "vans"),
        (StepKind.REMOVE, "Dee", ""),
    )
    after = imagined(network, added=made.added, removed=made.removed)
    assert set(after.names) == {"Ann", "Bea", "Cid", "Newcomers"}
    pairs = {after.names[row] for row in after.partners_of(after.index_of("org-Ann")).tolist()}
    assert pairs == {"Newcomers"}
    assert (after.offers.nnz, after.needs.nnz) == (1, 1)
    assert [made.name_of(one) for one in made.about] == ["Newcomers", "Ann", "Cid", "Bea", "Dee"]
    assert (len(network), network.offers.nnz) == (4, 1)


def test_a_skill_of_the_vocabulary_that_nobody_has_yet_is_known(network: Network) -> None:
    made = steps(network, (StepKind.NEED, "Ann", "bsl"))
    found = what_if(network, added=made.added)
    assert [change.skill_id for change in found.gaps_opened] == ["cap-bsl"]
    assert made.name_of("cap-bsl") == "British Sign Language"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ((StepKind.REMOVE, " ", ""), "which organisation"),
        ((StepKind.TIE, "Ann", ""), "goes with"),
        ((StepKind.TIE, "Ann", "ann"), "its own partner"),
        ((StepKind.UNTIE, "Ann", "Cid"), "don't work together"),
        ((StepKind.UNTIE, "Cid", "Dee"), "joint project"),
        ((StepKind.UNOFFER, "Bea", "vans"), "doesn't offer"),
        ((StepKind.UNNEED, "Ann", "vans"), "doesn't need"),
    ],
)
def test_a_step_that_can_not_be_is_refused(
    network: Network, step: tuple[StepKind, str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        steps(network, step)


def test_steps_that_contradict_each_other_are_refused(network: Network) -> None:
    gone = (StepKind.REMOVE, "Ann", "")
    with pytest.raises(InputError, match="taken out already"):
        steps(network, gone, (StepKind.TIE, "Ann", "Cid"))
    with pytest.raises(InputError, match="part of another change"):
        steps(network, (StepKind.TIE, "Ann", "Cid"), gone)
    new = (StepKind.NEW, "Eve", "")
    with pytest.raises(InputError, match="twice"):
        steps(network, new, new)
    with pytest.raises(InputError, match="only imagined"):
        steps(network, new, (StepKind.REMOVE, "Eve", ""))


def test_nobody_and_nothing_by_that_name_is_refused(network: Network) -> None:
    with pytest.raises(UnknownOrganisation):
        steps(network, (StepKind.REMOVE, "x" * 1_000_000, ""))
    with pytest.raises(UnknownTerm):
        steps(network, (StepKind.OFFER, "Ann", "\x00 nothing"))
    with pytest.raises(InputError):
        steps(network, (StepKind.NEW, "bad\x00name", ""))


def test_too_many_steps_are_refused(network: Network) -> None:
    many = [(StepKind.NEW, f"n{number}", "") for number in range(MOST_STEPS)]
    made = steps(network, *many)
    with pytest.raises(InputError, match=str(MOST_STEPS)):
        made.add(StepKind.NEW, "one more")
