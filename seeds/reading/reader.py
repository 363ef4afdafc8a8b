"""All files of one import, opened by what they are; sources read through this and nothing else."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

from graph.errors import InputError, LimitExceeded, UnreadableFile, UnsupportedFormat
from seeds.problems import Problem, Where
from seeds.reading import limits
from seeds.reading.encoding import MIXED, encoding_of, mixture
from seeds.reading.formats import Format, format_of
from seeds.reading.graph_parts import Element, Link, Part
from seeds.reading.graph_xml import read_graph
from seeds.reading.json_stream import read_items
from seeds.reading.sheets import Sheet
from seeds.reading.tables import read_table
from seeds.reading.workbook import read_workbook

__all__ = ["Head", "Reader"]

_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".json", ".xlsx", ".xlsm", ".gexf", ".graphml"})
# A .txt in a folder is mostly for people to read, but a register publishes its tables so.
_EXTRACT = "publicextract."
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Head:
    """What a source may see of a file before it says whether the file is its own.

    ``sheets`` are (name, titles) of tables; ``keys`` are the names of top-level lists or values of
    JSON, and ``item_keys`` the names within the first item of the first list. Of GEXF and GraphML,
    ``keys`` are the names of the attributes of the first nodes and edges.
    """

    file: str
    format: Format
    sheets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keys: tuple[str, ...] = ()
    item_keys: tuple[str, ...] = ()


class Reader:
    """Opens the files of an import once and hands out tables and JSON items.

    Folders stand for the tables, workbooks and JSON files directly in them. A file in a folder
    that can't be read is a problem; one that was named raises. Close it, or use it in a ``with``
    block: workbooks lie unpacked in temporary files until then.
    """

    def __init__(
        self, paths: Sequence[Path], report: Callable[[Problem], None] = lambda problem: None
    ) -> None:
        self._report = report
        self._sheets: dict[Path, list[Sheet]] = {}
        self._formats: dict[Path, Format] = {}
        self._encodings: dict[Path, str] = {}
        self._spools = ExitStack()
        with self._spools:
            for path, is_named in _spread(paths):
                self._try(path, is_named)
            # All went well: what was opened stays open until close().
            self._spools = self._spools.pop_all()
        self.paths: tuple[Path, ...] = tuple(self._formats)
        if not self.paths:
            raise UnreadableFile(
                ", ".join(path.name for path in paths) or "the import",
                "holds no table, workbook or JSON file",
                remedy="Choose a CSV, XLSX or JSON file, or a folder of them.",
            )

    def _try(self, path: Path, is_named: bool) -> None:
        try:
            self._open(path)
        except InputError as error:
            if is_named:
                raise
            self._report(Where(path.name).fault(error.message, remedy=error.remedy))

    def _open(self, path: Path) -> None:
        form = format_of(path)
        if form in (Format.TABLE, Format.JSON):
            # Once for all: it takes a pass over the whole file.
            self._encodings[path] = encoding_of(path)
            if self._encodings[path] == MIXED:
                self._report(mixture(path))
        if form is Format.TABLE:
            self._sheets[path] = [read_table(path, self._report, self._encodings[path])]
        elif form is Format.WORKBOOK:
            spool = tempfile.TemporaryFile(prefix="gofar-")  # noqa: SIM115  the stack closes it
            self._spools.enter_context(spool)
            self._sheets[path] = read_workbook(path, spool, self._report)
            if not self._sheets[path]:
                raise UnreadableFile(path.name, "is a workbook without any cells")
        self._formats[path] = form

    def close(self) -> None:
        """Give the temporary files back."""
        self._spools.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files, without folders."""
        return tuple(path.name for path in self.paths)

    def digest(self) -> str:
        """Return the SHA-256 of the contents, the same in whatever order the files were named."""
        parts = sorted(_sha256(path) for path in self.paths)
        return parts[0] if len(parts) == 1 else hashlib.sha256("".join(parts).encode()).hexdigest()

    def heads(self) -> list[Head]:
        """Return what there is to see of each file."""
        return [self._head(path) for path in self.paths]

    def _head(self, path: Path) -> Head:
        form = self._formats[path]
        if form is Format.GRAPH:
            few = islice(read_graph(path), 20)
            seen = [part.attributes for part in few if isinstance(part, (Element, Link))]
            return Head(
                path.name, form, keys=tuple(dict.fromkeys(k for each in seen for k in each))
            )
        if form is not Format.JSON:
            sheets = tuple((sheet.name, sheet.titles) for sheet in self._sheets[path])
            return Head(path.name, form, sheets)
        # A few items are enough to know a file by, and a broken end shows when it is read.
        first = list(islice(read_items(path, self._encodings[path]), 20))
        keys = tuple(dict.fromkeys(key for key, _ in first))
        item = next((item for _, item in first if isinstance(item, dict)), {})
        return Head(path.name, form, keys=keys, item_keys=tuple(item))

    def format_of(self, file: str) -> Format:
        """Return what a file is."""
        return self._formats[self._path(file)]

    def sheets(self, file: str) -> list[Sheet]:
        """Return the tables of a file; none for JSON and graphs."""
        return self._sheets.get(self._path(file), [])

    def items(self, file: str) -> Iterator[tuple[str, Any]]:
        """Yield (key, item) of a JSON file; see :func:`seeds.reading.json_stream.read_items`."""
        path = self._path(file)
        if self._formats[path] is not Format.JSON:
            raise UnsupportedFormat(path.name, "is not JSON")
        return read_items(path, self._encodings[path])

    def graph(self, file: str) -> Iterator[Part]:
        """Yield the nodes and edges of GEXF or GraphML; see :mod:`seeds.reading.graph_xml`."""
        path = self._path(file)
        if self._formats[path] is not Format.GRAPH:
            raise UnsupportedFormat(path.name, "is neither GEXF nor GraphML")
        return read_graph(path)

    def _path(self, file: str) -> Path:
        return next(path for path in self.paths if path.name == file)


def _spread(paths: Sequence[Path]) -> list[tuple[Path, bool]]:
    found: dict[Path, bool] = {}
    for path in paths:
        if path.is_dir():
            inside = (entry for entry in sorted(path.iterdir()) if _is_wanted(entry))
            found.update({entry: False for entry in inside if entry not in found})
        else:
            found[path] = True
    if len(found) > limits.FILES:
        raise LimitExceeded("the import", f"{limits.FILES} files", f"{len(found)} files")
    names = [path.name for path in found]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise UnreadableFile(twice, "is named twice", remedy="Import one of them after the other.")
    return list(found.items())


def _is_wanted(entry: Path) -> bool:
    name = entry.name.lower()
    is_table = entry.suffix.lower() in _ENDINGS
    is_extract = name.startswith(_EXTRACT) and name.endswith(".txt")
    return entry.is_file() and (is_table or is_extract) and not name.startswith((".", "~"))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
