"""From a change or a row that a person decided on to the judgement: by whom, when, why and on what evidence."""

import re

import pytest

from citynet.publishing.contract import contract
from citynet.publishing.site import render
from publishing.conftest import CONTEXT, RELEASE
from publishing.evidence import evidence
from publishing.one_row import row
from publishing.rows import PACT_2022, judgement, tables

SIZES = {f"data/{t.name}.{kind}": 2048 for t in contract().tables for kind in ("csv", "parquet")}
LEFT = {"network_id": "intercultural_cities", "place_id": "gn3067696", "tie": "full", "change": "left", "cause": "judgement"}


def page(path: str, changed=None, context=CONTEXT) -> str:
    return render(RELEASE, {**tables(), **(changed or {})}, context, SIZES)[path].decode()


def links(shown: str) -> list[str]:
    return re.findall(r'href="(?:\.\./)*(judgements\.html#[^"]*)"', shown)


def text_of(shown: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", shown).split())


def departure() -> dict[str, list]:
    when = {"earliest": "2009-01-01", "latest": "2010-07-12", "known_at": "2026-11-22T00:00:00Z"}
    return {"membership_changes": [row("membership_changes", change_id="c9", **LEFT, **when)]}


def test_each_judgement_stands_with_reviewer_date_reason_and_source_at_an_anchor_of_its_own():
    shown = page("judgements.html")
    entry = shown.split('<tr id="d2">')[1].split("</tr>")[0]
    assert "the reason of d2" in entry
    assert "editor-first-pass, 2026-11-22" in text_of(entry)
    assert 'href="https://www.evidence.example/d2"' in entry
    assert "2009-01-01 to 2010-07-12" in text_of(entry)
    assert 'href="network/intercultural_cities.html"' in entry
    assert (
        shown.index('<section id="place_name">')
        < shown.index('id="d1"')
        < shown.index('<section id="membership">')
        < shown.index('id="d2"')
    )


@pytest.mark.parametrize("path", ["quality.html", "data.html", f"list/pact_of_free_cities/{PACT_2022}.html"])
def test_the_page_is_linked_from_quality_data_and_evidence(path):
    assert re.search(r'href="(\.\./)*judgements\.html"', page(path))


@pytest.mark.parametrize("path", ["changes.html", "network/intercultural_cities.html", "index.html"])
def test_a_departure_by_judgement_leads_to_the_judgement(path):
    assert set(links(page(path, departure()))) == {"judgements.html#d2"}


def test_of_several_judgements_on_one_membership_the_one_of_its_dates_is_meant():
    later = judgement("d3", "membership", "gn3067696", "left", "gn3067696", network_id="intercultural_cities", happened="2021-05-01")
    back = judgement("d4", "membership", "gn3067696", "joined", "gn3067696", network_id="intercultural_cities", happened="2010-07-12")
    changed = {**departure(), "judgements": [*tables()["judgements"], later, back]}
    assert set(links(page("changes.html", changed))) == {"judgements.html#d2"}


def test_a_list_that_was_decided_anew_leads_to_the_latest_decision_and_the_page_has_both_in_order():
    then = judgement("a9", "capture", PACT_2022, "accept", "", network_id="pact_of_free_cities", decided_on="2026-05-04")
    now = judgement("a1", "capture", PACT_2022, "reject", "", network_id="pact_of_free_cities", decided_on="2026-06-01")
    changed = {"judgements": [*tables()["judgements"], now, then]}
    assert links(page(f"list/pact_of_free_cities/{PACT_2022}.html", changed)).count("judgements.html#a1") == 1
    shown = page("judgements.html", changed)
    assert shown.index('id="a9"') < shown.index('id="a1"')


def test_a_departure_whose_judgement_is_not_in_the_release_leads_to_the_judgements_on_memberships():
    elsewhere = [{**tables()["judgements"][1], "network_id": "pact_of_free_cities"}]
    assert set(links(page("changes.html", {**departure(), "judgements": elsewhere}))) == {"judgements.html#membership"}


def test_a_membership_that_ended_by_judgement_says_so_and_one_that_is_listed_does_not():
    ended = tables()["memberships"]
    ended[3] |= {"state": "departed", "counted": False, "to_latest": "2010-07-12"}
    assert links(page("city/gn3067696.html", {"memberships": ended})) == ["judgements.html#d2"]
    assert links(page("city/gn3067696.html")) == []


def test_a_name_that_a_person_left_open_leads_to_the_judgement():
    names = tables()["unresolved_names"]
    names[0]["route"] = "judgement:unsure"
    for path in ("network/pact_of_free_cities.html", "quality.html"):
        assert links(page(path, {"unresolved_names": names})) == ["judgements.html#d1"]
    assert links(page("quality.html")) == []


def routed(name: str, route: str, place_id: str):
    from dataclasses import replace

    pact = evidence()[1]
    first = replace(pact.rows[0], name_as_published=name, route=route, place_id=place_id)
    return replace(CONTEXT, evidence=(evidence()[0], replace(pact, rows=(first, *pact.rows[1:]))))


@pytest.mark.parametrize(
    ("route", "place_id", "leads_to"),
    [
        ("judgement:is", "gn3060972", "a1"),
        ("judgement:is", "gn1", "a2"),
        ("judgement:is:pact_of_free_cities", "gn3060972", "a3"),
        ("judgement:is:intercultural_cities", "gn3060972", "place_name"),
        ("judgement:is", "gn999", "place_name"),
        ("primary_name", "gn3060972", None),
    ],
)
def test_a_printed_name_leads_to_the_judgement_of_its_scope_and_place(route, place_id, leads_to):
    known = [
        judgement("a1", "place_name", "Pozsony", "is", "gn3060972"),
        judgement("a2", "place_name", "Pozsony", "is", "gn1", country="US"),
        judgement("a3", "place_name", "Pozsony", "is", "gn3060972", network_id="pact_of_free_cities"),
    ]
    shown = page(f"list/pact_of_free_cities/{PACT_2022}.html", {"judgements": known}, routed("Pozsony", route, place_id))
    assert links(shown) == ([f"judgements.html#{leads_to}"] if leads_to else [])


@pytest.mark.parametrize("printed", ["POZSONY-Óváros", "Pozsony Ovaros", "Pozsony, (Óváros)"])
def test_marks_accents_and_case_do_not_part_a_name_from_its_judgement(printed):
    known = [judgement("a1", "place_name", "Pozsony Óváros", "is", "gn3060972")]
    context = routed(printed, "judgement:is", "gn3060972")
    assert links(page(f"list/pact_of_free_cities/{PACT_2022}.html", {"judgements": known}, context)) == ["judgements.html#a1"]


def test_a_capture_that_a_person_accepted_leads_to_the_judgement():
    known = [judgement("b1", "capture", PACT_2022, "accept", "", network_id="pact_of_free_cities")]
    assert links(page(f"list/pact_of_free_cities/{PACT_2022}.html", {"judgements": known})) == ["judgements.html#b1"]


def test_what_a_body_is_leads_from_its_page_to_the_judgement():
    known = [judgement("e1", "body", "Staré Mesto", "is a body", "x-sk-stare-mesto")]
    assert links(page("city/x-sk-stare-mesto.html", {"judgements": known})) == ["judgements.html#e1"]
