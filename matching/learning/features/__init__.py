"""The features of the learned score, by what they speak of. A new group is one file and a line."""

from __future__ import annotations

from matching.learning.features.base import Block, Feature, FeatureGroup
from matching.learning.features.places_and_kinds import Kinds, Places
from matching.learning.features.subjects import Subjects
from matching.learning.features.track_record import OwnRecord, TrackRecord
from matching.learning.features.walks import Walks

__all__ = ["GROUPS", "Block", "Feature", "FeatureGroup"]

GROUPS: tuple[type[FeatureGroup], ...] = (Walks, Subjects, TrackRecord, Places, Kinds, OwnRecord)
