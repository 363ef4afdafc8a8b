"""What the reader should know first: three findings out of all that the sections offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matching import Network
from reports.part import Headline, Part, narrowed_to
from reports.report import Confidence, Finding, Section, Settings

__all__ = ["opening"]

_MOST = 3
_PUBLIC_LEAD = (
    "This version counts only what organisations have made public. What they share among members "
    "is in none of its numbers: needs may be met, and partners known, that don’t show here."
)


def opening(parts: Sequence[Part], network: Network, settings: Settings) -> Part:
    """Return the first section: the weightiest finding of each of three sections.

    If fewer sections have one, the next weightiest follow, whichever section they are of. In public
    each says what it rests on: what is kept among members could make it untrue.
    """
    ranked = [sorted(part.headlines, key=_rank) for part in parts]
    firsts = sorted((found[0] for found in ranked if found), key=_rank)
    others = sorted((each for found in ranked for each in found[1:]), key=_rank)
    found = _findings([*firsts, *others][:_MOST])
    return Part(
        Section(
            id="findings",
            title="What to know first",
            lead=" ".join(_lead(bool(found), network, settings)),
            findings=tuple(map(_in_public, found)) if settings.is_public else found,
        )
    )


def _lead(has_findings: bool, network: Network, settings: Settings) -> Iterator[str]:
    if not has_findings:
        yield "Nothing stands out in what is known so far."
    elif settings.is_public:
        yield _PUBLIC_LEAD
    narrowed = narrowed_to(network, settings)
    if narrowed:
        yield (
            f"“What is missing” is about organisations{narrowed} only; all else is about the whole "
            "network."
        )


def _in_public(finding: Finding) -> Finding:
    sure = Confidence.MEDIUM if finding.confidence is Confidence.HIGH else finding.confidence
    return replace(finding, headline=f"By what is public: {finding.headline}", confidence=sure)


def _rank(headline: Headline) -> tuple[float, str]:
    return -headline.weight, headline.finding.id


def _findings(headlines: Sequence[Headline]) -> tuple[Finding, ...]:
    return tuple(headline.finding for headline in sorted(headlines, key=_rank))
