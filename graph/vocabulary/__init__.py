"""The words organisations are described with: capabilities, themes, communities and places."""

from graph.vocabulary.gazetteer import Place, countries, places
from graph.vocabulary.vocabulary import (
    Term,
    Vocabulary,
    capabilities,
    communities,
    themes,
)

__all__ = [
    "Place",
    "Term",
    "Vocabulary",
    "capabilities",
    "communities",
    "countries",
    "places",
    "themes",
]
