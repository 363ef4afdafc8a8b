"""Checking what a page is asked: values from the query string or a form, typed or refused."""

from __future__ import annotations

from typing import Self, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from graph.errors import InputError, quoted

__all__ = ["VIEW_FIELDS", "Form", "InvalidQuery"]

VIEW_FIELDS = frozenset({"as_of", "inferred"})
"""What every address may hold besides the fields of its page: see :mod:`web.view`."""


# What pydantic finds wrong, in words that need no programmer.
_REASONS = {
    "date_from_datetime_parsing": "It has to be a day such as 2026-03-31",
    "date_parsing": "It has to be a day such as 2026-03-31",
    "enum": "It has to be one of {expected}",
    "extra_forbidden": "This page knows no such field",
    "greater_than_equal": "It has to be {ge} or more",
    "int_parsing": "It has to be a whole number",
    "less_than_equal": "It has to be {le} or less",
    "missing": "It is missing",
    "string_pattern_mismatch": "It is not one of the values that this page knows",
    "too_long": "It can have at most {max_length} at a time",
    "string_too_long": "It has to have at most {max_length} characters",
}


class InvalidQuery(InputError):
    """A page was asked for with a value that it can't use; ``field`` names it."""

    def __init__(self, field: str, value: object, why: str) -> None:
        super().__init__(
            f"{field}: {quoted(value)} can’t be used. {why}.",
            remedy="Go back and choose again, or correct the address.",
        )
        self.field = field


class Form(BaseModel):
    """Base of what a page takes. Unknown fields are refused; blank ones count as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @classmethod
    def read(cls, given: MultiDict[str, str]) -> Self:
        """Return the values as typed fields; raises :class:`InvalidQuery` for the first fault.

        A field that is a tuple takes all values of its name.
        """
        strange = (VIEW_FIELDS | {"csrf_token"}) - cls.model_fields.keys()
        many = {
            name
            for name, field in cls.model_fields.items()
            if get_origin(field.annotation) is tuple
        }
        values: dict[str, str | list[str]] = {
            name: given.getlist(name) if name in many else text
            for name, text in given.items()
            if text.strip() and name not in strange
        }
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            field = str(fault["loc"][0]) if fault["loc"] else "form"
            known = _REASONS.get(fault["type"])
            why = known.format_map(fault.get("ctx", {})) if known else fault["msg"]
            raise InvalidQuery(field, values.get(field, ""), why) from error
