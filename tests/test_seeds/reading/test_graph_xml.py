"""GEXF and GraphML are read under guard: nothing is expanded, fetched or built deep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError, LimitExceeded, UnreadableFile, UnsupportedFormat
from graph.stores import open_store
from import_files import content, preview
from seeds.problems import Skipped
from seeds.reading.formats import Format, format_of
from seeds.reading.graph_parts import Element, Link
from seeds.reading.graph_xml import read_graph

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
NODE = '<node id="a"/>'


def laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    doctype = f"<!DOCTYPE graphml [{''.join(lines)}]>"
    return f'{doctype}{GRAPHML}<graph><node id="&a9;"/></graph></graphml>'.encode()


def xxe(secret: str) -> bytes:
    doctype = f'<!DOCTYPE gexf [<!ENTITY x SYSTEM "file://{secret}">]>'
    return f'{doctype}<gexf><graph><nodes><node id="&x;"/></nodes></graph></gexf>'.encode()


def late_doctype() -> bytes:
    return b"<!--" + b" <graphml> " * 2_000 + b"-->" + laughs()


def nested() -> bytes:
    return f"{GRAPHML}<graph>".encode() + b"<node id='a'><graph>" * 1_000_000


def long_value() -> bytes:
    keys = '<key id="d" for="node" attr.name="note"/>'
    return f'{GRAPHML}{keys}<graph><node id="a"><data key="d">{"x" * 200_000}'.encode()


def long_attribute() -> bytes:
    head = '<gexf><graph><attributes class="node"><attribute id="0" title="t"/></attributes><nodes>'
    value = f'<attvalue for="0" value="{"x" * 200_000}"/>'
    return (
        f'{head}<node id="a"><attvalues>{value}</attvalues></node></nodes></graph></gexf>'.encode()
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], type[InputError], str]] = {
    "billion laughs": (laughs, UnsupportedFormat, "document type or an entity"),
    "external entity": (lambda: xxe("/etc/hostname"), UnsupportedFormat, "document type"),
    "doctype behind a long comment": (late_doctype, InputError, "document type"),
    "a million nested tags": (nested, LimitExceeded, "100 elements within each other"),
    "a long value": (long_value, LimitExceeded, "100,000 characters in a value"),
    "a long attribute": (long_attribute, LimitExceeded, "100,000 characters in a value"),
    "cut off": (f"{GRAPHML}<graph>\n{NODE}\n<no".encode, UnreadableFile, "line 3"),
    "wrong end": (f"{GRAPHML}</graph>".encode, UnreadableFile, "mismatched tag"),
    "a reference to no character": (
        f'{GRAPHML}<graph><node id="&#0;"/></graph></graphml>'.encode,
        UnreadableFile,
        "invalid character",
    ),
    "an unknown encoding": (
        f'<?xml version="1.0" encoding="klingon"?>{GRAPHML}</graphml>'.encode,
        UnreadableFile,
        "encoding",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_graph_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    make, error, words = HOSTILE[name]
    path = tmp_path / "network.graphml"
    path.write_bytes(make())
    with open_store("sqlite:///:memory:") as store:
        before = content(store)
        with pytest.raises(error, match=words) as caught:
            preview(path, store)
        assert "network.graphml" in str(caught.value)
        assert content(store) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_graph_is_known_by_its_root_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "data.txt"
    path.write_text(f"<!-- made -->\n{GRAPHML}<graph>{NODE}</graph></graphml>", encoding=encoding)
    assert format_of(path) is Format.GRAPH
    (found,) = read_graph(path)
    assert isinstance(found, Element)
    assert (found.id, found.where.row) == ("a", 2)


@pytest.mark.parametrize("text", ["<svg/>", "<?xml version='1.0'?><graph/>", "<html><graphml>"])
def test_other_xml_is_still_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(text, encoding="utf-8")
    if "<html" in text:
        with pytest.raises(InputError), open_store("sqlite:///:memory:") as store:
            preview(path, store)
        return
    with pytest.raises(UnsupportedFormat, match="is XML"):
        format_of(path)


def test_graphml_defaults_labels_of_yed_and_hyperedges_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "yed.graphml"
    path.write_text(
        f"""{GRAPHML}
        <key id="k" for="node" attr.name="Type"><default>Charity</default></key>
        <key id="g" for="node" yfiles.type="nodegraphics"/>
        <key id="w" for="edge" attr.name="label"/>
        <graph edgedefault="undirected">
        <node id="n0"><data key="g"><y:ShapeNode xmlns:y="http://www.yworks.com/xml/graphml">
          <y:NodeLabel>Mill &amp; Co</y:NodeLabel></y:ShapeNode></data></node>
        <node id="n1"><data key="k">Theme</data><data key="unknown">x</data></node>
        <edge source="n0" target="n1"><data key="w">works on</data></edge>
        <hyperedge><endpoint node="n0"/></hyperedge>
        </graph></graphml>""",
        encoding="utf-8",
    )
    first, second, link, skipped = read_graph(path)
    assert isinstance(first, Element)
    assert (first.label, first.type, dict(first.attributes)) == (
        "Mill & Co",
        "Charity",
        {},
    )
    assert isinstance(second, Element)
    assert second.type == "Theme"
    assert isinstance(link, Link)
    assert (link.source, link.target, link.attributes["label"]) == ("n0", "n1", "works on")
    assert isinstance(skipped, Skipped)


def test_gexf_of_an_old_version_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "old.gexf"
    path.write_text(
        """<gexf xmlns="http://www.gexf.net/1.1draft"><graph>
        <attributes class="node"><attribute id="0" title="type"/></attributes>
        <attributes class="edge"><attribute id="0" title="kind"/></attributes>
        <nodes><node id="a" label="A"><attvalues><attvalue id="0" value="Skill"/></attvalues>
        <nodes><node id="b" label="B" start="2020"/></nodes></node></nodes>
        <edges><edge id="0" source="a" target="b" weight="2.0" kind="uses"/></edges>
        </graph></gexf>""",
        encoding="utf-8",
    )
    parts = list(read_graph(path))
    elements = {part.id: part for part in parts if isinstance(part, Element)}
    (link,) = (part for part in parts if isinstance(part, Link))
    assert (elements["a"].label, elements["a"].type) == ("A", "Skill")
    assert elements["b"].attributes == {"start": "2020"}
    assert (link.type, link.attributes) == ("uses", {"weight": "2.0"})
