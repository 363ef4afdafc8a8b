"""What the boxes of the Charity Commission's annual return say in our vocabularies.

A charity ticks what it does (101-117), whom it helps (201-207) and how (301-310). Boxes that fit
anybody (101 and 117, 206 and 207, 303, 306, 310) say too little to be a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["COMMUNITIES", "OFFERS", "THEMES", "Offered"]


@dataclass(frozen=True, slots=True)
class Offered:
    """A skill that a ticked box points to, and how surely, in (0, 1)."""

    skill_id: str
    confidence: float
    box: str


THEMES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        102: ("theme-ED",),  # education and training
        103: ("theme-HE",),  # health, saving of lives
        105: ("theme-SW105",),  # prevention or relief of poverty
        106: ("theme-EC103",),  # overseas aid, famine relief
        107: ("theme-HO",),  # accommodation and housing
        108: ("theme-RL",),  # religious activities
        109: ("theme-AR", "theme-HR"),  # arts, culture, heritage, science
        110: ("theme-LE106",),  # amateur sport
        111: ("theme-AN",),  # animals
        112: ("theme-EN",),  # environment, conservation, heritage
        113: ("theme-EC",),  # economic and community development, employment
        114: ("theme-AF",),  # armed forces, emergency services
        115: ("theme-SO",),  # human rights, harmony, equality, diversity
        116: ("theme-LE",),  # recreation
        302: ("theme-CA200",),  # makes grants to organisations
        308: ("theme-RS",),  # sponsors or undertakes research
        309: ("theme-CV103",),  # umbrella or resource body: how a coordinator finds backbones
    }
)
COMMUNITIES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        104: ("com-disability",),  # the purpose "disability" is about people
        201: ("com-children", "com-young-people"),  # one box for both
        202: ("com-older-people",),
        203: ("com-disability",),
        204: ("com-ethnicity",),
        205: ("com-organisations",),
    }
)
# Ticked on a form about what a charity does, not about what it would share: so a guess.
OFFERS: Mapping[int, Offered] = MappingProxyType(
    {
        302: Offered("cap-grant-making", 0.5, "Makes grants to organisations"),
        304: Offered("cap-people", 0.4, "Provides human resources"),
        305: Offered("cap-premises", 0.6, "Provides buildings, facilities or open space"),
        307: Offered("cap-advice", 0.5, "Provides advocacy, advice or information"),
        309: Offered("cap-convening", 0.6, "Acts as an umbrella or resource body"),
    }
)
