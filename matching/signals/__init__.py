"""The signals that make up a score. A new one is one file here and one line in ``SIGNALS``."""

from __future__ import annotations

from matching.signals.base import Signal
from matching.signals.common_partners import CommonPartners
from matching.signals.needs_met import NeedsMet
from matching.signals.offers_taken import OffersTaken
from matching.signals.shared_communities import SharedCommunities
from matching.signals.shared_funders import SharedFunders
from matching.signals.shared_offices import SharedOffices
from matching.signals.shared_places import SharedPlaces
from matching.signals.shared_themes import SharedThemes
from matching.signals.short_path import ShortPath
from matching.signals.similar_activity import SimilarActivity
from matching.signals.size_balance import SizeBalance

__all__ = ["SIGNALS", "Signal"]

SIGNALS: tuple[Signal, ...] = (
    NeedsMet(),
    OffersTaken(),
    SharedThemes(),
    SharedCommunities(),
    SharedPlaces(),
    SharedOffices(),
    SharedFunders(),
    SimilarActivity(),
    CommonPartners(),
    ShortPath(),
    SizeBalance(),
)
