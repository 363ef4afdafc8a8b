"""The door's desk for what partners agree, count and tell each other: goals, measures, contacts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from graph.access import Action, Viewer, require
from graph.errors import InputError
from graph.model import Advances, Contact, Goal, Measure, Measurement, Node, Project, SignOff
from matching import Network
from matching.gaps.conditions import Conditions, MeasureValues, conditions
from matching.lookup import find_organisation
from web.workspace import Workspace

if TYPE_CHECKING:
    from seeds.upkeep import Done

__all__ = ["Together"]

N = TypeVar("N", bound=Node)


class Together:
    """Belongs to one door, and sees the network that it sees. Only who curates may write."""

    def __init__(
        self,
        viewer: Viewer,
        workspace: Workspace,
        network: Callable[[], Network],
        today: Callable[[], date],
    ) -> None:
        self._viewer = viewer
        self._workspace = workspace
        self._network_of = network
        self._today = today

    # --- reading ---------------------------------------------------------------------------

    def conditions(self) -> Conditions:
        """Return the five conditions of collective impact."""
        network = self._network_of()
        return network.remembered("web.conditions", lambda: conditions(network))

    def goals(self) -> list[Goal]:
        """Return all goals by name."""
        return self._by_name(Goal)

    def measures(self) -> list[Measure]:
        """Return all measures by name."""
        return self._by_name(Measure)

    def projects(self) -> list[Project]:
        """Return all projects by name."""
        return self._by_name(Project)

    def signatures(self, goal_id: str) -> list[SignOff]:
        """Return the signatures under a goal, those of a day to come too, by organisation."""
        return [
            tie
            for row in self._rows("signed", "to_id", goal_id)
            if isinstance(tie := self._snapshot.record_at(SignOff, row), SignOff)
        ]

    def values(self, measure_id: str) -> MeasureValues | None:
        """Return the values of a measure, or None if this viewer sees no such measure."""
        found = self.conditions().measurement.measures
        return next((each for each in found if each.measure_id == measure_id), None)

    def notes(self, measure_id: str) -> dict[str, str]:
        """Return what was noted beside each value of a measure, by the id of the value."""
        snapshot = self._snapshot
        ties = (
            snapshot.record_at(Measurement, row)
            for row in self._rows("measured", "to_id", measure_id)
        )
        return {tie.id: tie.note for tie in ties if isinstance(tie, Measurement)}

    def contacts(self, organisation_id: str = "", *, limit: int) -> tuple[list[Contact], int]:
        """Return the newest contacts, of one organisation if named, and how many there are."""
        table = self._snapshot.tables[Contact.kind]
        rows = np.arange(len(table))
        if organisation_id:
            ends = self._network_of().index_of(organisation_id)
            rows = np.flatnonzero((table["from_id"] == ends) | (table["to_id"] == ends))
        newest = rows[np.argsort(-table["happened_on"][rows].astype(np.int64), kind="stable")]
        found = [self._snapshot.record_at(Contact, row) for row in newest[:limit].tolist()]
        return cast("list[Contact]", found), len(rows)

    def has(self, kind: type[Contact] | type[Measurement], tie_id: str) -> bool:
        """Say whether this viewer sees a contact or value."""
        return self._snapshot.row_of(kind.kind, tie_id) is not None

    def serves(self, measure_id: str) -> tuple[str, ...]:
        """Return the names of the goals that a measure serves."""
        rows = self._rows(Advances.kind, "from_id", measure_id)
        ends = self._snapshot.tables[Advances.kind]["to_id"][rows]
        names = map(self._network_of().name_of, self._snapshot.node_ids[ends].tolist())
        return tuple(sorted(names, key=str.casefold))

    def reporter_named(self, text: str) -> str:
        """Return the id of the organisation or project that somebody typed.

        Raises InputError for none, or for several projects of one name.
        """
        wanted = text.strip()
        same = [
            each.id
            for each in self.projects()
            if wanted == each.id or each.name.casefold() == wanted.casefold()
        ]
        if len(same) == 1:
            return same[0]
        if same:
            raise InputError(
                f"Several projects are called “{wanted}”.", remedy="Write the id of one of them."
            )
        network = self._network_of()
        return network.organisation_ids[find_organisation(network, wanted)]

    # --- writing ---------------------------------------------------------------------------

    def put_goal(self, name: str, **said: Any) -> Done:
        """Add a goal, or change one."""
        return self._told(self._workspace.board.put_goal, name, **said)

    def sign(self, organisation_id: str, goal_id: str, **said: Any) -> Done:
        """Say that an organisation has put its name to a goal."""
        return self._told(self._workspace.board.sign, organisation_id, goal_id, **said)

    def withdraw(self, organisation_id: str, goal_id: str) -> Done:
        """Take its name off again."""
        return self._told(self._workspace.board.withdraw, organisation_id, goal_id)

    def put_measure(self, name: str, **said: Any) -> Done:
        """Add a measure, or change one."""
        return self._told(self._workspace.board.put_measure, name, **said)

    def report_value(
        self, reporter_id: str, measure_id: str, on: date, value: float, **said: Any
    ) -> Done:
        """Say what an organisation or project counted for a day."""
        verb = self._workspace.board.report_value
        return self._told(verb, reporter_id, measure_id, on, value, **said)

    def remove_value(self, value_id: str) -> Done:
        """Take out a value that was reported by mistake."""
        return self._told(self._workspace.board.remove_value, value_id)

    def note_contact(self, organisation_id: str, other_id: str, on: date, **said: Any) -> Done:
        """Say that two organisations were in touch."""
        verb = self._workspace.board.note_contact
        return self._told(verb, organisation_id, other_id, on, **said)

    def remove_contact(self, contact_id: str) -> Done:
        """Take out a contact that was noted by mistake."""
        return self._told(self._workspace.board.remove_contact, contact_id)

    def _told(self, verb: Callable[..., Done], *args: Any, **said: Any) -> Done:
        require(self._viewer, Action.CURATE)
        return verb(self._workspace.store, *args, self._viewer.name, self._today(), **said)

    @property
    def _snapshot(self) -> Any:
        return self._network_of().snapshot

    def _rows(self, kind: str, end: str, node_id: str) -> list[int]:
        position = self._snapshot.positions.get(node_id, -1)
        found: list[int] = np.flatnonzero(self._snapshot.tables[kind][end] == position).tolist()
        return found

    def _by_name(self, kind: type[N]) -> list[N]:
        found = cast("list[N]", list(self._snapshot.records(kind)))
        return sorted(found, key=lambda node: (node.name.casefold(), node.id))
