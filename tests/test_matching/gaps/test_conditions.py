"""The five conditions: what they come to by hand on twelve organisations, and what always holds."""

from __future__ import annotations

import random
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, network_of, organisation
from conditions_world import DAY, contact, reported, signed, supports, takes_part, twelve
from graph.model import BackboneOf, Goal, Measure, Node, Organisation, Project, Relationship
from matching import Network
from matching.gaps.conditions import PairKind, Part, conditions
from matching.testing.worlds import snapshot_of, without
from seeds.demo import demo_records, demo_truths
from seeds.demo.draft import TODAY


@pytest.fixture(scope="module")
def found():
    return conditions(network_of(*twelve(), as_of=DAY))


def names(ids):
    return "".join(sorted(key.removeprefix("org-") for key in ids))


def test_the_agenda_counts_those_who_signed_and_those_who_only_advance(found):
    # Open: A to J and L, 11. Signed: A, B, C (food), D (work); K is closed, E signs tomorrow.
    # Advance without a signature of their own: E, F. Neither: G, H, I, J, L.
    agenda = found.agenda
    assert agenda.signed == Part(4, 11, 4 / 11)
    assert agenda.advancing == Part(2, 11, 2 / 11)
    assert [names(ids) for ids in (agenda.signed_ids, agenda.advancing_ids)] == ["ABCD", "EF"]
    assert names(agenda.neither_ids) == "GHIJL"


def test_goals_are_told_with_their_signatures_and_the_thin_ones_are_counted(found):
    # food: A, B, C, all three with a role; E advances it. work: D, without a role; F advances it.
    # Fewer than three signatures: work and empty, 2 of 3 goals.
    assert [
        (goal.goal_id, names(goal.signed_by), names(goal.advanced_by), goal.with_role)
        for goal in found.agenda.goals
    ] == [
        ("goal-food", "ABC", "E", 3),
        ("goal-work", "D", "F", 0),
        ("goal-empty", "", "", 0),
    ]
    assert found.agenda.thin_goals == Part(2, 3, 2 / 3)


def test_shared_measurement_counts_running_projects_only(found):
    # Running: open (A), own (D), undated (J), idle (G). Not: over, later, and nobody, in which a
    # closed organisation takes part and A only pays.
    # Shared measures: m-goal serves a goal, m-two has two reporters; m-one has one.
    # open: through A. own: by itself. undated: J reports nothing. idle: G reports m-one only; its
    # value of m-goal is of a day to come.
    measuring = found.measurement
    assert measuring.reporting == Part(2, 4, 0.5)
    assert measuring.by_itself_ids == ("p-own",)
    assert measuring.through_partner_ids == ("p-open",)
    assert measuring.not_reporting_ids == ("p-idle", "p-undated")
    assert measuring.shared_measures == Part(2, 3, 2 / 3)
    assert measuring.dated == Part(3, 4, 0.75)
    # open's last value: 31 March 2026, 91 days old. own's: 31 March 2025, 456 days old.
    assert measuring.fresh == Part(1, 2, 0.5)


def test_who_has_left_a_project_neither_runs_it_nor_reports_for_it():
    left = replace(takes_part("A", "p-open"), ends_on=date(2026, 6, 1))
    kept = [fact for fact in twelve() if fact.id != left.id]
    measuring = conditions(network_of(*kept, left, as_of=DAY)).measurement
    assert "p-open" not in (*measuring.through_partner_ids, *measuring.not_reporting_ids)
    assert measuring.reporting == Part(1, 3, 1 / 3)
    another = conditions(network_of(*kept, left, takes_part("J", "p-open"), as_of=DAY)).measurement
    assert "p-open" in another.not_reporting_ids


def test_a_measure_has_its_values_by_day_and_reporter(found):
    measure = next(each for each in found.measurement.measures if each.measure_id == "m-goal")
    # 31 March 2026: A 10 and B 20, together 30, on average 15. K's value of 2025 stays.
    assert [(day.on, day.count, day.sum, day.mean) for day in measure.days] == [
        (date(2025, 3, 31), 1, 5, 5),
        (date(2025, 12, 31), 1, 8, 8),
        (date(2026, 3, 31), 2, 30, 15),
    ]
    assert names(measure.reporter_ids) == "AB"
    assert [(names([each.reporter_id]), each.value) for each in measure.values] == [
        ("K", 5),
        ("A", 8),
        ("A", 10),
        ("B", 20),
    ]
    assert (measure.goal_ids, measure.unit, measure.days_since_last) == (
        ("goal-food",),
        "people",
        91,
    )


