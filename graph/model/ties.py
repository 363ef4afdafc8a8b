"""Ties between organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.errors import InvalidRecord
from graph.model.fields import Amount, Share, Word
from graph.model.records import Relationship

__all__ = ["BackboneOf", "Collaboration", "Funding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration(Relationship):
    """Two organisations work together. ``how`` says in what form; ``strength`` is in [0, 1]."""

    kind: ClassVar[str] = "collaborates_with"
    label: ClassVar[str] = "COLLABORATES_WITH"
    reverse: ClassVar[str] = "collaborates with"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    key_fields: ClassVar[tuple[str, ...]] = ("how",)
    is_symmetric: ClassVar[bool] = True

    how: Word = ""
    since: date | None = None
    until: date | None = None
    strength: Share = 0.5

    def __post_init__(self) -> None:
        Relationship.__post_init__(self)
        _refuse_reversed(self.kind, self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Relationship):
    """A grant from one organisation to another. ``amount`` is in ``currency`` (ISO 4217)."""

    kind: ClassVar[str] = "funds"
    label: ClassVar[str] = "FUNDS"
    standard: ClassVar[str] = "360Giving Data Standard 1.4"
    reverse: ClassVar[str] = "funded by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    key_fields: ClassVar[tuple[str, ...]] = ("grant_id",)

    grant_id: Word = ""
    amount: Amount | None = None
    currency: Word = "GBP"
    awarded_on: date | None = None
    programme: Word = ""
    project_id: Word = ""

    def __post_init__(self) -> None:
        Relationship.__post_init__(self)
        is_code = len(self.currency) == _CURRENCY_LETTERS and self.currency.isascii()
        if not (is_code and self.currency.isalpha() and self.currency.isupper()):
            raise InvalidRecord(
                self.kind,
                "currency",
                self.currency,
                "is not a currency code",
                remedy="Use three capital letters such as GBP.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class BackboneOf(Relationship):
    """An umbrella body supports a member organisation or a joint project."""

    kind: ClassVar[str] = "backbone_of"
    label: ClassVar[str] = "BACKBONE_OF"
    standard: ClassVar[str] = "Backbone support (Kania & Kramer 2011)"
    reverse: ClassVar[str] = "supported by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("organisation", "project")

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        Relationship.__post_init__(self)
        _refuse_reversed(self.kind, self.since, self.until)


def _refuse_reversed(kind: str, since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise InvalidRecord(
            kind, "until", until.isoformat(), f"is before since, {since.isoformat()}"
        )


_CURRENCY_LETTERS = 3
