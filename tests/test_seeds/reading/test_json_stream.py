from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableFile
from seeds.reading import json_stream
from seeds.reading.json_stream import read_items

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(items=st.lists(values, max_size=8), indent=st.sampled_from([None, 2]))
def test_items_come_as_json_loads_gives_them(
    items: list[Any], indent: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    document = {"before": {"x": [1]}, "grants": items, "after": 3}
    path.write_text(json.dumps(document, indent=indent), encoding="utf-8")

    found = list(read_items(path))

    assert [item for key, item in found if key == "grants"] == items
    assert ("before", {"x": [1]}) in found
    assert ("after", 3) in found


def test_an_item_may_be_cut_anywhere_by_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [{"a": 'é\\"x' * n, "b": [n, -1.5e3, True, None]} for n in range(40)]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    for chunk in range(1, 40):
        monkeypatch.setattr(json_stream, "_CHUNK", chunk)

        assert [item for _, item in read_items(path)] == items


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"grants": [1, 2', "line 1, column 17"),
        ('{"grants":\n [1,\n 2 3]}', "line 3, column 4"),
        ('{"a" 1}', "line 1, column 6"),
        ("{a: 1}", "line 1, column 2"),
        ('[{"a": tru}]', "line 1, column 8"),
    ],
)
def test_the_place_of_a_mistake_is_named(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableFile, match=place):
        list(read_items(path))
