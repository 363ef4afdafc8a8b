"""Every error that gofar raises on purpose, and how they hang together.

::

    GofarError(message, remedy)              message: what and where; remedy: what to do
    ├─ InputError                            the caller can mend it
    │  ├─ InvalidRecord(kind, field, value)
    │  ├─ UnknownTerm(term, nearest)
    │  ├─ UnknownOrganisation(query, nearest)
    │  ├─ UnreadableFile(path)
    │  ├─ UnsupportedFormat(path)
    │  └─ LimitExceeded(what, limit)
    ├─ AccessDenied(action, thing)
    ├─ Conflict                              somebody else was there first
    │  ├─ StaleVersion(expected, found)
    │  └─ DuplicateIdentifier(external_id, held_by)
    ├─ LearningError                         nothing to learn or measure from
    │  └─ NotEnoughHistory(found, needed)
    ├─ StoreError                            the store, not the caller
    │  ├─ StoreUnavailable
    │  ├─ SchemaMismatch(found, needed)
    │  └─ StoreCorrupt
    └─ ConfigurationError(setting, value)    only at start

An inner layer knows no HTTP and no exit codes: ``web/errors.py`` and
``gofar/__main__.py`` each hold one table for that.
"""

from __future__ import annotations

__all__ = [
    "AccessDenied",
    "ConfigurationError",
    "Conflict",
    "DuplicateIdentifier",
    "GofarError",
    "InputError",
    "InvalidRecord",
    "LimitExceeded",
    "SchemaMismatch",
    "StaleVersion",
    "StoreCorrupt",
    "StoreError",
    "StoreUnavailable",
    "UnknownOrganisation",
    "UnknownTerm",
    "UnreadableFile",
    "UnsupportedFormat",
    "a",
    "quoted",
]

_LONGEST_QUOTE = 80


def quoted(value: object) -> str:
    """Return ``value`` as it is safe to show: repr-quoted, cut at 80 characters."""
    text = repr(value)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def a(kind: str) -> str:
    """Return what a kind of record is called, with its article: "an organisation"."""
    words = kind.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


class GofarError(Exception):
    """Root of every error raised on purpose.

    ``message`` says what went wrong and where; ``remedy`` says what to do about it.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InputError(GofarError):
    """Something given to us is wrong, and the giver can mend it."""


class InvalidRecord(InputError):
    """A record breaks a rule of the model."""

    def __init__(self, kind: str, field: str, value: object, why: str, *, remedy: str = "") -> None:
        super().__init__(f"{kind}, {field}: {quoted(value)} {why}.", remedy=remedy)
        self.kind = kind
        self.field = field
        self.value = value
        self.why = why


def _did_you_mean(nearest: tuple[str, ...]) -> str:
    return f"Did you mean {' or '.join(quoted(name) for name in nearest)}?" if nearest else ""


class UnknownTerm(InputError):
    """A word that no vocabulary knows."""

    def __init__(self, vocabulary: str, term: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(
            f"{quoted(term)} is not in the {vocabulary} vocabulary.", remedy=_did_you_mean(nearest)
        )
        self.vocabulary = vocabulary
        self.term = term
        self.nearest = nearest


class UnknownOrganisation(InputError):
    """No organisation has this id, external id or name."""

    def __init__(self, query: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(
            f"No organisation has the id or name {quoted(query)}.",
            remedy=_did_you_mean(nearest) or "Check the spelling, or search the list.",
        )
        self.query = query
        self.nearest = nearest


class UnreadableFile(InputError):
    """A file can't be read at all."""

    def __init__(self, path: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"{path}: {why}.", remedy=remedy)
        self.path = path
        self.why = why


class UnsupportedFormat(InputError):
    """A file was read but is nothing that we know how to import."""

    def __init__(self, path: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"{path}: {why}.", remedy=remedy)
        self.path = path
        self.why = why


class LimitExceeded(InputError):
    """A file or a request is larger than we accept."""

    def __init__(self, what: str, limit: str, found: str, *, remedy: str = "") -> None:
        super().__init__(f"{what}: {found}, but the limit is {limit}.", remedy=remedy)
        self.what = what
        self.limit = limit
        self.found = found


class AccessDenied(GofarError):
    """This viewer may not do this to that."""

    def __init__(self, action: str, thing: str) -> None:
        super().__init__(f"You may not {action} {thing}.")
        self.action = action
        self.thing = thing


class Conflict(GofarError):
    """The change collides with what is already there."""


class StaleVersion(Conflict):
    """The store has moved on since the writer last looked."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"The network changed while you were working (version {expected} became {found}).",
            remedy="Look again and repeat the change.",
        )
        self.expected = expected
        self.found = found


class DuplicateIdentifier(Conflict):
    """Two records claim the same external id."""

    def __init__(self, external_id: str, held_by: str, wanted_by: str) -> None:
        super().__init__(
            f"{quoted(external_id)} belongs to {quoted(held_by)} already, "
            f"so {quoted(wanted_by)} can't have it too.",
            remedy="Correct the identifier, or update the record that holds it.",
        )
        self.external_id = external_id
        self.held_by = held_by
        self.wanted_by = wanted_by


class StoreError(GofarError):
    """The store failed; the caller did nothing wrong."""

    is_retryable = False


class StoreUnavailable(StoreError):
    """The store can't be reached or stays locked."""

    is_retryable = True


class SchemaMismatch(StoreError):
    """The store was written by a newer gofar, or not by gofar at all (``found`` is empty then)."""

    def __init__(self, store: str, found: str, needed: str) -> None:
        if found:
            what = f"the stored data has schema {found}, this gofar needs {needed}"
            remedy = "Install the gofar that wrote it, or point GOFAR_STORE elsewhere."
        else:
            what = "the data there was written by another program"
            remedy = "Point GOFAR_STORE to an empty place; nothing has been changed."
        super().__init__(f"{store}: {what}.", remedy=remedy)
        self.found = found
        self.needed = needed


class StoreCorrupt(StoreError):
    """What the store returns can't be what gofar wrote."""


class ConfigurationError(GofarError):
    """A setting is wrong; raised only at start."""

    def __init__(self, setting: str, value: object, why: str, *, remedy: str = "") -> None:
        super().__init__(f"{setting}: {quoted(value)} {why}.", remedy=remedy)
        self.setting = setting
        self.value = value
