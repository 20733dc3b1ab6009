"""Four invented networks through a year on the real platform, and that the measuring itself notices what is false."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from benchmarks.simulated_world import forms, network, prints, scores, simulate, site, troubles, truth
from citynet.model import Change

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
GRAZ = truth.Body("gn2778067", "Graz", "AT")
LINZ = truth.Body("gn2772400", "Linz", "AT")
WEEKS = 12


def test_four_networks_keep_every_bound_for_a_year(capsys):
    plans = simulate.plans(simulate.SEED, 4, 53, answers=True, stores=1)
    score = scores.together(simulate.run(plans, 1))
    simulate.show(score, 0.0)
    assert scores.broken(score, answered=True) == [], score.notes
    assert score.totals["departures due"] >= 5
    assert score.totals["read again from the store"] > 40
    assert score.totals["messages"] > 5
    assert sum(counts["held"] + counts["changed"] for counts in score.kinds.values()) > 10
    assert "confirmed within N complete captures" in capsys.readouterr().out


def test_where_nobody_ever_answers_nothing_false_is_said_either():
    score = network.simulated(network.Plan(simulate.SEED, 0, 40, answers=False, whole_store=False))
    assert scores.broken(score, answered=False) == [], score.notes
    assert score.totals["claimed left"] + score.totals["claimed joined"] > 0


def test_a_platform_that_takes_missing_for_left_breaks_the_bounds():
    hasty = network.Plan(simulate.SEED, 1022, 14, answers=False, whole_store=False, departure={"not_seen": 1, "days": 0})
    score = network.simulated(hasty)
    assert any("false departures" in line for line in scores.broken(score, answered=False))
    assert score.kinds["vanished members"]["false left"] > 0


def world(*events):
    """Two members for twelve weeks but for what the events say."""
    members = []
    for week in range(WEEKS):
        gone = {e.body.place_id for e in events if e.kind == "left" and e.week <= week}
        come = {e.body.place_id for e in events if e.kind == "joined"} - {e.body.place_id for e in events if e.week <= week}
        members.append(frozenset({GRAZ.place_id, LINZ.place_id} - gone - come))
    return truth.Truth({b.place_id: b for b in (GRAZ, LINZ)}, members, list(events))


def change(kind, earliest, latest):
    return Change(True, "sim_00", GRAZ.place_id, "full", kind, "not_seen", earliest, latest, "", "2020-03-02T06:00:00Z", "c", "live")


@pytest.mark.parametrize(
    ("event", "said", "verdict"),
    [
        (truth.Event("left", 2, "2020-01-17", GRAZ), change("left", "2020-01-13", "2020-01-20"), "true"),
        (truth.Event("left", 2, "2020-01-17", GRAZ), change("left", "2020-01-06", "2020-01-13"), "misdated"),
        (truth.Event("left", 2, "2020-01-17", LINZ), change("left", "2020-01-13", "2020-01-20"), "false"),
        (truth.Event("left", 11, "2020-03-20", GRAZ), change("left", "2020-01-13", "2020-01-20"), "false"),
        (truth.Event("joined", 2, "2020-01-17", GRAZ), change("rejoined", "2020-01-13", "2020-01-20"), "true"),
        (truth.Event("joined", 2, "2020-01-17", LINZ), change("joined", "2020-01-13", "2020-01-20"), "false"),
        (truth.Event("left", 2, "2020-01-17", GRAZ), change("tie_changed", "2020-01-13", "2020-01-20"), "false"),
    ],
)
def test_a_claim_is_held_against_what_happened(event, said, verdict):
    well = site.Week({}, forms.Form("list", "members", "T", False, True), True, frozenset(), None, (), {})
    claim = scores.claimed(said, "id", 8, world(event), [well] * WEEKS)
    assert claim.verdict == verdict
    assert bool(claim.by) == (verdict != "true")


def test_a_change_whose_id_moves_is_noticed():
    def claim(change_id, latest):
        return scores.Claim(1, change_id, "joined", GRAZ.place_id, "2020-01-13", latest, "true", ())

    assert scores.said_again({"a": claim("a", "2020-01-27"), "b": claim("b", "2020-01-20")}) == {"b"}


@pytest.mark.parametrize("what", sorted(scores.ZERO))
def test_one_of_what_must_not_be_breaks_a_bound(what):
    score = scores.Score("all", totals=Counter({what: 1}))
    assert len(scores.broken(score, answered=False)) == 1


def test_a_departure_in_fifty_that_is_late_breaks_the_bound_where_people_answer():
    score = scores.Score("all", totals=Counter({"departures due": 50, "confirmed in time": 49}))
    assert scores.broken(score, answered=True)
    assert not scores.broken(score, answered=False)


def test_no_two_troubles_follow_each_other_without_a_well_week():
    found = troubles.seeded(Random(1), forms.Form("paged", "members", "T", False, True), 3000)
    assert {trouble.kind for trouble in found} == set(troubles.WEEKS)
    assert all(before.last + 1 < after.first for before, after in pairwise(found))
    assert all(7 * (trouble.last - trouble.first) < 42 for trouble in found if trouble.kind in troubles.HIDING)


@pytest.mark.parametrize(
    ("name", "country", "printed"),
    [("Graz", "AT", "Stadt Graz"), ("Chełmno", "PL", "Miasto Chełmno"), ("gmina Chełmno", "PL", "gmina Chełmno")],
)
def test_an_affix_never_names_another_body(name, country, printed):
    assert prints.spelt(name, country, "affixes") == printed


@pytest.mark.parametrize("kind", sorted(troubles.HIDING - {"cut pagination", "truncated page"}))
def test_a_trouble_that_hides_members_hides_the_same_ones_in_all_its_weeks(kind):
    rows = [prints.Row(f"gn{number}", f"Town {number}", "Austria") for number in range(60)]
    trouble = troubles.Trouble(kind, 3, 5, 7)
    once, again = (troubles.on_rows(trouble, rows, rows[:4]) for _ in range(2))
    assert once == again
    assert len(once) < len(rows)
