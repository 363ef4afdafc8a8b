"""The words of a report that a coordinator may write anew before it is published.

A block is one piece of text, named as in ``finding.no-provider.headline``. Words never reach a
figure, a table, a chart or a definition: numbers stay as they were counted. Text is plain, and a
blank line begins a paragraph.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.errors import quoted
from reports.errors import InvalidWords
from reports.report import Finding, Report, Section, Withheld

__all__ = [
    "NO_WORDS",
    "Words",
    "apply_words",
    "blocks",
    "check_words",
    "fitting_words",
    "read_words",
    "write_words",
]

_LONGEST_LINE = 200
_LONGEST_TEXT = 5_000
_LINES = (".headline", ".title")
_REMEDY = "Give the JSON of words that gofar has written."


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by block, in order of the block's id."""

    texts: tuple[tuple[str, str], ...] = ()

    def get(self, block: str, default: str) -> str:
        """Return the text for a block, or ``default`` where its words are not edited."""
        return dict(self.texts).get(block, default)


NO_WORDS = Words()


def blocks(report: Report) -> dict[str, str]:
    """Return every block whose words may be edited, with the words that it has, in order."""
    found = {
        "report.title": report.settings.title,
        "report.introduction": report.introduction,
    }
    for section in report.sections:
        for finding in section.findings:
            found.setdefault(f"finding.{finding.id}.headline", finding.headline)
            found.setdefault(f"finding.{finding.id}.detail", finding.detail)
        found[f"section.{section.id}.lead"] = section.lead
        found[f"section.{section.id}.comment"] = section.comment
    return found


def check_words(report: Report, texts: Mapping[str, str]) -> Words:
    """Return the words for a report; those that change nothing are left out.

    Raises InvalidWords on an unknown block, a text that is too long, and an empty line.
    """
    known = blocks(report)
    kept: list[tuple[str, str]] = []
    for block, given in sorted(texts.items()):
        if block not in known:
            raise InvalidWords(
                block, "the report has no such part", remedy="Load the draft again and repeat."
            )
        text = _cleaned(block, given)
        if text != known[block].strip():
            kept.append((block, text))
    return Words(tuple(kept))


def fitting_words(report: Report, texts: Mapping[str, str]) -> Words:
    """Return those of words written for one version of a report that fit another.

    The public version can lack a finding. Where it withholds a figure of one, words written for
    everybody else could say that figure, so its own words stay.
    """
    hidden = {figure.id for figure in report.figures if isinstance(figure.value, Withheld)}
    kept = {
        f"finding.{finding.id}.{part}"
        for section in report.sections
        for finding in section.findings
        if report.settings.is_public and hidden.intersection(finding.figures)
        for part in ("headline", "detail")
    }
    known = blocks(report).keys() - kept
    return check_words(
        report, {block: _cut(block, text) for block, text in texts.items() if block in known}
    )


def apply_words(report: Report, words: Words) -> Report:
    """Return the report in these words, each edited block named in ``edited``; see check_words."""
    checked = check_words(report, dict(words.texts))
    if not checked.texts:
        return report
    return replace(
        report,
        settings=replace(report.settings, title=checked.get("report.title", report.settings.title)),
        introduction=checked.get("report.introduction", report.introduction),
        sections=tuple(_section(section, checked) for section in report.sections),
        edited=tuple(sorted({*report.edited, *dict(checked.texts)})),
    )


def write_words(words: Words) -> str:
    """Return words as JSON."""
    return json.dumps(dict(words.texts), sort_keys=True, ensure_ascii=False)


def read_words(text: str) -> Words:
    """Return the words that :func:`write_words` was given; raises InvalidWords."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidWords("", f"this is not JSON ({error})", remedy=_REMEDY) from error
    if not isinstance(found, dict):
        raise InvalidWords("", f"{quoted(found)} is not an object", remedy=_REMEDY)
    for block, words in found.items():
        if not isinstance(words, str):
            raise InvalidWords(block, f"{quoted(words)} is not text", remedy=_REMEDY)
    return Words(tuple(sorted(found.items())))


def _section(section: Section, words: Words) -> Section:
    return replace(
        section,
        lead=words.get(f"section.{section.id}.lead", section.lead),
        comment=words.get(f"section.{section.id}.comment", section.comment),
        findings=tuple(_finding(finding, words) for finding in section.findings),
    )


def _finding(finding: Finding, words: Words) -> Finding:
    return replace(
        finding,
        headline=words.get(f"finding.{finding.id}.headline", finding.headline),
        detail=words.get(f"finding.{finding.id}.detail", finding.detail),
    )


def _cut(block: str, text: str) -> str:
    return text[: _LONGEST_LINE if block.endswith(_LINES) else _LONGEST_TEXT]


def _cleaned(block: str, text: str) -> str:
    """Return plain text: no control characters, no spaces at the ends of lines."""
    is_line = block.endswith(_LINES)
    longest = _LONGEST_LINE if is_line else _LONGEST_TEXT
    if len(text) > longest:
        raise InvalidWords(
            block,
            f"{len(text):,} characters, but the limit is {longest:,}",
            remedy="Say it shorter, or put the rest into a comment under a section.",
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    cleaned = "\n".join(
        "".join(each for each in line if unicodedata.category(each) not in {"Cc", "Cs"}).rstrip()
        for line in lines
    ).strip()
    if is_line:
        cleaned = " ".join(cleaned.split())
        if not cleaned:
            raise InvalidWords(block, "it is empty", remedy="Write a line, or leave it as it was.")
    return cleaned
