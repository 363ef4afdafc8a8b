"""What the numbers on the five conditions mean."""

from __future__ import annotations

from reports.report import Definition

__all__ = ["DEFINITIONS"]

_SOURCE = "Kania and Kramer, Collective Impact, Stanford Social Innovation Review, 2011"
DEFINITIONS = (
    Definition(
        "signed",
        "Have signed a goal",
        "Common agenda: the share of organisations that have put their own name to a goal.",
        formula="organisations that signed a goal ÷ organisations",
        example="Of 12 organisations 5 have signed: 5 ÷ 12 = 42%.",
        source=_SOURCE,
    ),
    Definition(
        "reporting",
        "Report a shared measure",
        "Shared measurement: the share of running projects for which a value of a shared measure "
        "has been reported, by the project or by an organisation that takes part in it. A measure "
        "is shared if it serves a goal, or two report it.",
        formula="running projects with a value of a shared measure ÷ running projects",
        example="Of 4 running projects one reports itself and one through a partner: 2 ÷ 4 = 50%.",
        source=_SOURCE,
    ),
    Definition(
        "complementary",
        "Partners who complete each other",
        "Mutually reinforcing activities: of the pairs of partners that complete or double each "
        "other, the share that complete each other. Partners complete each other if they share a "
        "goal, theme or community and fewer than half of the smaller one’s offers are the other’s "
        "too, or they have signed one goal in different roles. They double each other if they do "
        "the same, for the same people, in the same place.",
        formula="complementary pairs ÷ (complementary + duplicating pairs)",
        example="Of 10 pairs 6 complete and 2 double each other: 6 ÷ 8 = 75%.",
        source=_SOURCE,
    ),
    Definition(
        "since-contact",
        "Days since partners were in touch",
        "Continuous communication: the median of the days since the last recorded contact, over "
        "the partnerships with any.",
        formula="median of (day of the report less day of the last contact)",
        example="Last contacts 10, 40 and 200 days ago: the median is 40.",
        source=_SOURCE,
    ),
    Definition(
        "in-touch",
        "In touch within three months",
        "The share of partnerships with a recorded contact in the last 90 days. Partnerships "
        "without any recorded contact count as not in touch.",
        formula="partnerships with contact in the last 90 days ÷ partnerships",
    ),
    Definition(
        "dependency",
        "Dependency on the backbone",
        "Backbone support: the share of pairs of other organisations that can reach each other "
        "only through the backbone. A network that learns to stand by itself needs it less as time "
        "goes by.",
        formula="pairs that reach each other with the backbone, less those that do without it, "
        "÷ all pairs of other organisations",
        example="A backbone joins two circles of 3: all 15 pairs reach each other, without it 6 "
        "do; (15 less 6) ÷ 15 = 60%.",
        source=_SOURCE,
    ),
)
