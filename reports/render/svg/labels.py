"""Text in pictures: how wide it is, how it is shortened, and how it breaks into lines."""

from __future__ import annotations

import unicodedata

__all__ = ["fitted", "text_width", "wrapped"]

# Widths in Arial, in thousandths of the font size; what isn't named is as wide as most letters.
_WIDTHS = {
    **dict.fromkeys("ijl'|.,:;!I ", 265),
    **dict.fromkeys('ftr()[]/-"', 335),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUwGOQ", 735),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W%@", 945),
}
_USUAL = 556
_BOLD = 1.07
_LEAST_FILLED = 0.7


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return about how many pixels wide ``text`` is."""
    width = sum(_width(character) for character in text) * size / 1000
    return width * _BOLD if is_bold else width


def fitted(text: str, width: float, size: float, *, is_bold: bool = False) -> str:
    """Return ``text`` on one line, shortened with an ellipsis if it is wider than ``width``.

    It ends between words, unless that would leave more than a third of the room empty.
    """
    plain = " ".join(text.split())
    if text_width(plain, size, is_bold=is_bold) <= width:
        return plain
    room = width - text_width("…", size, is_bold=is_bold)
    kept = ""
    for character in plain:
        room -= text_width(character, size, is_bold=is_bold)
        if room < 0:
            break
        kept += character
    whole = kept if plain[len(kept)] == " " else kept.rpartition(" ")[0]
    if text_width(whole, size, is_bold=is_bold) >= width * _LEAST_FILLED:
        kept = whole
    return kept.rstrip(" ,;:") + "…"


def wrapped(
    text: str, width: float, size: float, lines: int = 2, *, is_bold: bool = False
) -> list[str]:
    """Return ``text`` broken between words into at most ``lines`` lines, the last shortened."""
    words = text.split()
    made: list[str] = []
    while words and len(made) < lines - 1:
        count = 1
        while (
            count < len(words)
            and text_width(" ".join(words[: count + 1]), size, is_bold=is_bold) <= width
        ):
            count += 1
        made.append(fitted(" ".join(words[:count]), width, size, is_bold=is_bold))
        words = words[count:]
    return [*made, fitted(" ".join(words), width, size, is_bold=is_bold)] if words else made


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1000
    return _WIDTHS.get(character, _USUAL)
