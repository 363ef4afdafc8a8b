"""Who may see what: one rule, asked by pages, exports, reports and the API alike.

Privacy happens before arithmetic: :func:`redact` takes out of a snapshot what an audience may not
see, and only then is anything computed. So no score, count or order can give a hidden fact away.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.errors import AccessDenied
from graph.model import NODE_KINDS, RELATIONSHIP_KINDS, Visibility
from graph.snapshot import Snapshot, Table

__all__ = [
    "Action",
    "Audience",
    "Role",
    "Viewer",
    "can",
    "redact",
    "redact_past",
    "require",
    "without_hidden_since",
]


class Role(StrEnum):
    """What a person is to the network."""

    COORDINATOR = "coordinator"
    PARTNER = "partner"
    VIEWER = "viewer"
    PUBLIC = "public"


class Action(StrEnum):
    """What can be asked for."""

    SEE_NETWORK = "see the network"
    SEE_SUGGESTIONS = "see partner suggestions"
    PLAN = "plan coalitions"
    EXPORT = "export"
    IMPORT = "import"
    CURATE = "curate"
    READ_REPORTS = "read published reports"
    REPORT = "make and publish reports"


_SEEN_BY_ROLE: dict[Role, frozenset[Visibility]] = {
    Role.COORDINATOR: frozenset({Visibility.COORDINATORS, Visibility.MEMBERS, Visibility.PUBLIC}),
    Role.PARTNER: frozenset({Visibility.MEMBERS, Visibility.PUBLIC}),
    Role.VIEWER: frozenset({Visibility.PUBLIC}),
    Role.PUBLIC: frozenset({Visibility.PUBLIC}),
}

_ALLOWED: dict[Role, frozenset[Action]] = {
    Role.COORDINATOR: frozenset(Action),
    Role.PARTNER: frozenset(
        {Action.SEE_NETWORK, Action.SEE_SUGGESTIONS, Action.EXPORT, Action.READ_REPORTS}
    ),
    Role.VIEWER: frozenset({Action.SEE_NETWORK, Action.READ_REPORTS}),
    Role.PUBLIC: frozenset({Action.SEE_NETWORK, Action.READ_REPORTS}),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Viewers who see the same facts, so that they can share one computed network.

    ``own`` holds the ids of the organisations whose private facts the audience sees.
    """

    sees: frozenset[Visibility]
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: a name for the audit log, a role, and the organisations they act for."""

    name: str
    role: Role
    organisation_ids: frozenset[str] = frozenset()

    @property
    def audience(self) -> Audience:
        """Return what this viewer sees."""
        return Audience(_SEEN_BY_ROLE[self.role], self.organisation_ids)


def can(viewer: Viewer, action: Action, organisation_id: str | None = None) -> bool:
    """Say whether ``viewer`` may do ``action``, for one organisation if that matters.

    A partner sees suggestions for the organisations that they act for, and no others'.
    """
    if action not in _ALLOWED[viewer.role]:
        return False
    if viewer.role is Role.PARTNER and action is Action.SEE_SUGGESTIONS:
        return organisation_id is None or organisation_id in viewer.organisation_ids
    return True


def require(viewer: Viewer, action: Action, organisation_id: str | None = None) -> None:
    """Raise :class:`AccessDenied` unless :func:`can` says yes."""
    if not can(viewer, action, organisation_id):
        raise AccessDenied(action, organisation_id or "this network")


def redact(snapshot: Snapshot, audience: Audience) -> Snapshot:
    """Return the snapshot without what ``audience`` may not see; a tie goes with either end."""
    return snapshot.restricted(_masks(snapshot, audience))


def redact_past(past: Snapshot, now: Snapshot, audience: Audience) -> Snapshot:
    """Return a past snapshot without what ``audience`` may not see, or could see only then.

    Whoever makes a fact private means its past, too. What is no longer there keeps the
    visibility that it had.
    """
    seen = _masks(past, audience)
    for kind, mask in _masks(now, audience).items():
        hidden = now.tables[kind].ids[~mask]
        if len(hidden):
            seen[kind] = seen[kind] & ~np.isin(past.tables[kind].ids, hidden)
    return past.restricted(seen)


def without_hidden_since(past: Snapshot, now: Snapshot, audience: Audience) -> Snapshot:
    """Return a past snapshot less the facts that ``audience`` could see then and may not today.

    For what is redacted by somebody else, who doesn't know of today. Vetoes and introductions stay:
    they are to hold, and no redaction leaves them to whom they don't concern.
    """
    confidential = {kind.kind for kind in RELATIONSHIP_KINDS if kind.is_confidential}
    kept: dict[str, npt.NDArray[np.bool_]] = {}
    for kind, mask in _masks(now, audience).items():
        ids = past.tables[kind].ids
        hidden = now.tables[kind].ids[~mask]
        is_open = kind in confidential or not len(hidden)
        kept[kind] = np.ones(len(ids), dtype=np.bool_) if is_open else ~np.isin(ids, hidden)
    return past.restricted(kept)


def _masks(snapshot: Snapshot, audience: Audience) -> dict[str, npt.NDArray[np.bool_]]:
    own = np.isin(snapshot.node_ids, sorted(audience.own)) if audience.own else None
    seen: dict[str, npt.NDArray[np.bool_]] = {}
    for node_kind in NODE_KINDS:
        table = snapshot.tables[node_kind.kind]
        mask = _seen(table, audience)
        if own is not None:
            start = snapshot.offsets[node_kind.kind]
            mask |= own[start : start + len(table)] & _private(table)
        seen[node_kind.kind] = mask
    for tie_kind in RELATIONSHIP_KINDS:
        table = snapshot.tables[tie_kind.kind]
        mask = _seen(table, audience)
        if own is not None:
            mask |= (own[table["from_id"]] | own[table["to_id"]]) & _private(table)
        if tie_kind.is_confidential:
            mask = _seen_confidential(table, audience, own)
        seen[tie_kind.kind] = mask
    return seen


def _seen_confidential(
    table: Table, audience: Audience, own: npt.NDArray[np.bool_] | None
) -> npt.NDArray[np.bool_]:
    """Say who sees a veto or a decline: coordinators and its author, whatever its visibility."""
    if Visibility.COORDINATORS in audience.sees:
        return np.ones(len(table), dtype=np.bool_)
    if own is None:
        return np.zeros(len(table), dtype=np.bool_)
    return np.asarray(own[table["from_id"]], dtype=np.bool_)


def _has_visibility(table: Table, wanted: frozenset[Visibility]) -> npt.NDArray[np.bool_]:
    column: Any = table["visibility"]
    allowed = np.array([label in wanted for label in column.labels], dtype=np.bool_)
    return allowed[column.codes] if len(allowed) else np.zeros(len(table), dtype=np.bool_)


def _seen(table: Table, audience: Audience) -> npt.NDArray[np.bool_]:
    return _has_visibility(table, audience.sees)


def _private(table: Table) -> npt.NDArray[np.bool_]:
    return _has_visibility(table, frozenset({Visibility.PRIVATE}))
