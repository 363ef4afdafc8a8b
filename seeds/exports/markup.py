"""Text as it stands in XML: nothing that ends a value early, nothing that parsers tidy away."""

from __future__ import annotations

from html import escape

from graph.model import NODE_KINDS, RELATIONSHIP_KINDS, Node, Relationship, Storage
from seeds.interchange.facts import KIND, columns_of, text_of, values_of
from seeds.interchange.spelling import XML

__all__ = ["NODE_COLUMNS", "TIE_COLUMNS", "cells_of", "spelt"]

# Parsers turn these into spaces, or into one sort of line end, unless they are written so.
_REFERENCES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
_TYPES = {Storage.NUMBER: "double", Storage.COUNT: "long", Storage.FLAG: "boolean"}


def _typed(columns: dict[str, Storage]) -> dict[str, str]:
    known = {name: _TYPES.get(storage, "string") for name, storage in columns.items()}
    return {KIND: "string", **known}


NODE_COLUMNS = _typed(columns_of(NODE_KINDS))
TIE_COLUMNS = _typed(columns_of(RELATIONSHIP_KINDS))
"""Each column with its type, for which GraphML and GEXF have the same words."""


def spelt(text: str) -> str:
    """Return any text of the model as it stands in an element or between quotation marks."""
    return _escaped(XML.write(text))


def cells_of(fact: Node | Relationship) -> dict[str, str]:
    """Return the values of a fact by column, as they stand in the file."""
    values = {name: text_of(value, XML) for name, value in values_of(fact).items()}
    return {KIND: fact.kind} | {name: _escaped(text) for name, text in values.items()}


def _escaped(text: str) -> str:
    return escape(text).translate(_REFERENCES)
