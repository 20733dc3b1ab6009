"""Figures of statistics on the site: whose they are, how old, with which flags, how far they reach, and why a newer one is not used."""

import pytest

from citynet.publishing.site.statistics_words import FLAGS, age, counted, flags, signed, territory, union
from publishing.rows import tables
from publishing.statistics_rows import REFUSED, revision
from publishing.test_site_says_only_what_is_known import HOSTILE, pages, text_of


@pytest.fixture(scope="module")
def made():
    return pages()


def test_three_populations_of_one_name_stand_apart_with_whose_they_are(made):
    facts = text_of(made["city/gn3060972.html"].split("<h2>")[0])
    assert "Residents of the municipality 475 503 in 2021" in facts
    assert "Residents of the statistical city 440 948 in 2020 (Eurostat SK001C; b: break in the series)" in facts
    assert "Residents of the greater city 659 598 in 2020 (Eurostat, urb_cpop1, SK001K)" in facts
    assert "Size class of the city (OECD-EC) L: 250 000 to 500 000" in facts


def test_a_computed_share_says_so_with_the_union_of_its_year_and_all_flags(made):
    facts = text_of(made["city/gn3060972.html"].split("<h2>")[0])
    share = "Citizens of countries outside the EU 3.1 % of residents in 2020, computed from Eurostat’s counts"
    assert f"{share}; EU of 27 since 2020; b: break in the series; e: estimated" in facts


def test_a_trend_says_with_what_it_begins_and_tells_nothing_before(made):
    page = text_of(made["city/gn3060972.html"].split("How it moved")[1])
    told = "2012 to 2020 7 years have a figure 400 000 to 440 000 +10.0 % +1.2 % it jumps further than residents move in 2012 (+64.0"
    assert told in page


def test_figures_of_the_region_are_told_apart_from_those_of_the_place():
    changed = tables()
    region = changed["city_statistics"][1] | {"territory_kind": "nuts3", "territory_code": "SK010", "place_id": "gn3054643"}
    changed["city_statistics"].append(region)
    own, around = text_of(pages(changed)["city/gn3054643.html"].split('id="statistics"')[1]).split("The region and the country it lies in")
    assert "SK010" not in own
    assert "These are not figures of Budapest" in around
    assert "NUTS 3 region it lies in SK010" in around


def test_a_refused_vintage_is_told_with_since_when_and_why_and_the_old_one_stands(made):
    page = text_of(made["statistics.html"])
    assert "1 data set has a newer vintage that is not used" in page
    assert f"Population of statistical cities , since 2022-09-10 : {REFUSED}" in page
    assert "updated by the source 2022-08-31" in page
    assert "2022-09-14 : a newer vintage, refused by the checks" in page


def test_a_data_set_without_a_vintage_or_never_seen_is_named(made):
    page = text_of(made["statistics.html"])
    assert "No vintage is held of: Citizenship in statistical cities . What would come from there is not known on any page." in page
    assert "of which no answer has been seen yet: Citizenship in statistical cities ." in page


def test_nothing_refused_is_said_as_well():
    changed = tables()
    changed["datasets"] = changed["datasets"][2:]
    assert "The newest vintage that we have of each data set is in use; none is refused." in text_of(pages(changed)["statistics.html"])


def test_revisions_are_counted_by_what_happened_and_lead_to_all_of_them(made):
    page = text_of(made["statistics.html"].split('id="revisions"')[1])
    assert "Population of statistical cities 2022-02-28 2022-08-31 1 1 1 1" in page
    assert "Bratislava SK001C urb_cpop1 DE1001V 2019 440 000 440 100 – r: revised" in page
    assert "CZ001C CZ001C urb_cpop1 DE1001V 2012 1 200 000 – e: estimated –" in page
    assert "DE1001V 2018" not in page, "a flag alone is counted and not listed"


def test_of_many_revisions_the_page_lists_the_first_and_the_table_has_all():
    changed = tables()
    changed["statistics_revisions"] = [revision("SK001C", 1900 + n, "revised", 1.0, 2.0) for n in range(120)]
    page = pages(changed)["statistics.html"]
    assert "120 figures revised or withdrawn; the first 100 by name" in text_of(page)
    assert page.count("<code>DE1001V</code>") == 100
    assert 'href="../data/statistics_revisions.csv"' in page


def test_coverage_stands_where_a_figure_depends_on_it(made):
    (cities,) = [line for line in made["statistics.html"].splitlines() if "800 of 930 statistical cities (86 %)" in line]
    assert "3 of 4 member municipalities (75 %)" in text_of(made["representation.html"])
    place = text_of(made["city/gn3060972.html"].split('id="statistics"')[1])
    assert "8 of 8 statistical cities (100 %)" in place
    assert "<li>" in cities
    assert "No city of this country is in the city statistics in use." in text_of(made["city/gn2747373.html"])