def test_pairs_are_complementary_duplicating_neither_or_unknown(found):
    # Pairs of open partners: AB, BC, AC, DE, EF, GH; AK has a closed end.
    # AB: cook and deliver for one goal: complementary. BC: deliver and cook: complementary.
    # AC: both cook for it; offers {cook, drive} and {cook}: overlap 1 / 1; same theme, people and
    #   place: duplicating.
    # EF: {cook, teach} and {cook, teach, drive}: overlap 2 / 2, all else in common: duplicating.
    # DE: {advise} and {cook, teach}: overlap 0, and nothing in common: neither.
    # GH: {advise} and {drive}, and nothing in common: neither.
    activities = found.activities
    assert activities.complementary == Part(2, 4, 0.5)
    assert activities.judged == Part(6, 6, 1.0)

    def pairs(kind):
        return [names((pair.first_id, pair.second_id)) for pair in activities.pairs(kind)]

    assert pairs(PairKind.COMPLEMENTARY) == ["AB", "BC"]
    assert pairs(PairKind.DUPLICATING) == ["AC", "EF"]
    assert pairs(PairKind.NEITHER) == ["DE", "GH"]
    assert pairs(PairKind.UNKNOWN) == []
    counts = next(activities.pairs(PairKind.DUPLICATING))
    assert (counts.offers_in_common, counts.fewer_offers, counts.goals_with_other_roles) == (
        1,
        1,
        0,
    )
    assert (counts.themes_in_common, counts.communities_in_common, counts.places_in_common) == (
        1,
        1,
        1,
    )


def test_a_pair_of_which_one_has_told_nothing_is_unknown():
    network = network_of(organisation("A"), organisation("B"), collaboration("A", "B"))

    assert conditions(network).activities.judged == Part(0, 1, 0.0)
    assert conditions(network).activities.complementary == Part(0, 0, None)


def test_communication_takes_the_last_contact_of_each_tie(found):
    # AB: 20 June, 10 days (that of January is older). BC: 21 May, 40 days. DE: 12 December, 200.
    # AC, EF: none. GH: yet to come. AL are no partners, AK has a closed end.
    talking = found.communication
    assert talking.median_days == 40
    assert talking.with_contact == Part(3, 6, 0.5)
    assert talking.recent == Part(2, 6, 2 / 6)
    assert (talking.other_pairs, talking.contact_count) == (1, 5)
    assert [(names((tie.first_id, tie.second_id)), tie.days_since) for tie in talking.ties()] == [
        ("AC", None),
        ("EF", None),
        ("GH", None),
        ("DE", 200),
        ("BC", 40),
        ("AB", 10),
    ]


def test_without_a_day_nothing_is_said_of_how_long_ago():
    talking = conditions(network_of(*twelve())).communication

    assert talking.median_days is None
    assert {tie.days_since for tie in talking.ties()} == {None}


def test_the_backbone_is_worth_the_pairs_that_it_alone_connects(found):
    # Others: A to J, 10, 45 pairs. L ties A, D, G, I, and J by its project, so with L all but
    # nobody is cut off: {A B C D E F G H I J}, 45 of 45.
    # Without L: {A B C} 3, {D E F} 3, {G H} 1, I and J alone: 7 of 45; the largest piece 3 of 10.
    support = found.backbone
    assert support.backbone_ids == ("org-L",)
    assert support.with_backbone.reachable == Part(45, 45, 1.0)
    assert support.without_backbone.reachable == Part(7, 45, 7 / 45)
    assert support.dependency == 1 - 7 / 45
    assert support.largest_loss == 1 - 3 / 10
    assert names(support.supported_ids) == "ADGIJ"
    assert support.supported == Part(5, 10, 0.5)
    assert names(support.hanging_ids) == "IJ"
    assert support.hanging == Part(2, 10, 0.2)


def test_support_that_is_over_or_yet_to_begin_is_no_backbone():
    over = replace(supports("A", "org-B"), until=date(2026, 6, 29))
    later = replace(supports("B", "org-C"), since=date(2026, 7, 1))
    network = network_of(*(organisation(name) for name in "ABC"), over, later, as_of=DAY)

    found = conditions(network).backbone

    assert (found.backbone_ids, found.dependency) == ((), None)


def test_nothing_known_gives_no_share_at_all():
    found = conditions(network_of(organisation("A")))

    assert found.agenda.signed == Part(0, 1, 0.0)
    assert found.measurement.reporting == Part(0, 0, None)
    assert found.activities.complementary == Part(0, 0, None)
    assert found.communication.recent == Part(0, 0, None)
    assert (found.backbone.dependency, found.backbone.backbone_ids) == (None, ())


# --- what always holds ---------------------------------------------------------------------

few = settings(max_examples=25)
NAMES = "ABCDEFGH"
ends = st.sampled_from(NAMES)
pairs = st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1])


