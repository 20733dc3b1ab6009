"""The words of the site: the demonstration line, evidence, missing data, hostile text, forbidden phrases."""

import re

import pytest

from citynet.errors import DataRefused
from citynet.publishing.contract import contract
from citynet.publishing.headlines import headlines
from citynet.publishing.phrases import FORBIDDEN, forbidden_in
from citynet.publishing.site import render, wording
from publishing.conftest import CONTEXT, RELEASE
from publishing.rows import PACT_2022, tables

DEMONSTRATION = "Demonstration release built from dated excerpts. It does not show present membership."
FORMAL_TIE = (
    "Membership is a formal tie. It does not show activity, policy, welcome or the number of refugees; a city in no network may do more. "
    "Networks speak for members, not for residents."
)
SIZES = {f"data/{t.name}.{kind}": 2048 for t in contract().tables for kind in ("csv", "parquet")}


def pages(changed=None) -> dict[str, str]:
    made = render(RELEASE, {**tables(), **(changed or {})}, CONTEXT, SIZES)
    return {path: data.decode() for path, data in made.items() if path.endswith(".html")}


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_every_page_carries_the_demonstration_line():
    made = pages()
    assert len(made) == 23 + 4 + 5 + 2 + 1 + 2  # pages of their own, networks, places, lists, representation, pairs
    assert [path for path, page in made.items() if page.count(DEMONSTRATION) != 1] == []


def test_without_rebuilt_pages_there_is_no_demonstration_line():
    live = [{**s, "capture_origin": "live"} for s in tables()["sources"]]
    assert [path for path, page in pages({"sources": live}).items() if DEMONSTRATION in page] == []


@pytest.mark.parametrize("path", ["methodology.html", "representation.html"])
def test_the_first_box_says_what_membership_is(path):
    boxes = re.findall(r'<div class="box"><p>(.*?)</p>', pages()[path])
    assert boxes[0] == FORMAL_TIE


def test_no_page_uses_a_forbidden_phrase():
    assert {path: found for path, page in pages().items() if (found := forbidden_in(page))} == {}


@pytest.mark.parametrize(
    "phrase",
    [
        "Berlin ranks: rank 3 of 20",
        "a league table",
        "the output legitimacy of network X",
        "a significant overlap",
        "validated pairs",
        "inefficient",
        "redundant members",
        "size explains membership",
        "Barcelona has left",
        "small towns are excluded",
        "this confirms the 2018 report",
        "nobody else has this",
        "currently a member",
        "live as of 2022",
        "the migrant share",
        "27 TCNs",
        "the best-performing network",
        "Ghent is 1st",
        "a leading city",
        "the city left",
        "cities were excluded",
        "proves the 2018 report",
        "its present members",
        "an up-to-date list",
        "share of refugees",
        "non-EU migrants",
        "a diversity rate",
        "the immigrant population",
        "the proportion of immigrants",
    ],
)
def test_each_forbidden_phrase_is_refused_even_across_tags_and_lines(phrase):
    assert forbidden_in(phrase)
    assert forbidden_in(f"<p>{phrase.replace(' ', chr(10), 1)}</p>")


def test_each_kind_of_forbidden_phrase_has_its_example_above():
    assert len(FORBIDDEN) == 12


def test_what_a_source_prints_is_shown_and_not_taken_for_our_words():
    page = pages()[f"list/pact_of_free_cities/{PACT_2022}.html"]
    assert "significant" in page
    assert forbidden_in(page) == []
    assert forbidden_in(page.replace(" data-source", ""))


def test_what_changed_in_our_records_is_no_news():
    assert "renamed" not in text_of(pages()["index.html"])
    shown = pages()["changes.html"].split('<section id="pact_of_free_cities">')[1]
    world, record = shown.split("<h3>In our records</h3>")
    assert ("Gravenhage" in world, "Gravenhage" in record, "renamed" in world, "renamed" in record) == (True, False, False, True)


