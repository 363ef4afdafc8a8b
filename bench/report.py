"""The figures as one table, the stores side by side with their ratios."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.figures import FIGURES, Case

__all__ = ["hashes_agree", "show"]

_NOTHING = "–"


def show(cases: Sequence[Case], console: Console) -> None:
    """Print one table: a row a figure, and for each size a column a store and one of ratios."""
    sizes = sorted({case.size for case in cases})
    stores = list(dict.fromkeys(case.store for case in cases))
    found = {(case.size, case.store): case for case in cases}
    table = Table(title="gofar bench")
    table.add_column("")
    for size in sizes:
        for store in stores:
            table.add_column(f"{size:,}\n{store}", justify="right")
        for other in stores[1:]:
            table.add_column(f"\n{other} ÷ {stores[0]}", justify="right")
    for name, (label, unit) in FIGURES.items():
        cells = []
        for size in sizes:
            values = [_value(found.get((size, store)), name) for store in stores]
            cells += [
                _shown(value, unit, found.get((size, store)), name)
                for store, value in zip(stores, values, strict=True)
            ]
            cells += [_ratio(values[0], value) for value in values[1:]]
        table.add_row(f"{label} [dim]{'' if unit == 'count' else unit}[/]", *cells)
    table.add_row("same content in both stores", *_agreement(sizes, stores, cases))
    console.print(table)
    for case in cases:
        if case.sampled:
            console.print(
                f"≈ {case.size:,} on {case.store}: all matches were measured on {case.sampled:,} "
                "organisations drawn at random, and multiplied up. --whole measures all of them."
            )
    for note in dict.fromkeys(case.note for case in cases if case.note):
        console.print(note)
    console.print("Peak memory is that of gofar's own process; a Neo4j server's comes on top.")


def hashes_agree(cases: Sequence[Case], size: int) -> bool | None:
    """Say whether all stores gave the same content at one size; None if fewer than two did."""
    hashes = [case.content_hash for case in cases if case.size == size and case.content_hash]
    return None if len(hashes) < 2 else len(set(hashes)) == 1


def _agreement(sizes: list[int], stores: list[str], cases: Sequence[Case]) -> list[str]:
    words = {None: _NOTHING, True: "yes", False: "[bold red]NO[/]"}
    cells = []
    for size in sizes:
        cells += [words[hashes_agree(cases, size)], *[""] * (2 * len(stores) - 2)]
    return cells


def _value(case: Case | None, name: str) -> float | None:
    return None if case is None else case.figures.get(name)


def _shown(value: float | None, unit: str, case: Case | None, name: str) -> str:
    if value is None:
        return _NOTHING
    is_extrapolated = name == "all_matches" and case is not None and case.sampled > 0
    digits = 0 if unit in {"count", "MiB"} or value >= 1000 else 2 if value < 100 else 1
    return f"{'≈ ' if is_extrapolated else ''}{value:,.{digits}f}"


def _ratio(base: float | None, value: float | None) -> str:
    return _NOTHING if not base or value is None else f"{value / base:.2f}"
