"""Keep the reference true: write its tables from the code, between marks in the pages.

``python scripts/docs.py`` writes them (``make docs``); ``--check`` writes nothing, names the
pages that are stale and ends with status 1. A mark is a pair of comments::

    <!-- from the code: signals -->
    …
    <!-- end of signals -->
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

import graph.errors
import graph.vocabulary
import web.errors
from gofar.__main__ import EXIT_CODES
from gofar.cli import gofar
from gofar.commands.backtest import markdown, read_results
from gofar.settings import Settings
from graph.access import Role, Viewer
from graph.errors import GofarError
from graph.model import (
    ENTRY_KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    FieldSpec,
    Provenance,
    Record,
    Storage,
    Visibility,
    fields_of,
)
from matching import SIGNALS
from matching.evaluation import BASELINES, METRICS
from matching.learning import GROUPS
from matching.scoring import ONE_SIDEDNESS
from seeds.exports import EXPORTS
from seeds.reading import limits as reading_limits
from seeds.sources import SOURCES
from seeds.sources.graph_words import COLUMNS, TYPES
from seeds.sources.template import Template
from seeds.sources.template_columns import SHEETS

__all__ = ["TABLES", "main", "pages", "rewritten"]

ROOT = Path(__file__).resolve().parent.parent
_MARK = re.compile(
    r"(?P<begin><!-- from the code: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end of (?P=name) -->)",
    re.DOTALL,
)
# Codes of other classifications among the synonyms: understood, but not what a person writes.
_CODE = re.compile(r"[A-Z]{2}\d+")
_GSS = re.compile(r"[A-Z]\d{8}")


def main(arguments: Sequence[str]) -> int:
    """Write all pages anew, or with ``--check`` only name those that would change."""
    stale = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        if (fresh := rewritten(text)) != text:
            stale.append(page)
            if "--check" not in arguments:
                page.write_text(fresh, encoding="utf-8")
    for page in stale:
        print(page.relative_to(ROOT))
    if stale and "--check" in arguments:
        print("These pages are stale. Run: make docs", file=sys.stderr)
        return 1
    return 0


def pages() -> list[Path]:
    """Return every page that may hold tables from the code."""
    return sorted((ROOT / "docs").rglob("*.md"))


def rewritten(text: str) -> str:
    """Return the text of a page with the tables as they ought to be; KeyError: unknown name."""
    return _MARK.sub(
        lambda mark: f"{mark['begin']}\n{TABLES[mark['name']]().strip()}\n\n{mark['end']}", text
    )


# --- Markdown ----------------------------------------------------------------------------


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell is escaped."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def prose(text: str) -> str:
    """Return a docstring as Markdown: one line a paragraph, roles and literals as code."""
    plain = re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"`\1`", text).replace("``", "`")
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", plain)).strip()


def described(thing: object) -> str:
    """Return the docstring of ``thing`` as Markdown; a missing one is an error."""
    text = inspect.getdoc(thing)
    assert text, f"{thing} has no docstring"
    return prose(text)


def listed(items: Iterable[str]) -> str:
    """Return words as code, separated by commas."""
    return ", ".join(f"`{item}`" for item in items)


# --- signals -----------------------------------------------------------------------------


def signals() -> str:
    """Every signal, with what its docstring says about formula, unit and source."""
    rows = [
        (
            f"[{signal.name}](#{signal.name})",
            signal.label,
            signal.direction.value,
            f"{signal.prior_weight:g}",
            "yes" if signal.is_ground else "no",
        )
        for signal in SIGNALS
    ]
    head = table(["signal", "shown as", "direction", "weight", "reason enough"], rows)
    return "\n".join([head, *(_signal(signal) for signal in SIGNALS)])


def _signal(signal: Any) -> str:
    text = " ".join(described(signal).split())
    parts = re.split(r"\b(Formula|Unit|Source): ", text)
    lines = [f"## {signal.name}\n", parts[0].strip(), ""]
    for name, value in zip(parts[1::2], parts[2::2], strict=True):
        lines.append(f"- **{name}.** {value.strip()}")
    return "\n".join(lines) + "\n"


def learned_features() -> str:
    """What a learned score looks at, group by group."""
    return "\n".join(
        f"## {group.name}\n\n{described(group)}\n\n"
        + table(
            ["number", "in words", "formula"],
            [(f"`{each.name}`", each.label, each.formula) for each in group.features],
        )
        for group in GROUPS
    )


def one_sidedness() -> str:
    """How the score is put together."""
    return f"score = gets + gives + shared - {ONE_SIDEDNESS:g} · |gets - gives|"


# --- how good suggestions are ------------------------------------------------------------


def backtest() -> str:
    """What `gofar backtest` found, as the page of the app shows it."""
    return markdown(read_results(ROOT / "web" / "about" / "backtest.json"))


def baselines() -> str:
    """Every baseline in its own words."""
    rows = ((baseline.label, " ".join(described(baseline).split())) for baseline in BASELINES)
    return table(["ranking", "what it does"], rows)


def metrics() -> str:
    """Every figure that a ranking is measured by."""
    return table(["figure", "what it says"], ((each.label, each.meaning) for each in METRICS))


# --- model -------------------------------------------------------------------------------


def nodes() -> str:
    """Every kind of node."""
    return "\n".join(
        "\n".join([_kind_head(kind), _fields(kind, leave_out={"id", "external_ids"})])
        for kind in NODE_KINDS
    )


def relationships() -> str:
    """Every kind of relationship."""
    return "\n".join(_relationship(kind) for kind in RELATIONSHIP_KINDS)


def _relationship(kind: Any) -> str:
    far = "between" if kind.is_symmetric else "to"
    lines = [
        _kind_head(kind),
        f"From {listed(kind.from_kinds)} {far} {listed(kind.to_kinds)}; "
        f"read backwards: “{kind.reverse}”.",
    ]
    if kind.key_fields:
        lines.append(
            f"Ties between the same two are told apart by {listed(kind.key_fields)}; "
            "with the same value they are one tie."
        )
    own = _fields(kind, leave_out={"id", "from_id", "to_id"})
    return "\n\n".join([*lines, own])


def entries() -> str:
    """Every kind of record that is no fact about the network."""
    return "\n".join(f"{_kind_head(kind)}\n{_fields(kind)}" for kind in ENTRY_KINDS)


def provenance() -> str:
    """What every fact says about itself."""
    return f"{described(Provenance)}\n\n{_fields(Provenance)}"


def visibility() -> str:
    """Who sees facts of which visibility."""
    audiences = {role: Viewer("anybody", role).audience for role in Role}
    return table(
        ["visibility", *audiences],
        (
            (f"`{level}`", *("yes" if level in who.sees else "no" for who in audiences.values()))
            for level in Visibility
        ),
    )


def _kind_head(kind: type[Record]) -> str:
    lines = [f"### {kind.__name__}\n", f"{described(kind)}\n"]
    lines.append(f"In tables and files `{kind.kind}`; in Neo4j `{kind.label}`.\n")
    if kind.standard:
        lines.append(f"Standard: {kind.standard}.\n")
    return "\n".join(lines)


def _fields(kind: type, leave_out: Iterable[str] = ()) -> str:
    defaults = {field.name: field.default for field in dataclasses.fields(kind)}
    rows = [
        (f"`{spec.name}`", _type_of(spec), _default(defaults[spec.name]))
        for spec in fields_of(kind)
        if spec.name not in set(leave_out)
    ]
    return table(["field", "type", "if not given"], rows) if rows else "No fields of its own.\n"


_WORDS = {
    Storage.TEXT: "text",
    Storage.NUMBER: "number",
    Storage.COUNT: "whole number",
    Storage.FLAG: "true or false",
    Storage.DATE: "date",
    Storage.TEXTS: "list of texts",
}


def _type_of(spec: FieldSpec) -> str:
    if spec.choices is not None:
        return "one of " + listed(choice.value for choice in spec.choices)
    words = _WORDS[spec.storage]
    rule: Any = spec.rule
    if spec.storage is Storage.TEXT and rule is not None:
        return f"{words}, at most {rule.longest:,} characters"
    if rule is not None:
        is_open = rule.at_most == float("inf")
        bounds = (
            f"{rule.at_least:g} or more" if is_open else f"{rule.at_least:g} to {rule.at_most:g}"
        )
        return f"{words}, {bounds}"
    return words


def _default(value: object) -> str:
    if value is dataclasses.MISSING:
        return "**needed**"
    if isinstance(value, Enum):
        return f"`{value.value}`"
    return "empty" if value in ("", ()) else "unknown" if value is None else f"{value!s}".lower()


# --- settings, commands, errors ----------------------------------------------------------


def settings() -> str:
    """Every setting, with the sentence that stands under it in the code."""
    meaning = dict(_attribute_docs(Settings))
    lines = []
    for name, field in Settings.model_fields.items():
        lines.append(f"## GOFAR_{name.upper()}\n\n{prose(meaning[name])}\n\n{_setting(field)}\n")
    return "\n".join(lines)


def _setting(field: Any) -> str:
    if field.default_factory is not None:
        return "Default: worked out at start."
    value = field.default
    secret = getattr(value, "get_secret_value", None)
    text = str(secret() if secret else value)
    return f"Default: `{text}`." if text else "Default: nothing."


def _attribute_docs(owner: type) -> Iterator[tuple[str, str]]:
    """Yield the fields of a class that are followed by a string, with that string."""
    tree = ast.parse(inspect.getsource(owner))
    assert isinstance(tree.body[0], ast.ClassDef)
    body = tree.body[0].body
    for field, after in pairwise(body):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, text


def commands() -> str:
    """Every command with its arguments and options, from its help."""
    parent = click.Context(gofar, info_name="gofar")
    return "\n".join(
        part for command in gofar.commands.values() for part in _commands(command, parent)
    )


def _commands(command: click.Command, parent: click.Context) -> Iterator[str]:
    """Yield a command, and those of a group after it."""
    yield _command(command, parent)
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=command.name, parent=parent)
        for each in command.commands.values():
            yield from _commands(each, context)


def _command(command: click.Command, parent: click.Context) -> str:
    context = click.Context(command, info_name=command.name, parent=parent)
    usage = command.get_usage(context).removeprefix("Usage: ")
    rows = [
        (_option(option), _effect(option))
        for option in command.params
        if isinstance(option, click.Option)
    ]
    help_text = prose(inspect.cleandoc(command.help or ""))
    return "\n".join(
        [
            f"## {context.command_path}\n",
            f"{help_text}\n",
            f"```text\n{' '.join(usage.split())}\n```\n",
            table(["option", "what it does"], rows) if rows else "It has no options.\n",
        ]
    )


def _option(option: click.Option) -> str:
    if option.is_flag:
        return listed(option.opts)
    word = option.metavar or ("NUMBER" if isinstance(option.type, click.IntRange) else "FILE")
    word = "ADDRESS" if option.type is click.STRING and not option.metavar else word
    return listed(f"{name} {word}" for name in option.opts)


def _effect(option: click.Option) -> str:
    parts = [option.help or ""]
    if isinstance(option.type, click.IntRange):
        parts.append(f"From {option.type.min:,} to {option.type.max:,}.")
    if option.show_default:
        parts.append(f"Default: {option.default}.")
    return " ".join(filter(None, parts))


def error_tree() -> str:
    """The tree of errors as the code draws it."""
    text = inspect.getdoc(graph.errors) or ""
    drawn = text.partition("::\n")[2].partition("\n\nAn inner layer")[0]
    return f"```text\n{inspect.cleandoc(drawn).strip()}\n```"


def errors() -> str:
    """Every class of error with its exit code and HTTP status."""
    return table(
        ["error", "what it means", "exit code", "page"],
        (
            (
                f"`{error.__name__}`",
                described(error).partition("\n")[0],
                str(_nearest(error, EXIT_CODES, lambda known: known.__name__)),
                str(_nearest(error, web.errors.STATUSES, lambda known: known)),
            )
            for error in _family(GofarError)
        ),
    )


def _family(error: type[GofarError]) -> Iterator[type[GofarError]]:
    yield error
    for child in sorted(error.__subclasses__(), key=_where):
        yield from _family(child)


def _where(error: type[GofarError]) -> tuple[bool, str, int]:
    """Sort as they are written: which module was imported first must not show."""
    module = error.__module__
    return module != "graph.errors", module, inspect.getsourcelines(error)[1]


def _nearest(error: type, known: Any, key: Callable[[type], object]) -> object:
    return next(known[key(each)] for each in error.__mro__ if key(each) in known)


# --- import formats and words ------------------------------------------------------------


def sources() -> str:
    """Every source with what it is and the columns that it knows."""
    return "\n".join(_source(source) for source in SOURCES)


def _source(source: Any) -> str:
    lines = [f"## {source.name}\n", f"{source.title[:1].upper()}{source.title[1:]}.\n"]
    lines.append(f"{described(inspect.getmodule(source))}\n")
    for title, columns in column_lists(source):
        rows = [(f"`{name}`", listed(others)) for name, others in columns.items()]
        lines += [f"### {source.name}: {title}\n", table(["column", "also understood"], rows)]
    return "\n".join(lines)


Columns = Mapping[str, Sequence[str]]


def column_lists(source: object) -> Iterator[tuple[str, Columns]]:
    """Yield the column lists of a source: title, and each column with its other names.

    They are the public constants that are such mappings in the source's module and in those beside
    it whose names go on from its own (``history``, ``history_tables``).
    """
    if isinstance(source, Template):
        for sheet in SHEETS:
            yield sheet.title, {title: others for _, title, others, _ in sheet.columns}
        return
    stem = type(source).__module__
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith(stem)]
    for name, value in (item for module in modules for item in vars(module).items()):
        if name.isupper() and not name.startswith("_") and _is_columns(value):
            yield name.lower().replace("_", " "), value


def _is_columns(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(names, tuple) for names in value.values())


def exports() -> str:
    """Every format that the network can be written in."""
    return table(
        ["format", "what it is", "written as", "what it is good for"],
        (
            (f"`{each.name}`", each.title, listed(each.files or (each.suffix,)), each.note)
            for each in EXPORTS
        ),
    )


def drawn_networks() -> str:
    """What the types and columns of drawn networks are taken for."""
    types = table(
        ["kind", "types of nodes"], ((kind, listed(words)) for kind, words in TYPES.items())
    )
    columns = table(
        ["column", "also understood"],
        ((f"`{name}`", listed(others)) for name, others in COLUMNS.items()),
    )
    return f"{types}\n{columns}"


def template_sheets() -> str:
    """The sheets of our template: what to write in each column."""
    return "\n".join(
        f"### {sheet.title}\n\n"
        + table(
            ["column", "what to write"],
            ((title, help_text) for _, title, _, help_text in sheet.columns),
        )
        for sheet in sorted(SHEETS, key=lambda each: (each.kind != "organisations", each.title))
    )


_LIMITS = {
    "FILE_BYTES": "bytes in one file of text or JSON",
    "WORKBOOK_BYTES": "bytes in one workbook, packed, or one GEXF or GraphML file",
    "FILES": "files in one import",
    "COLUMNS": "columns in one table",
    "ROWS": "rows in one table of text",
    "SHEET_ROWS": "rows in one sheet of a workbook",
    "CELL_CHARACTERS": "characters in one cell",
    "LINE_CHARACTERS": "characters in one line of a CSV file",
    "ITEM_CHARACTERS": "characters in one item of a JSON list",
    "XML_DEPTH": "XML elements within each other",
    "ZIP_ENTRIES": "parts in one workbook",
    "UNPACKED_BYTES": "bytes in one workbook, unpacked",
    "UNPACK_RATIO": "times that a workbook may grow when unpacked",
    "CHILD_BYTES": "bytes of memory for taking a workbook apart",
    "CHILD_SECONDS": "seconds for taking a workbook apart",
}


def limits() -> str:
    """How much may be imported at a time."""
    found = {
        name: value
        for name, value in vars(reading_limits).items()
        if name.isupper() and isinstance(value, int)
    }
    return table(
        ["at most", "what"],
        (
            (f"{value:,}", _LIMITS.get(name, name.lower().replace("_", " ")))
            for name, value in found.items()
        ),
    )


def words(vocabulary: Any) -> str:
    """Every term of a vocabulary, with what else is understood and the broader term."""
    rows = (
        (
            term.label,
            "; ".join(word for word in term.synonyms if not _CODE.fullmatch(word)),
            vocabulary.term(term.parent).label if term.parent else "",
        )
        for term in vocabulary
    )
    made = table(["write", "or", "part of"], rows)
    # Right as they are, but not in the spelling checker's dictionary.
    return re.sub(r"^(.*\b(?:creche|NEET)\b.*)$", r"\1 <!-- codespell:ignore -->", made, flags=re.M)


def groupings() -> str:
    """Every county and grouping of places, with what else is understood and its authorities."""
    known = graph.vocabulary.places()
    rows = (
        (
            place.label,
            "; ".join(word for word in place.synonyms if not _GSS.fullmatch(word)),
            "; ".join(
                known.term(inner).label
                for inner in place.members or [child.id for child in known.children(place.id)]
            ),
        )
        for place in known
        if place.kind not in {"local authority", "region", "nation", "country"}
    )
    return table(["write", "or", "made of"], rows)


TABLES: dict[str, Callable[[], str]] = {
    "signals": signals,
    "one-sidedness": one_sidedness,
    "learned-features": learned_features,
    "backtest": backtest,
    "baselines": baselines,
    "metrics": metrics,
    "nodes": nodes,
    "relationships": relationships,
    "entries": entries,
    "provenance": provenance,
    "visibility": visibility,
    "settings": settings,
    "commands": commands,
    "error-tree": error_tree,
    "errors": errors,
    "sources": sources,
    "template": template_sheets,
    "limits": limits,
    "drawn-networks": drawn_networks,
    "exports": exports,
    "capabilities": lambda: words(graph.vocabulary.capabilities()),
    "communities": lambda: words(graph.vocabulary.communities()),
    "themes": lambda: words(graph.vocabulary.themes()),
    "groupings": groupings,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
