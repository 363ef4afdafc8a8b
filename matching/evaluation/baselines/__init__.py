"""The simple rankings that gofar has to beat. A new one is one file and one line in the list."""

from __future__ import annotations

from matching.evaluation.baselines.adamic_adar import AdamicAdar
from matching.evaluation.baselines.als import AlternatingLeastSquares
from matching.evaluation.baselines.base import Baseline
from matching.evaluation.baselines.common_neighbours import CommonNeighbours
from matching.evaluation.baselines.katz import Katz
from matching.evaluation.baselines.pagerank import PersonalisedPageRank
from matching.evaluation.baselines.popularity import Popularity
from matching.evaluation.baselines.random_order import RandomOrder
from matching.evaluation.baselines.recent_popularity import RecentPopularity
from matching.evaluation.baselines.resource_allocation import ResourceAllocation
from matching.evaluation.baselines.texts import SimilarTexts

__all__ = ["BASELINES", "Baseline"]

BASELINES: tuple[Baseline, ...] = (
    RandomOrder(),
    Popularity(),
    RecentPopularity(),
    CommonNeighbours(),
    AdamicAdar(),
    ResourceAllocation(),
    Katz(),
    PersonalisedPageRank(),
    SimilarTexts(),
    AlternatingLeastSquares(),
)
