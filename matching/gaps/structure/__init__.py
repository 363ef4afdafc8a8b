"""How the network hangs together: who is apart, closed in, between others, at the core."""

from __future__ import annotations

from matching.gaps.structure.finding import structure
from matching.gaps.structure.findings import (
    BridgingTie,
    CorePeriphery,
    CutPoint,
    Ranked,
    Ranking,
    Role,
    RoleHolders,
    Share,
    Silo,
    SiloGap,
    Structure,
    Way,
)

__all__ = [
    "BridgingTie",
    "CorePeriphery",
    "CutPoint",
    "Ranked",
    "Ranking",
    "Role",
    "RoleHolders",
    "Share",
    "Silo",
    "SiloGap",
    "Structure",
    "Way",
    "structure",
]
