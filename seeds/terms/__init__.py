"""Terms of the vocabularies: as nodes of the network, and as read out of people's own words."""

from seeds.terms.inference import Inference, Inferred, infer
from seeds.terms.nodes import (
    VOCABULARY_SOURCE,
    TermKind,
    vocabulary,
    vocabulary_node,
    with_ancestors,
)
from seeds.terms.similarity import suggest
from seeds.terms.ties import inferred_ties
from seeds.terms.unmapped import UnmappedWord, unmapped

__all__ = [
    "VOCABULARY_SOURCE",
    "Inference",
    "Inferred",
    "TermKind",
    "UnmappedWord",
    "infer",
    "inferred_ties",
    "suggest",
    "unmapped",
    "vocabulary",
    "vocabulary_node",
    "with_ancestors",
]
