"""The tables of statistics in the small release: two vintages of a cube, a newer one refused, a data set never had, three Bratislavas."""

from citynet.model import Row
from publishing.one_row import row

URB, LAU, REPORT = "20220901T000000Z-eeeeeeeeeeee", "20220901T000000Z-999999999999", "20181231T000000Z-ffffffffffff"
BEFORE, UPDATED = "2022-02-28T22:00:00Z", "2022-08-31T21:00:00Z"
CITE = "Source: Eurostat, urb_cpop1 (doi:10.2908/URB_CPOP1), CC BY 4.0"
REFUSED = "expected at most 5 % of cities with a jump, 41 of 300 rows did not hold"


def statistics_tables() -> dict[str, list[Row]]:
    """The tables of statistics but universes; a fresh copy each time."""
    return {
        "datasets": datasets(),
        "statistics_revisions": [
            revision("SK001C", 2019, "revised", 440_000.0, 440_100.0, flag_after="r"),
            revision("SK001C", 2020, "added", None, 440_948.0, flag_after="b"),
            revision("CZ001C", 2012, "withdrawn", 1_200_000.0, None, flag_before="e"),
            revision("HU001C", 2018, "flag_changed", 1_700_000.0, 1_700_000.0, flag_after="p"),
        ],
        "statistics_trends": trends(),
        "territories": territories(),
        "table1_comparison": table1(),
        "network_universes": network_universes(),
        "coverage": coverage(),
        "city_statistics": figures(),
    }


def figures() -> list[Row]:
    """Three populations of one name, of which none is the other; a share as a report prints it and one that is computed."""
    persons, percent = {"indicator": "population", "unit": "persons"}, {"indicator": "non_eu_citizens_share", "unit": "percent"}
    city = {"year": 2020, "age_years": 2, "source_id": "urb_cpop1", "capture_id": URB, "vintage": UPDATED}
    lau = {"year": 2019, "age_years": 3, "source_id": "lau_2019", "capture_id": LAU}
    computed = {"published_or_computed": "computed", "eu_definition": "EU27_2020", "flag": "be", "note": "citizenship, not migration"}
    return [
        statistic("municipality", "SK0101528595", 475_503.0, **persons, **lau),
        statistic("statistical_city", "SK001C", 440_948.0, **persons, **city, flag="b"),
        statistic("greater_city", "SK001K", 659_598.0, **persons, **city),
        statistic("statistical_city", "SK001C", 3.1, **percent, **city, **computed),
        statistic("as_printed", None, 2.3, **percent, source_id="oomen_2018", capture_id=REPORT, note="a sample"),
    ]


def statistic(kind: str, code: str | None, value: float, **values: object) -> Row:
    facts: Row = {"place_id": "gn3060972", "territory_kind": kind, "territory_code": code, "value": value}
    return row("city_statistics", **{**facts, "published_or_computed": "published", **values})


def datasets() -> list[Row]:
    cube: Row = {"dataset_kind": "jsonstat", "citation": CITE, "live": True, "source_url": "https://ec.europa.example/urb_cpop1"}
    in_use: Row = {"in_use_capture_id": URB, "in_use_updated": UPDATED, "in_use_captured_on": "2022-09-01", "route": "json_stat"}
    counts: Row = {"observations": 35_705, "territories": 930, "first_year": 1989, "last_year": 2021, "checks_failed": 1}
    refused: Row = {"last_asked_on": "2022-09-14", "last_outcome": "refused", "refused_since": "2022-09-10", "refused_because": REFUSED}
    named: Row = {"title": "Population of statistical cities", "indicators": "DE1001V", "territory_kind": "statistical_city"}
    held: Row = {"dataset_kind": "lau", "live": False, "citation": "Source: Eurostat", "source_url": "https://ec.europa.example/lau"}
    file: Row = {"in_use_capture_id": LAU, "in_use_captured_on": "2022-09-01", "route": "file", "observations": 98_000, "checks_failed": 0}
    return [
        row("datasets", dataset_id="urb_cpop1", seen_on="2022-08-31", **named, **cube, **in_use, **counts, **refused),
        row("datasets", dataset_id="urb_cpopcb", title="Citizenship in statistical cities", **cube, last_outcome="never_asked"),
        row("datasets", dataset_id="lau_2019", title="Local units 2019", **held, **file, last_outcome="nothing_new"),
    ]


