"""Refuse to start where another distribution shadows one of our package names.

``graph``, ``matching``, ``seeds`` and ``web`` are words that others use too: pip overwrites one
package with another without a word, and Python imports whichever comes first on its path.
``check_names()`` is therefore the first thing that every start does, before other imports of
ours.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

__all__ = ["OUR_NAMES", "check_names", "intruders"]

OUR_NAMES = ("gofar", "graph", "matching", "reports", "seeds", "web")
REMEDY = "Install gofar by itself: pipx install gofar."


def check_names() -> None:
    """Raise ConfigurationError if one of our names is, or may become, somebody else's."""
    found = intruders(Path(__file__).resolve().parent.parent, sys.path)
    for name, origin in found.items():
        if "graph" in found:  # then our own error class can't be imported either
            sys.exit(f"package name: '{name}' comes from {origin}. {REMEDY}")
        from graph.errors import ConfigurationError  # noqa: PLC0415  after the check, never before

        raise ConfigurationError("package name", name, f"comes from {origin}", remedy=REMEDY)


def intruders(home: Path, path: Sequence[str]) -> dict[str, str]:
    """Return each of our names that isn't only ours, with where it comes from instead.

    ``home`` is the folder that holds all our packages; ``path`` is searched for installed
    distributions that claim one of the names, even where ours comes first at the moment.
    """
    found = _claims(path)
    for name in OUR_NAMES:
        spec = find_spec(name)
        places = (
            [] if spec is None else list(spec.submodule_search_locations or [spec.origin or ""])
        )
        if [Path(place).resolve() for place in places] != [home / name]:
            found.setdefault(name, str(places[0]) if places else "nowhere")
    return found


def _claims(path: Sequence[str]) -> dict[str, str]:
    # importlib.metadata would take three times as long, and every start pays for it.
    claims: dict[str, str] = {}
    for record in (found for folder in path for found in Path(folder).glob("*.dist-info/RECORD")):
        distribution, _, version = record.parent.stem.partition("-")
        text = "\n" + record.read_text(encoding="utf-8", errors="replace")
        for name in OUR_NAMES:
            if distribution != "gofar" and (f"\n{name}/" in text or f"\n{name}.py," in text):
                place = record.parent.parent / name
                claims[name] = f"{distribution.replace('_', '-')} {version} ({place})"
    return claims
