"""The client against a real HTTP server that behaves as Eurostat's has been seen to: each trouble ends in the data or in its own error."""

import gzip
import logging
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from citynet.errors import (
    AsyncPending,
    BadQuery,
    CitynetError,
    EmptyForFilter,
    Malformed,
    NotFound,
    OutageHtml,
    ServerFault,
    SourceChanged,
    SourceForbidden,
    SourceUnavailable,
    TooBig,
)
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.model import Fetched
from citynet.statistics.eurostat import decode_answers, pull, updated_of
from fake_eurostat import (
    AUGUST,
    Cells,
    Cube,
    FakeEurostat,
    cut_in_chunk,
    cut_in_gzip,
    cut_short,
    eurostat,
    fault,
    in_preparation,
    json_error,
    jsonstat,
    outage,
    redirected,
    slow,
    ticket,
    too_big_json,
    tsv,
)
from loopback import Answer, Clock, page

AT = datetime(2026, 11, 23, 11, tzinfo=UTC)
OURS = Politeness(contact="desk@example.org", delay_seconds=0.0, timeout=(2.0, 2.0), total_seconds=5.0, tries=1, allow_private=True)
POPULATION = Cube()
CITIZENS = Cube("urb_cpopcb", "urb_cpopcb", {"indic_ur": ("DE2001V", "DE2003V", "DE2003I")})
CELLS: Cells = {
    ("DE1001V", "BE001C", 1999): (959318, ""),
    ("DE1001V", "BE001C", 2014): (1183841, "be"),
    ("DE1001V", "BE", 2014): (11180840, "p"),
    ("DE1001V", "AT001C", 2014): (1766746, ""),
    ("DE1001V", "CY001C", 2015): (None, "m"),
    ("DE1001V", "CY001C", 2016): (None, "C"),
}
LABELS = {"BE001C": "Bruxelles/Brussel (greater city)   ", "AT001C": "Wien"}
SHARES: Cells = {
    (indicator, territory, year): (float(value + year), flags)
    for indicator, value, flags in (("DE2001V", 70_000, ""), ("DE2003V", 9_000, "e"), ("DE2003I", 3, "d"))
    for territory in ("DE001C", "DE002C")
    for year in (2009, 2012, 2014, 2020)
}
SMALL = jsonstat(CELLS, AUGUST, LABELS)


@pytest.fixture
def service() -> Iterator[FakeEurostat]:
    with eurostat() as found:
        found.put(CELLS, labels=LABELS)
        found.put(SHARES, code="urb_cpopcb")
        yield found


def pulled(service: FakeEurostat, dataset: Cube = POPULATION, clock: Clock | None = None, **changes: Any) -> list[Fetched]:
    clock = clock or Clock()
    way = LiveFetcher(replace(OURS, **changes), sleep=clock.sleep, now=clock.now)
    return pull(way, dataset, AT, sleep=clock.sleep, now=clock.now, deadline_seconds=600.0, api=service.api)


def cells_of(answers: list[Fetched], dataset: Cube = POPULATION) -> Cells:
    found = decode_answers(answers, dataset).table
    rows = zip(*(found[name].tolist() for name in ("indicator", "territory", "year", "value", "flags")), strict=True)
    return {(indicator, territory, year): (value if value == value else None, flags) for indicator, territory, year, value, flags in rows}


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "not packed"])
def test_a_sparse_answer_with_keys_in_any_order_comes_back_cell_by_cell(service: FakeEurostat, packed: bool) -> None:
    service.packed = packed
    answers = pulled(service)
    found = decode_answers(answers, POPULATION)
    assert cells_of(answers) == CELLS
    keys = list(zip(*(found.table[name].tolist() for name in ("indicator", "territory", "year")), strict=True))
    assert keys == sorted(CELLS)
    assert (found.dataset, found.updated) == ("urb_cpop1", "2026-08-31T21:00:00Z")
    assert found.labels["BE001C"] == "Bruxelles/Brussel (greater city)"
    assert service.kinds() == ["data"]
    assert answers[0].headers  # what a capture keeps is the answer itself


