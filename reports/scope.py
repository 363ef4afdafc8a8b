"""What part of the network a report is about, as it is kept with schedules and reports."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from graph.errors import StoreCorrupt

__all__ = ["EVERYTHING", "Scope", "scope_from_json"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The ids of a place, a theme and a community; "" is everywhere and everything."""

    place_id: str = ""
    theme_id: str = ""
    community_id: str = ""

    def to_json(self) -> str:
        """Return the scope as JSON, the same text for the same scope."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


EVERYTHING = Scope()


def scope_from_json(text: str) -> Scope:
    """Return what :meth:`Scope.to_json` gave; raises StoreCorrupt for anything else."""
    try:
        return Scope(**json.loads(text))
    except (TypeError, ValueError) as error:
        raise StoreCorrupt(
            f"The settings of a report can't be read: {error}.", remedy="Restore a backup."
        ) from error
