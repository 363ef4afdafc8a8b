"""Every source there is: a new one is a module beside this file and one line in ``SOURCES``."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import InputError, UnsupportedFormat
from seeds.reading.reader import Head
from seeds.sources.base import Source
from seeds.sources.charity_commission import CharityCommission
from seeds.sources.gephi import Gephi
from seeds.sources.graph_files import GraphFiles
from seeds.sources.history import History
from seeds.sources.kumu import Kumu
from seeds.sources.open_referral import OpenReferral
from seeds.sources.register_sheet import RegisterSheet
from seeds.sources.template import Template
from seeds.sources.threesixty_giving import ThreeSixtyGiving

__all__ = ["SOURCES", "source_for", "source_named"]

SOURCES: tuple[Source, ...] = (
    Template(),
    ThreeSixtyGiving(),
    CharityCommission(),
    RegisterSheet(),
    History(),
    Kumu(),
    Gephi(),
    GraphFiles(),
    OpenReferral(),
)

_LIKELY = 0.5


def source_named(name: str) -> Source:
    """Return the source called ``name``; raises InputError for another word."""
    for source in SOURCES:
        if source.name == name:
            return source
    raise InputError(
        f"{name!r} is not a kind of import.",
        remedy=f"Use one of {', '.join(source.name for source in SOURCES)}.",
    )


def source_for(heads: Sequence[Head]) -> Source:
    """Return the source that is surest of these files; raises UnsupportedFormat if none is."""
    confidence, best = 0.0, SOURCES[0]
    for source in SOURCES:
        found = source.recognises(heads).confidence
        if found > confidence:
            confidence, best = found, source
    if confidence < _LIKELY:
        raise UnsupportedFormat(
            ", ".join(head.file for head in heads[:5]),
            f"holds {_seen(heads)}, which is nothing that gofar knows how to import",
            remedy=f"It can read {', '.join(source.title for source in SOURCES)}.",
        )
    _refuse_mixture(best, heads)
    return best


def _refuse_mixture(best: Source, heads: Sequence[Head]) -> None:
    """Raise UnsupportedFormat for a file that ``best`` would leave out and another could read."""
    whole = best.recognises(heads).confidence
    for head in heads:
        rest = [other for other in heads if other is not head]
        if not rest or best.recognises([head]).confidence >= _LIKELY:
            continue
        is_used = best.recognises(rest).confidence < whole
        others = [
            source.title
            for source in SOURCES
            if source is not best and source.recognises([head]).confidence >= _LIKELY
        ]
        if others and not is_used:
            raise UnsupportedFormat(
                head.file,
                f"holds {others[0]}, the other files {best.title}",
                remedy="Import the two kinds one after the other.",
            )


def _seen(heads: Sequence[Head]) -> str:
    titles = [title for head in heads for _, sheet in head.sheets for title in sheet if title]
    if titles:
        return f"the columns {_some(titles)}"
    keys = [key for head in heads for key in head.keys]
    return f"the names {_some(keys)}" if keys else "no names or columns"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
