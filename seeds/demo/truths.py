"""What is planted in the fictional network, so that tests know the right answers."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BACKBONE",
    "BROKER",
    "ISOLATES",
    "ONE_SIDED",
    "PAIRS",
    "PARTNERED_PAIRS",
    "SILOS",
    "SINGLE_PROVIDER",
    "SINGLE_SKILL",
    "UNMET_SKILLS",
    "OneSidedPair",
    "PlantedPair",
    "Truths",
]


@dataclass(frozen=True, slots=True)
class Truths:
    """The planted truths as ids; they hold for coordinators and members alike.

    ``silos`` have no way to each other but through ``broker``. ``isolates`` have no tie at all.
    ``single_skill`` is offered by ``single_provider`` alone, ``unmet_skills`` by nobody. Each of
    ``pairs`` has what the other lacks; ``partnered_pairs`` do too, but work together already.
    ``seeker`` gets as much from ``one_sided`` as it exchanges with ``mutual``.
    """

    backbone: str
    broker: str
    silos: tuple[tuple[str, ...], tuple[str, ...]]
    isolates: tuple[str, ...]
    single_skill: str
    single_provider: str
    unmet_skills: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    partnered_pairs: tuple[tuple[str, str], ...]
    seeker: str
    mutual: str
    one_sided: str


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two organisations of one borough and one activity; each needs what the other offers."""

    borough: str
    activity: str
    names: tuple[str, str]
    offers: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OneSidedPair:
    """Three alike: one gets and gives one skill with the second, and gets two from the third.

    Each of ``skills`` (wanted from the second, given to it, wanted from the third twice) is offered
    by two organisations in all, so that they are equally scarce. One ``description`` serves all
    three.
    """

    borough: str
    activity: str
    description: str
    names: tuple[str, str, str]
    skills: tuple[str, str, str, str]


BACKBONE = ("Lanternreach Alliance", "E09000019")
BROKER = ("Willetferry Bridge Partnership", "E09000023")
SINGLE_PROVIDER = ("Quinceholt Immigration Desk", "E09000033")
SINGLE_SKILL = "immigration-advice"
UNMET_SKILLS = ("bsl", "cyber-security", "outreach-travellers")

ISOLATES = (
    ("Ivorymere Quiet Room", "E09000004", "minds"),
    ("Plovertide Wheels", "E09000016", "transport"),
    ("Sedgewick Green Peace Chapel", "E09000027", "faith"),
)

# Activities and boroughs of the two closed circles, east and west.
SILOS = (
    (("food", "families", "youth"), ("E09000002", "E09000026")),
    (("older", "health", "carers"), ("E09000018", "E09000017")),
)

PAIRS = (
    PlantedPair(
        "E09000025",
        "food",
        ("Kestrelquay Community Kitchen", "Ambersluice Larder"),
        (("kitchen", "minibus"), ("bookkeeping", "interpreting")),
    ),
    PlantedPair(
        "E09000030",
        "older",
        ("Sorrelwharf Elders Circle", "Tealhaven Good Neighbours"),
        (("befriending", "outreach-older"), ("community-transport", "digital-inclusion")),
    ),
    PlantedPair(
        "E09000012",
        "youth",
        ("Cobaltloom Youth Club", "Damsonlock Young Voices"),
        (("youth-work", "sport"), ("counselling", "video")),
    ),
    PlantedPair(
        "E09000022",
        "refugees",
        ("Linnetford Welcome", "Umberstaithe Sanctuary"),
        (("esol", "outreach-migrants"), ("employment-support", "legal-advice")),
    ),
    PlantedPair(
        "E09000014",
        "abuse",
        ("Safe Harbour at Yarrowrise", "Tansyspindle New Leaf"),
        (("domestic-abuse", "safeguarding"), ("housing-advice", "staff-wellbeing")),
    ),
    PlantedPair(
        "E09000008",
        "disability",
        ("Able Voices of Merlinbight", "Vetchgate Open Doors"),
        (("accessible-information", "co-production"), ("policy-influencing", "websites")),
    ),
    PlantedPair(
        "E09000028",
        "work",
        ("Flintyard Routes to Work", "Saffronferry Skills Works"),
        (("business-contacts", "placements"), ("childcare", "data-analysis")),
    ),
    PlantedPair(
        "E09000031",
        "green",
        ("Bramblewick Gardens", "Osierbrook Growing Together"),
        (("employer-volunteering", "outdoor-space"), ("council-contacts", "facilities")),
    ),
)

PARTNERED_PAIRS = (
    PlantedPair(
        "E09000005",
        "equality",
        ("Copperchime Sisters Circle", "Indigomooring Roots"),
        (("community-research", "outreach-minoritised"), ("accounts", "premises")),
    ),
    PlantedPair(
        "E09000011",
        "arts",
        ("Gannetquay Music Project", "Ochrerill Stage"),
        (("arts", "design"), ("corporate-giving", "storage")),
    ),
    PlantedPair(
        "E09000007",
        "homeless",
        ("Pewterhaven Open Door", "Larchlantern Roof Network"),
        (("emergency-response", "outreach-homeless"), ("donated-goods", "mental-health")),
    ),
)

ONE_SIDED = OneSidedPair(
    "E09000032",
    "carers",
    "A small team that gives carers a break, with people who have cared themselves.",
    ("Wrenlock Carers", "Quillreach Respite", "Madderbrook Caring Together"),
    ("risk", "crowdfunding", "quality", "social-investment"),
)
