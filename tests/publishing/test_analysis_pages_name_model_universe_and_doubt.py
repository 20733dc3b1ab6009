"""Pages on analysis: every chance model by name, crude beside standardised, evidence without a score, headlines with their other ways."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.model import Row
from citynet.publishing.phrases import forbidden_in
from citynet.publishing.site import render
from citynet.publishing.site.context import load
from citynet.publishing.site.overlap_pages import MODELS, beyond_chance, chance, held_by_most_connected, pair_file
from citynet.publishing.site.wording import told
from publishing.analysis_page_rows import FAMILY, analysed, chance_models, may_join, pair_as_tested
from publishing.conftest import CONTEXT, RELEASE
from publishing.connection_rows import HALF, evidence
from publishing.rows import tables
from publishing.test_site_says_only_what_is_known import SIZES, text_of

PAIR = "pair/intercultural_cities--pact_of_free_cities.html"


@cache
def pages() -> dict[str, str]:
    made = render(RELEASE, analysed(), CONTEXT, SIZES)
    return {path: data.decode() for path, data in made.items() if path.endswith(".html")}


def text(path: str) -> str:
    return text_of(pages()[path])


def test_no_page_on_analysis_uses_a_forbidden_phrase():
    assert {path: found for path, page in pages().items() if (found := forbidden_in(page))} == {}


def test_a_pair_as_tested_stands_beside_every_model_by_name_and_within_country_first():
    page = text("overlap.html")
    places = [page.index(f"E, {name}") for name in MODELS.values()]
    assert places == sorted(places)
    assert next(iter(MODELS)) == "fixed_margins_country"
    row = page.split("Intercultural Cities and Pact of Free Cities 2010-07-12 and 2022-09-15")[1]
    assert row.startswith(" 1 1.00 0.200 2.00 0.040 3.00 &lt; 0.001 4.00 0.030")
    assert FAMILY in page


def test_how_many_pairs_go_beyond_chance_is_told_model_by_model_with_family_and_universe():
    said = beyond_chance(load(analysed()))
    assert said.startswith(
        "Of the one tested pair, so many share more members than chance gives, at a false discovery rate of 5\u00a0%: 0 by fixed"
    )
    assert "1 by sizes of the lists alone (hypergeometric)" in said
    assert f"{FAMILY} Universe: by the sizes of the lists alone, of each pair the municipalities that may join both; by the others" in said
    assert beyond_chance(load(tables())) == ""


@given(st.lists(st.tuples(*[st.none() | st.floats(0, 1)] * len(MODELS)), max_size=6))
@settings(max_examples=30)
def test_no_sentence_on_chance_or_on_concentration_says_a_forbidden_phrase(values):
    pairs = []
    for number, qs in enumerate(values):
        figures = {f"{figure}_{model}": q for model, q in zip(MODELS, qs, strict=True) for figure in ("p", "q")}
        pairs.append({**pair_as_tested(), **figures, "network_b": f"n{number}"})
    data = load({**tables(), "network_overlap": pairs, "chance_models": chance_models()})
    for sentence in filter(None, (beyond_chance(data), held_by_most_connected(data))):
        assert forbidden_in(sentence) == []
        assert re.search(r"Universe: .*\b\d{4}-\d{2}-\d{2}\b|\b\d{4}-\d{2}-\d{2}\b.*Universe: ", sentence)


def test_what_the_most_connected_tenth_holds_is_told_with_its_bounds():
    assert held_by_most_connected(load(tables())) == (
        "The tenth of municipalities with most memberships holds 40\u00a0% of all memberships (33\u00a0% to 50\u00a0%, wherever names "
        "that are not matched belong). Universe: the 4 municipalities on at least one of 2 complete lists, of 2010-07-12 to 2022-09-15."
    )


def test_where_no_pair_is_tested_the_page_says_why_and_claims_nothing():
    page = text_of(render(RELEASE, tables(), CONTEXT, SIZES)["overlap.html"].decode())
    assert "No pair of this release is tested: no two complete lists of unrelated networks of one time have 10 members each." in page
    assert "No pair is therefore said to share more or fewer members than chance would give." in page


def test_a_pair_has_one_page_whichever_network_comes_first():
    assert pair_file("b", "a") == pair_file("a", "b") == "a--b"
    assert f'href="{PAIR}"' in pages()["overlap.html"]
    page = text(PAIR)
    assert "more than members’ general joining, and the networks’ countries, account for? 1.00 1.5 0.100 0.990 0.200 0.400 –" in page
    assert "sizes of the lists alone (hypergeometric) more than the sizes of the two lists account for? 3.00 1.5 &lt; 0.001" in page
    assert "public criticism of governments (&#34;shaming&#34; in the 2018 report) yes not known" in page
    assert "1 shared member beside what each chance model expects" in page
    assert "Policy domains: of neither network is any known so far." in page
    assert "Bratislava Board seen 2010-07-12 Presidency day not known not known" in page


def test_a_pair_with_open_names_shows_how_far_each_figure_could_move():
    changed = analysed()
    open_names = "pact_of_free_cities: 2 printed names not matched, so more may be shared"
    bounds = {"n_b_high": 5, "shared_high": 2, "containment_a_high": 1.0, "containment_b_low": 0.2, "containment_b_high": 0.5}
    changed["network_overlap"][0] |= {**bounds, "not_computed_because": open_names}
    site = render(RELEASE, changed, CONTEXT, SIZES)
    page = text_of(site[PAIR].decode())
    assert "Members 2 and 3 to 5 municipalities Shared at least 1, at most 2, whatever the names that are not matched are" in page
    assert "As shares 50 % to 100 % of Intercultural Cities, 20 % to 50 % of Pact of Free Cities" in page
    assert "at least 1 50 % to 100 % 20 % to 50 %" in text_of(site["overlap.html"].decode())


def test_where_a_model_tests_fewer_pairs_their_number_is_told():
    pair, other = pair_as_tested(), {**pair_as_tested(), "network_b": "other", "q_bicm": None, "p_bicm": None}
    said = beyond_chance(load({**tables(), "network_overlap": [pair, other], "chance_models": chance_models()}))
    assert "0 by fixed margins within country; 2 by fixed margins; 2 by sizes of the lists" in said
    assert "1 of 1 by configuration model (bicm)" in said


def test_a_pair_turns_its_columns_with_the_names_of_its_networks():
    changed = analysed()
    changed["networks"][1]["name"] = "Zeta"  # intercultural_cities, the first of its pair in the table
    page = text_of(render(RELEASE, changed, CONTEXT, SIZES)[PAIR].decode())
    assert "Shown by Pact of Free Cities Shown by Zeta" in page
    assert "in the 2018 report) not known yes" in page
    assert "Bratislava Presidency day not known Board seen 2010-07-12" in page


def test_evidence_on_how_a_network_is_run_has_no_sum_and_says_what_nobody_looked_for():
    page = text("network/pact_of_free_cities.html").split("How it is run: evidence, no score")[1].split("Relations to other")[0]
    assert "Fee yes by residents https://www.pactoffreecities.example/members" in page
    assert "Statutes not found not on its pages" in page
    assert "Effect not looked for" in page
    assert "Hungary 50.0" in page
    assert not re.search(r"\b(total|overall|average|out of)\b", page)


def test_a_class_without_a_seat_has_none_of_them_within_bounds():
    changed = analysed()
    told = {**HALF, "universe": "the 2 seats of the Presidency", "note": "0 of 1; 1 more have no known class"}
    item = "share_of_seats:Presidency:country"
    changed["legitimacy_evidence"] += [
        evidence("input", f"{item}:HU", "figure", **{**told, "figure": 0.0, "figure_low": 0.0}),
        evidence("input", f"{item}:SK", "figure", **{**told, "figure": 100.0, "figure_high": 100.0}),
    ]
    page = text_of(render(RELEASE, changed, CONTEXT, SIZES)["network/pact_of_free_cities.html"].decode())
    assert "Hungary 50.0 1 of 2 0.0 0 of 1, from 0.0 to 50.0" in page


def test_bodies_name_cities_and_roles_and_those_that_govern_come_first():
    page = text("network/pact_of_free_cities.html").split("Governing bodies, secretariat and partners")[1].split("Sources")[0]
    assert page.index("Presidency governs the body as such") < page.index("Presidency Bratislava seat 1") < page.index("Secretariat")
    assert "its cities fees not told" in page


def test_who_may_join_is_told_as_access_with_bounds_where_a_rule_cuts_through_a_class():
    page = text("access.html")
    assert "By their own rules, municipalities of every size and country may join Intercultural Cities" in page
    assert "Pact of Free Cities 3.4 % 3.4 % 1.0 to 4.0 %" in page
    assert "Network without a list : closed since 2018-05: nobody can join" in page
    assert "Slovakia 100 2.0 % 2.0 %" in page
    assert "What a rule keeps out is not under-represented" in page
    assert f"each network’s own rules in force on {CONTEXT.as_of} admit" in page
    assert "Universe municipalities in 2 countries of the list; or, by the rules of the network, municipalities in 3 countries" in page
    assert "France 900 900 without residents in the source 5.0 % –" in page


def test_a_network_says_from_where_and_from_which_other_network_its_members_come():
    bound: Row = {"must_belong_to": "intercultural_cities", "countries_admitted": "DE;SK"}
    universe = "municipalities in 2 countries of the list (other countries are not in it)"
    access = [may_join("pact_of_free_cities", "all", "all", percent, universe=universe, **bound) for percent in (100.0, 3.4)]
    changed = [render(RELEASE, {**analysed(), "access": [row]}, CONTEXT, SIZES) for row in access]
    for percent, made in zip(("100.0", "3.4"), changed, strict=True):
        page = text_of(made["network/pact_of_free_cities.html"].decode())
        assert f"{percent} % of the municipalities of the list of local units, all of them in Germany, Slovakia; they must also be" in page
        assert "members of Intercultural Cities, whose rules are in this share and whose list is not. There live" in page
        assert f"Universe: {universe}." in page
        note = "members of Intercultural Cities alone: of these the rules are in the share, the list is not 2 countries of the universe"
        assert f"Pact of Free Cities {note} {percent} %" in text_of(made["access.html"].decode())


def test_size_and_membership_has_its_three_sentences_and_no_country_codes():
    page = text("size.html")
    assert "All families: we cannot tell. Countries without a comparison: France, Germany, Slovakia. Universe: those who may join" in page
    assert "2.50 1.50 to no upper end – &lt; 0.001 relation converged" in page
    assert "Network known from a sample : list of 2018-06-01 is partial" in page


def test_a_network_that_enters_is_named_apart_and_never_as_growth():
    page = text("trends.html")
    assert "Pact of Free Cities 2021-06-30 2022-06-30 3 4 2 +1 +0 to +3 33.3" in page
    assert "It entered the monitor in between, which is no growth: Intercultural Cities" in page


def test_each_headline_names_the_other_ways_that_it_survives():
    badge = text("index.html").split("Municipalities in three or more families of networks")[1].split("Share of memberships held")[0]
    assert "1 of 3 alternatives survived yes: counted by networks (6.0 %)" in badge
    assert "no: two or more (40.0 %)" in badge
    assert "not computable: core (no core network has a list)" in badge
    page = text("sensitivity.html")
    assert "5.0 % as published, not above its bound of 10.0 %." in page
    assert "in other ways, fixed on 2026-11-23 (version 3)" in page
    assert page.count("Not computed in this release.") == 7


@pytest.mark.parametrize("path", [PAIR, "functions.html", "connectivity.html", "access.html", "size.html", "trends.html"])
def test_pages_beyond_the_headlines_say_that_they_are_exploratory_and_what_they_do_not_say(path):
    assert "exploratory: the eight headlines are fixed in the methodology" in text(path)
    assert "What it does not say" in text(path)


def test_crude_ratios_stand_beside_those_with_the_countries_of_the_members_held():
    changed = tables()
    changed["representation"][0] |= {"ratio_standardised": 1.82, "ratio_standardised_low": 1.5, "ratio_standardised_high": 2.0}
    changed["representation"][0]["reading_standardised"] = "over"
    made = render(RELEASE, changed, CONTEXT, SIZES)
    assert "10.20 over countries held: 1.82 over" in text_of(made["representation.html"].decode())
    assert "10.20 5.10 to 15.30 over-represented 1.82 1.50 to 2.00 over-represented" in (
        text_of(made["representation/pact_of_free_cities.html"].decode())
    )


def test_what_members_without_a_class_allow_stands_beside_each_figure_and_a_universe_without_a_count_says_why():
    changed = tables()
    changed["representation"][0] |= {"member_residents": 440_000, "member_residents_percent_low": 12.3}
    because = "pact_of_free_cities: who may join is not known: its file states no rule of who may join"
    untold = {
        "universe": "those who may join",
        "universe_kind": "eligible_by_rule",
        "u_c": None,
        "u": None,
        "not_computed_because": because,
    }
    changed["representation"].append({**changed["representation"][0], **untold, "representation_ratio": None, "reading": None})
    page = text_of(render(RELEASE, changed, CONTEXT, SIZES)["representation/pact_of_free_cities.html"].decode())
    assert "1-5M 1 25 – 4.00 to 12.00 % 10.20 5.10 to 15.30 over-represented" in page
    assert "49.8 (24.8 to 74.8) – 440 000 (at least 12.3 %)" in page
    assert "Without a figure: against municipalities that its own rules admit, for who may join is not known: its file states no" in page


@pytest.mark.parametrize(("value", "shown"), [(None, "–"), (0.0004, "< 0.001"), (0.05, "0.050"), (1.0, "1.000")])
def test_small_chances_are_not_written_as_none(value, shown):
    assert chance(value) == shown


def test_hostile_text_in_a_sentence_stays_text():
    assert told("<b>DE;FR</b>") == "&lt;b&gt;France, Germany&lt;/b&gt;"


def test_a_pair_that_models_settle_names_them_and_the_family_of_those_that_test_it():
    changed = analysed()
    settled = [f"{figure}_{model}" for model in ("fixed_margins_country", "fixed_margins") for figure in ("z", "p", "p_lower", "q", "q_by")]
    changed["network_overlap"][0] |= dict.fromkeys(settled)
    changed["network_overlap"][0]["not_computed_because"] = "nothing is left to chance by fixed_margins, fixed_margins_country"
    for row in changed["chance_models"]:
        row |= {"family": None, "pairs": 0} if str(row["model"]).startswith("fixed_margins") else {}
    site = render(RELEASE, changed, CONTEXT, SIZES)
    words = "nothing is left to chance by fixed margins and by fixed margins within country"
    for page in (text_of(site[PAIR].decode()), text_of(site["overlap.html"].decode())):
        assert words in page
        assert FAMILY in page
