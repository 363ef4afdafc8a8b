"""Terms of the vocabularies as nodes of the network."""

from seeds.terms.nodes import (
    VOCABULARY_SOURCE,
    TermKind,
    vocabulary,
    vocabulary_node,
    with_ancestors,
)

__all__ = [
    "VOCABULARY_SOURCE",
    "TermKind",
    "vocabulary",
    "vocabulary_node",
    "with_ancestors",
]
