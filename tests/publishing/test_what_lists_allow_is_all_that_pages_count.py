"""Counts agree between pages, and samples, national networks, exclusion by rule and late lists are told apart from what counts."""

import re

import pytest

from citynet.publishing.contract import contract
from citynet.publishing.headlines import headlines
from citynet.publishing.site import render
from citynet.publishing.site.charts import ratio_chart
from publishing.conftest import CONTEXT, RELEASE
from publishing.rows import ICC_2010, PACT_2022, SAMPLE_2018, member, network, representation, tables, universe

SIZES = {f"data/{t.name}.{kind}": 2048 for t in contract().tables for kind in ("csv", "parquet")}
BY_SAMPLE = "Named by the sample of the 2018 report (for its replication only)"


def pages(changed=None) -> dict[str, str]:
    made = render(RELEASE, {**tables(), **(changed or {})}, CONTEXT, SIZES)
    return {path: data.decode() for path, data in made.items() if path.endswith(".html")}


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def with_sample() -> dict[str, list]:
    """The Pact's list beside two cities that only the sample of the 2018 report names for it."""
    sample = {"use": "replication_only", "counted": False, "coverage": "partial", "from_latest": "2018-06-01", "first_seen": True}
    named = [member("pact_of_free_cities", p, SAMPLE_2018, n, tie="unknown", **sample) for n, p in enumerate(("gn3067696", "gn3060972"), 1)]
    return {"memberships": [*tables()["memberships"], *named]}


def test_cities_of_the_sample_stand_in_a_block_of_their_own():
    page = pages(with_sample())["network/pact_of_free_cities.html"]
    members, sampled = page.split(BY_SAMPLE)
    assert "3 bodies that accepted lists name" in text_of(members)
    assert (
        "bodies that accepted lists of Pact of Free Cities name Dates of the lists 2022-09-15 Complete lists 1 of 1 list shown"
        in text_of(members)
    )
    assert "Praha" not in text_of(members)
    assert "2 cities that Table 1 of the report counts to Pact of Free Cities" in text_of(sampled)
    assert "Praha" in text_of(sampled.split("Other ties")[0])
    assert BY_SAMPLE in pages(with_sample())["city/gn3067696.html"]
    assert BY_SAMPLE not in pages()["network/pact_of_free_cities.html"]


def test_the_networks_page_counts_what_the_pages_of_the_networks_count():
    made = pages(with_sample())
    assert "Pact of Free Cities active 2019-12-16 bodies complete 2022-09-15 3 0" in text_of(made["networks.html"])
    block = made["network/pact_of_free_cities.html"].split("Members</h2>")[1].split(BY_SAMPLE)[0]
    assert block.count("<td>yes</td>") == 3
    assert "Memberships counted 3" in text_of(made["network/pact_of_free_cities.html"])


def test_a_network_known_from_the_sample_alone_has_no_count():
    changed = tables()
    changed["sources"][3]["use"] = changed["memberships"][-1]["use"] = "replication_only"
    changed["networks"][2]["not_read_because"] = "No page of it was found."
    made = pages(changed)
    listed, unlisted = text_of(made["networks.html"].split('id="component"')[0]).split("Without a list of members")
    assert "Network known from a sample" not in listed
    assert "Network known from a sample active not known list No page of it was found." in unlisted
    assert "No member is known from a list of the network: we hold none." in text_of(made["network/sample_2018.html"])
    assert "0 more have a partial list only, 1 only a row in the sample" in headlines(changed)[0].note


def test_a_city_is_a_member_of_k_of_m_by_the_same_count_on_every_page():
    changed = tables()
    changed["networks"].append(network("national", "National Network", "migration_core", PACT_2022, scope="national"))
    changed["memberships"].append(member("national", "gn3060972", PACT_2022, 6))
    changed["memberships"].append(member("sample_2018", "gn3060972", SAMPLE_2018, 7, coverage="partial"))
    made = pages(changed)
    lede = text_of(made["city/gn3060972.html"].split('class="lede"')[1].split("</p>")[0])
    assert "Member of 2 of the 2 observed transnational networks (those with a complete list), in 1 family of networks." in lede
    assert "Also on the lists of national networks, programmes or networks for comparison: National Network ." in lede
    assert "Named as well by lists outside this count: Network known from a sample ." in lede
    assert "member of 2 of the 2 observed 1 Network known from a sample (outside the count); National Network" in text_of(
        made["cities.html"]
    )
    assert {h.label: h.note for h in headlines(changed)}["Municipalities in at least one observed network"].startswith("2 transnational")


