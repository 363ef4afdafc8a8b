"""What a list of open questions needs to know of sources and of answers given before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graph.contract import GraphStore
from graph.model import ImportRecord
from seeds.decisions import Decisions
from seeds.sources import SOURCES
from seeds.upkeep.writing import UPKEEP

__all__ = ["agreed_closures", "is_answer", "is_register"]

_REGISTER = 2  # see seeds.sources.base.Source.authority


def agreed_closures(store: GraphStore) -> Mapping[str, date]:
    """Return the day on which somebody agreed that an organisation has closed, by its id."""
    return Decisions.of(store).closed


def is_register(source: str) -> bool:
    """Say whether the ``source`` of a fact is an official register."""
    name = source.partition(":")[0]
    return any(known.name == name and known.authority == _REGISTER for known in SOURCES)


def is_answer(record: ImportRecord) -> bool:
    """Say whether an import record is that of an answer, and no file's."""
    return record.source == UPKEEP
