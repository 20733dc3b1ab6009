"""The quality page says how many names are matched, and of small towns only what the open names allow to tell."""

import pytest

from citynet.publishing.site import render
from citynet.publishing.site.precision import by_size, without_country
from publishing.conftest import CONTEXT, RELEASE
from publishing.rows import rates, tables
from publishing.test_site_says_only_what_is_known import SIZES, text_of


def sizes(small, large, astray=0):
    """(names, resolved) of municipalities under 10,000 and of cities over 250,000, and open names of no known size."""
    rows = [rates("municipality_size_class", kind, n, matched, 0.5, None) for kind, (n, matched) in (("5-10k", small), ("1-5M", large))]
    return [*rows, rates("municipality_size_class", "not_known", astray, 0, None, None)]


def test_the_page_tells_the_rates_and_where_they_are_bounds():
    page = text_of(render(RELEASE, tables(), CONTEXT, SIZES)["quality.html"].decode()).replace("\u00a0", " ")
    told = page[page.index("A printed name counts as a place only where that is certain.") :]
    assert "7 of 8 printed names are matched (88" in told
    assert "Pact of Free Cities 5 4 0 1 0 80" in told
    assert "250-500k 3 3 0 0 0 75 % to 100 %" in told
    assert "size not known 2 1 0 1 0 –" in told
    assert "Of 1 open names, 1 is of no known country." in told


def test_without_any_list_there_is_no_rate():
    made = {**tables(), "resolution_rates": []}
    assert "No list has been read yet." in text_of(render(RELEASE, made, CONTEXT, SIZES)["quality.html"].decode())


def test_a_difference_is_told_only_where_no_open_name_can_close_it():
    assert by_size(sizes((100, 60), (100, 95), astray=10)) == (
        "By these lists, names of municipalities under 10,000 residents stay open more often than those of cities over 250,000: "
        "55\u00a0% to 60\u00a0% of the small ones are matched, 86\u00a0% to 95\u00a0% of the large ones, "
        "a difference of at least 26 points."
    )
    assert by_size(sizes((100, 60), (100, 95), astray=100)).startswith("Whether names of municipalities under 10,000")
    assert "100 open names may be of any size" in by_size(sizes((100, 60), (100, 95), astray=100))


def test_small_towns_that_are_matched_more_often_are_told_so_too():
    assert "stay open less often" in by_size(sizes((100, 99), (100, 60)))


def test_of_fewer_than_ten_names_nothing_is_told():
    assert by_size(sizes((9, 0), (100, 100))).endswith("the lists hold 9 and 100 names of them, and fewer than 10 of either are no ground.")


def test_the_same_rate_is_no_difference():
    assert (
        by_size(sizes((50, 50), (50, 50)))
        == "No difference by size: 100\u00a0% of the small ones are matched, 100\u00a0% of the large ones."
    )


@pytest.mark.parametrize(
    ("still_open", "nowhere", "told"),
    [
        (0, 0, "No printed name is open."),
        (3, 0, "The country of each of the 3 open names is known."),
        (3, 1, "Of 3 open names, 1 is of no known country."),
    ],
)
def test_of_how_many_open_names_not_even_the_country_is_known(still_open, nowhere, told):
    whole = rates("all", "all", 10, 10 - still_open, 0.5, 0.5)
    assert without_country(whole, [rates("country", "not_known", nowhere, 0, None, None)]) == told
