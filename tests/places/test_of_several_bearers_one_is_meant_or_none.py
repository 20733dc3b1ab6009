"""Choosing between places of one name: signs that agree, never size alone."""

from hypothesis import given
from hypothesis import strategies as st

from citynet.model import Named, Place
from citynet.places.choosing import choose, ratio


def named(place_id: str, kind: str, residents: int | None, *, own: bool = True) -> Named:
    return Named(Place(place_id, "N", "DE", kind, place_id, "", None, None, residents), own)


def answer(*found: Named, in_one_country: bool = True, key: str = "other") -> tuple[str, str]:
    largest_first = sorted(found, key=lambda n: (-(n.place.population or 0), n.place.place_id))
    choice = choose(largest_first, key=key, in_one_country=in_one_country)
    return (choice.answer.place.place_id if choice.answer else "", choice.rule)


def test_the_only_bearer_is_the_answer_whatever_it_is() -> None:
    assert answer(named("gn1", "settlement", None), in_one_country=False) == ("gn1", "")


def test_the_only_municipality_among_villages_is_meant() -> None:
    assert answer(named("gn1", "municipality", 190_000), named("gn2", "settlement", 600)) == ("gn1", "only_municipality")
    assert answer(named("gn1", "municipality", 190_000, own=False), named("gn2", "settlement", 600)) == ("gn1", "only_municipality")


def test_a_settlement_larger_than_the_only_municipality_leaves_it_open() -> None:
    assert answer(named("gn1", "municipality", 9_000), named("gn2", "settlement", 8_000_000)) == ("", "")
    # unless its own name it is, and the municipality is only called so
    called = named("gn1", "municipality", 9_000, own=False)
    assert answer(called, named("gn2", "settlement", 8_000_000)) == ("gn2", "only_own_name")


def test_a_village_whose_official_name_it_is_does_not_beat_the_city_called_so() -> None:
    assert answer(named("halle", "municipality", 1_000), named("saale", "municipality", 238_000, own=False)) == ("", "")


def test_two_municipalities_of_one_name_stay_open_however_large_one_is() -> None:
    assert answer(named("gn1", "municipality", 300_000), named("gn2", "municipality", 14_000)) == ("", "")


def test_the_largest_bearer_that_alone_has_it_as_its_own_name_is_meant() -> None:
    assert answer(named("gn1", "municipality", 8_000), named("gn2", "municipality", 5_000, own=False)) == ("gn1", "only_own_name")


def test_of_two_that_are_printed_alike_neither_is_meant_unless_one_is_far_larger() -> None:
    bavaria, hesse = named("gn1", "municipality", 30_000), named("gn2", "municipality", 27_000, own=False)  # Friedberg, Friedberg (Hessen)
    assert answer(bavaria, hesse, key="n") == ("", "")
    essen, small = named("gn1", "municipality", 590_000), named("gn2", "municipality", 8_000, own=False)
    assert answer(essen, small, key="n") == ("gn1", "only_own_name")


def test_sections_of_cities_do_not_hide_a_settlement() -> None:
    assert answer(named("gn1", "settlement", 80_000), named("gn2", "district", 3_000)) == ("gn1", "only_settlement")
    assert answer(named("gn1", "settlement", 80_000), named("gn2", "district", 300_000)) == ("gn1", "only_settlement")
    assert answer(named("gn1", "district", 80_000), named("gn2", "district", 3_000)) == ("", "")


def test_nothing_is_chosen_across_countries() -> None:
    assert answer(named("gn1", "municipality", 190_000), named("gn2", "settlement", 600), in_one_country=False) == ("", "")


def test_the_ratio_is_left_out_where_a_figure_is_missing() -> None:
    one, other, none = (named("gn1", "settlement", n).place for n in (300, 200, None))
    assert (ratio(one, other), ratio(one, none), ratio(none, one), ratio(one, None)) == (1.5, None, None, None)


BEARERS = st.lists(
    st.builds(
        named,
        st.uuids().map(str),
        st.sampled_from(["municipality", "settlement", "district"]),
        st.none() | st.integers(1, 10_000_000),
        own=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(BEARERS)
def test_an_answer_is_never_smaller_than_a_bearer_that_was_passed_over(found: list[Named]) -> None:
    largest_first = sorted(found, key=lambda n: (-(n.place.population or 0), n.place.place_id))
    choice = choose(largest_first, key="other", in_one_country=True)
    if choice.answer is not None:
        others = [n.place.population or 0 for n in found if n.place.place_kind != "district"]
        assert (choice.answer.place.population or 0) >= max(others, default=0)
        assert choice.runner_up is None or choice.runner_up.place_id != choice.answer.place.place_id


@given(BEARERS)
def test_making_one_of_two_municipalities_larger_never_makes_it_the_answer(found: list[Named]) -> None:
    own = [n for n in found if n.place.place_kind == "municipality" and n.own]
    if len(own) > 1:
        assert answer(*found) == ("", "")
