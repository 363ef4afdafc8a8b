"""The London boroughs with some of their postcode districts, and how often they are drawn."""

from __future__ import annotations

__all__ = ["BOROUGHS", "OUTCODES"]

OUTCODES: dict[str, tuple[str, ...]] = {
    "E09000001": ("EC2V",),
    "E09000002": ("IG11", "RM8", "RM10"),
    "E09000003": ("N12", "NW4", "EN5"),
    "E09000004": ("DA7", "DA14"),
    "E09000005": ("HA9", "NW10"),
    "E09000006": ("BR1", "BR3"),
    "E09000007": ("NW1", "NW5", "WC1H"),
    "E09000008": ("CR0", "CR7", "SE25"),
    "E09000009": ("W3", "W7", "UB1"),
    "E09000010": ("EN3", "N9", "N18"),
    "E09000011": ("SE10", "SE18"),
    "E09000012": ("E5", "E8", "E9"),
    "E09000013": ("W6", "W12"),
    "E09000014": ("N15", "N17", "N22"),
    "E09000015": ("HA1", "HA3"),
    "E09000016": ("RM1", "RM3"),
    "E09000017": ("UB3", "UB8"),
    "E09000018": ("TW3", "TW8"),
    "E09000019": ("N1", "N7", "N19"),
    "E09000020": ("W10", "W11"),
    "E09000021": ("KT1", "KT3"),
    "E09000022": ("SW2", "SW9", "SE11"),
    "E09000023": ("SE6", "SE13", "SE14"),
    "E09000024": ("CR4", "SW19"),
    "E09000025": ("E6", "E7", "E15"),
    "E09000026": ("IG1", "IG6"),
    "E09000027": ("TW1", "TW10"),
    "E09000028": ("SE1", "SE5", "SE15"),
    "E09000029": ("SM1", "SM5"),
    "E09000030": ("E1", "E2", "E14"),
    "E09000031": ("E10", "E17"),
    "E09000032": ("SW11", "SW17"),
    "E09000033": ("W2", "W9", "NW8"),
}

# Inner and eastern boroughs, with three districts above, draw more organisations.
BOROUGHS: tuple[str, ...] = tuple(
    borough for borough, outcodes in OUTCODES.items() for _ in outcodes
)
