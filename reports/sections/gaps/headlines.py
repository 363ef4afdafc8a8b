"""What there is to say first about gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from matching import Network
from matching.gaps.capability import (
    CapabilityGaps,
    Gap,
    Standing,
)
from reports.part import Headline, confidence, count, direction_of, listed, per_cent
from reports.report import (
    Figure,
    Finding,
)

__all__ = ["headlines"]


def headlines(
    found: CapabilityGaps, figures: Sequence[Figure], shown: Sequence[Gap], network: Network | None
) -> tuple[Headline, ...]:
    """Return what may open the report, each with its weight; nobody is named without a network."""
    return tuple(
        chain(
            _most_missing(found, figures, shown),
            _change(found, figures),
            () if network is None else _hanging(found, figures, network),
        )
    )


def _coverage(found: CapabilityGaps) -> float:
    return found.told / found.organisations if found.organisations else 0.0


def _most_missing(
    found: CapabilityGaps, figures: Sequence[Figure], shown: Sequence[Gap]
) -> Sequence[Headline]:
    """Offer the skills that nobody offers, or else the worst gap."""
    absent = [gap for gap in shown if gap.standing is Standing.NOBODY]
    if not absent:
        return ()
    needed = sum(gap.needs for gap in absent)
    return (
        Headline(
            Finding(
                "nobody",
                f"Nobody offers {listed([gap.name for gap in absent])}",
                f"{count(needed, 'need')} for {count(len(absent), 'skill')} that no organisation "
                "in the network offers.",
                direction_of("nobody", figures),
                *confidence(_coverage(found)),
                ("nobody", "unmet"),
            ),
            weight=0.6 + min(0.4, needed / max(found.needs, 1) * 4),
        ),
    )


def _change(found: CapabilityGaps, figures: Sequence[Figure]) -> Sequence[Headline]:
    """Offer the change in the share of unmet needs."""
    share = next(figure for figure in figures if figure.id == "unmet-share")
    if not isinstance(share.value, float) or not isinstance(share.before, float):
        return ()
    moved = share.value - share.before
    if abs(moved) < 0.01:
        return ()
    return (
        Headline(
            Finding(
                "unmet",
                f"{per_cent(share.value)} of needs are unmet, "
                f"{'up' if moved > 0 else 'down'} from {per_cent(share.before)}",
                f"Of {count(found.needs, 'need')} {found.unmet:,} "
                f"{'has' if found.unmet == 1 else 'have'} nobody in reach who could help.",
                share.direction,
                *confidence(_coverage(found)),
                ("unmet-share", "unmet"),
            ),
            weight=0.5 + 4 * abs(moved),
        ),
    )


def _hanging(
    found: CapabilityGaps, figures: Sequence[Figure], network: Network
) -> Sequence[Headline]:
    """Offer the skill that most need and one organisation only offers."""
    one = [gap for gap in found.gaps if gap.standing is Standing.ONE]
    if not one:
        return ()
    gap = max(one, key=lambda each: each.in_need)
    provider = network.name_of(gap.offered_by[0])
    return (
        Headline(
            Finding(
                "one-provider",
                f"{gap.name} hangs on one organisation",
                f"{count(gap.in_need, 'organisation')} {'needs' if gap.in_need == 1 else 'need'} "
                f"it and only {provider} offers it.",
                direction_of("one-provider", figures),
                *confidence(_coverage(found)),
                ("one-provider",),
            ),
            weight=0.4 + min(0.3, gap.in_need / max(found.in_need, 1)),
        ),
    )
