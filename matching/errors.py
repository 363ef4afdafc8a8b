"""Errors of matching; the tree they belong to is drawn in :mod:`graph.errors`."""

from __future__ import annotations

from graph.errors import GofarError

__all__ = ["LearningError", "NotEnoughHistory"]


class LearningError(GofarError):
    """Nothing can be learnt or measured from what there is."""


class NotEnoughHistory(LearningError):
    """Too little has happened, or too little of it has a date, to learn or to measure from."""

    def __init__(self, what: str, *, found: int, needed: int, remedy: str = "") -> None:
        super().__init__(f"{what}: {found:,} found, {needed:,} needed.", remedy=remedy)
        self.found = found
        self.needed = needed