@st.composite
def worlds(draw):
    """Return a small world with all that the conditions read, some of it closed."""
    closed = draw(st.sets(ends, max_size=3))
    day = st.dates(date(2025, 1, 1), date(2026, 12, 31))
    facts = [
        organisation(name, closed_on=date(2025, 6, 1) if name in closed else None) for name in NAMES
    ]
    facts += [Goal(id=f"g{number}", name="goal", provenance=TOLD) for number in range(2)]
    facts += [Measure(id=f"m{number}", name="measure", provenance=TOLD) for number in range(2)]
    facts += [Project(id=f"p{number}", name="project", provenance=TOLD) for number in range(3)]
    facts += [collaboration(*pair) for pair in draw(st.lists(pairs, max_size=12))]
    for one, other in draw(st.lists(pairs, max_size=6)):
        facts.append(contact(one, other, draw(day)))
    for name in draw(st.lists(ends, max_size=5)):
        role = draw(st.sampled_from(("", "lead", "host")))
        facts.append(signed(name, draw(st.sampled_from(("g0", "g1"))), role, draw(day)))
        facts.append(reported(f"org-{name}", draw(st.sampled_from(("m0", "m1"))), draw(day), 1.5))
        facts.append(takes_part(name, draw(st.sampled_from(("p0", "p1", "p2")))))
    for one, other in draw(st.lists(pairs, max_size=5)):
        facts.append(supports(one, draw(st.sampled_from((f"org-{other}", "p0")))))
    return facts


def parts_of(value):
    if isinstance(value, Part):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from parts_of(getattr(value, each.name))


def figures(found):
    """Return every number of the board that names no organisation."""
    support, talking = found.backbone, found.communication
    return (
        [asdict(part) for part in parts_of(found)],
        support.dependency,
        support.largest_loss,
        talking.median_days,
        talking.other_pairs,
        talking.contact_count,
        found.activities.neither_count,
        found.activities.unknown_count,
    )


def compiled(facts):
    return Network.compile(snapshot_of(facts), as_of=DAY)


@few
@given(worlds())
def test_shares_are_shares_and_the_rows_are_as_many_as_counted(facts):
    found = conditions(compiled(facts))

    for part in parts_of(found):
        assert 0 <= part.count <= part.of
        assert part.share == (part.count / part.of if part.of else None)
    for value in (found.backbone.dependency, found.backbone.largest_loss):
        assert value is None or 0 <= value <= 1
    rows = [len(list(found.activities.pairs(kind))) for kind in PairKind]
    assert sum(rows) == found.communication.recent.of == len(list(found.communication.ties()))
    assert rows[0] == found.activities.complementary_count


@few
@given(worlds(), st.integers(0, 1000))
def test_other_ids_give_the_same_figures(facts, seed):
    ids = sorted({fact.id for fact in facts if isinstance(fact, Node)})
    mixed = random.Random(seed).sample(ids, len(ids))
    other = {key: f"x-{place:02}" for key, place in zip(ids, range(len(ids)), strict=True)}
    other = dict(zip(mixed, other.values(), strict=True))

    def renamed(fact):
        if isinstance(fact, Relationship):
            return replace(fact, id="", from_id=other[fact.from_id], to_id=other[fact.to_id])
        return replace(fact, id=other[fact.id])

    assert figures(conditions(compiled([renamed(fact) for fact in facts]))) == figures(
        conditions(compiled(facts))
    )


@few
@given(worlds())
def test_what_has_closed_counts_nowhere(facts):
    closed = {
        fact.id for fact in facts if isinstance(fact, Organisation) and fact.closed_on is not None
    }

    found, rest = conditions(compiled(facts)), conditions(compiled(without(facts, closed)))

    assert figures(found)[1:] == figures(rest)[1:]
    assert found.agenda.signed_ids == rest.agenda.signed_ids
    assert found.measurement.reporting == rest.measurement.reporting
    assert found.backbone == rest.backbone


@few
@given(worlds())
def test_without_the_backbone_is_the_network_without_it(facts):
    found = conditions(compiled(facts)).backbone
    left = without(facts, set(found.backbone_ids))
    bare = [fact for fact in left if not isinstance(fact, BackboneOf)]

    again = conditions(compiled(bare)).backbone

    assert again.backbone_ids == ()
    assert again.with_backbone == found.without_backbone


@few
@given(worlds())
def test_pieces_are_those_of_networkx(facts):
    network = compiled(facts)
    found = conditions(network).backbone
    drawn = nx.Graph(network.ties)
    drawn.remove_nodes_from([i for i in range(len(network)) if not network.is_open[i]])
    drawn.remove_nodes_from([network.index_of(key) for key in found.backbone_ids])

    reach = sum(len(piece) * (len(piece) - 1) // 2 for piece in nx.connected_components(drawn))

    assert found.without_backbone.reachable.count == reach


# --- the fictional network -----------------------------------------------------------------


def test_the_fictional_network_has_something_to_say_of_each_condition():
    truths = demo_truths()
    found = conditions(Network.compile(snapshot_of(demo_records()), as_of=TODAY))

    for part in (
        found.agenda.signed,
        found.agenda.advancing,
        found.measurement.reporting,
        found.measurement.fresh,
        found.activities.complementary,
        found.communication.with_contact,
        found.communication.recent,
    ):
        assert part.share is not None
        assert 0.05 < part.share < 0.95
    assert found.backbone.backbone_ids == (truths.backbone,)
    assert 0.05 < found.backbone.dependency < 0.95
    assert set(truths.isolates).isdisjoint(found.backbone.hanging_ids)
    assert any(goal.is_thin for goal in found.agenda.goals)
    assert all(len(measure.days) >= 4 for measure in found.measurement.measures)
