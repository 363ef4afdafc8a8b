"""What the numbers on gaps mean."""

from __future__ import annotations

from reports.report import Definition

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        "needs",
        "Needs",
        "What organisations lack, told by somebody or worked out from what they say. One "
        "organisation and one skill is one need; a need that has run out no longer counts.",
        formula="pairs (organisation, skill) with a need on the day of the report",
    ),
    Definition(
        "unmet",
        "Unmet needs",
        "Needs for which nobody is in reach: no other organisation that offers the skill, or a "
        "narrower one, is a partner, a partner’s partner, or works in the same place or one near "
        "it.",
        formula="needs without a provider in reach; as a share, ÷ needs",
        example="Of 200 needs 30 have nobody in reach: 30 ÷ 200 = 15%.",
    ),
    Definition(
        "nobody",
        "Skills that nobody offers",
        "Skills that somebody needs and no other organisation offers.",
        formula="skills with a need and no provider",
    ),
    Definition(
        "one-provider",
        "Skills that hang on one organisation",
        "Skills that somebody needs and only one other organisation offers: if it closes, nobody "
        "does.",
        formula="skills with a need and one provider",
    ),
    Definition(
        "share-in-need",
        "Share in need",
        "Where the share of all organisations that need the skill truly lies, since not all have "
        "been asked: with 95% confidence between the two numbers.",
        formula="interval of Wilson for those in need ÷ those who have told a need or an offer",
        source="Wilson, Probable inference, Journal of the American Statistical Association, 1927",
    ),
)