def test_a_flag_served_without_a_value_is_a_row_without_a_value(service: FakeEurostat) -> None:
    found = decode_answers(pulled(service), POPULATION).table
    alone = found[found["value"].isna()]
    assert alone[["territory", "year", "flags"]].values.tolist() == [["CY001C", 2015, "m"], ["CY001C", 2016, "C"]]


def test_the_types_of_the_columns_are_those_that_callers_count_on(service: FakeEurostat) -> None:
    types = {name: str(kind) for name, kind in decode_answers(pulled(service), POPULATION).table.dtypes.items()}
    assert types == {"indicator": "category", "territory": "category", "year": "int16", "value": "float64", "flags": "category"}


def test_what_is_new_is_told_by_metadata_alone(service: FakeEurostat) -> None:
    way = LiveFetcher(OURS)
    assert updated_of(way, POPULATION, AT, api=service.api) == "2026-08-31T21:00:00Z"
    assert service.kinds() == ["metadata"]
    body = way.ask(f"{service.api}/statistics/1.0/data/urb_cpop1?time_period=null", at=AT).body
    assert b'"value": {}' in body


def test_a_service_that_knows_no_period_called_null_is_asked_for_the_newest_one(service: FakeEurostat) -> None:
    service.knows_null = False
    assert updated_of(LiveFetcher(OURS), POPULATION, AT, api=service.api) == "2026-08-31T21:00:00Z"
    assert ("lastTimePeriod", "1") in service.asked[-1][2]


@pytest.mark.parametrize("trouble", [outage(), in_preparation(), page(b"{", 200)], ids=["outage", "in preparation", "cut"])
def test_a_watermark_is_never_made_of_a_trouble(service: FakeEurostat, trouble: Answer) -> None:
    service.troubles = [trouble]
    with pytest.raises((OutageHtml, AsyncPending, Malformed)):
        updated_of(LiveFetcher(OURS), POPULATION, AT, api=service.api)


def test_an_answer_in_preparation_is_waited_for_at_the_same_address_longer_each_time(service: FakeEurostat) -> None:
    service.troubles, clock = [in_preparation()] * 3, Clock()
    assert cells_of(pulled(service, clock=clock)) == CELLS
    assert clock.slept == [5.0, 10.0, 20.0]
    assert len(set(map(str, service.asked))) == 1


def test_waiting_ends_at_the_deadline(service: FakeEurostat) -> None:
    service.troubles, clock = [in_preparation()] * 99, Clock()
    with pytest.raises(AsyncPending, match=r"ASYNCHRONOUS_RESPONSE.*until the deadline"):
        pulled(service, clock=clock)
    assert clock.time == pytest.approx(600.0)


def test_a_service_too_slow_for_all_parts_is_left_at_the_deadline(service: FakeEurostat) -> None:
    service.put(SHARES, code="urb_cpopcb", most=8)
    clock = Clock()
    service.before_data = lambda: clock.sleep(250.0)
    with pytest.raises(SourceUnavailable, match="all parts before the deadline"):
        pulled(service, CITIZENS, clock=clock)
    assert len(service.asked) == 3


def test_what_is_too_big_is_asked_for_by_indicator(service: FakeEurostat) -> None:
    service.put(SHARES, code="urb_cpopcb", most=8)
    answers = pulled(service, CITIZENS)
    assert cells_of(answers, CITIZENS) == SHARES
    assert [dict(parameters).get("indic_ur") for _, _, parameters in service.asked[1:]] == ["DE2001V", "DE2003V", "DE2003I"]
    assert len({answer.url for answer in answers}) == 3  # one page of the capture each


def test_what_is_too_big_for_one_indicator_is_asked_for_by_halves_of_the_years(service: FakeEurostat) -> None:
    service.put(SHARES, code="urb_cpopcb", most=4)
    answers = pulled(service, CITIZENS)
    assert cells_of(answers, CITIZENS) == SHARES
    spans = [
        (dict(p).get("sinceTimePeriod"), dict(p).get("untilTimePeriod")) for _, _, p in service.asked if dict(p)["indic_ur"] == "DE2003I"
    ]
    assert (None, "1993") in spans  # open to both ends: nothing before or after the counted range is lost
    assert ("1994", None) in spans


