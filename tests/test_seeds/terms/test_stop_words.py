from __future__ import annotations

from seeds.terms.stop_words import BOILERPLATE, STOP_WORDS


def test_the_lists_hold_words_as_texts_are_read() -> None:
    assert {"the", "with"} <= STOP_WORDS
    assert {"charity", "trustees"} <= BOILERPLATE
    assert not STOP_WORDS & BOILERPLATE
    assert all(word.isalpha() and word.islower() for word in STOP_WORDS | BOILERPLATE)