def revision(code: str, year: int, what: str, before: float | None, after: float | None, **flags: object) -> Row:
    facts: Row = {"dataset_id": "urb_cpop1", "indicator": "DE1001V", "territory_code": code, "year": year, "what": what}
    facts |= {"value_before": before, "value_after": after, "updated_before": BEFORE, "updated_after": UPDATED}
    return row("statistics_revisions", **{**facts, **flags})


def trends() -> list[Row]:
    facts: Row = {"place_id": "gn3060972", "indicator": "population", "territory_code": "SK001C", "territory_kind": "statistical_city"}
    facts |= {"first_year": 2012, "last_year": 2020, "years_observed": 7, "value_first": 400_000.0, "value_last": 440_000.0}
    facts |= {"change_percent": 10.0, "change_percent_a_year": 1.2, "begins_with": "jump", "break_year": 2012}
    return [row("statistics_trends", **facts, break_percent_a_year=64.0, source_id="urb_cpop1", capture_id=URB)]


def territories() -> list[Row]:
    city: Row = {"label": "Bratislava", "country": "SK", "place_id": "gn3060972", "joined_by": "label", "source": CITE}
    codes: Row = {"code_status": "former", "current_code": "SK001C"}
    return [
        row("territories", **city, territory_code="SK001C", territory_kind="statistical_city", code_status="current", municipalities=17)
        | {"former_codes": "SK001C1", "nuts3": "SK010"},
        row("territories", **city, territory_code="SK001C1", territory_kind="statistical_city", **codes),
    ]


def table1() -> list[Row]:
    near: Row = {"city": "Bratislava", "country": "SK", "place_id": "gn3060972", "population_report": 485_043}
    near |= {"population_city": 440_948, "population_city_year": 2020, "population_city_code": "SK001C", "population_city_flag": "b"}
    near |= {"population_city_source": "urb_cpop1", "population_municipality": 475_503, "population_municipality_year": 2019}
    near |= {"difference_percent": 100 * (485_043 / 475_503 - 1), "nearest": "municipality", "reason": "municipality"}
    near |= {"non_eu_share_report": 2.3, "share_status": "not_obtained"}
    return [
        row("table1_comparison", **near),
        row(
            "table1_comparison", city="Praha", country="CZ", population_report=1_300_000, reason="not_obtained", share_status="not_obtained"
        ),
    ]


def network_universes() -> list[Row]:
    rule = "bodies of at least 5,000 residents in SK"
    cell: Row = {
        "network_id": "pact_of_free_cities",
        "country": "SK",
        "degurba": 1,
        "year": 2019,
        "rule": rule,
        "source": "Source: Eurostat",
    }
    none: Row = {"network_id": "intercultural_cities", "rule": "bodies of more than 7,000 residents"}
    return [
        row("network_universes", **cell, size_class="250-500k", municipalities=1, residents=475_503),
        row("network_universes", **cell, size_class="5-10k", municipalities=60, residents=420_000),
        row("network_universes", **none, not_computed_because="7,000 is no boundary of a size class, and no whole list is at hand"),
    ]


def coverage() -> list[Row]:
    return [
        covered("statistical_cities", "population", 930, 800),
        covered("statistical_cities", "population", 8, 8, country="SK"),
        covered("statistical_cities", "population", 8, 5, country="SK", year=2020),
        covered("member_municipalities", "population", 4, 3),
        covered("member_municipalities", "non_eu_citizens_share", 1, 1, country="SK"),
        covered("member_municipalities", "population", 1, 0, country="NL"),
        covered("residents", "population", 3_529_221, 3_529_221, counted_year=2020),
        covered("statistical_cities", "non_eu_citizens_share", None, None, not_computed_because="no vintage of urb_cpopcb"),
    ]


def covered(subject: str, indicator: str, total: int | None, known: int | None, **values: object) -> Row:
    share = 100 * known / total if total and known is not None else None
    facts: Row = {"subject": subject, "indicator": indicator, "total": total, "with_figure": known, "share_percent": share}
    return row("coverage", **{**facts, "total_of": "what is counted", "source": CITE, **values})
