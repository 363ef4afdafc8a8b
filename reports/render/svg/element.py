"""SVG as safe markup: every text and attribute is escaped, nothing carries a style or a script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

__all__ = ["anchor", "element", "number", "picture", "plain_id"]

Value = str | int | float

_ELEMENTS = frozenset(
    {"a", "circle", "defs", "desc", "g", "line", "path", "pattern", "rect", "svg", "text", "title"}
)
_WORD = re.compile(r"\w+")
_NOT_FOR_IDS = re.compile(r"[^a-z0-9-]+")


def element(tag: str, *children: str, **attributes: Value | None) -> Markup:
    """Return one SVG element; plain text among ``children`` is escaped, markup stays.

    ``stroke_width`` becomes ``stroke-width``, ``class_`` becomes ``class``; None leaves an
    attribute out. Style and event attributes are refused: the page's policy forbids them.
    """
    if tag not in _ELEMENTS:
        raise ValueError(f"{tag!r} is not an element that we draw with")
    written = Markup("").join(
        Markup(' {}="{}"').format(_attribute(name), number(value))
        for name, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{}{}>{}</{}>").format(Markup(tag), written, inside, Markup(tag))  # noqa: S704


def anchor(href: str, seen: str, label: str, *children: str) -> Markup:
    """Return a link into our own pages; ``label`` is what a screen reader says for it.

    ``seen`` is the text shown in the link. Who steers by voice says what they see, so it comes
    first in the label where the label doesn't hold it word for word.
    """
    if not href.startswith("/") or href.startswith(("//", "/\\")):
        raise ValueError(f"{href!r} does not lead to one of our own pages")
    label = " ".join(label.split())
    if not _holds(label, seen):
        label = f"{seen} {label}"
    return element("a", Markup(" ").join(children), href=href, aria_label=label)


def _holds(label: str, seen: str) -> bool:
    words, wanted = _WORD.findall(label), _WORD.findall(seen)
    return any(
        words[start : start + len(wanted)] == wanted
        for start in range(len(words) - len(wanted) + 1)
    )


def picture(
    key: str,
    title: str,
    description: str,
    box: tuple[float, float, float, float],
    children: Iterable[str],
    *,
    has_links: bool = False,
    fits: bool = False,
) -> Markup:
    """Return a whole picture; ``box`` is its left, top, width and height.

    ``key`` keeps its ids apart from those of other pictures on the page. A picture with links in
    it is a group: assistive technology does not look for links inside an image.
    One that ``fits`` shrinks to the width there is; any other keeps the size of its letters.
    """
    title_id, description_id = f"{plain_id(key)}-title", f"{plain_id(key)}-description"
    return element(
        "svg",
        element("title", title, id=title_id),
        element("desc", description, id=description_id),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(number(side) for side in box),
        width=box[2],
        height=box[3],
        class_="gofar-picture gofar-picture--fits" if fits else "gofar-picture",
        role="group" if has_links else "img",
        aria_labelledby=f"{title_id} {description_id}",
    )


def number(value: Value) -> str:
    """Return an attribute's value as text; lengths are rounded to a tenth of a pixel."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def plain_id(key: str) -> str:
    """Return ``key`` as it may stand in an id: small letters, digits and hyphens."""
    return _NOT_FOR_IDS.sub("-", key.casefold()).strip("-") or "picture"


def _attribute(name: str) -> str:
    plain = name.rstrip("_").replace("_", "-")
    if plain == "style" or plain.startswith("on"):
        raise ValueError(f"{plain!r} is not allowed by the content security policy")
    return plain
