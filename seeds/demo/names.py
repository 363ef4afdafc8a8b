"""Names that belong to nobody: made-up places such as Brindlequay, and what is done there.

The first words are plants, birds, stones and colours, the second ones what lies by water. No
combination is meant to be a real place or a real body; a test checks them against a register.
"""

from __future__ import annotations

import random
import re

__all__ = ["GRANT_MAKERS", "NameMaker", "slug"]

_FIRST = """
Alder Amber Aspen Bracken Bramble Brindle Bryony Cobalt Copper Cygnet Damson Dunlin Elder Ember
Fennel Finch Flax Flint Gannet Gorse Heron Indigo Ivory Juniper Kestrel Larch Linnet Madder
Marl Merlin Mica Nettle Ochre Osier Pewter Plover Quill Quince Russet Saffron Sedge Sienna
Siskin Sorrel Tansy Teal Teasel Umber Vetch Whin Willet Wren Yarrow
"""
_SECOND = """
barge bight brook chime ferry ford gate haven holt lantern lock loom mere mooring quay reach
rill rise sluice spindle staithe tide wharf wick wharfside yard
"""

_FORMS = ("Collective", "Hub", "Network", "Partnership", "Project", "Together", "Circle", "Works")
GRANT_MAKERS = ("Foundation", "Fund", "Trust")


def slug(name: str) -> str:
    """Return the name as it stands in ids and addresses: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold().replace("’", "")).strip("-")


class NameMaker:
    """Draws names, none twice, and no made-up place twice; none that stands in ``taken``."""

    def __init__(self, rng: random.Random, taken: str = "") -> None:
        self._rng = rng
        places = [first + second for first in _FIRST.split() for second in _SECOND.split()]
        places = [place for place in places if place not in taken]
        self._places = self._rng.sample(places, len(places))

    def place(self) -> str:
        """Return a made-up place that has not been drawn yet."""
        return self._places.pop()

    def organisation(self, words: tuple[str, ...]) -> str:
        """Return the name of an organisation whose work is called by one of ``words``."""
        word, place = self._rng.choice(words), self.place()
        form = self._rng.choice([form for form in _FORMS if form not in word])
        patterns = (f"{place} {word} {form}", f"{place} {word}", f"{word} at {place}")
        return self._rng.choice((patterns[0], patterns[0], *patterns))
