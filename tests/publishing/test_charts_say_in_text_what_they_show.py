"""The charts: lean, named, within what the pages allow, and never more than the tables hold."""

import re
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.publishing.contract import contract
from citynet.publishing.site import SiteContext, render
from citynet.publishing.site.charts import CHART_LEFT, CHART_WIDTH, heat_map, ratio_chart, timeline
from publishing.conftest import CONTEXT, RELEASE
from publishing.one_row import AS_OF, row
from publishing.rows import connectivity, member, network, place, representation, source, tables

SIZES = {f"data/{t.name}.{kind}": 2048 for t in contract().tables for kind in ("csv", "parquet")}
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def charts(page: bytes) -> list[str]:
    return [svg for svg in SVG.findall(page.decode()) if 'role="img"' in svg]


def test_each_chart_is_an_image_with_a_title_and_a_text_that_stand_on_the_page():
    made = render(RELEASE, tables(), CONTEXT, SIZES)
    found = {path: charts(page) for path, page in made.items() if path.endswith(".html")}
    assert {path: len(drawn) for path, drawn in found.items() if drawn} == {
        "index.html": 1,
        "network/pact_of_free_cities.html": 1,
        "overlap.html": 1,
        "representation/pact_of_free_cities.html": 3,
    }
    for drawn in found.values():
        for svg in drawn:
            root = ElementTree.fromstring(svg)
            named = {e.get("id"): e.text for e in root if e.get("id")}
            title, told = (named[i] for i in root.attrib["aria-labelledby"].split())
            assert title
            assert len(told) > 60
            assert "style=" not in svg


def test_the_heat_map_marks_what_is_a_lower_bound_and_what_is_nested():
    rows = tables()["network_overlap"]
    names = {n["network_id"]: n for n in tables()["networks"]}
    rows[0]["nested_by_rule"] = True
    drawn = heat_map(rows, names)
    assert drawn.names == ("Intercultural Cities", "Network known from a sample", "Pact of Free Cities")
    assert [(c.text, c.kind, c.shade, c.nested) for c in drawn.cells] == [("≥ 1", "bound", 0, False), ("1", "complete", 3, True)]


def large() -> dict[str, list]:
    """300 places in 20 networks, all pairs with a figure."""
    ids = [f"network_{n:02}" for n in range(20)]
    capture = "20220915T000000Z-{:012x}".format
    places = [f"gn{n}" for n in range(300)]
    joined = {p: [i for n, i in enumerate(ids) if (number * 7 + n * 11) % 5 == 0] for number, p in enumerate(places)}
    pairs = [(a, b) for a in ids for b in ids if a < b]
    filled = {"nested_by_rule": False, "n_a": 60, "n_b": 60, "shared": 12, "shared_at_least": 12, "overlap_coefficient": 0.2}
    return {
        "networks": [network(i, f"Network of cities on inclusion {i}", "migration_core", capture(n)) for n, i in enumerate(ids)],
        "places": [place(p, f"City {p}", "DE", 50000, "50-100k") for p in places],
        "memberships": [
            member(i, p, capture(ids.index(i)), 1, first_seen=True, from_latest="2022-09-15") for p in places for i in joined[p]
        ],
        "place_connectivity": [connectivity(p, ";".join(joined[p])) for p in places if joined[p]],
        "network_overlap": [
            row("network_overlap", network_a=a, network_b=b, universe="u", list_date_a=AS_OF, list_date_b=AS_OF, **filled) for a, b in pairs
        ],
        "representation": [{**representation("50-100k", 5, 100, 2.0, "over"), "network_id": i} for i in ids],
        "sources": [source(i, capture(n), "https://a.example/", "2022-09-15T00:00:00Z") for n, i in enumerate(ids)],
    }


def test_twenty_networks_and_three_hundred_places_are_drawn_quickly_and_lean():
    filled = large()
    context = SiteContext(as_of=AS_OF, package_version="0.1.0")
    started = time.process_time()
    made = render(RELEASE, filled, context, SIZES)
    assert time.process_time() - started < 3
    (svg,) = charts(made["overlap.html"])
    assert svg.count("<g>") == 190
    assert len(svg.encode()) < 60_000


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(sorted))
def test_no_ratio_is_drawn_outside_the_scale(values):
    low, middle, high = values
    drawn = ratio_chart([("class", {"ratio_low": low, "representation_ratio": middle, "ratio_high": high, "reading": "over"})])
    (bar,) = drawn.bars
    assert CHART_LEFT <= bar.low <= bar.point <= bar.high <= CHART_LEFT + CHART_WIDTH
    assert CHART_LEFT < drawn.parity < CHART_LEFT + CHART_WIDTH
    assert bar.below or low > 0


def test_a_class_without_a_figure_has_no_point():
    (bar,) = ratio_chart([("class", {"ratio_low": None, "representation_ratio": None, "ratio_high": None, "reading": None})]).bars
    assert (bar.low, bar.high, bar.point, bar.below, bar.above) == (None, None, None, False, False)


def test_the_timeline_adds_up_the_pages_of_a_capture_and_leaves_out_what_was_not_accepted():
    pages = [
        source("n", "20200101T000000Z-aaaaaaaaaaaa", "https://a.example/1", "2020-01-01T00:00:00Z", parsed_count=3),
        source("n", "20200101T000000Z-aaaaaaaaaaaa", "https://a.example/2", "2020-01-01T00:00:00Z", parsed_count=4),
        source("n", "20210101T000000Z-bbbbbbbbbbbb", "https://a.example/1", "2021-01-01T00:00:00Z", coverage="partial", parsed_count=2),
        source("n", "20220101T000000Z-cccccccccccc", "https://a.example/1", "2022-01-01T00:00:00Z", decision="held", parsed_count=900),
    ]
    drawn = timeline(pages)
    assert [(r.on, r.count, r.complete) for r in drawn.reads] == [("2020-01-01", 7, True), ("2021-01-01", 2, False)]
    assert drawn.reads[0].y == 0.0
    assert timeline(pages[2:]) is None


@pytest.mark.parametrize("reading", ["over", "under", "cannot_tell"])
def test_what_is_read_is_told_by_more_than_colour(reading):
    changed = {**tables(), "representation": [representation("1-5M", 1, 25, 3.0, reading)]}
    page = render(RELEASE, changed, CONTEXT, SIZES)["representation/pact_of_free_cities.html"].decode()
    told = {"over": "1 over-represented", "under": "1 under-represented", "cannot_tell": "1 cannot be told"}
    assert told[reading] in page
