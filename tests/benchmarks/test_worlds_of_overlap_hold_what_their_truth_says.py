"""The invented worlds on which the tests of overlap are measured, and how their findings are counted."""

import numpy as np
import pytest
from overlap_worlds import NETWORKS, PLANTED, made_world, with_names_open
from simulate_overlap import NOMINAL, false_share, mean_and_error, outcome

from citynet.analysis.incidence import incidence, shared_counts


@pytest.mark.parametrize("number", range(len(PLANTED)))
def test_a_world_has_the_planted_pairs_that_its_turn_gives_and_lists_within_the_rules(number: int) -> None:
    world = made_world(number)
    assert len(world.kinds) == NETWORKS * (NETWORKS - 1) // 2
    assert sum(kind == "planted" for kind in world.kinds.values()) == PLANTED[number]
    assert incidence(world.lists, world.eligible).outside_rules == 0
    assert any(not marks.all() for marks in world.eligible.may_join.values())


def test_planted_pairs_and_pairs_of_one_region_share_more_than_the_others() -> None:
    """Sharing countries makes as much of an overlap as planting does, which is what the tests have to tell apart."""
    world = made_world(2)
    shared = shared_counts(incidence(world.lists, world.eligible))
    of_smaller = shared / np.minimum.outer(shared.diagonal(), shared.diagonal())
    by_kind: dict[str, list[float]] = {}
    for (a, b), kind in world.kinds.items():
        by_kind.setdefault(kind, []).append(of_smaller[int(a[1:]), int(b[1:])])
    mean = {kind: float(np.mean(values)) for kind, values in by_kind.items()}
    assert min(mean["planted"], mean["country_only"]) > 1.5 * mean["degree_only"]


def test_a_world_is_the_same_each_time() -> None:
    assert made_world(1).lists == made_world(1).lists != made_world(4).lists


def test_names_are_lost_from_the_towns_on_fewest_lists_and_told_where_they_count() -> None:
    world = made_world(4)
    told, untold = (with_names_open(world, 0.1, counted=counted) for counted in (True, False))
    for was, now, silent in zip(world.lists, told.lists, untold.lists, strict=True):
        assert now.unresolved == len(was.municipality_ids) - len(now.municipality_ids) == int(0.1 * len(was.municipality_ids))
        assert (silent.municipality_ids, silent.unresolved) == (now.municipality_ids, 0)
    before, after = (shared_counts(incidence(each.lists, each.eligible)) for each in (world, told))
    assert np.triu(before - after, 1).sum() < 0.03 * np.triu(before, 1).sum()


def test_what_is_found_is_counted_by_kind_and_only_the_unplanted_is_false() -> None:
    found = outcome(2, samples=300)["fixed_margins_country"]
    assert sum(of for _, _, of in found.values()) > 300
    assert found["planted"][0] > 0
    assert found["country_only"][0] + found["degree_only"][0] <= 1
    assert false_share({"planted": (3, 3, 4), "country_only": (1, 2, 5), "degree_only": (0, 1, 9)}) == 1 / 4
    assert false_share({"planted": (0, 0, 4), "country_only": (0, 0, 5), "degree_only": (0, 0, 9)}) == 0
    assert mean_and_error([0.0, 0.2]) == pytest.approx((0.1, 0.1))
    assert NOMINAL == 0.05
