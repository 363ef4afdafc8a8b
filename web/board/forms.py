"""What the board and its pages can be asked, and told.

What somebody typed is taken as text, so that a page can say what is wrong beside each field.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = [
    "Condition",
    "ContactForm",
    "ContactQuery",
    "GoalForm",
    "ItemQuery",
    "MeasureForm",
    "RemoveForm",
    "RowsQuery",
    "SaidQuery",
    "SignForm",
    "ValueForm",
    "WithdrawForm",
]

_LONGEST_ID = 500
_LONGEST_WORD = 500
_LONGEST_PROSE = 20_000
_LONGEST_FIGURE = 60


class Condition(StrEnum):
    """One of the five conditions."""

    AGENDA = "agenda"
    MEASUREMENT = "measurement"
    ACTIVITIES = "activities"
    COMMUNICATION = "communication"
    BACKBONE = "backbone"


class RowsQuery(Form):
    """Whose rows to show."""

    of: Condition


class SaidQuery(Form):
    """What has just been told, by the id that undoes it."""

    done: str = Field(default="", max_length=_LONGEST_ID)


class ItemQuery(SaidQuery):
    """Which goal or measure."""

    id: str = Field(max_length=_LONGEST_ID)


class GoalForm(Form):
    """A goal, new or with its id."""

    id: str = Field(default="", max_length=_LONGEST_ID)
    name: str = Field(default="", max_length=_LONGEST_WORD)
    description: str = Field(default="", max_length=_LONGEST_PROSE)
    due_on: str = Field(default="", max_length=_LONGEST_FIGURE)


class SignForm(Form):
    """Whose signature, under which goal."""

    goal: str = Field(max_length=_LONGEST_ID)
    organisation: str = Field(default="", max_length=_LONGEST_ID)
    role: str = Field(default="", max_length=_LONGEST_WORD)
    signed_on: str = Field(default="", max_length=_LONGEST_FIGURE)


class WithdrawForm(Form):
    """Whose signature to take off."""

    goal: str = Field(max_length=_LONGEST_ID)
    organisation: str = Field(max_length=_LONGEST_ID)


class MeasureForm(Form):
    """A measure, new or with its id, and the goal that it serves."""

    id: str = Field(default="", max_length=_LONGEST_ID)
    name: str = Field(default="", max_length=_LONGEST_WORD)
    unit: str = Field(default="", max_length=_LONGEST_WORD)
    description: str = Field(default="", max_length=_LONGEST_PROSE)
    goal: str = Field(default="", max_length=_LONGEST_ID)


class ValueForm(Form):
    """A value, who counted it, and for which day."""

    measure: str = Field(max_length=_LONGEST_ID)
    reporter: str = Field(default="", max_length=_LONGEST_ID)
    measured_on: str = Field(default="", max_length=_LONGEST_FIGURE)
    value: str = Field(default="", max_length=_LONGEST_FIGURE)
    note: str = Field(default="", max_length=_LONGEST_WORD)


class ContactQuery(SaidQuery):
    """Whose contacts to list."""

    about: str = Field(default="", max_length=_LONGEST_ID)


class ContactForm(Form):
    """Who was in touch with whom, when and how."""

    organisation: str = Field(default="", max_length=_LONGEST_ID)
    other: str = Field(default="", max_length=_LONGEST_ID)
    happened_on: str = Field(default="", max_length=_LONGEST_FIGURE)
    how: str = Field(default="", max_length=_LONGEST_WORD)
    note: str = Field(default="", max_length=_LONGEST_PROSE)


class RemoveForm(Form):
    """Which value or contact to take out, and of which measure."""

    id: str = Field(max_length=_LONGEST_ID)
    measure: str = Field(default="", max_length=_LONGEST_ID)
