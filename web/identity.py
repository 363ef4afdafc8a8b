"""The door's desk for who is who: pairs that may be one, and what people said of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.access import Action, Viewer, require
from graph.model import Merge, MergeState
from matching import Network
from web.workspace import Workspace

if TYPE_CHECKING:
    from seeds import UndoResult
    from seeds.identity import Candidate, Split

__all__ = ["IdentityDesk", "Standing"]

_MOST_COUNTED = 20_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A merge that stands, and the id of what the merged organisation is part of by now.

    ``later`` names the one that was kept then, where that one is part of another since: that
    merge has to be taken back first.
    """

    merge: Merge
    now_id: str
    later: str = ""


class IdentityDesk:
    """Belongs to one door, and sees the network that it sees."""

    def __init__(
        self, viewer: Viewer, workspace: Workspace, network: Callable[[], Network], today: date
    ) -> None:
        require(viewer, Action.CURATE)
        self._viewer = viewer
        self._workspace = workspace
        self._network_of = network
        self._today = today

    def candidates(self) -> list[Candidate]:
        """Return the pairs that may be one, the surest first: worked out once a version."""
        at = self._workspace.store.version()
        return self._network_of().remembered("web.candidates", self._candidates, at=at)

    def _candidates(self) -> list[Candidate]:
        snapshot, workspace = self._network_of().snapshot, self._workspace
        found = workspace.pair_memory.pairs(
            self._viewer.audience,
            snapshot.version,
            lambda version: (each.kind for each in workspace.store.audit(after_version=version)),
            lambda: workspace.identity.find_candidates(snapshot, distinct=frozenset()),
        )
        distinct = workspace.identity.told_apart(workspace.store)
        return [each for each in found if (each.first_id, each.second_id) not in distinct]

    def pair_count(self) -> int | None:
        """Return how many pairs may be one; None where counting them would keep a page waiting."""
        return None if len(self._network_of()) > _MOST_COUNTED else len(self.candidates())

    def merges(self) -> list[Standing]:
        """Return the merges that stand and whose outcome this viewer sees, the newest first."""
        at = self._workspace.store.version()
        return self._network_of().remembered("web.merges", self._merges, at=at)

    def _merges(self) -> list[Standing]:
        records = self._workspace.store.records(Merge)
        standing = [each for each in records if each.state is MergeState.STANDING]
        into = {each.merged_id: each for each in standing}
        there = self._network_of().snapshot.positions
        found = []
        for merge in standing:
            now, seen = merge.kept_id, {merge.merged_id}
            while now not in there and now in into and now not in seen:
                seen.add(now)
                now = into[now].kept_id
            if now in there:
                later = into[merge.kept_id].merged_name if now != merge.kept_id else ""
                found.append(Standing(merge, now, later))
        found.sort(key=lambda each: each.merge.merged_name.casefold())
        return sorted(found, key=lambda each: each.merge.decided_on, reverse=True)

    def merges_into(self, organisation_id: str) -> list[Standing]:
        """Return the merges that stand and made an organisation what it is, the newest first."""
        return [each for each in self.merges() if each.now_id == organisation_id]

    def merge(self, kept_id: str, merged_id: str) -> Merge:
        """Make one of two; raises UnknownOrganisation for one that this viewer can't see."""
        self._see(kept_id, merged_id)
        return self._workspace.identity.merge(
            self._workspace.store, kept_id, merged_id, actor=self._viewer.name, today=self._today
        )

    def unmerge(self, merge_id: str) -> UndoResult:
        """Take a merge back."""
        return self._workspace.identity.unmerge(
            self._workspace.store, merge_id, actor=self._viewer.name
        )

    def tell_apart(self, first_id: str, second_id: str) -> None:
        """Say that two are two."""
        self._see(first_id, second_id)
        self._workspace.identity.tell_apart(
            self._workspace.store, first_id, second_id, actor=self._viewer.name, today=self._today
        )

    def split(
        self,
        organisation_id: str,
        name: str,
        external_ids: Collection[str],
        names: Collection[str],
        fact_ids: Collection[str],
    ) -> Split:
        """Take another body out of an organisation."""
        self._see(organisation_id)
        return self._workspace.identity.split(
            self._workspace.store,
            organisation_id,
            name=name,
            external_ids=external_ids,
            names=names,
            fact_ids=fact_ids,
            actor=self._viewer.name,
            today=self._today,
        )

    def _see(self, *organisation_ids: str) -> None:
        for each in organisation_ids:
            self._network_of().index_of(each)
