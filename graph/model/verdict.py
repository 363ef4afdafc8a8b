"""A person's answer to something that gofar had worked out: kept, so that it is asked once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from graph.errors import InvalidRecord
from graph.model.fields import Name, Word
from graph.model.records import Record, fact_id

__all__ = ["Answer", "Question", "Verdict"]


class Question(StrEnum):
    """What was asked.

    Of an INFERENCE: is this fact true? Of a TIE that was told: is it still so? Of a CLOSURE: has
    this organisation closed? Of a PAIR: are these two one organisation? Of a WORD: does this phrase
    mean that term?
    """

    INFERENCE = "inference"
    TIE = "tie"
    CLOSURE = "closure"
    PAIR = "pair"
    WORD = "word"


class Answer(StrEnum):
    """Yes or no."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Record):
    """The answer to one question; the same question has the same id, so a new answer replaces it.

    ``subject`` is the id of a tie or of an organisation, the first organisation of a pair or a
    phrase; ``other`` is the second organisation, or the term that the phrase means.
    """

    kind: ClassVar[str] = "verdict"
    label: ClassVar[str] = "Verdict"

    id: str = ""
    question: Question
    subject: Name
    other: Word = ""
    answer: Answer
    reason: Word = ""
    decided_by: Name
    decided_on: date

    def __post_init__(self) -> None:
        subject, other = self.subject, self.other
        if self.question is Question.PAIR and other < subject:
            object.__setattr__(self, "subject", other)
            object.__setattr__(self, "other", subject)
        # A phrase means one thing; a pair needs both ends to be told apart from other pairs.
        told_by = self.other if self.question is Question.PAIR else ""
        made = fact_id(self.kind, self.question, self.subject, told_by)
        object.__setattr__(self, "id", made)
        Record.__post_init__(self)
        if self.question is Question.PAIR and subject == other:
            raise InvalidRecord(self.kind, "other", other, "is both organisations of the pair")
