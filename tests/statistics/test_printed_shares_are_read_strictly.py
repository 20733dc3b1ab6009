"""The 2018 report's shares of non-EU citizens: as printed, or refused with the line."""

from pathlib import Path

import pytest

from citynet.errors import SourceChanged
from citynet.statistics.printed_shares import COLUMNS, POSSIBLE_MISPRINTS, read_printed_shares

INCLUDE = Path(__file__).parents[2] / "include"
BODY = (INCLUDE / "literature/oomen_2018_table1.csv").read_bytes()
GHENT = "Ghent,BE,yes,yes,yes,yes,yes,no,no,no,yes,6,260341,M,no,5.9,Social Democratic"


def table(*lines: str) -> bytes:
    return "\n".join([",".join(COLUMNS), *lines, ""]).encode()


def test_the_29_cities_have_their_shares_as_printed() -> None:
    shares = {share.city: share for share in read_printed_shares(BODY)}
    assert len(shares) == 29
    assert (shares["Ghent"].percent, shares["Riga"].percent, shares["Gdansk"].percent) == (5.9, 22.4, 0.1)
    assert shares["Aarhus"].networks == ("eurocities", "global_parliament_of_mayors", "icorn")
    assert (shares["Stockholm"].country_as_published, shares["Gdansk"].country_as_published) == ("SW", "PPL")


def test_the_replayed_table_is_the_bundled_one() -> None:
    assert (INCLUDE / "samples/statistics/2018-12-31/table1.csv").read_bytes() == BODY


def test_the_possible_misprint_is_a_row_of_the_table() -> None:
    assert {(share.city, share.percent) for share in read_printed_shares(BODY)} >= POSSIBLE_MISPRINTS


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"city,percent\nGhent,5.9\n", "expected the columns city,country_as_published"),
        (b"\xff", "CSV in UTF-8"),
        (table(), "a header without rows"),
        (table(GHENT, GHENT), "line 3: expected each city once, got Ghent again"),
        (table(GHENT.replace("5.9", "100.1")), "line 2: expected a share of 0 to 100 percent, got '100.1'"),
        (table(GHENT.replace("5.9", "-1")), "got '-1'"),
        (table(GHENT.replace("5.9", "nan")), "got 'nan'"),
        (table(GHENT.replace("5.9", "")), "got ''"),
        (table(GHENT.replace("yes", "x", 1)), "expected yes or no for each network, got x, yes"),
        (table(GHENT.replace("Ghent", "")), "expected 17 columns with city and country"),
        (table("Ghent,BE,yes"), "expected 17 columns with city and country"),
        (table(GHENT + ",more"), "expected 17 columns with city and country"),
    ],
)
def test_a_table_of_another_form_is_refused_with_its_line(body: bytes, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        read_printed_shares(body)


@pytest.mark.parametrize("percent", ["0", "100", "100.0", "0.1"])
def test_the_ends_of_the_range_are_shares(percent: str) -> None:
    (share,) = read_printed_shares(table(GHENT.replace("5.9", percent)))
    assert share.percent == float(percent)
