"""Telling a goal or a measure: anew, or over what is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from graph.model import Node
from seeds.upkeep.writing import Draft, told_by

__all__ = ["tell_node"]

N = TypeVar("N", bound=Node)


def tell_node(draft: Draft, told: N, known: N | None, actor: str, today: date) -> None:
    """Put a node into the draft, unless that changes nothing of what is ``known`` of it.

    Its ids elsewhere stay, and from where it first came.
    """
    if known is not None:
        told = replace(
            told,
            external_ids=known.external_ids,
            provenance=told_by(actor, "told", known.provenance, today),
        )
        if replace(told, provenance=known.provenance) == known:
            return
    draft.put(told)
    draft.changed = 1