def test_a_member_is_shown_with_what_the_lists_allow_and_its_evidence():
    page = text_of(pages()["network/pact_of_free_cities.html"])
    assert "joined 2019-12-16 (source)" in page
    assert "listed at least since 2019-12-16" in page
    assert "joined between 2019-12-16 and 2022-09-15" in page
    assert "row 2 of list of 2022-09-15" in page
    assert f'href="../list/pact_of_free_cities/{PACT_2022}.html#row-2"' in pages()["network/pact_of_free_cities.html"]


def test_a_suspected_departure_is_called_unconfirmed():
    page = text_of(pages()["network/intercultural_cities.html"])
    assert "not on the list at the last 3 checks, unconfirmed" in page
    assert "departed" not in page


def test_a_rebuilt_page_is_named_as_such_with_the_hash_of_our_file():
    page = text_of(pages()["network/pact_of_free_cities.html"])
    assert "page rebuilt by this project from facts stated at https://www.pactoffreecities.example/members ; not an original" in page
    assert f"hash of our file: {'ab' * 32}" in page
    assert "SHA-256 ab" not in page


def test_missing_figures_are_words_or_dashes_and_never_zero():
    page = text_of(pages()["city/gn2747373.html"])
    assert "Residents of the municipality not known" in page
    assert "Residents of the statistical city not known" in page


def test_a_function_is_shown_with_its_evidence_and_shaming_in_our_words():
    page = text_of(pages()["network/pact_of_free_cities.html"])
    assert "public criticism of governments (&#34;shaming&#34; in the 2018 report) a joint letter to the Council stated" in page


def test_statistics_stand_apart_by_source_and_territory():
    page = text_of(pages()["city/gn3060972.html"])
    assert "Residents 475 503 municipality SK0101528595 2019 3 years old" in page
    assert "Residents 440 948 statistical city SK001C 2020 2 years old b: break in the series" in page
    assert "Residents 659 598 greater city SK001K 2020" in page
    assert "Citizens of countries outside the EU, share of residents 2.3 % as printed; territory not stated not printed" in page


def test_memberships_of_bodies_within_a_municipality_stand_on_its_page():
    page = text_of(pages()["city/gn3060972.html"])
    assert "Staré Mesto (district), which lies in Bratislava" in page
    assert "related ones are counted as one family: Pact of Free Cities (part of Intercultural Cities)." in page


def test_a_network_without_a_list_says_why():
    page = text_of(pages()["network/no_list.html"])
    assert "No member is known: we hold no accepted list. It publishes no list of its members. " in page
    assert "Closed since 2018-05: the project ended." in page


def test_a_closed_network_is_one_sentence_and_not_a_change_of_each_member():
    page = text_of(pages()["changes.html"])
    assert "The network closed: 1 stay ended with it in our records." in page
    assert "network_closed" not in page


def test_a_national_network_is_read_apart_from_the_transnational_ones():
    changed = tables()
    changed["networks"][0]["scope"] = "national"
    made = pages(changed)
    assert "national networks and programmes, shown beside" in text_of(made["representation.html"])
    assert "excluded by rule, not under-represented" in text_of(made["representation/pact_of_free_cities.html"])
    assert "shown beside" not in text_of(pages()["representation.html"])


def test_pairs_stand_in_the_alphabetical_order_of_names_with_their_figures_turned_along():
    changed = tables()
    changed["networks"][1]["name"] = "Zeta"  # intercultural_cities, the first of its pair in the table
    page = text_of(pages(changed)["overlap.html"].split("The pairs as a table")[1])
    assert "Pact of Free Cities and Zeta 2022-09-15 2010-07-12 3 2 1 33 % 50 %" in page


def test_countries_stand_where_they_are_looked_up():
    page = text_of(pages()["cities.html"])
    assert page.index("Hungary") < page.index("Netherlands 1") < page.index("Slovakia")


def test_the_universe_names_the_gaps_of_its_source():
    page = text_of(pages()["universe.html"])
    assert "Slovakia 2 701 2 700 0 2 475 503 yes" in page
    assert "France 34 970 – 34 970 not known no: the source gives no residents" in page


