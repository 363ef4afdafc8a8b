"""Whom an e-mail goes to: one address at a time, in the one way it is written."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import InputError, quoted

__all__ = ["checked_address", "checked_addresses"]

MOST = 200
"""So many people can be on a list."""


def checked_address(text: str) -> str:
    """Return an e-mail address as it is written properly; raises InputError for anything else.

    Whether the address is in use is for the mail to find out: nothing is asked of the network.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise InputError(
            f"{quoted(text)} is not an e-mail address: {str(error).rstrip('.')}.",
            remedy="Write one address such as board@example.org, without a name.",
        ) from error


def checked_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each address once, in the order given; blank lines count for nothing."""
    found = dict.fromkeys(checked_address(text) for text in texts if text.strip())
    if len(found) > MOST:
        raise InputError(
            f"There are {len(found):,} addresses; at most {MOST} fit on a list.",
            remedy="Give a mailing list's address in place of its members.",
        )
    return tuple(found)
