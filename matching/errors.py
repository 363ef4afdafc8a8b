"""Errors of matching; the tree they belong to is drawn in :mod:`graph.errors`."""

from __future__ import annotations

from graph.errors import GofarError

__all__ = ["LearningError", "ModelMismatch", "NotEnoughHistory"]


class LearningError(GofarError):
    """Nothing can be learnt or measured from what there is."""


class NotEnoughHistory(LearningError):
    """Too little has happened, or too little of it has a date, to learn or to measure from."""

    def __init__(self, what: str, *, found: int, needed: int, remedy: str = "") -> None:
        super().__init__(f"{what}: {found:,} found, {needed:,} needed.", remedy=remedy)
        self.found = found
        self.needed = needed


class ModelMismatch(LearningError):
    """A stored model was learned with other features than this program has."""

    def __init__(self, model_features: int, code_features: int) -> None:
        super().__init__(
            f"The stored model has other features ({model_features}) than this program "
            f"({code_features}).",
            remedy="Learn it again: gofar train.",
        )