def test_a_city_on_lists_of_national_networks_alone_is_in_none_of_the_observed_ones():
    changed = tables()
    changed["networks"][1]["scope"] = "national"  # intercultural_cities, the only one that names Praha on a complete list
    changed["place_connectivity"] = [
        {**r, "networks": 1, "families": 1, "networks_observed": 1, "network_ids": "pact_of_free_cities"}
        for r in changed["place_connectivity"]
        if "pact_of_free_cities" in r["network_ids"]
    ]
    lede = text_of(pages(changed)["city/gn3067696.html"].split('class="lede"')[1].split("</p>")[0])
    assert "Counted as a municipality in none of the 1 observed transnational networks" in lede
    assert "programmes or networks for comparison: Intercultural Cities ." in lede


def excluded() -> dict[str, list]:
    kept_out = {**representation("<5k", 0, 90, 0.0, "excluded_by_rule"), "participation_rate": 0.0}
    return {"representation": [kept_out, *tables()["representation"]]}


def test_a_class_that_the_networks_own_rule_excludes_is_marked_in_tables_and_has_no_ratio():
    made = pages(excluded())
    shown = text_of(made["representation/pact_of_free_cities.html"])
    assert "<5k 0 90 – – – – excluded by the network's own rule – – – – – –" in shown.replace("&lt;", "<").replace("&#39;", "'")
    assert "1 class is excluded by the network’s own rule: neither over- nor under-represented." in shown
    assert "1 cannot be told, 1 excluded by the network’s own rule." in shown
    overview = made["representation.html"]
    assert '<td class="excluded_by_rule"><span class="note">excluded by rule</span></td>' in overview
    assert "1 class is excluded by the network’s own rule" in text_of(overview)


def test_an_excluded_class_is_drawn_without_point_and_bounds_and_does_not_stretch_the_scale():
    rows = [("1-5M", representation("1-5M", 1, 25, 2.0, "over")), ("<5k", representation("<5k", 0, 90, 900.0, "excluded_by_rule"))]
    drawn = ratio_chart(rows)
    assert [(b.name, b.point is None, b.low is None, b.below, b.above) for b in drawn.bars] == [
        ("1-5M", False, False, False, False),
        ("<5k", True, True, False, False),
    ]
    assert drawn.ticks == ratio_chart(rows[:1]).ticks


def test_the_headline_counts_excluded_classes_apart():
    found = {h.label: (h.value, h.note) for h in headlines({**tables(), **excluded()})}
    value, note = found["Size classes whose representation can be told"]
    assert value == "1 of 2"
    assert "1 more is excluded by a network's own rule." in note
    assert "Universe: municipalities of at least 5,000 residents." in note


def test_no_page_promises_an_analysis_that_there_is_not():
    for path, page in pages(excluded()).items():
        assert "told apart as access" not in page, path
        assert "Expected numbers come" not in page, path
    method = text_of(pages()["methodology.html"])
    assert "not computed yet" not in method
    assert "only in a demonstration release" in method


def test_a_country_is_out_of_figures_only_if_all_of_its_cells_are():
    cells = [
        universe("MK", "10-20k", 2, 18, 300000),
        universe("MK", None, 1, 7, None, gap="no population of these units"),
        universe("FR", None, None, 34970, None, gap="no population in the table"),
        universe("TR", "5-10k", None, 100, 700000),
        universe("TR", "10-20k", None, 100, 1500000),
    ]
    page = text_of(pages({"universes": cells})["universe.html"])
    assert "North Macedonia 25 0 7 300 000 yes; 7 of its units are not: no population of these units" in page.replace("\u202f", " ")
    assert "no: no population in the table" in page
    assert "yes; not by degree of urbanisation, which the source does not give" in page
    assert "2 of 3 countries are in figures; of 2 of them a part is not" in page


