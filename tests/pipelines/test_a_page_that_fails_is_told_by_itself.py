"""Of several pages, of a question posted, and of a page that auto reads: the failing page has its case, and each page its own counts."""

import json

import pytest

import network_file
from citynet.http.capture import keep, make_capture
from citynet.model import Fetched, instant
from citynet.pipelines import inputs as release_inputs
from citynet.pipelines.fetching import record
from citynet.pipelines.listings import decide
from citynet.pipelines.names import open_names
from citynet.pipelines.registry import open_registry
from citynet.pipelines.review import all_cases
from citynet.pipelines.source_rows import capture_rows
from citynet.pipelines.views import view
from citynet.reading.following import next_part
from pipelines.live_pages import URL, capture, listed, page, register

CITIES = ("Graz (Austria)", "Lyon (France)", "Malmö (Sweden)", "Ghent (Belgium)", "Turin (Italy)", "Utrecht (Netherlands)")
SITE = "https://rivers.example"
TOTALLED = "reader: list, select: 'ul.m > li', options: {pattern: Name (Country), total: '(\\d+) members'}, verified_on: 2024-01-01"


@pytest.fixture
def rivers(outside):
    return outside


def registered(outside, *pages: str) -> None:
    """Write the network's file with these pages."""
    text = "".join(f"    - {{{page}}}\n" for page in pages)
    network_file.register(outside.registry, text, "  expect: {min: 1, max: 50}\n", network_id="rivers")


def answered(outside, day: str, *answers: Fetched) -> None:
    at = instant(f"{day}T12:00:00Z")
    made, warc = make_capture("rivers", list(answers), captured_at=at, known_at=at, origin="live")
    keep(outside.store, made, warc)
    record(outside.store, "rivers", at, capture=made)


def with_total(path: str, members, total: int) -> Fetched:
    items = "".join(f"<li>{member}</li>" for member in members)
    body = page(f"<p>{total} members</p><ul class='m'>{items}</ul>").encode()
    return Fetched(f"{SITE}/{path}", "GET", 200, "text/html; charset=utf-8", (), body, f"{SITE}/{path}")


def cases(outside) -> list[str]:
    return [case.name for case in all_cases(outside, open_names(outside)) if case.what == "reader" and not case.outcome]


def counts(outside) -> list[tuple[object, object]]:
    names = open_names(outside)
    inputs = release_inputs.gather(outside, names)
    assert inputs is not None
    now = view(outside, inputs, open_registry(outside).get("rivers"), names, misconfigured=False)
    newest = now.decided[-1].reading.capture.capture_id
    return [(row["parsed_count"], row["printed_count"]) for row in capture_rows(now) if row["capture_id"] == newest]


def test_each_page_has_its_own_counts_and_the_one_that_contradicts_its_total_its_case(rivers):
    registered(rivers, *(f"url: '{SITE}/{path}', {TOTALLED}" for path in "ab"))
    answered(rivers, "2024-03-01", with_total("a", CITIES[:4], 4), with_total("b", CITIES[4:], 2))
    assert counts(rivers) == [(4, 4), (2, 2)]
    assert cases(rivers) == []
    answered(rivers, "2024-03-08", with_total("a", CITIES[:4], 4), with_total("b", CITIES[4:], 3))
    assert counts(rivers) == [(4, 4), (2, 3)]
    assert cases(rivers) == [f"{SITE}/b"]


def test_an_answer_to_a_question_that_is_laid_out_otherwise_has_its_case(rivers):
    query = "reader: graphql, select: '$.data.cities[*]', options: {name: $.name}, ask: '{cities{name}}'"
    registered(rivers, f"url: '{SITE}/graphql', {query}, documented_at: '{SITE}/doc', verified_on: 2024-01-01")
    (spec,) = open_registry(rivers).get("rivers").pages
    part = next_part(spec, [], "rivers")
    assert part is not None
    for day, field in (("2024-03-01", "cities"), ("2024-03-08", "towns")):
        body = json.dumps({"data": {field: [{"name": city.split(" (")[0]} for city in CITIES]}}).encode()
        answered(rivers, day, Fetched(part.key, "POST", 200, "application/json", (), body, part.key))
    assert cases(rivers) == [f"{SITE}/graphql"]


def test_a_page_that_auto_reads_no_more_has_its_case_without_a_proposal(rivers):
    register(rivers, reader="auto", options="{}")
    file = rivers.registry / "rivers.yml"
    file.write_text(file.read_text().replace('select: "ul.members > li", ', ""))
    capture(rivers, "2024-03-01", listed(*CITIES))
    capture(rivers, "2024-03-08", page("<h2>Welcome</h2><p>We are a network.</p><p>Read on.</p>"))
    assert [one.outcome for one in decide(rivers, open_registry(rivers).get("rivers"), open_names(rivers))] == ["accepted", "changed"]
    assert cases(rivers) == [URL]
