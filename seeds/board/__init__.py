"""What partners agree, count and tell each other: goals signed, values reported, contacts noted.

Each verb is one transaction and one import record, so that :func:`seeds.undo` takes it back::

    done = seeds.board.sign(store, "org-1", "goal-2", "ada@example.org", today, role="hosts")
    seeds.undo(store, done.import_id, "ada@example.org")
"""

from seeds.board.contacts import note_contact, remove_contact
from seeds.board.goals import put_goal, sign, withdraw
from seeds.board.values import put_measure, remove_value, report_value

__all__ = [
    "note_contact",
    "put_goal",
    "put_measure",
    "remove_contact",
    "remove_value",
    "report_value",
    "sign",
    "withdraw",
]
