"""Finding an organisation by what a person types: our id, anybody's id, or a name."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz, process

from graph.errors import UnknownOrganisation
from matching.network import Network

__all__ = ["find_organisation", "nearest_organisations"]

_NEAREST = 3
_LEAST_SIMILARITY = 60


def find_organisation(network: Network, text: str) -> int:
    """Return the number of the organisation with this id, external id or name.

    Upper and lower case, accents and punctuation don't matter in a name. Raises
    UnknownOrganisation, with the nearest names, if nothing or more than one fits.
    """
    wanted = text.strip()
    row = network.snapshot.row_of("organisation", wanted)
    if row is not None:
        return row
    row = _by_external_id(network).get(wanted.casefold())
    if row is not None:
        return row
    named = _by_name(network).get(_plain(wanted), [])
    if len(named) == 1:
        return named[0]
    nearest = named or nearest_organisations(network, wanted, _NEAREST)
    raise UnknownOrganisation(
        text, tuple(_shown(network, row, named) for row in nearest[:_NEAREST])
    )


def nearest_organisations(network: Network, text: str, limit: int = 10) -> list[int]:
    """Return the organisations whose names are most like ``text``, best first."""
    names = network.remembered("lookup.plain", lambda: [_plain(name) for name in network.names])
    found = process.extract(
        _plain(text), names, scorer=fuzz.WRatio, limit=limit, score_cutoff=_LEAST_SIMILARITY
    )
    return [row for _, _, row in found]


def _shown(network: Network, row: int, namesakes: list[int]) -> str:
    """Return the name, or the id where several share the name."""
    return network.organisation_ids[row] if len(namesakes) > 1 else network.names[row]


def _by_external_id(network: Network) -> dict[str, int]:
    column = network.snapshot.tables["organisation"]["external_ids"]
    return network.remembered(
        "lookup.external",
        lambda: {
            external_id.casefold(): row for row, ids in enumerate(column) for external_id in ids
        },
    )


def _by_name(network: Network) -> dict[str, list[int]]:
    return network.remembered("lookup.names", lambda: _index_names(network))


def _index_names(network: Network) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    others = network.snapshot.tables["organisation"]["other_names"]
    for row, name in enumerate(network.names):
        for known in {_plain(name), *(_plain(other) for other in others[row])}:
            index.setdefault(known, []).append(row)
    return index


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", kept).strip()
