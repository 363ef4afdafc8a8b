"""Names as they are compared: without case, accents, punctuation and legal forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["normalised", "slug"]

_LEGAL = frozenset(
    {"the", "ltd", "limited", "cio", "scio", "cic", "plc", "llp", "inc", "incorporated"}
    | {"company", "co", "charity", "registered", "uk"}
)
_SPELT_OUT = {
    "&": "and",
    "ctr": "centre",
    "center": "centre",
    "assoc": "association",
    "assn": "association",
    "comm": "community",
    "soc": "society",
    "st": "saint",
}
_WORDS = re.compile(r"[^\W_]+|&")


@lru_cache(maxsize=100_000)
def normalised(name: str) -> str:
    """Return the words that tell a body from another, in order; all words if none would be left."""
    folded = unicodedata.normalize("NFKD", name.casefold().replace("'", "").replace("’", ""))
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    words = [_SPELT_OUT.get(word, word) for word in _WORDS.findall(bare)]
    telling = [word for word in words if word not in _LEGAL and word != "and"]
    return " ".join(telling or words)


def slug(text: str, longest: int = 80) -> str:
    """Return text as part of an id: lower-case words joined by hyphens, accents left out."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return "-".join(re.findall(r"[^\W_]+", bare))[:longest].strip("-")
