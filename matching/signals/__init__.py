"""The signals that make up a score. A new one is one file here and one line in ``SIGNALS``."""

from __future__ import annotations

from matching.signals.base import Signal
from matching.signals.bridging import Bridging
from matching.signals.common_partners import CommonPartners
from matching.signals.complementary_roles import ComplementaryRoles
from matching.signals.declined_before import DeclinedBefore
from matching.signals.needs_met import NeedsMet
from matching.signals.offers_taken import OffersTaken
from matching.signals.place_reach import PlaceReach
from matching.signals.shared_communities import SharedCommunities
from matching.signals.shared_funders import SharedFunders
from matching.signals.shared_goals import SharedGoals
from matching.signals.shared_offices import SharedOffices
from matching.signals.shared_places import SharedPlaces
from matching.signals.shared_themes import SharedThemes
from matching.signals.short_path import ShortPath
from matching.signals.similar_activity import SimilarActivity
from matching.signals.size_balance import SizeBalance
from matching.signals.track_record import TrackRecord

__all__ = ["SIGNALS", "Signal"]

SIGNALS: tuple[Signal, ...] = (
    NeedsMet(),
    OffersTaken(),
    SharedGoals(),
    SharedThemes(),
    SharedCommunities(),
    SharedPlaces(),
    PlaceReach(),
    SharedOffices(),
    SharedFunders(),
    SimilarActivity(),
    CommonPartners(),
    ShortPath(),
    Bridging(),
    ComplementaryRoles(),
    SizeBalance(),
    TrackRecord(),
    DeclinedBefore(),
)
