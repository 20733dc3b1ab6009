"""The sentence on coverage says what is counted, of how many, where nothing is held, and never takes a gap for a count."""

import pytest

from citynet.model import Row
from citynet.publishing.phrases import forbidden_in
from citynet.publishing.site.covered import FIGURES, SUBJECTS, covered

NOT_HELD = "no vintage of urb_cpopcb is in use"


def row(
    country: str | None,
    total: int | None,
    held: int | None,
    because: str | None = None,
    subject: str = "statistical_cities",
    year: int | None = None,
) -> Row:
    share = 100 * held / total if total and held is not None and because is None else None
    counts: Row = {"total": total, "with_figure": held, "share_percent": share, "not_computed_because": because}
    counts |= {"served": None, "counted_year": None}
    return {"subject": subject, "country": country, "year": year, "indicator": "population", **counts}


ROWS = [
    row(None, 1_036, 32),
    row(None, 1_036, 20, year=2020),
    row("AT", 6, 6),
    row("BE", 1_010, 26),
    row("CY", 20, 0),
    row("FR", None, None, "no figure of the whole country is held"),
]


def test_of_all_countries_the_sentence_names_those_without_any_and_those_not_counted() -> None:
    assert covered(ROWS, "statistical_cities", "population") == (
        "32 of 1\u202f036 statistical cities (3 %) have a figure of population; in 2 of 3 countries; none in Cyprus; "
        "not counted: France (no figure of the whole country is held)."
    )


def test_of_one_country_the_sentence_is_about_it_alone() -> None:
    assert covered(ROWS, "statistical_cities", "population", "BE") == (
        "In Belgium 26 of 1\u202f010 statistical cities (3 %) have a figure of population."
    )


def test_what_the_vintage_names_and_the_year_of_people_are_said_and_missing_countries_are_named_with_the_reason() -> None:
    gone = [row(code, 9, None, "no city of the country is in the vintage in use") for code in ("DE", "ES")]
    told = covered([{**row(None, 589, 32), "served": 36}, row("AT", 6, 6), *gone], "statistical_cities", "population")
    assert told == (
        "32 of 589 statistical cities (5 %) have a figure of population; the vintage in use names 36 of them; in 1 of 1 countries; "
        "not counted: Germany, Spain (no city of the country is in the vintage in use)."
    )
    apart = [row(None, None, None, "the years differ", "residents"), row("AT", 9, 3, subject="residents")]
    assert covered(apart, "residents", "population").endswith(": the years differ; each of 1 countries has its own.")
    people = {**row("CH", 8_000_000, 2_000_000, subject="residents"), "counted_year": 2019}
    assert covered([people], "residents", "population", "CH").endswith("have a figure of population in 2019.".replace("have", "has"))


def test_many_countries_are_told_by_their_number() -> None:
    rows = [row(None, 7, 0), *(row(code, 1, 0) for code in ("AT", "BE", "CY", "DE", "ES", "FI", "GR"))]
    assert covered(rows, "statistical_cities", "population").endswith("; in 0 of 7 countries; none in 7 countries.")


@pytest.mark.parametrize(
    ("total", "subject", "told"),
    [
        (36, "statistical_cities", "It is not known how many of 36 statistical cities have a figure of population: "),
        (None, "residents", "It is not known how many residents live in a statistical city that has a figure of population: "),
    ],
)
def test_what_is_not_known_is_said_with_its_reason(total: int | None, subject: str, told: str) -> None:
    assert covered([row(None, total, None, NOT_HELD, subject)], subject, "population") == f"{told}{NOT_HELD}."


def test_without_a_row_nothing_is_said() -> None:
    assert covered([], "residents", "population") == ""
    assert covered(ROWS, "statistical_cities", "population", "DE") == ""
    assert covered(ROWS, "statistical_cities", "non_eu_citizens_share") == ""


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("indicator", FIGURES)
def test_no_sentence_has_a_phrase_that_the_site_must_not_use(subject: str, indicator: str) -> None:
    rows = [{**each, "subject": subject, "indicator": indicator} for each in ROWS]
    assert covered(rows, subject, indicator)
    assert forbidden_in(covered(rows, subject, indicator)) == []
