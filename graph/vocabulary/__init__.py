"""The words organisations are described with: capabilities, themes, communities and places."""

from graph.vocabulary.vocabulary import (
    Place,
    Term,
    Vocabulary,
    capabilities,
    communities,
    places,
    themes,
)

__all__ = ["Place", "Term", "Vocabulary", "capabilities", "communities", "places", "themes"]
