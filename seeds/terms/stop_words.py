"""Words that say nothing about what an organisation does or for whom."""

from __future__ import annotations

from importlib import resources

__all__ = ["BOILERPLATE", "STOP_WORDS"]


def _words(file: str) -> frozenset[str]:
    return frozenset(resources.files("seeds.terms").joinpath(file).read_text("utf-8").split())


STOP_WORDS = _words("stop_words.txt")
"""Words of the language."""

BOILERPLATE = _words("boilerplate.txt")
"""Words that stand in nearly every charity's papers."""