def test_a_question_that_cannot_be_made_smaller_is_refused_after_a_few_requests(service: FakeEurostat) -> None:
    service.put(SHARES, code="urb_cpopcb", most=0)
    service.troubles = [too_big_json()] * 50
    with pytest.raises(TooBig, match="EXTRACTION_TOO_BIG"):
        pulled(service, CITIZENS)
    assert len(service.asked) < 12


def test_an_answer_over_our_own_limit_is_split_as_one_over_theirs(service: FakeEurostat) -> None:
    whole = len(pulled(service, CITIZENS)[0].body)
    answers = pulled(service, CITIZENS, api_max_bytes=whole - 1)
    assert cells_of(answers, CITIZENS) == SHARES
    assert len(answers) == 3


def test_an_indicator_without_any_results_is_left_out_of_the_parts_as_of_the_whole(service: FakeEurostat) -> None:
    fewer = {key: cell for key, cell in SHARES.items() if key[0] != "DE2003V"}
    service.put(fewer, code="urb_cpopcb")
    assert cells_of(pulled(service, CITIZENS), CITIZENS) == fewer
    service.troubles = [too_big_json(), None, json_error(404, 100, "ERR_NOT_FOUND_4: No results found")]
    answers = pulled(service, CITIZENS)
    assert cells_of(answers, CITIZENS) == fewer
    assert [answer.status for answer in answers] == [200, 404, 200]
    with pytest.raises(NotFound):
        decode_answers(answers[1:2], CITIZENS)


def test_a_new_vintage_between_two_parts_makes_all_of_them_be_asked_for_anew(service: FakeEurostat) -> None:
    service.put(SHARES, code="urb_cpopcb", most=8)
    asked = iter(range(100))

    def at_the_third_request() -> None:
        if next(asked) == 2:
            newer = {key: (value + 1, flags) for key, (value, flags) in SHARES.items() if value is not None}
            service.put(newer, code="urb_cpopcb", most=8, updated="2026-11-23T11:00:00+0100")

    service.before_data = at_the_third_request
    found = decode_answers(pulled(service, CITIZENS), CITIZENS)
    assert found.updated == "2026-11-23T10:00:00Z"
    assert found.table["value"].min() == 3 + 2009 + 1
    assert len(service.asked) == 8


def test_vintages_that_change_all_the_time_are_an_unavailable_source(service: FakeEurostat) -> None:
    hours = iter(range(10, 23))
    service.before_data = lambda: service.put(SHARES, code="urb_cpopcb", most=8, updated=f"2026-11-23T{next(hours)}:00:00+0100")
    with pytest.raises(SourceUnavailable, match=r"expected parts of one vintage.*twice"):
        pulled(service, CITIZENS)


def test_a_code_that_vanished_and_labels_that_changed_are_data(service: FakeEurostat) -> None:
    """Whether so few cities may be believed is a question to the checks of a vintage, not to the client."""
    fewer = {key: cell for key, cell in CELLS.items() if key[1] != "AT001C"}
    service.put(fewer, labels={"BE001C": "Brussels"})
    answers = pulled(service)
    assert cells_of(answers) == fewer
    assert decode_answers(answers, POPULATION).labels["BE001C"] == "Brussels"


