"""What the fictional organisations do: words, themes, people served, and what they are good at."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ACTIVITIES", "COMMON_NEEDS", "COMMON_OFFERS", "Activity"]


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of work. Ids are those of the vocabularies, without ``cap-``, ``theme-``, ``com-``.

    ``words`` go into names, ``deeds`` into descriptions and ``projects`` into project names.
    """

    words: tuple[str, ...]
    themes: tuple[str, ...]
    communities: tuple[str, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    deeds: tuple[str, ...]
    projects: tuple[str, ...]


def _activity(
    words: str, themes: str, communities: str, offers: str, needs: str, deeds: str, projects: str
) -> Activity:
    return Activity(
        tuple(words.split("|")),
        tuple(themes.split()),
        tuple(communities.split()),
        tuple(offers.split()),
        tuple(needs.split()),
        tuple(deeds.split("|")),
        tuple(projects.split("|")),
    )


ACTIVITIES: dict[str, Activity] = {
    "food": _activity(
        "Community Kitchen|Larder|Food|Supper Table",
        "SW301 SW300 SW105",
        "low-income family lone-parents",
        "food kitchen deliveries storage donated-goods volunteer-recruitment",
        "welfare-benefits social-prescribing health-safety trading",
        "cooks and shares meals|runs a pantry where a weekly shop costs four pounds",
        "Warm Suppers|Pantry on Wheels|Cooking from Scratch",
    ),
    "youth": _activity(
        "Youth|Young Voices|Youth Club",
        "AS300 LE106 CJ102",
        "young-people girls children",
        "youth-work mentoring outreach-young sport placements",
        "counselling safeguarding video justice-contacts",
        "keeps a youth club open five nights a week|trains young people to lead",
        "After Dark|Youth Advisory Panel|Summer on the Estate",
    ),
    "older": _activity(
        "Good Neighbours|Elders|Friendship",
        "SW106 SC HE205",
        "older-people isolated dementia",
        "befriending outreach-older events social-prescribing social-care",
        "community-transport digital-inclusion health-contacts minibus",
        "visits people who would otherwise see nobody all week|runs lunch clubs and outings",
        "A Knock at the Door|Tea at Three|Memory Mornings",
    ),
    "refugees": _activity(
        "Welcome|Sanctuary|New Arrivals",
        "SO105 ED303 SW105",
        "refugees migration insecure-status",
        "esol interpreting outreach-migrants cultural-competence advice",
        "immigration-advice housing-advice counselling employment-support",
        "welcomes people who came here to be safe|teaches English and walks people to their first "
        "appointments",
        "First Words|Host a Newcomer|Know Your Rights",
    ),
    "advice": _activity(
        "Advice|Rights|Advice Desk",
        "CA101 SW105 HO",
        "low-income tenants lone-parents",
        "advice welfare-benefits debt-advice housing-advice referrals",
        "interpreting legal-advice cyber-security databases",
        "helps people claim what they are owed|sits down with people whose letters have piled up",
        "Money Mornings|Court Duty Desk|Keep Warm, Stay Housed",
    ),
    "disability": _activity(
        "Access|Able Voices|Open Doors",
        "SO104 SC CA101",
        "disability learning-disability neurodivergent deaf",
        "outreach-disabled accessible-information advocacy lived-experience co-production",
        "websites campaigning minibus policy-influencing",
        "is run by Disabled people for Disabled people|checks buildings, buses and websites for "
        "barriers",
        "Nothing About Us|Step-free Streets|Easy Read Press",
    ),
    "minds": _activity(
        "Minds|Listening|Quiet Room",
        "HE210 HE304 HE305",
        "mental-health young-people isolated",
        "counselling mental-health staff-wellbeing facilitation health-contacts",
        "meeting-space outreach-minoritised data-analysis premises",
        "offers counselling at prices that people can pay|runs groups for people in distress",
        "Talking Walks|Steady Hands|Night Line",
    ),
    "arts": _activity(
        "Arts|Stage|Music",
        "AR AR303 AR101",
        "everyone young-people children",
        "arts events video design social-media",
        "meeting-space education-contacts corporate-giving storage",
        "makes theatre with people who have never been in one|puts instruments into children’s "
        "hands",
        "Street Opera|The Listening Wall|Print Week",
    ),
    "green": _activity(
        "Gardens|Green|Growing",
        "EN102 FA104 LE102",
        "everyone isolated tenants",
        "nature outdoor-space community-organising employer-volunteering equipment",
        "fund-holding council-contacts surveys facilities",
        "grows food and flowers on land nobody wanted|plants trees with the people who live there",
        "Pocket Forests|Bees on the Block|Compost Club",
    ),
    "sport": _activity(
        "Sports|Runners|Active",
        "LE106 LE101 HE305",
        "young-people girls men",
        "sport outdoor-space equipment health-promotion volunteer-management",
        "dbs outreach-young social-media minibus",
        "coaches anyone who turns up|gets people moving who hated games at school",
        "Saturday League|Couch to Canal|Girls on the Ball",
    ),
    "abuse": _activity(
        "Safe Harbour|Women’s Refuge|New Leaf",
        "SW202 SW200 CJ105",
        "women survivors children",
        "domestic-abuse safeguarding family-support advocacy",
        "interpreting housing-advice staff-wellbeing immigration-advice",
        "gives women and children a safe place to stay|stands by survivors, in court and after",
        "Safe at School|Own Front Door|After the Order",
    ),
    "carers": _activity(
        "Carers|Caring|Respite",
        "SC102 SC HE500",
        "carers young-carers older-people",
        "family-support social-care peer-learning befriending",
        "health-contacts staff-training funder-contacts befriending",
        "gives people who look after somebody a break|brings young carers together",
        "A Day Off|Carers at Work|Sibling Saturdays",
    ),
    "families": _activity(
        "Families|Early Years|Playroom",
        "CC ED SC103",
        "young-children parents lone-parents",
        "childcare family-support mentoring premises",
        "staff-recruitment health-promotion payroll facilities",
        "runs stay-and-play sessions and a nursery|walks beside parents through the first years",
        "Messy Mondays|Toy Library|Dads Who Read",
    ),
    "homeless": _activity(
        "Shelter Night|Open Door|Roof",
        "HO103 HO HE201",
        "homeless recovery care-experienced",
        "outreach-homeless housing-advice advocacy emergency-response kitchen",
        "mental-health employment-support donated-goods data-analysis",
        "opens a winter shelter and a year-round drop-in|finds people rooms and helps keep them",
        "Winter Beds|Key in Hand|Breakfast Van",
    ),
    "centre": _activity(
        "Community Centre|Residents|Neighbours",
        "FA103 AS101 EC101",
        "tenants everyone family",
        "premises meeting-space community-development kitchen office-space",
        "cyber-security trading insurance facilities",
        "keeps the doors of a community centre open|brings neighbours together around what matters "
        "to them",
        "Open House|Repair Afternoons|The Big Estate Lunch",
    ),
    "work": _activity(
        "Skills|Job Club|Routes to Work",
        "EC107 ED302 ED300",
        "unemployed insecure-work students",
        "employment-support business-contacts placements adult-learning",
        "digital-inclusion childcare corporate-giving surveys",
        "trains people for work that is really there|runs a job club with a crèche",
        "First Shift|Tools and Trades|Back at Work",
    ),
    "equality": _activity(
        "Heritage Voices|Sisters|Roots",
        "SO106 SO104 SO107",
        "black asian somali latin-american bangladeshi caribbean",
        "outreach-minoritised cultural-competence hate-crime community-research representation",
        "bid-writing premises accounts policy-influencing",
        "speaks up for families whom services pass by|brings women together across generations",
        "Our History Here|Report It|Mothers’ Forum",
    ),
    "faith": _activity(
        "Interfaith|Open Chapel|Peace",
        "SO107 RL300 SW301",
        "faith muslim christian hindu",
        "outreach-faith faith-contacts meeting-space emergency-response",
        "safeguarding accounts gdpr youth-work",
        "opens its hall to every neighbour of any faith or none|feeds, visits and buries the poor",
        "Shared Tables|Night of Open Doors|Festival Kitchen",
    ),
    "health": _activity(
        "Wellbeing|Healthy Lives|Sickle Cell",
        "HE305 HE200 HE300",
        "long-term-conditions black older-people",
        "health-promotion social-prescribing health-contacts peer-learning surveys",
        "outreach-faith accessible-information sport theory-of-change",
        "trains neighbours as health champions|helps people to live well with a long illness",
        "Pressure Check|Walk and Talk|Know Your Numbers",
    ),
    "recovery": _activity(
        "Recovery|Second Chance|Turnaround",
        "HE201 CJ101 CJ",
        "recovery justice men",
        "recovery justice justice-contacts lived-experience",
        "housing-advice business-contacts arts community-research",
        "meets people at the prison gate|is led by people in recovery",
        "Through the Gate|Sober Saturdays|Peer Guides",
    ),
    "digital": _activity(
        "Digital|Online Together|Code",
        "ED304 EC107 SW106",
        "older-people unemployed low-income",
        "digital-inclusion it-support equipment websites databases",
        "outreach-older donated-goods volunteer-recruitment shared-measurement",
        "lends laptops and shows people how to use them|teaches children and grandparents to code",
        "Laptop Library|Tablet Tuesdays|Data for Good Neighbours",
    ),
    "transport": _activity(
        "Wheels|Community Transport|Rides",
        "SW104 SC SW106",
        "older-people physical isolated",
        "community-transport minibus deliveries volunteer-management",
        "referrals individual-giving health-safety it-support",
        "drives people where buses don’t go|lends minibuses to other groups",
        "Door to Door|Clinic Run|Borrow a Bus",
    ),
    "support": _activity(
        "Voluntary Sector Support|Backroom|Trustee Bank",
        "CV CV104 CV103",
        "organisations everyone students",
        "bid-writing bookkeeping trustee-recruitment hr gdpr payroll dbs staff-training insurance",
        "leadership facilitation funder-contacts data-analysis",
        "does the back-office work of forty small groups|trains trustees and treasurers",
        "Books in Order|Board Match|Policy Clinic",
    ),
}

_OFFERS = """
meeting-space social-media events lived-experience surveys volunteer-management bid-writing
council-contacts community-organising facilitation impact-reporting writing staff-training
project-management trustee-training health-safety design funding-search policies edi
monitoring-evaluation leadership corporate-giving theory-of-change campaigning accounts
"""

_NEEDS = """
bid-writing bid-writing bid-writing trustee-recruitment trustee-recruitment bookkeeping
monitoring-evaluation monitoring-evaluation impact-reporting volunteer-recruitment
volunteer-recruitment funder-contacts websites databases budgeting hr safeguarding premises
meeting-space staff-training social-media treasurer strategy full-cost-recovery gdpr
policy-influencing commissioning business-contacts
"""

COMMON_OFFERS = tuple(_OFFERS.split())
COMMON_NEEDS = tuple(_NEEDS.split())
"""Repeated as often as the need is common."""