OPEN = "pact_of_free_cities: 3 printed names not matched, so more may be shared"


def test_a_pair_with_unmatched_names_shows_a_lower_bound_and_a_range_of_shares():
    pairs = tables()["network_overlap"]
    pairs[0] |= {"not_computed_because": OPEN, "containment_a_low": 0.5, "containment_a_high": 1.0}
    pairs[0] |= {"containment_b_low": 1 / 6, "containment_b_high": 2 / 3}
    page = pages({"network_overlap": pairs})["overlap.html"]
    table = text_of(page.split("The pairs as a table")[1])
    assert "Intercultural Cities and Pact of Free Cities 2010-07-12 2022-09-15 2 3 at least 1 50 % to 100 % 17 % to 67 %" in table
    assert ">≥ 1</text>" in page
    assert "at least 1 shared; names are not matched, so more may be shared" in page
    assert "the union of the two lists" in table
    assert "33" not in table.split("Why figures")[0]


def test_a_pair_that_shares_none_with_unmatched_names_is_told_as_open():
    pairs = tables()["network_overlap"]
    pairs[0] |= {"not_computed_because": OPEN, "shared": 0, "shared_at_least": 0}
    note = {h.label: h.note for h in headlines({**tables(), "network_overlap": pairs})}["Pairs of networks that share members"]
    assert "In 1 of the pairs that share none, unmatched names may be shared." in note


def test_the_dates_of_memberships_counted_are_of_networks_that_have_some():
    changed = tables()
    for membership in changed["memberships"]:
        membership["counted"] = membership["network_id"] == "pact_of_free_cities"
    notes = {h.label: h.note for h in headlines(changed)}
    assert notes["Memberships counted"].startswith("Lists of 2022-09-15 to 2022-09-15;")


def closed() -> dict[str, list]:
    """Intercultural Cities closed in 2008: Praha was listed before, Bratislava is named by the list of 2010 only."""
    changed = tables()
    changed["networks"][1] |= {"status": "closed", "status_since": "2008-05-03"}
    ended = {"state": "departed", "counted": False, "to_latest": "2008-05-03", "to_earliest": "2008-05-03", "not_seen": 0}
    changed["memberships"][3] |= {**ended, "from_latest": "2006-01-01"}
    changed["memberships"][4] |= {**ended, "from_latest": "2008-05-03"}
    assert {m["evidence_capture_id"] for m in changed["memberships"][3:5]} == {ICC_2010}
    return changed


@pytest.mark.parametrize("path", ["network/intercultural_cities.html", "city/gn3060972.html"])
def test_a_body_first_named_after_the_closing_is_not_listed_since(path):
    page = text_of(pages(closed())[path])
    assert "named by a list of 2010-07-12 , after the network closed" in page
    assert "listed at least since 2008-05-03" not in page


def test_a_body_listed_before_the_closing_is_listed_at_least_since_then():
    made = pages(closed())
    assert "listed at least since 2006-01-01" in text_of(made["network/intercultural_cities.html"])
    changes = text_of(made["changes.html"].split('<section id="intercultural_cities">')[1].split("</section>")[0])
    assert "2006-01-01 : 1 body, by the first list we hold" in changes
    assert "Named by a list of 2010-07-12 , after the network closed (no list we hold shows the stay itself): Bratislava ." in changes
    assert "2008-05-03" not in changes


def test_a_roughly_dated_list_says_between_which_dates_it_lies():
    rough = "page rebuilt by this project; dated between 2009-03-01 and 2010-07-12"
    changed = tables()
    changed["sources"][1]["note"] = rough.replace("2009-03-01", "2022-01-01").replace("2010-07-12", "2022-09-15")
    changed["sources"][2]["note"] = rough
    made = pages(changed)
    for path in ("network/intercultural_cities.html", "networks.html", "quality.html"):
        assert "dated between 2009-03-01 and 2010-07-12" in text_of(made[path])
    assert "(dated between 2022-01-01 and 2022-09-15 )" in text_of(made[f"list/pact_of_free_cities/{PACT_2022}.html"])
    assert "dated between" not in text_of(pages()["network/intercultural_cities.html"])