@pytest.mark.parametrize(
    ("trouble", "error", "told"),
    [
        (json_error(404, 100, "ERR_NOT_FOUND_4: No results found"), NotFound, "404, id 100: ERR_NOT_FOUND_4"),
        (json_error(400, 100, "No results found"), NotFound, "400, id 100: No results"),
        (json_error(400, 150, "INVALID_QUERY_DIMENSION_VALUE: GEO=EU27"), BadQuery, "id 150: INVALID_QUERY"),
        (json_error(400, 140, "Syntax error"), BadQuery, "id 140"),
        (json_error(401, 110, "Unauthorized"), SourceForbidden, "Unauthorized"),
        (json_error(429, 0, "Too many requests"), SourceUnavailable, "Too many"),
        (page(b"", 403, Content_Type="text/plain"), SourceForbidden, "403"),
        (outage(403), SourceForbidden, "HTML page .status 403"),
        (outage(404), NotFound, "HTML page .status 404"),
        (page(b"gone", 410, Content_Type="text/plain"), NotFound, "got 410"),
        (page(b'{"warning":{"status":299,"label":"Deprecated"}}', 200), SourceChanged, "a warning: 299"),
    ],
)
def test_an_error_of_the_service_has_its_own_name_and_says_where(
    service: FakeEurostat, trouble: Answer, error: type[CitynetError], told: str
) -> None:
    service.troubles = [trouble]
    with pytest.raises(error, match=told) as caught:
        pulled(service)
    assert type(caught.value) is error
    assert str(caught.value).startswith("Eurostat urb_cpop1 (http://127.0.0.1:")
    assert service.kinds() == ["data"]


def test_a_filter_that_meets_nothing_is_no_empty_data_set(service: FakeEurostat) -> None:
    with pytest.raises(EmptyForFilter, match="indic_ur DE9999V"):
        pulled(service, replace(POPULATION, filters={"indic_ur": ("DE9999V",)}))
    with pytest.raises(NotFound, match="dataset urb_gone not found"):
        pulled(service, replace(POPULATION, code="urb_gone"))
    service.put({("DE1001V", "CY001C", 2015): (None, "m"), ("DE1001V", "CY001C", 2016): (None, "c")})
    with pytest.raises(EmptyForFilter, match="indic_ur DE1001V"):
        pulled(service)


OUT: dict[str, tuple[Callable[[FakeEurostat], Answer], type[CitynetError]]] = {
    "a page for people": (lambda service: outage(), OutageHtml),
    "such a page with status 503": (lambda service: outage(503), OutageHtml),
    "a redirect to another host": (lambda service: redirected(service.site.url("/sorry", host="localhost")), OutageHtml),
    "a redirect to such a page": (lambda service: redirected(service.site.url("/sorry")), OutageHtml),
    "an error of the server": (lambda service: json_error(500, 500, "Internal error"), ServerFault),
    "a bare 502": (lambda service: page(b"", 502, Content_Type="text/plain"), ServerFault),
    "no JSON": (lambda service: page(SMALL[:-20], Content_Type="application/json"), Malformed),
    "nothing": (lambda service: page(b"", Content_Type="application/json"), Malformed),
    "another shape": (lambda service: page(SMALL.replace(b'"2.0"', b'"2.0","size":[1]')[:-1] + b',"size":[1]}'), Malformed),
}


@pytest.mark.parametrize("name", OUT)
def test_where_the_json_service_is_out_the_same_figures_come_by_sdmx(service: FakeEurostat, name: str) -> None:
    service.site.answers["/sorry"] = outage()
    service.troubles = [OUT[name][0](service)]
    answers = pulled(service)
    assert cells_of(answers) == CELLS
    assert service.kinds() == ["data", "tsv"]
    assert decode_answers(answers, POPULATION).updated == ""


@pytest.mark.parametrize("name", OUT)
def test_where_both_services_are_out_the_first_trouble_is_told_beside_the_second(service: FakeEurostat, name: str) -> None:
    service.site.answers["/sorry"] = outage()
    service.troubles = [OUT[name][0](service), fault(503, "Service unavailable", 503)]
    with pytest.raises(OUT[name][1], match=r"and by SDMX 2\.1: .*503"):
        pulled(service)


def test_a_data_set_of_unknown_structure_has_no_second_way(service: FakeEurostat) -> None:
    service.troubles = [outage()]
    with pytest.raises(OutageHtml):
        pulled(service, replace(POPULATION, dimensions=()))
    assert service.kinds() == ["data"]


