"""The page of open questions: what is asked, what it may be, where it stands, and what was answered by whom."""

import json
import re

import pytest

from citynet.publishing.contract import contract
from citynet.publishing.phrases import forbidden_in
from citynet.publishing.site import render
from publishing.conftest import CONTEXT, RELEASE
from publishing.rows import PACT_2019, PACT_2022, case, judgement, tables

SIGNED = "by editor-first-pass on 2026-11-22"
SIZES = {f"data/{t.name}.{kind}": 2048 for t in contract().tables for kind in ("csv", "parquet")}


def page(path: str = "review.html", **changed) -> str:
    return render(RELEASE, {**tables(), **changed}, CONTEXT, SIZES)[path].decode()


def entry(case_id: str, shown: str) -> str:
    return shown.split(f'<tr id="{case_id}">')[1].split("</tr>")[0]


def text_of(shown: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", shown).split())


def test_an_open_question_stands_with_its_network_candidates_rule_and_dates():
    shown = page()
    section = shown.split('<section id="pact_of_free_cities">')[1].split("</section>")[0]
    told = entry("name-000000000001", section)
    assert "What does “Springfield” (US) mean on the list of Pact of Free Cities?" in text_of(told)
    assert "ambiguous_in_country" in told
    assert '<td class="d">2022-09-15</td><td class="d">2022-10-27</td>' in told
    assert f'href="list/pact_of_free_cities/{PACT_2022}.html#row-4"' in told


def test_a_candidate_leads_to_its_page_and_one_without_a_page_to_the_gazetteer():
    told = entry("name-000000000001", page())
    assert '<a href="city/gn3060972.html">Springfield (US, settlement, in Illinois)</a>' in told
    assert re.search(r'<a rel="noreferrer noopener" href="https://www\.geonames\.org/1">Springfield \(US, settlement\)</a>', told)


def test_a_held_list_is_asked_about_with_why_it_was_held():
    told = entry(f"capture-{PACT_2019[-12:]}", page())
    assert "Held: layout changed" in text_of(told)
    assert f'href="list/pact_of_free_cities/{PACT_2019}.html"' in told


def test_an_answered_question_stands_folded_and_leads_to_the_judgement():
    answered = case("name-2", "name", "What does “Gent” mean?", f"capture {PACT_2022}, row 4", outcome=f"is gn2797656, {SIGNED}")
    shown = page(review_cases=[answered])
    open_part, folded = shown.split('<h2 id="answered">')
    assert "name-2" not in open_part
    assert f">is gn2797656, {SIGNED}</a>" in entry("name-2", folded.split("<details>")[1].split("</details>")[0])
    assert "left open by a person" not in text_of(shown.split("<main")[1])


def test_what_a_person_left_open_stands_apart_from_what_is_answered_and_what_waits_for_a_first_answer():
    shown = page()
    waiting, rest = shown.split('<h2 id="left_open">')
    assert "name-000000000002" not in waiting
    assert 'href="#left_open"' in waiting
    assert 'id="answered"' not in shown
    told = entry("name-000000000002", rest)
    assert '<a href="judgements.html#d1">stays open between gn1; gn2, by editor-first-pass on 2026-11-22</a>' in told
    assert text_of(shown).count("2 questions wait for a first answer") == 1
    assert "1 name. They stay unmatched" in text_of(rest)
    several = case(
        "name-3", "name", "What does “A and B” mean?", f"capture {PACT_2022}, row 4", outcome=f"stands for several bodies, {SIGNED}"
    )
    shown = page(review_cases=[several])
    assert "No question waits for a first answer." in shown
    assert "name-3" in shown.split('<h2 id="left_open">')[1]


def test_an_answer_is_said_to_hold_for_its_network_or_for_all():
    assert "holds for all lists, of the network or of all networks" in text_of(page())


def test_an_answered_list_leads_to_the_judgement_on_its_capture():
    answered = case(
        "capture-1",
        "capture",
        "Is it to be believed?",
        f"capture {PACT_2019} | rows read: 3",
        outcome="reject, by editor-first-pass on 2026-11-22",
    )
    shown = page(review_cases=[answered], judgements=[judgement("b1", "capture", PACT_2019, "reject", "")])
    assert 'href="judgements.html#b1">reject, by editor-first-pass' in entry("capture-1", shown)
    assert "No question waits for a first answer." in shown


def test_a_list_that_stays_held_says_for_how_long_and_one_that_needs_no_answer_leads_to_no_judgement():
    looks = "the same list at 9 looks, from 2022-01-27 to 2022-03-24"
    evidence = f"capture {PACT_2019} | rows read: 3 | {looks}"
    ended = "needs no answer: the list of 2022-04-01, a later one, was accepted"
    rows = [case("capture-1", "capture", "Believed?", evidence), case("capture-2", "capture", "Believed?", evidence, outcome=ended)]
    shown = page(review_cases=rows)
    assert looks in text_of(entry("capture-1", shown))
    assert ended in text_of(entry("capture-2", shown))
    assert "judgements.html" not in entry("capture-2", shown)


@pytest.mark.parametrize("path", ["quality.html", "network/pact_of_free_cities.html", "index.html"])
def test_the_page_is_linked_from_quality_and_from_the_open_names_of_a_network(path):
    main = page(path).split("<main")[1 if path != "index.html" else 0]
    assert re.search(r'href="(\.\./)*review\.html', main)


def test_a_network_without_an_open_question_links_to_no_section_that_is_not_there():
    answered = [row for row in tables()["review_cases"] if row["outcome"]]
    assert 'href="../review.html"' in page("network/pact_of_free_cities.html", review_cases=answered)
    assert 'href="../review.html#pact_of_free_cities"' in page("network/pact_of_free_cities.html")


def test_a_release_without_any_case_says_so():
    shown = page(review_cases=[])
    assert "No question waits for a first answer." in shown
    assert "answered" not in text_of(shown.split("<main")[1])


def test_hostile_names_stay_text_and_no_phrase_is_forbidden():
    hostile = case("name-9", "name", "What does “<script>alert(1)</script>” mean?", f"capture {PACT_2022}, row 1 | no candidate")
    shown = page(review_cases=[hostile])
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert forbidden_in(page()) == []


def test_a_page_that_its_rules_cannot_read_is_shown_with_what_failed_and_what_is_proposed():
    told = "failure: 'ul.members > li' matched 0 | proposal: reader: list, select: ul.cities > li, options: {} | to accept: set reader"
    broken = case(
        "reader-1", "reader", "How is the page https://x.example of Pact of Free Cities to be read?", f"capture {PACT_2022} | {told}"
    )
    shown = text_of(entry("reader-1", page(review_cases=[broken])))
    assert "failure: &#39;ul.members &gt; li&#39; matched 0" in shown
    assert "proposal: reader: list, select: ul.cities &gt; li" in shown
    closed = {**broken, "outcome": "read again on 2024-03-22"}
    assert "read again on 2024-03-22" in text_of(entry("reader-1", page(review_cases=[closed])))


def test_a_contradiction_is_shown_with_what_speaks_for_and_against_it_and_how_it_ended():
    claim = (
        "Pact of Free Cities prints 2023 as the date on which Bratislava (SK) joined, and its complete list of 2019-12-16 shows it already."
    )
    told = (
        f"row pact_of_free_cities/gn3060972/full | first shown by the complete list of 2019-12-16, capture {PACT_2019} | to answer: a line"
    )
    asked = case("membership-1", "membership", claim, f"capture {PACT_2022}, row 4 | {told}")
    shown = entry("membership-1", page(review_cases=[asked]))
    assert f'href="list/pact_of_free_cities/{PACT_2022}.html#row-4"' in shown
    assert f"first shown by the complete list of 2019-12-16, capture {PACT_2019}" in text_of(shown)
    ended = {**asked, "outcome": "the list of 2024-03-22 prints it no more"}
    assert "the list of 2024-03-22 prints it no more" in text_of(entry("membership-1", page(review_cases=[ended])))


def test_the_missing_members_that_a_name_may_be_stand_beside_its_candidates():
    evidence = (
        f"capture {PACT_2022}, row 4 | rule similar | candidates gn1 Springfield (US) | missing gn3060972 Bratislava (SK); gn2 Ghent (BE)"
    )
    alone = f"capture {PACT_2022}, row 4 | rule similar | no candidate | missing gn2 Ghent (BE)"
    shown = page(review_cases=[case("name-1", "name", "What?", evidence), case("name-2", "name", "What?", alone)])
    assert "Springfield (US) ; or a member that the list lacks: Bratislava (SK) ; Ghent (BE)" in text_of(entry("name-1", shown))
    assert 'href="city/gn3060972.html">Bratislava (SK)</a>' in entry("name-1", shown)
    assert "a member that the list lacks: Ghent (BE)" in text_of(entry("name-2", shown))


def test_the_gates_of_a_list_stand_on_the_page_of_its_network():
    sources = tables()["sources"]
    gates = [{"name": "reached", "required": True, "passed": False, "expected": "the page", "seen": "a consent wall <b>"}]
    sources[0] |= {"gates": json.dumps(gates), "failed_gate": "reached", "decision": "changed", "decision_reason": "a consent wall"}
    tried = {**sources[1], "capture_id": "attempt-20220901T000000Z", "page_url": "https://tried.example/", "captured_at": None}
    shown = page("network/pact_of_free_cities.html", sources=[*sources, tried | {"decision": None, "decision_reason": "unavailable: 503"}])
    assert "not passed at “reached”" in shown
    assert "a consent wall &lt;b&gt;" in shown
    assert "not reached since then, nothing captured: unavailable: 503" in text_of(shown)


def test_a_member_that_may_have_been_merged_stands_with_both_and_the_source_of_the_doubt():
    claim = "Oldtown is not on the list of Pact since 2022-09-15, Newtown, which it is a part of today, is: was it merged into that one?"
    evidence = f"capture {PACT_2022} | row pact_of_free_cities/gn1/full | gn1 is a part of gn2: read off a list | to answer: look it up"
    shown = page(review_cases=[case("merger-1", "merger", claim, evidence)])
    told = text_of(entry("merger-1", shown))
    assert "Oldtown is not on the list" in told
    assert "was it merged into that one?" in told
    for line in ("row pact_of_free_cities/gn1/full", "gn1 is a part of gn2: read off a list", "to answer: look it up"):
        assert line in told
    assert f'href="list/pact_of_free_cities/{PACT_2022}.html"' in entry("merger-1", shown)
    assert forbidden_in(shown) == []
