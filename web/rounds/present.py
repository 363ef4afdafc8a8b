"""Rounds and introductions as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching.gaps.rehearsal import TieEffect
from matching.introductions import Change, Effect, ProposedIntroduction
from matching.rounds import MatchingRound, ProposedPair
from reports.rehearsal_words import tie_change_rows, tie_reasons
from web.meeting_words import apart
from web.wording import NameOf, isolated, number

__all__ = ["PairRow", "effect_rows", "exposure_rows", "introduction_rows", "pair_rows"]

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two organisations, each as (id, name), the score of the pair and a remark.

    ``reasons`` say what introducing them would do, ``changes`` by how much: what, today and then.
    """

    first: Named
    second: Named
    score: float
    remark: str = ""
    reasons: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()


def pair_rows(pairs: Iterable[ProposedPair], name_of: NameOf) -> list[PairRow]:
    """Return the pairs of a round, in the order given."""
    return [
        PairRow(
            first=(pair.first_id, name_of(pair.first_id)),
            second=(pair.second_id, name_of(pair.second_id)),
            score=pair.score,
        )
        for pair in pairs
    ]


def introduction_rows(
    found: Iterable[ProposedIntroduction], effects: Iterable[TieEffect], name_of: NameOf
) -> list[PairRow]:
    """Return introductions, in the order given, with how far apart the two are and why them."""
    by_pair = {(effect.first_id, effect.second_id): effect for effect in effects}

    def named(node_id: str) -> str:
        return isolated(name_of(node_id))

    return [
        PairRow(
            first=(each.first_id, name_of(each.first_id)),
            second=(each.second_id, name_of(each.second_id)),
            score=each.score,
            remark=apart(each),
            reasons=tuple(tie_reasons(by_pair[each.first_id, each.second_id], named)),
            changes=tuple(tie_change_rows(by_pair[each.first_id, each.second_id])),
        )
        for each in found
    ]


def exposure_rows(found: MatchingRound) -> list[tuple[str, str, str]]:
    """Return what to compare, by everybody's own list and in the round."""
    before, after = found.before, found.after
    return [
        ("Never proposed", f"{before.never_share:.1%}", f"{after.never_share:.1%}"),
        (
            "Most often proposed",
            f"{number(before.largest)} times",
            f"{number(after.largest)} times",
        ),
        ("Inequality, from 0 to 1 (Gini)", f"{before.gini:.2f}", f"{after.gini:.2f}"),
    ]


def effect_rows(effect: Effect) -> list[tuple[str, str, str]]:
    """Return what would change: the figure, today and then."""
    return [
        ("Parts without a way between them", *_figures(effect.circles, 0)),
        ("Others that an organisation can reach at all", *_figures(effect.reached, 1)),
        ("Others within two steps of those introduced", *_figures(effect.within_two_steps, 1)),
        ("Steps between two organisations", *_figures(effect.mean_path, 2)),
    ]


def _figures(change: Change, digits: int) -> tuple[str, str]:
    return f"{change.before:,.{digits}f}", f"{change.after:,.{digits}f}"
