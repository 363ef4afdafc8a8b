"""How what is known stays true: a person's answers, each one transaction that can be undone.

::

    done = seeds.upkeep.confirm(store, ["works_on-1f…"], "ada@example.org", today)
    seeds.undo(store, done.import_id, "ada@example.org")
"""

from seeds.upkeep.answering import confirm, reject
from seeds.upkeep.asking import agreed_closures, is_answer, is_register
from seeds.upkeep.closing import close, reopen
from seeds.upkeep.introducing import keep_apart, record_introduction
from seeds.upkeep.placing import Residence, place_at, set_place
from seeds.upkeep.telling import Proposal, proposals, tell
from seeds.upkeep.unknown import term_labels, unmapped_words
from seeds.upkeep.words import ignore_words, map_words, reread, term_named, tidy
from seeds.upkeep.writing import Done

__all__ = [
    "Done",
    "Proposal",
    "Residence",
    "agreed_closures",
    "close",
    "confirm",
    "ignore_words",
    "is_answer",
    "is_register",
    "keep_apart",
    "map_words",
    "place_at",
    "proposals",
    "record_introduction",
    "reject",
    "reopen",
    "reread",
    "set_place",
    "tell",
    "term_labels",
    "term_named",
    "tidy",
    "unmapped_words",
]