def test_coverage_of_an_excerpt_is_not_told_as_that_of_the_source(made):
    assert "The vintage in use of Population of statistical cities is an excerpt kept with this project." in text_of(
        made["statistics.html"]
    )
    live = [{**s, "capture_origin": "live"} for s in tables()["sources"]]
    assert "excerpt" not in text_of(pages({"sources": live})["statistics.html"].split('id="content"')[1])


def test_coverage_by_country_and_year_shows_what_is_missing_as_missing(made):
    page = text_of(made["statistics.html"].split('id="coverage"')[1])
    assert "Netherlands – 0 % 0 of 1 –" in page
    assert "Slovakia 100 % 8 of 8 – 100 % 1 of 1" in page
    assert "in percent, 2020 to 2020 Country 2020 Slovakia 62 %" in page


def test_a_body_without_a_figure_has_the_reach_of_its_country_in_place_of_a_table():
    changed = tables()
    changed["coverage"][1] = changed["coverage"][1] | {"country": "NL"}
    page = text_of(pages(changed)["city/gn2747373.html"].split('id="statistics"')[1])
    assert page.startswith(">Statistics No figure is known of this body. ") or "No figure is known of this body." in page
    assert "8 of 8 statistical cities" in page


def test_the_report_stands_beside_eurostat_with_year_code_and_flag_of_each_figure(made):
    page = text_of(made["table1.html"])
    figures = "Bratislava 485 043 440 948 2020, SK001C; b: break in the series – 475 503 2019 +2.0 % municipality"
    assert f"{figures} within 10 percent of the municipality" in page
    assert "Praha 1 300 000 – – – – no figure obtained" in page
    assert "Bratislava 2.3 % – – no figure obtained" in page
    assert "1 of 2 cities have a figure to compare with" in page
    assert 'href="table1.html"' in made["replication.html"]
    assert 'href="table1.html"' in made["statistics.html"]


def test_each_network_has_the_universe_that_its_rule_gives_or_why_there_is_none(made):
    page = text_of(made["universe.html"].split('id="networks"')[1])
    assert "Pact of Free Cities bodies of at least 5,000 residents in SK 61 895 503 1 2019 –" in page
    assert "Intercultural Cities bodies of more than 7,000 residents – – – – 7,000 is no boundary of a size class" in page
    told = text_of(made["representation/pact_of_free_cities.html"])
    assert "By its own rule (bodies of at least 5,000 residents in SK) it may have as members: 61 municipalities" in told


def test_a_release_without_statistics_says_so():
    empty = dict.fromkeys(("datasets", "statistics_revisions", "coverage", "table1_comparison", "network_universes", "territories"), ())
    made = pages(empty)
    page = text_of(made["statistics.html"])
    for told in ("No data set is declared", "No coverage is known", "No data set has two accepted vintages that differ"):
        assert told in page
    assert "This release holds no comparison." in text_of(made["table1.html"])
    assert 'id="networks"' not in made["universe.html"]


def test_hostile_text_of_sources_stays_text():
    changed = tables()
    changed["datasets"][0] |= {"title": HOSTILE, "refused_because": HOSTILE, "source_url": "javascript:alert(1)"}
    changed["territories"][0]["label"] = HOSTILE
    changed["table1_comparison"][1] |= {"city": HOSTILE, "note": HOSTILE}
    changed["network_universes"][0]["rule"] = HOSTILE
    made = pages(changed)
    assert [path for path, page in made.items() if "<script" in page or "<img" in page or 'href="javascript' in page] == []
    assert sum("&lt;script&gt;" in page for page in made.values()) >= 4


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        (None, "–"),
        ("be", "b: break in the series; e: estimated"),
        ("q", "q: not explained"),
        *((letter, f"{letter}: {word}") for letter, word in FLAGS.items()),
    ],
)
def test_flags_are_spelt_out_and_one_that_nobody_explains_stays_visible(letters, told):
    assert flags(letters) == told


def test_ages_counts_and_kinds_in_words():
    assert [age(years) for years in (None, 0, 1, 12)] == ["", "of that year", "1 year old", "12 years old"]
    assert [counted(value) for value in (None, 0.0, 1234567.0, 12.34)] == ["–", "0", "1\u202f234\u202f567", "12.3"]
    assert [signed(value) for value in (None, -0.04, 0.0, 1.26, -7)] == ["–", "0.0", "0.0", "+1.3", "-7.0"]
    assert [union(definition) for definition in (None, "EU28", "EU30")] == ["", "EU of 28 of 2013 to 2019", "EU of EU30"]
    assert [territory(kind) for kind in ("greater_city", "place_of_sorts")] == ["greater city", "place of sorts"]
