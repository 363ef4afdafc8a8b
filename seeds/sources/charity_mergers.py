"""Which charity became which, after the table of events of the public extract.

Nothing is merged here: these are pairs that the register itself names, for whoever has to tell
whether two records are one body.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from seeds.problems import Problem
from seeds.reading.reader import Reader
from seeds.reading.values import as_date
from seeds.sources.charity_sides import whole
from seeds.sources.charity_tables import ExtractTable, tables_of

__all__ = ["mergers"]

# Whatever a charity has transferred in, the other one gave away; all other events with a second
# charity say where the first one went.
_RECEIVED = "transfer in"


def mergers(reader: Reader) -> Iterator[tuple[str, str, date | None]]:
    """Yield (external id of the one that went, of the one that took it over, day) once a pair.

    The day is None where the register gives none. Without a table of events there are none.
    """
    problems: list[Problem] = []
    tables = tables_of(reader, problems)
    events = tables.get("charity_event_history")
    if events is None:
        return
    numbers = _numbers(tables["charity"], _wanted(events))
    seen: set[tuple[int, int]] = set()
    for _, values in events.rows():
        key, registered, kind, day, other_key, other = values
        own = whole(registered) if whole(registered) > 0 else numbers.get(whole(key), 0)
        far = whole(other) if whole(other) > 0 else numbers.get(whole(other_key), 0)
        if own <= 0 or far <= 0 or own == far:
            continue
        pair = (far, own) if _RECEIVED in kind.casefold() else (own, far)
        if pair not in seen:
            seen.add(pair)
            yield f"GB-CHC-{pair[0]}", f"GB-CHC-{pair[1]}", as_date(day)


def _wanted(events: ExtractTable) -> set[int]:
    """Return the organisation numbers that events give without a charity number."""
    wanted: set[int] = set()
    for _, (key, registered, _, _, other_key, other) in events.rows():
        if whole(other_key) > 0:
            wanted |= {whole(key)} if whole(registered) <= 0 else set()
            wanted |= {whole(other_key)} if whole(other) <= 0 else set()
    return wanted


def _numbers(charities: ExtractTable, wanted: set[int]) -> dict[int, int]:
    if not wanted:
        return {}
    at_key = charities.columns.index("organisation_number")
    at_number = charities.columns.index("registered_charity_number")
    return {
        key: whole(values[at_number])
        for _, values in charities.rows()
        if (key := whole(values[at_key])) in wanted
    }
