"""Whose words stand where: people's texts in the version for coordinators and in that for all.

What a coordinator writes over a text that the public reads differently (for something in it is kept
from them) stays in the coordinators' version: the public's text is written over by itself, as the
block ``public.…``. So no number that is kept from the public comes back by a corrected comma.
"""

from __future__ import annotations

from graph.contract import GraphStore
from graph.model import StoredReport
from reports.keeping import content_of, words_of
from reports.ports import Maker, Words
from reports.report import Report

__all__ = ["PUBLIC", "blocks_of", "checked_words", "read_as", "words_for"]

PUBLIC = "public."


def blocks_of(store: GraphStore, report: StoredReport, maker: Maker) -> Words:
    """Return gofar's texts of a report by block, with the public's own where they differ."""
    ours, public = _both(store, report, maker)
    return {**ours, **{f"{PUBLIC}{key}": public[key] for key in _apart(ours, public)}}


def words_for(store: GraphStore, report: StoredReport, maker: Maker, *, public: bool) -> Words:
    """Return the words that stand in one version of a report."""
    words = words_of(report)
    if not words:
        return words
    if not public:
        return {key: text for key, text in words.items() if not key.startswith(PUBLIC)}
    ours, theirs = _both(store, report, maker)
    found = {key: text for key, text in words.items() if key in theirs}
    shared = {key: text for key, text in found.items() if ours.get(key) == theirs[key]}
    own = {key: words[f"{PUBLIC}{key}"] for key in theirs if f"{PUBLIC}{key}" in words}
    return {**shared, **own}


def checked_words(store: GraphStore, report: StoredReport, maker: Maker, words: Words) -> Words:
    """Return those of the words that change something; raises InputError as the maker does."""
    ours = {key: text for key, text in words.items() if not key.startswith(PUBLIC)}
    public = {
        key.removeprefix(PUBLIC): text for key, text in words.items() if key.startswith(PUBLIC)
    }
    kept = dict(maker.check_words(content_of(store, report, maker), ours))
    content = content_of(store, report, maker, public=True)
    kept |= {f"{PUBLIC}{key}": text for key, text in maker.check_words(content, public).items()}
    return kept


def read_as(
    store: GraphStore, report: StoredReport, maker: Maker, *, public: bool
) -> tuple[Report, Words]:
    """Return what one version of a report found, and the words that stand in it."""
    return (
        content_of(store, report, maker, public=public),
        words_for(store, report, maker, public=public),
    )


def _both(store: GraphStore, report: StoredReport, maker: Maker) -> tuple[Words, Words]:
    ours, public = (
        maker.blocks(content_of(store, report, maker, public=is_public))
        for is_public in (False, True)
    )
    return ours, public


def _apart(ours: Words, public: Words) -> list[str]:
    """Return the blocks that the public reads differently, or that only the public has."""
    return [key for key, text in public.items() if ours.get(key) != text]
