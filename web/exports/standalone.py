"""A neighbourhood as one HTML file that opens anywhere, without gofar and without a network.

pyvis draws it. Its output is ours only after cleaning: it links two files of a stranger's server,
writes headings unescaped and shows titles with ``href`` in them as HTML. The pinned version's
marks are checked one by one, so that a change of its template is an error and not a leak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape
from pyvis.network import Network as Drawing

from matching.layout import ring_layout
from matching.neighbourhood import Neighbour, Neighbourhood
from reports.render.svg.labels import fitted
from web.map.present import TieRow

__all__ = ["MOST_NODES", "MOST_TIES", "standalone_page"]

MOST_NODES = 2_000
MOST_TIES = 3_000

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_STYLE = """
body { margin: 0 auto; max-width: 75rem; padding: 1rem; font: 1rem/1.4 arial, sans-serif; }
#mynetwork { float: none !important; box-sizing: border-box; }
table { width: 100%; margin: 1rem 0 2rem; border-collapse: collapse; }
caption { padding: .5rem 0; font-weight: bold; text-align: left; }
th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #b1b4b6; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
"""
_STEPS = {0: "in focus", 1: "partner", 2: "partner of a partner"}
_TEAL, _PLUM, _GREY = "#0f6460", "#6b2f5e", "#5f7486"
_COLOURS = {0: (_PLUM, _PLUM), 1: (_TEAL, _TEAL)}
_FURTHER = ("#ffffff", _TEAL)
"""Fill and line of those further out; pictures in the app look the same."""

_SPREAD = (1.35, 1.6)
_LABEL_ROOM = 190

_STRANGERS = re.compile(r"<link\s[^>]*?/>|<script\s+src=.*?</script>", re.DOTALL)
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADINGS = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=\S+", re.MULTILINE)


def standalone_page(around: Neighbourhood, rows: Sequence[TieRow]) -> str:
    """Return the page: a map to drag and zoom, and tables with the same organisations and ties."""
    name = around.nodes[0].name
    if len(around.nodes) > MOST_NODES:
        raise ValueError(f"{len(around.nodes)} organisations are too many for one file")
    html = _cleaned(_drawn(around, rows))
    shown = (
        f"{around.shown} of {around.total} organisations and {len(rows)} of {around.tie_total} "
        "ties are shown. Drag to move, scroll or pinch to zoom; the tables below say the same."
    )
    title = escape(f"Neighbourhood of {name}")
    head = f"<title>{title}</title><style>{_STYLE}</style></head>"
    intro = Markup("<body><main><h1>Neighbourhood of <bdi>{}</bdi></h1><p>{}</p>").format(
        name, shown
    )
    marks: dict[str, str] = {
        "<html>": '<!DOCTYPE html>\n<html lang="en-GB">',
        '<meta charset="utf-8">': (
            '<meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
        ),
        "</head>": head,
        "<body>": intro,
        '<div id="mynetwork" class="card-body">': (
            '<div id="mynetwork" role="img" aria-label="Map; the tables below say the same">'
        ),
        "</body>": Markup("{}</main></body>").format(_tables(around, rows)),
    }
    for mark, ours in marks.items():
        html = _replaced(html, mark, ours)
    return html


def _drawn(around: Neighbourhood, rows: Sequence[TieRow]) -> str:
    drawing = Drawing(height="700px", width="100%", cdn_resources="in_line")
    positions = ring_layout(around) * _SPREAD
    for number, (node, (x, y)) in enumerate(zip(around.nodes, positions.tolist(), strict=True)):
        drawing.add_node(
            number,
            label=fitted(node.name, _LABEL_ROOM, 14),
            title=_plain(f"{node.name}, {_what(node)}"),
            x=x,
            y=y,
            shape="dot" if node.step else "square",
            size=8 if node.step else 14,
            color=dict(
                zip(("background", "border"), _COLOURS.get(node.step, _FURTHER), strict=True)
            ),
            borderWidth=2,
            physics=False,
        )
    for tie, row in zip(around.ties, rows, strict=True):
        told = _plain(f"{row.first_name} and {row.second_name}: {row.how}")
        drawing.add_edge(
            tie.first, tie.second, title=told, dashes=tie.is_inferred, color=_GREY, width=1
        )
    drawing.toggle_physics(False)
    drawing.options.edges.smooth.enabled = False
    return str(drawing.generate_html(notebook=False))


def _what(node: Neighbour) -> str:
    step = _STEPS.get(node.step, f"{node.step} steps away")
    return step if node.is_open else f"{step}, closed"


def _plain(text: str) -> str:
    """Return a title that neither pyvis nor vis-network can take for HTML."""
    text = text.replace("<", "\u2039").replace(">", "\u203a")
    return re.sub("href", "h-ref", text, flags=re.IGNORECASE)


def _cleaned(html: str) -> str:
    start, end = html.rindex("</script>", 0, html.index("<center>")), html.index("</head>")
    head = html[start:end]
    for pattern in (_COMMENTS, _STRANGERS, _HEADINGS):
        head = pattern.sub("", head)
    return _SOURCE_MAP.sub("", html[:start]) + head + html[end:]


def _replaced(html: str, mark: str, ours: str) -> str:
    """Replace the one place where the drawing has ``mark``, outside the library it carries."""
    before, found, after = html.partition(mark) if mark in html[:200] else html.rpartition(mark)
    if not found:
        raise ValueError(f"pyvis has changed: {mark!r} is not in its page")
    return "".join((before, ours, after))


def _tables(around: Neighbourhood, rows: Sequence[TieRow]) -> Markup:
    organisations = [(node.name, _what(node)) for node in around.nodes]
    ties = [
        (row.first_name, row.second_name, row.how, row.sources, "yes" if row.is_inferred else "no")
        for row in rows
    ]
    return _table("Organisations", ("Organisation", "What it is"), organisations) + _table(
        "Ties", ("Between", "And", "How", "Source", "Inferred"), ties
    )


def _table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    titles = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in header)
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(escape(cell)) for cell in row)
        )
        for row in rows
    )
    return Markup(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(caption, titles, lines)
