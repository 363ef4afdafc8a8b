"""What the reader should know first: three findings out of all that the sections offer."""

from __future__ import annotations

from collections.abc import Sequence

from reports.part import Headline, Part
from reports.report import Finding, Section

__all__ = ["opening"]

_MOST = 3


def opening(parts: Sequence[Part]) -> Part:
    """Return the first section: the weightiest finding of each of three sections.

    If fewer sections have one, the next weightiest follow, whichever section they are of.
    """
    ranked = [sorted(part.headlines, key=_rank) for part in parts]
    firsts = sorted((found[0] for found in ranked if found), key=_rank)
    others = sorted((each for found in ranked for each in found[1:]), key=_rank)
    return Part(
        Section(
            id="findings",
            title="What to know first",
            lead="" if firsts else "Too little is known of this network yet to say anything.",
            findings=_findings([*firsts, *others][:_MOST]),
        )
    )


def _rank(headline: Headline) -> tuple[float, str]:
    return -headline.weight, headline.finding.id


def _findings(headlines: Sequence[Headline]) -> tuple[Finding, ...]:
    return tuple(headline.finding for headline in sorted(headlines, key=_rank))
