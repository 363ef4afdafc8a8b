"""Who leads a project, who has a part in it, and who is a backbone: said once, for all that asks.

A role leads where its first word is "lead" (or "leader", "leading"), or where it is one of a few
words for whoever convenes. Upper and lower case, spaces and punctuation don't matter. Who leads by
paying doesn't count: a lead funder delivers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.snapshot import Coded, Table
from matching.network import Network

__all__ = ["does_lead", "leads", "running_roles", "running_support"]

Mask = npt.NDArray[np.bool_]

_LEADING = frozenset({"lead", "leader", "leading"})
_CONVENING = frozenset(
    {"coordinator", "co ordinator", "coordinating body", "convenor", "convener"}
    | {"host", "backbone", "accountable body"}
)
_PAYING = "funder"


def leads(role: str) -> bool:
    """Say whether whoever has this role leads."""
    words = re.findall(r"\w+", role.casefold())
    if not words or words[-1] == _PAYING:
        return False
    return words[0] in _LEADING or " ".join(words) in _CONVENING


def does_lead(roles: Coded) -> Mask:
    """Return bool[ties]: :func:`leads` for a column of roles."""
    return _of_labels((leads(label) for label in roles.labels), roles)


def running_roles(network: Network, *, leading: bool = False) -> sparse.csr_array:
    """Return organisations × projects, ones: who has a part today in a project that goes on.

    With ``leading`` only who leads. Closed organisations and whoever only pays have no part; a
    project and a role go on until their last day. Without a day whatever has an end is counted,
    as everywhere.
    """
    table = network.snapshot.tables["takes_part_in"]
    projects = network.snapshot.tables["project"]
    columns = table["to_id"] - network.snapshot.offsets["project"]
    counts = network.is_open[table["from_id"]] & _goes_on(network, table)
    counts &= _goes_on(network, projects)[columns]
    roles: Coded = table["role"]
    counts &= (
        does_lead(roles)
        if leading
        else ~_of_labels((label.casefold().strip() == _PAYING for label in roles.labels), roles)
    )
    made = sparse.csr_array(
        (np.ones(int(counts.sum())), (table["from_id"][counts], columns[counts])),
        shape=(len(network), len(projects)),
    )
    # Two roles in one project are one part in it.
    made.sum_duplicates()
    made.data[:] = 1
    return made


def running_support(network: Network) -> Mask:
    """Return bool[ties of BACKBONE_OF]: told, and by a backbone that is open, on the day."""
    table = network.snapshot.tables["backbone_of"]
    is_told = ~np.asarray(table["inferred"], dtype=np.bool_)
    lasts = _goes_on(network, table, "since", "until")
    return np.asarray(is_told & lasts & network.is_open[table["from_id"]])


def _of_labels(says: Iterable[bool], column: Coded) -> Mask:
    by_label = np.fromiter(says, dtype=np.bool_, count=len(column.labels))
    return by_label[column.codes] if len(by_label) else np.zeros(len(column), dtype=np.bool_)


def _goes_on(
    network: Network, table: Table, first: str = "starts_on", last: str = "ends_on"
) -> Mask:
    if network.as_of is None:
        return np.ones(len(table), dtype=np.bool_)
    day = np.datetime64(network.as_of, "D")
    begun = np.isnat(table[first]) | (table[first] <= day)
    return np.asarray(begun & (np.isnat(table[last]) | (table[last] >= day)))
