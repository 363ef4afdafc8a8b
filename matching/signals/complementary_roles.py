"""Signal: one convenes, the other delivers."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from matching.leading import leads
from matching.network import Floats, Network
from matching.signals.base import Formed
from matching.signals.forms import Bilinear
from matching.suggestion import Direction, Evidence

__all__ = ["ComplementaryRoles"]

_PAYING = "funder"
_HALF_WAY = 2
"""So many projects (or funders) make half of what very many would."""


class _Deed(Enum):
    """What an organisation has done, by the ties that say so: (kind, the end it stands at)."""

    CONVENED = (("takes_part_in", "from_id"), ("backbone_of", "from_id"))
    DELIVERED = (("takes_part_in", "from_id"),)
    FUNDED = (("funds", "to_id"),)


class ComplementaryRoles(Formed):
    """One has convened or found the money, the other has delivered: roles that need each other.

    Formula: 0.2 / 4 · Σ over both ways round of (convenes + knows funders) · delivers, where each
    is c / (c + 2), and c counts projects led and bodies supported as a backbone; funders; and
    projects taken part in otherwise.
    Unit: log-odds. Source: backbone support (Kania & Kramer 2011); team roles (Belbin 1981).
    """

    name: ClassVar[str] = "complementary_roles"
    label: ClassVar[str] = "roles that complement each other"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.2
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> Bilinear:
        convenes, delivers, funded = (_saturated(network, deed) for deed in _Deed)
        return Bilinear(
            left=np.column_stack((convenes, delivers, funded, delivers)),
            right=np.column_stack((delivers, convenes, delivers, funded)),
            scale=self.prior_weight / 4,
        )

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        form = self.form(network)
        assert isinstance(form, Bilinear)
        parts = (form.left[i] * form.right[j]).tolist()
        sides = (
            (_Deed.CONVENED, i, j),
            (_Deed.CONVENED, j, i),
            (_Deed.FUNDED, i, j),
            (_Deed.FUNDED, j, i),
        )
        return tuple(
            Evidence(
                points=form.scale * part,
                about=network.organisation_ids[giver],
                facts=(*_facts(network, deed, giver), *_facts(network, _Deed.DELIVERED, doer)),
            )
            for part, (deed, giver, doer) in zip(parts, sides, strict=True)
            if part
        )


def _saturated(network: Network, deed: _Deed) -> Floats:
    count = len(network)
    done = np.zeros(count)
    for kind, end in deed.value:
        ends = network.snapshot.tables[kind][end][_counts_as(network, deed, kind)]
        done += np.bincount(ends[ends < count], minlength=count)
    return np.asarray(done / (done + _HALF_WAY), dtype=np.float64)


def _facts(network: Network, deed: _Deed, i: int) -> tuple[str, ...]:
    found: list[str] = []
    for kind, end in deed.value:
        table = network.snapshot.tables[kind]
        rows = np.flatnonzero(_counts_as(network, deed, kind) & (table[end] == i))
        found += [table.id_at(row) for row in rows.tolist()]
    return tuple(found)


def _counts_as(network: Network, deed: _Deed, kind: str) -> npt.NDArray[np.bool_]:
    """Say which ties of a kind speak for a deed: of parts in projects, that is told by the role."""
    table = network.snapshot.tables[kind]
    if kind != "takes_part_in":
        return np.ones(len(table), dtype=np.bool_)
    roles = [" ".join(label.casefold().split()) for label in table["role"].labels]
    is_leading = np.array([leads(role) for role in roles], dtype=np.bool_)
    is_paying = np.array([role == _PAYING for role in roles], dtype=np.bool_)
    wanted = is_leading if deed is _Deed.CONVENED else ~is_leading & ~is_paying
    return wanted[table["role"].codes] if roles else np.zeros(len(table), dtype=np.bool_)
