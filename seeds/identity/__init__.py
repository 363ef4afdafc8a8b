"""Who is who: organisations that may be one, made one, or taken apart again.

::

    for pair in find_candidates(store.snapshot()): ...
    made = merge(store, "org-a", "org-b", actor="ada@example.org", today=today)
    unmerge(store, made.id, actor="ada@example.org")
"""

from seeds.identity.apart import tell_apart, told_apart
from seeds.identity.candidates import Agreement, Candidate, Certainty, find_candidates
from seeds.identity.known_pairs import read_known_pairs
from seeds.identity.merge import merge
from seeds.identity.split import Split, split
from seeds.identity.unmerge import unmerge

__all__ = [
    "Agreement",
    "Candidate",
    "Certainty",
    "Split",
    "find_candidates",
    "merge",
    "read_known_pairs",
    "split",
    "tell_apart",
    "told_apart",
    "unmerge",
]
