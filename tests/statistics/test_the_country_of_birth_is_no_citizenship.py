"""Shares by country of birth are indicators of their own, and what must add up is asked of both. All figures are synthetic."""

import pandas as pd

from citynet.statistics.birthplace import BORN_OUTSIDE_EU_SHARE, FOREIGN_BORN_SHARE, born_outside_eu_shares, foreign_born_shares
from citynet.statistics.citizenship import NON_EU_CITIZENS, non_eu_shares
from citynet.statistics.identities import identities
from observed import Cell, observed

CITY = "BE003C"
POPULATION = observed("urb_cpop1", [("DE1001V", CITY, 2021, 1000, "p")])


def born(**counts: float) -> list[Cell]:
    return [(name, CITY, 2021, value, "e" if name == "DE2011V" else "") for name, value in counts.items()]


def percents(found: pd.DataFrame) -> list[tuple[float, str, str]]:
    return list(found[["percent", "flags", "eu_definition"]].itertuples(index=False, name=None))


def test_the_foreign_born_are_counted_or_put_together_of_the_same_year() -> None:
    assert percents(foreign_born_shares(observed("b", born(DE2009V=200)), POPULATION)) == [(20.0, "p", "")]
    assert percents(foreign_born_shares(observed("b", born(DE2010V=80, DE2011V=120)), POPULATION)) == [(20.0, "ep", "")]
    assert percents(foreign_born_shares(observed("b", born(DE2008V=750, DE2009V=250)))) == [(25.0, "", "")]
    assert percents(foreign_born_shares(observed("b", born(DE2008V=800)), POPULATION)) == [], (
        "who is not native-born may be of unknown birth"
    )


def test_those_born_outside_the_union_are_of_the_union_of_their_year() -> None:
    assert percents(born_outside_eu_shares(observed("b", born(DE2011V=120)), POPULATION)) == [(12.0, "ep", "EU27_2020")]
    assert percents(born_outside_eu_shares(observed("b", born(DE2009V=200, DE2010V=80)), POPULATION)) == [(12.0, "p", "EU27_2020")]


def test_citizenship_and_birth_share_nothing_but_the_population() -> None:
    by_birth = set(FOREIGN_BORN_SHARE.indicators) | set(BORN_OUTSIDE_EU_SHARE.indicators)
    assert by_birth & set(NON_EU_CITIZENS.indicators) == {"DE1001V"}
    assert non_eu_shares(observed("b", born(DE2008V=800, DE2009V=200, DE2010V=80, DE2011V=120)), POPULATION).empty


def test_identities_are_held_only_where_all_of_their_figures_are_published() -> None:
    parts: list[Cell] = [(f"DE200{n}V", CITY, 2021, value, "") for n, value in ((1, 880), (2, 60), (3, 50))]
    parts += [("DE2012V", CITY, 2021, 120, ""), ("DE2001V", CITY, 2020, 900, "")]
    alone: list[Cell] = [("DE2003I", "AT001C", 2021, 5.3, ""), ("DE2003V", "AT001C", 2021, 50, "")]
    population = observed("urb_cpop1", [("DE1001V", city, 2021, 1000, "p") for city in (CITY, "AT001C")])
    found = identities([observed("urb_cpopcb", [*parts, *alone]), population])
    assert list(found[["what", "territory", "year", "gap", "allowed"]].itertuples(index=False, name=None)) == [
        ("DE2003I as computed", "AT001C", 2021, 0.3, 0.1),
        ("DE2001V + DE2012V = DE1001V", CITY, 2021, 0.0, 1.0),
    ]
    assert identities([observed("urb_cpopcb", parts[:1])]).empty
    assert identities([]).empty


def test_a_gap_that_the_checks_of_the_vintage_tell_is_not_told_again() -> None:
    """urb_cpopcb declares DE2003I = 100 x DE2003V / (DE2001V + DE2012V) for itself; here the population of another data set counts."""
    parts = {"DE2003I": 5.3, "DE2003V": 50, "DE2001V": 880, "DE2012V": 120}
    found = identities([observed("urb_cpopcb", [(code, CITY, 2021, value, "") for code, value in parts.items()]), POPULATION])
    assert list(found["what"]) == ["DE2001V + DE2012V = DE1001V"]


def test_a_sum_may_be_off_by_one_in_a_thousand() -> None:
    large = observed("urb_cpopcb", [("DE2008V", CITY, 2021, 900_000, ""), ("DE2009V", CITY, 2021, 99_500, "")])
    found = identities([large, observed("urb_cpop1", [("DE1001V", CITY, 2021, 1_000_000, "")])])
    assert [(gap, allowed) for gap, allowed in zip(found["gap"], found["allowed"], strict=True)] == [(500.0, 1000.0)]
