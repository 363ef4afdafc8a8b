"""What the numbers of the board mean: as in the report, and three that only the board has."""

from __future__ import annotations

from reports.report import Definition
from reports.sections.conditions.definitions import DEFINITIONS

__all__ = ["TERMS"]

_OWN = (
    Definition(
        "thin-goals",
        "Goals with few signatures",
        "Goals that fewer than three open organisations have signed.",
        formula="goals with fewer than 3 signatures ÷ goals",
        example="Of three goals one has 3 signatures, one has 1 and one has none: 2 ÷ 3 = 67%.",
    ),
    Definition(
        "fresh-values",
        "Reporting projects with a value of the last year",
        "Projects that report a shared measure, and whose last value is at most 365 days old.",
        formula="reporting projects with a value at most 365 days old ÷ reporting projects",
        example="Last values are 91 and 456 days old: 1 ÷ 2 = 50%.",
    ),
    Definition(
        "hanging",
        "Organisations that hang on the backbone alone",
        "Organisations whose every tie is one to a backbone.",
        formula="organisations with ties, all of them to a backbone ÷ organisations other than the "
        "backbone",
        example="Of ten others two have no tie but to the backbone: 2 ÷ 10 = 20%.",
    ),
)
TERMS = {each.id: each for each in (*DEFINITIONS, *_OWN)}
