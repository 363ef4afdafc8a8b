"""How what is known stays true: a person's answers, each one transaction that can be undone.

::

    done = seeds.upkeep.confirm(store, ["works_on-1f…"], "ada@example.org", today)
    seeds.undo(store, done.import_id, "ada@example.org")
"""

from seeds.upkeep.answering import confirm, reject
from seeds.upkeep.asking import agreed_closures, is_answer, is_register
from seeds.upkeep.closing import close, reopen
from seeds.upkeep.placing import Residence, set_place
from seeds.upkeep.writing import Done

__all__ = [
    "Done",
    "Residence",
    "agreed_closures",
    "close",
    "confirm",
    "is_answer",
    "is_register",
    "reject",
    "reopen",
    "set_place",
]
