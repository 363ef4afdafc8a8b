"""Finding an organisation by what a person types."""

from __future__ import annotations

import pytest

from builders import network_of, organisation
from graph.errors import UnknownOrganisation
from matching import find_organisation

NETWORK = network_of(
    organisation("Café Ünity & Friends", external_ids=("GB-CHC-1164883",)),
    organisation("Harbour Lights", other_names=("The Lights",)),
    organisation("Twin", id="org-twin-1"),
    organisation("twin", id="org-twin-2"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("org-Harbour Lights", "Harbour Lights"),
        ("gb-chc-1164883", "Café Ünity & Friends"),
        ("  cafe unity and friends ", "Café Ünity & Friends"),
        ("the lights", "Harbour Lights"),
    ],
)
def test_an_id_an_external_id_or_a_name_finds_it(typed: str, found: str) -> None:
    assert NETWORK.names[find_organisation(NETWORK, typed)] == found


def test_a_slip_of_the_pen_gets_the_nearest_names() -> None:
    with pytest.raises(UnknownOrganisation) as caught:
        find_organisation(NETWORK, "Harbor Light")
    assert caught.value.nearest[0] == "Harbour Lights"


def test_a_name_that_two_share_is_answered_with_their_ids() -> None:
    with pytest.raises(UnknownOrganisation) as caught:
        find_organisation(NETWORK, "TWIN")
    assert set(caught.value.nearest) == {"org-twin-1", "org-twin-2"}


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "ß" * 500, "') OR 1=1 --"])
def test_nonsense_is_refused_kindly(typed: str) -> None:
    with pytest.raises(UnknownOrganisation):
        find_organisation(NETWORK, typed)
