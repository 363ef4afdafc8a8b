"""Would gofar have foreseen it? Rankings by what was known on a day, judged by what came after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from scipy import sparse

from graph.model import Provenance, fields_of
from graph.snapshot import Snapshot
from matching.errors import NotEnoughHistory
from matching.evaluation.bootstrap import RESAMPLES, Difference, Resamples
from matching.evaluation.rankers import Ranker
from matching.evaluation.result import FEW, Backtest, Measured, Section
from matching.evaluation.split import Split, split_at
from matching.metrics import (
    DEPTH,
    METRICS,
    TOP,
    few_partners,
    gini,
    measured,
    share_shown,
)
from matching.network import LARGEST_CONSORTIUM, Floats, Ints

__all__ = ["Progress", "backtest", "data_hash"]

Progress = Callable[[int, int | None, str], None]
_BLOCK = 256
_TOLD = frozenset(spec.name for spec in fields_of(Provenance))


def backtest(
    snapshot: Snapshot,
    cutoff: date,
    rankers: Sequence[Ranker],
    *,
    sample: int | None = None,
    only: Collection[str] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Backtest:
    """Measure ``rankers`` on a history cut at ``cutoff``; same input and seed, same result.

    Asked for are all organisations that find a new partner after, or ``sample`` of them drawn by
    ``seed``, or those with an id in ``only``. Everybody may be ranked. Raises NotEnoughHistory if
    one half of the history is empty, or ``only`` has nobody who finds a partner.
    """
    split = split_at(snapshot, cutoff)
    chosen = [_chosen(split, rows, sample, only, seed) for rows in _sorts(split)]
    if not sum(map(len, chosen)):
        raise NotEnoughHistory(
            f"Organisations of the list that find a new partner at or after {cutoff}",
            found=0,
            needed=1,
            remedy="Name others, or leave the list out.",
        )
    tick = _Ticker(progress, len(rankers) * sum(map(len, chosen)), f"Ranking as of {cutoff}")
    known, cold = (
        _section(split, rows, len(every), rankers, seed, tick)
        for rows, every in zip(chosen, _sorts(split), strict=True)
    )
    return Backtest(
        cutoff=cutoff,
        known=known,
        cold=cold,
        counts=_counts(snapshot, split),
        settings={
            "seed": seed,
            "top": TOP,
            "depth": DEPTH,
            "resamples": RESAMPLES,
            "largest_consortium": LARGEST_CONSORTIUM,
        },
        data_hash=data_hash(snapshot),
    )


def data_hash(snapshot: Snapshot) -> str:
    """Return the SHA-256 of all facts, whoever told them and whenever they came in."""
    tables = {
        kind: replace(
            table, columns={k: column for k, column in table.columns.items() if k not in _TOLD}
        )
        for kind, table in snapshot.tables.items()
    }
    return Snapshot(0, tables, snapshot.node_ids).content_hash


class _Ticker:
    """Counts what is done, for a progress bar."""

    def __init__(self, progress: Progress | None, total: int, what: str) -> None:
        self._progress = progress
        self._total = total
        self._what = what
        self._done = 0

    def add(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._total, self._what)


def _sorts(split: Split) -> tuple[Ints, Ints]:
    return split.queries, split.cold_starts


def _chosen(
    split: Split, rows: Ints, sample: int | None, only: Collection[str] | None, seed: int
) -> Ints:
    if only is not None:
        wanted = set(only)
        ids = split.before.organisation_ids
        rows = np.array([row for row in rows.tolist() if ids[row] in wanted], dtype=np.int64)
    if sample is not None and sample < len(rows):
        rows = np.sort(np.random.default_rng(seed).choice(rows, sample, replace=False))
    return rows


def _section(
    split: Split, rows: Ints, found: int, rankers: Sequence[Ranker], seed: int, tick: _Ticker
) -> Section:
    partners = split.partners(rows)
    few = sparse.csr_array(
        partners @ sparse.diags_array(few_partners(split.before).astype(np.float64))
    )
    few.eliminate_zeros()
    few.sort_indices()
    values: dict[str, dict[str, Floats]] = {}
    rankings = []
    resamples = Resamples(len(rows), seed)
    for ranker in rankers:
        top = _lists(split, rows, ranker, tick)
        values[ranker.name] = {
            **measured(top, partners),
            **{FEW + name: value for name, value in measured(top, few).items()},
        }
        rankings.append(
            Measured(
                name=ranker.name,
                label=ranker.label,
                is_baseline=ranker.is_baseline,
                metrics={
                    name: mean
                    for name, value in values[ranker.name].items()
                    if (mean := resamples.mean(value)) is not None
                },
                differences={},
                shown=round(share_shown(top, len(split.before)), 6),
                gini=round(gini(top, len(split.before)), 6),
            )
        )
    best = _best_baselines(rankings)
    return Section(
        found=found,
        asked=len(rows),
        partners=round(partners.nnz / len(rows), 2) if len(rows) else 0.0,
        rankings=tuple(
            replace(ranking, differences=_differences(ranking.name, values, best, resamples))
            for ranking in rankings
        ),
        best=best,
    )


def _lists(split: Split, rows: Ints, ranker: Ranker, tick: _Ticker) -> Ints:
    parts = [np.empty((0, DEPTH), dtype=np.int64)]
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        parts.append(ranker.top(split.before, part, DEPTH))
        tick.add(len(part))
    return np.concatenate(parts)


def _best_baselines(rankings: Sequence[Measured]) -> dict[str, str]:
    """Return which baseline is best at each metric, by its name; ties go to the first."""
    names = [prefix + metric.name for prefix in ("", FEW) for metric in METRICS]
    found = {}
    for name in names:
        rated = [
            (ranking.metrics[name].value, ranking.name)
            for ranking in rankings
            if ranking.is_baseline and name in ranking.metrics
        ]
        if rated:
            found[name] = max(rated, key=lambda pair: pair[0])[1]
    return found


def _differences(
    name: str, values: dict[str, dict[str, Floats]], best: dict[str, str], resamples: Resamples
) -> dict[str, Difference]:
    return {
        metric: difference
        for metric, baseline in best.items()
        if baseline != name
        and (difference := resamples.difference(values[name][metric], values[baseline][metric]))
    }


def _counts(snapshot: Snapshot, split: Split) -> dict[str, int]:
    projects = len(snapshot.tables["project"])
    before = len(split.before.snapshot.tables["project"])
    known = sparse.diags_array(split.is_known.astype(np.float64))
    return {
        "organisations": len(split.before),
        "known": int(split.is_known.sum()),
        "projects_before": before,
        "projects_after": projects - before - split.undated,
        "projects_undated": split.undated,
        "pairs_before": split.before.ties.nnz // 2,
        "new_pairs": int((known @ split.new_pairs @ known).count_nonzero()) // 2,
        "few_partners": _median_degree(split),
    }


def _median_degree(split: Split) -> int:
    """Return the most partners that an organisation with few has."""
    few = few_partners(split.before)
    return int(split.before.degrees[few].max()) if few.any() else 0