def test_sdmx_splits_what_is_too_big_for_it_too(service: FakeEurostat) -> None:
    service.put(SHARES, code="urb_cpopcb", most=8)
    service.troubles = [outage()]
    assert cells_of(pulled(service, CITIZENS), CITIZENS) == SHARES
    assert service.kinds() == ["data", "tsv", "tsv", "tsv", "tsv"]


def test_a_ticket_of_sdmx_is_followed_to_the_data(service: FakeEurostat) -> None:
    key = "0f164c29-0e96-4757-9b81-e9fcff8b9899"
    clock, states = Clock(), [ticket(key, "PROCESSING"), ticket(key, "AVAILABLE")]
    service.tickets[f"/1.0/async/status/{key}"] = lambda handler: states.pop(0)(handler)
    service.tickets[f"/1.0/async/data/{key}"] = page(gzip.compress(tsv(CELLS)), Content_Type="application/octet-stream")
    service.troubles = [outage(), ticket(key, "SUBMITTED"), None, None, fault(100, "DATA_NOT_YET_AVAILABLE: Requested data", 400)]
    answers = pulled(service, clock=clock)
    assert cells_of(answers) == CELLS
    assert clock.slept == [5.0, 10.0, 20.0]
    assert "/sdmx/2.1/data/urb_cpop1/.DE1001V.?" in answers[0].url  # the question, not the ticket, names the page of the capture


def test_an_expired_ticket_means_asking_anew(service: FakeEurostat) -> None:
    key = "0f164c29-0e96-4757-9b81-e9fcff8b9899"
    service.tickets[f"/1.0/async/status/{key}"] = ticket(key, "EXPIRED")
    service.troubles = [outage(), ticket(key, "SUBMITTED")]
    assert cells_of(pulled(service)) == CELLS
    assert service.kinds() == ["data", "tsv", "other", "tsv"]


@pytest.mark.parametrize(
    "trouble",
    [cut_short(SMALL, 500), cut_in_gzip(SMALL, 200), cut_in_chunk(SMALL)],
    ids=["shorter than its Content-Length", "broken gzip", "broken chunk"],
)
def test_a_cut_answer_is_asked_for_again_and_never_taken_for_whole(service: FakeEurostat, trouble: Answer) -> None:
    service.troubles = [trouble]
    with pytest.raises(SourceUnavailable, match=r"expected a whole answer|expected the compressed data to reach its end"):
        pulled(service)
    service.troubles = [trouble]
    assert cells_of(pulled(service, tries=2)) == CELLS


@pytest.mark.parametrize("keep", [len(SMALL) - 1, len(SMALL) // 2, 1])
def test_an_answer_cut_before_it_was_sent_is_malformed_wherever_the_cut_is(service: FakeEurostat, keep: int) -> None:
    service.troubles = [page(SMALL[:keep], Content_Type="application/json")]
    with pytest.raises(Malformed, match="none or cut"):
        pulled(service, replace(POPULATION, dimensions=()))


def test_a_slow_answer_ends_when_its_time_is_over(service: FakeEurostat) -> None:
    service.troubles = [slow(0.6)]
    with pytest.raises(SourceUnavailable, match=r"nothing came for 0\.3 s"):
        pulled(service, timeout=(2.0, 0.3))


@pytest.mark.parametrize("error", [AsyncPending, BadQuery, EmptyForFilter, Malformed, NotFound, OutageHtml, ServerFault, TooBig])
def test_airflow_can_carry_each_error_between_processes(error: type[CitynetError]) -> None:
    back = pickle.loads(pickle.dumps(error("Eurostat urb_cpop1: expected data")))
    assert (type(back), str(back)) == (error, "Eurostat urb_cpop1: expected data")


def test_what_the_client_does_beyond_asking_is_logged(service: FakeEurostat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="citynet.statistics.eurostat")
    service.put(SHARES, code="urb_cpopcb", most=8)
    service.troubles = [in_preparation(), None]
    pulled(service, CITIZENS)
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert told[0].endswith("waiting 5 s")
    assert told[1].endswith("asked for in 3 parts")
