"""What the door says of the network and of one organisation."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Organisation, Relationship

__all__ = ["Counts", "Missing", "Profile"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is known, and where something is missing.

    ``organisations`` are open, as are both ends of ``partnerships`` and all that lack something.
    """

    organisations: int
    closed: int
    projects: int
    offers: int
    needs: int
    partnerships: int
    without_partners: int
    without_offers_or_needs: int
    needs_nobody_meets: int


@dataclass(frozen=True, slots=True)
class Missing:
    """What isn't known of an organisation: the names of what would help to match it."""

    is_closed: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One organisation and the ties from and to it, by kind of tie."""

    organisation: Organisation
    outgoing: dict[str, tuple[Relationship, ...]]
    incoming: dict[str, tuple[Relationship, ...]]
    partner_ids: tuple[str, ...]