def test_every_figure_and_chart_has_its_caveats():
    made = pages()
    for path, page in made.items():
        charts = len(re.findall(r'role="img"', page))
        assert page.count('class="figure-note"') >= charts, path
    for path in ("index.html", "networks.html", "cities.html", "overlap.html", "representation.html", "universe.html", "changes.html"):
        assert 'class="figure-note"' in made[path], path


def test_a_tie_that_is_no_membership_stands_apart():
    page = pages()["network/sample_2018.html"]
    assert "No member is known" in page
    assert "observer" in page.split("Other ties")[1]


def test_names_with_leading_marks_are_in_alphabetical_order_of_their_letters():
    page = text_of(pages()["network/pact_of_free_cities.html"].split("Members</h2>")[1])
    assert page.index("Bratislava") < page.index("Budapest") < page.index("Gravenhage")


HOSTILE = '<script>alert("x")</script><img src=x onerror=y>'


def test_hostile_names_stay_text_on_every_page():
    changed = tables()
    for table in ("networks", "places", "memberships", "unresolved_names", "record_changes", "replication", "quality", "sources"):
        for column in ("name", "name_as_published", "after", "note", "examples", "decision_reason", "claim", "also_called", "founded"):
            if column in changed[table][0]:
                changed[table][0][column] = HOSTILE
    made = pages(changed)
    assert sum("&lt;script&gt;" in page for page in made.values()) >= 8
    assert [path for path, page in made.items() if "<script" in page or "<img" in page] == []


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "http://", "//evil.example", "https://a.example/\u202egnp", "http://[bad"]
)
def test_an_address_that_is_no_web_page_is_no_link(address):
    assert wording.web_address(address) == ""
    changed = tables()
    changed["networks"][0]["homepage"] = address
    assert f'href="{address}"' not in pages(changed)["network/pact_of_free_cities.html"]


@pytest.mark.parametrize("bad", ["../../etc/passwd", "a/b", "", ".hidden", "x" * 200])
def test_an_id_that_is_no_file_name_is_refused(bad):
    changed = tables()
    changed["places"][0]["place_id"] = bad or " "
    with pytest.raises(DataRefused, match="file name"):
        pages(changed)


def test_pages_are_the_same_bytes_for_the_same_tables_in_another_order():
    turned = {name: list(reversed(rows)) for name, rows in reversed(tables().items())}
    assert render(RELEASE, turned, CONTEXT, SIZES) == render(RELEASE, tables(), CONTEXT, SIZES)


def test_a_release_without_any_row_still_has_its_pages():
    made = render(RELEASE, {}, CONTEXT, SIZES)
    assert "No figure: no network has a complete list" in made["representation.html"].decode()


def test_headlines_count_what_the_tables_hold():
    found = {h.label: h.value for h in headlines(tables())}
    assert found == {
        "Networks with a complete list": "2 of 3",  # one is older than 18 months, which a demonstration may show
        "Memberships counted": "5",
        "Municipalities in at least one observed network": "4",
        "Municipalities in three or more families of networks": "0 of 4",
        "Share of memberships held by those municipalities": "0\u00a0%",
        "Pairs of networks that share members": "1 of 1",
        "Size classes whose representation can be told": "1 of 2",  # against municipalities alone, no other dimension
        "Printed names not matched to a place": "1",
    }


def test_lists_older_than_18_months_leave_the_headlines_unless_it_is_a_demonstration():
    live = tables()
    for source in live["sources"]:
        source["capture_origin"] = "live"
    found = {h.label: h.value for h in headlines(live)}
    assert (found["Networks with a complete list"], found["Memberships counted"]) == ("1 of 3", "3")


def test_headlines_leave_out_samples_chosen_by_number_of_memberships():
    changed = tables()
    for membership in changed["memberships"]:
        membership["use"] = "replication_only"
    assert {h.label: h.value for h in headlines(changed)}["Memberships counted"] == "0"


def test_headlines_leave_out_comparison_networks():
    changed = tables()
    changed["networks"][0]["relevance"] = "comparison"
    assert {h.label: h.value for h in headlines(changed)}["Memberships counted"] == "2"


def test_headlines_of_nothing_say_nothing_is_known():
    assert {h.label: h.value for h in headlines({})}["Share of memberships held by those municipalities"] == "not known"
