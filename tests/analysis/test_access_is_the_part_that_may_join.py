"""Access: which part of municipalities and residents a network's rules admit, with bounds where a rule cuts through a class."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.town_maker import ORDER, cells
from citynet.analysis.access import Admitted, access
from citynet.analysis.strata import DIMENSIONS, Cell
from citynet.model import Row
from citynet.publishing.phrases import forbidden_in

AS_OF = "2026-02-01"
RULE = "at least 20,000 residents (statutes of 2024)"


def rows(admitted: Admitted, of: list[Cell] | None = None) -> dict[tuple[str, str], Row]:
    made = access(admitted, of or cells(), "LAU 2024", AS_OF, order=ORDER, name="Network N", universe="municipalities of DE")
    return {(str(row["dimension"]), str(row["class"])): row for row in made}


def large(of: list[Cell]) -> list[Cell]:
    return [cell for cell in of if cell.size_class == "20-50k"]


def test_the_share_that_may_join_is_told_for_all_and_by_class() -> None:
    found = rows(Admitted("net", RULE, large(cells())))
    everyone = found["all", "all"]
    assert (everyone["municipalities"], everyone["municipalities_may_join"]) == (108, 36)
    assert everyone["municipalities_may_join_percent"] == pytest.approx(100 / 3)
    assert everyone["residents_may_join_percent"] == pytest.approx(100 / 3)
    assert [found["municipality_size_class", size]["municipalities_may_join_percent"] for size in ORDER] == [0.0, 0.0, 100.0]
    assert {dimension for dimension, _ in found} == {"all", *DIMENSIONS}
    may_join = "33.3 % of all municipalities of the universe may join"
    assert f"{may_join}; in these live 33.3 % of the residents of all municipalities of the universe. Rule" in str(everyone["sentence"])
    assert "Universe: municipalities of DE; LAU 2024." in str(everyone["sentence"])
    assert {row["universe"] for row in found.values()} == {"municipalities of DE"}


def test_a_rule_that_cuts_through_a_class_gives_bounds_and_no_share() -> None:
    middle = [cell for cell in cells() if cell.size_class == "10-20k"]
    found = rows(Admitted("net", "at least 15,000 residents", large(cells()), middle))
    cut = found["municipality_size_class", "10-20k"]
    assert (cut["municipalities_may_join"], cut["municipalities_may_join_percent"]) == (None, None)
    assert (cut["municipalities_may_join_percent_low"], cut["municipalities_may_join_percent_high"]) == (0.0, 100.0)
    assert found["municipality_size_class", "20-50k"]["municipalities_may_join_percent"] == 100.0
    assert "33.3 to 66.7 % of all municipalities of the universe may join" in str(found["all", "all"]["sentence"])


def test_without_a_recorded_rule_there_is_no_figure() -> None:
    for row in rows(Admitted("net", "", cells())).values():
        assert (row["municipalities_may_join_percent"], row["municipalities_may_join_percent_high"]) == (None, None)
        assert row["not_computed_because"] == "no rule on who may join is recorded"


def test_a_rule_without_limits_admits_everybody_and_one_that_admits_nobody_none() -> None:
    assert {row["residents_may_join_percent"] for row in rows(Admitted("net", "any municipality", cells())).values()} == {100.0}
    assert {row["residents_may_join_percent"] for row in rows(Admitted("net", "none", [])).values()} == {0.0}


def test_cells_without_residents_are_counted_by_municipalities_alone() -> None:
    """As France in a list that has its communes by degree of urbanisation, and none of their residents."""
    of = [Cell("DE", "5-10k", "1", 100, 700_000), Cell("FR", "", "1", 900, None)]
    open_to_all, german = rows(Admitted("net", RULE, of), of), rows(Admitted("net", RULE, of[:1]), of)
    for found, joins in ((open_to_all, 1000), (german, 100)):
        every = found["all", "all"]
        assert (every["municipalities"], every["municipalities_may_join"], every["residents"]) == (1000, joins, 700_000)
        assert (every["residents_may_join_percent"], every["municipalities_without_residents"]) == (100.0, 900)
        assert "(not counting those of 900 of them, of which the source gives no residents)" in str(every["sentence"])
        assert ("municipality_size_class", "") not in found
    french = german["country", "FR"]
    assert (french["municipalities_may_join_percent"], french["residents"], french["residents_may_join_percent"]) == (0.0, None, None)
    assert "0.0 % of municipalities in FR may join; the source gives no residents of them. Rule" in str(french["sentence"])


def test_where_rules_admit_some_countries_alone_these_are_named() -> None:
    """Else a share of all of Europe would say only how large a country is."""
    of = [Cell(country, "5-10k", "1", 10, 70_000) for country in ("DE", "ES", "FR", "GB", "IT", "NL", "PL", "SE")]
    for number, told in (
        (1, "all of them in DE"),
        (3, "all of them in DE, ES and FR"),
        (6, "all of them in 6 countries that the rules admit"),
    ):
        only = [cell.country for cell in of[:number]]
        found = rows(Admitted("net", RULE, of[:number], countries=only), of)
        assert {row["countries_admitted"] for row in found.values()} == {";".join(only)}
        assert f"of all municipalities of the universe may join, {told}; in these" in str(found["all", "all"]["sentence"])
        assert "all of them" not in str(found["country", "DE"]["sentence"])
        assert "all of them" not in str(found["region_of_europe", "Eastern Europe"]["sentence"])  # nobody there
    everywhere = rows(Admitted("net", RULE, of), of)
    assert {row["countries_admitted"] for row in everywhere.values()} == {None}
    assert "all of them" not in str(everywhere["all", "all"]["sentence"])


def test_the_day_of_the_rules_is_told() -> None:
    assert f"By the rules of Network N in force on {AS_OF}, 33.3 %" in str(
        rows(Admitted("net", RULE, large(cells())))["all", "all"]["sentence"]
    )


def test_a_class_without_residents_has_no_share_of_them() -> None:
    empty = [Cell("DE", "5-10k", "3", 2, 0)]
    row = rows(Admitted("net", RULE, []), empty)["all", "all"]
    assert (row["municipalities_may_join_percent"], row["residents_may_join_percent"]) == (0.0, None)


@settings(max_examples=20)
@given(st.lists(st.booleans(), min_size=27, max_size=27), st.lists(st.booleans(), min_size=27, max_size=27))
def test_classes_add_up_to_all_and_bounds_hold_each_other(may: list[bool], perhaps: list[bool]) -> None:
    of = cells()
    surely = [cell for cell, yes in zip(of, may, strict=True) if yes]
    maybe = [cell for cell, yes, no in zip(of, perhaps, may, strict=True) if yes and not no]
    found = rows(Admitted("net", RULE, surely, maybe))
    for dimension in DIMENSIONS:
        parts = [row for (along, _), row in found.items() if along == dimension]
        assert sum(int(str(row["municipalities"])) for row in parts) == 108
        low = sum(float(str(row["municipalities_may_join_percent_low"])) * int(str(row["municipalities"])) for row in parts)
        assert low / 108 == pytest.approx(found["all", "all"]["municipalities_may_join_percent_low"])
    for row in found.values():
        assert float(str(row["residents_may_join_percent_low"])) <= float(str(row["residents_may_join_percent_high"])) <= 100
        assert forbidden_in(str(row["sentence"])) == []
