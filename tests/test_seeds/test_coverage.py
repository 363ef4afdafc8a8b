from __future__ import annotations

from builders import offer, organisation
from seeds.coverage import Coverage


def test_it_counts_organisations_once_and_what_is_known_of_them() -> None:
    coverage = Coverage()
    coverage.take([organisation("a"), organisation("b"), offer("a", "bids")])
    coverage.take([organisation("a"), offer("a", "vans"), offer("elsewhere", "vans")])

    counts = coverage.to_json()

    assert (counts["organisations"], counts["with_skills"], counts["without_place"]) == (2, 1, 2)
