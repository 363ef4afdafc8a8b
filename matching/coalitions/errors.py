"""What can be wrong with a brief."""

from __future__ import annotations

from graph.errors import InputError, quoted

__all__ = ["InvalidBrief"]


class InvalidBrief(InputError):
    """A brief asks for something that makes no sense; ``field`` names the part."""

    def __init__(self, field: str, value: object, why: str, *, remedy: str = "") -> None:
        super().__init__(f"Brief, {field}: {quoted(value)} {why}.", remedy=remedy)
        self.field = field
        self.value = value
