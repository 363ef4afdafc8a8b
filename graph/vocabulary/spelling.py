"""One form for the many ways in which people write the same word."""

from __future__ import annotations

import unicodedata

__all__ = ["keys_of", "singular", "words_of"]

_APOSTROPHES = str.maketrans("", "", "'’‘\u02bc")
_SINGULAR = {"children": "child", "men": "man", "people": "person", "women": "woman"}


def words_of(text: str) -> list[str]:
    """Split ``text`` into words without case, accents, hyphens or punctuation.

    An ampersand counts as "and", an apostrophe as nothing at all.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", folded).replace("&", " and ")
    return "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    ).split()


def keys_of(text: str) -> tuple[str, ...]:
    """Return the forms under which ``text`` is filed and looked up, strictest first.

    Spaces are left out altogether, because people write foodbank, food-bank and food bank.
    """
    words = words_of(text)
    strict, loose = "".join(words), "".join(map(singular, words))
    return tuple(dict.fromkeys(key for key in (strict, loose) if key))


def singular(word: str) -> str:
    """Return the singular of a folded word, by rules of thumb; most other words as they are."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    return _SINGULAR.get(word, word)
