"""Eurostat's city codes: the checked table of former and current ones, and the join of the codes served now with places."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import ConfigError
from citynet.model import Place
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.territories import CODES, code_table
from citynet.places.gazetteer import load_gazetteer
from citynet.places.normalise import normalise
from citynet.statistics.joining import MAY_BE_ONE
from citynet.statistics.place_territories import Found, Labelled, label_parts, place_of_code, place_territories, territories_now
from citynet.statistics.territory_codes import COLUMNS, CURRENT, FORMER, FUA, MEMBER_COLUMNS, SOURCES, read_codes
from citynet.statistics.values import Municipality

TABLE = code_table()
CITIES = {code: t for code, t in TABLE.territories.items() if t.territory_kind != FUA}
MEMBERS = ",".join(MEMBER_COLUMNS) + "\n"
VIENNA = Place("gn2761369", "Vienna", "AT", "settlement", "gn2761369", "2761369", None, None, None, lau_code="90001")
AMSTERDAM = Place("gn2759794", "Amsterdam", "NL", "municipality", "gn2759794", "2759794", None, None, None, lau_code="GM0363")
HAGUE = Place("gn2747373", "The Hague", "NL", "municipality", "gn2747373", "2747373", None, None, None, lau_code="GM0518")
GHENT = Place("gn2797656", "Gent", "BE", "municipality", "gn2797656", "2797656", None, None, None)


def unit(place: Place) -> Municipality:
    return Municipality(place.lau_code, place.country, place.name, "", 500_000, 1, "", "XX123")


def joined(
    labels: Mapping[str, str], *places: Place, judged: Mapping[str, str] | None = None, areas: Mapping[str, str] | None = None
) -> Found:
    names = {place.place_id: {normalise(place.name)} for place in places}
    units = {place.place_id: unit(place) if place.lau_code else None for place in places}
    by_id = {place.place_id: place for place in places}
    return place_territories(by_id, names, units, Labelled(labels, areas or {}), TABLE, judged or {}, normalise)


def test_every_code_is_continued_or_its_row_says_why_it_is_not() -> None:
    assert Counter(t.code_status for t in CITIES.values()) == {CURRENT: 589, FORMER: 1111}
    for code, t in CITIES.items():
        assert t.exception or (t.current_code if t.code_status == FORMER else t.former_codes), code


def test_a_former_code_and_its_current_one_name_each_other_and_are_of_one_kind_and_country() -> None:
    for code, t in CITIES.items():
        if t.current_code:
            today = CITIES[t.current_code]
            assert code in today.former_codes, code
            assert t.country == today.country, code
            assert t.territory_kind == today.territory_kind or "figures are those of" in today.exception, code
        assert (t.code_status == CURRENT) == (re.fullmatch(r"[A-Z]{2}\d{3}C", code) is not None), code


def test_the_number_of_a_former_code_is_mostly_not_that_of_the_current_one() -> None:
    """The Hague was NL001 and is NL017, Zurich was CH001 and is CH002, Derry was UK015, which is Aberdeen now."""
    continued = {code: t.current_code for code, t in CITIES.items() if t.current_code}
    other = [code for code, today in continued.items() if code[:5] != today[:5]]
    assert len(other) > 150
    assert (continued["NL001C2"], continued["CH001K1"], continued["UK016C1"]) == ("NL017C", "CH002C", "UK015C")
    assert (CITIES["NL001C"].label, CITIES["UK101C"].label) == ("Amsterdam (greater city)", "Bedford")
    assert "UK101C1" not in continued, "the City of London"


def test_city_and_greater_city_are_kept_apart_whatever_their_letters_and_labels_say() -> None:
    kinds = {code: CITIES[code].territory_kind for code in ("FR001C1", "FR001K1", "NL001C1", "BE001C1", "AT001C", "AT001C1", "CY001C1")}
    assert kinds == {
        "FR001C1": "statistical_city",  # Paris within its limits until 2018, though the list of 2019 has its suburbs under it
        "FR001K1": "greater_city",
        "NL001C1": "statistical_city",  # labelled "Greater 's-Gravenhage" in 2018, with the residents of the municipality
        "BE001C1": "greater_city",  # by its letter a city; its residents are those of the 19 municipalities
        "AT001C": "greater_city",  # as labelled today, with the figures of the city alone
        "AT001C1": "statistical_city",
        "CY001C1": "greater_city",
    }
    assert all(CITIES[code].exception for code in ("FR001C1", "NL001C1", "BE001C1", "AT001C", "CY001C1"))


def test_the_labels_of_2018_lead_to_one_code_each_and_those_printed_twice_to_two() -> None:
    exported = {t.export_2018: code for code, t in CITIES.items() if t.export_2018}
    assert len(exported) == sum(1 for t in CITIES.values() if t.export_2018) > 1_000
    assert (exported["Madrid"], exported["Madrid (2)"]) == ("ES001C1", "ES001K1")
    assert (exported["Igualada (2)"], exported["Barcelona (2)"]) == ("ES552K1", "ES002K1")


def test_cities_lead_to_their_municipality_and_regions() -> None:
    assert (CITIES["CH002C"].core_lau, CITIES["CH002C"].nuts3, CITIES["CH002C"].municipalities) == ("CH0261", ("CH040",), 22)
    assert (CITIES["BE001C"].core_lau, CITIES["BE001C"].municipalities) == ("21004", 19)
    assert TABLE.members["BE", "21009"] == ("", "BE001K1"), "Ixelles lies in Brussels"
    assert sum(1 for t in CITIES.values() if t.code_status == CURRENT and t.core_lau) == 534
    assert all(set(t.source) <= set(SOURCES) and t.source for t in CITIES.values())


def test_the_gazetteer_which_knows_none_of_these_lists_has_the_same_municipality_under_the_same_name() -> None:
    """Its codes of local units come from elsewhere; Saint-Denis of the table is the one on Réunion, which the gazetteer calls a country."""
    gazetteer = load_gazetteer(PROJECT / "include/gazetteer/places.tsv.gz")
    same, other = 0, []
    for code, t in CITIES.items():
        bearers = (named.place for part in label_parts(t.label, normalise) for named in gazetteer.bearers(part, [t.country]))
        coded = {place.lau_code for place in bearers if place.place_kind in MAY_BE_ONE and place.lau_code}
        if t.core_lau and coded:
            same += t.core_lau in coded
            other += [] if t.core_lau in coded else [code]
    assert same == 1_431
    assert other == ["FR028C1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code,label\n", "expected the columns territory_code,"),
        (f"{','.join(COLUMNS)}\nBE001C,town,Gent,BE,current,,,,,,,,,lau_2019\n", "territory_codes.csv:2: expected a known kind"),
        (f"{','.join(COLUMNS)}\n" + "BE001C,greater_city,Gent,BE,current,,,,,,,,,lau_2019\n" * 2, "csv:3: expected each code once"),
        (f"{','.join(COLUMNS)}\nBE001C1,greater_city,Gent,BE,former,BE001C,,,,,,,,lau_2019\n", "expected codes of this table, got BE001C"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(told)):
        read_codes(text, MEMBERS)


def test_the_files_are_those_of_the_table() -> None:
    rows = [t.written() for t in TABLE.territories.values()]
    lines = (CODES / "territory_codes.csv").read_text(encoding="utf-8").splitlines()
    assert (len(rows), lines[0]) == (len(lines) - 1, ",".join(COLUMNS))
    assert [line.split(",")[0] for line in lines[1:]] == sorted(TABLE.territories)


def test_a_place_is_joined_by_code_and_label_and_has_the_kind_that_the_label_says() -> None:
    found = joined({"AT001C": "Wien (greater city)", "NL001C": "Amsterdam (greater city)"}, VIENNA, AMSTERDAM).territories
    vienna, amsterdam = found[VIENNA.place_id], found[AMSTERDAM.place_id]
    assert (vienna.greater_city, vienna.statistical_city, vienna.joined_by) == ("AT001C", "", "code")
    assert (amsterdam.city, amsterdam.city_kind, amsterdam.joined_by) == ("NL001C", "greater_city", "code_and_label")
    assert amsterdam.coded() == (("greater_city", "NL001C"), ("nuts3", "XX123"), ("country", "NL"))


def test_a_code_that_is_served_with_another_name_is_no_longer_the_one_of_the_table() -> None:
    found = joined({"NL001C": "'s-Gravenhage (greater city)"}, AMSTERDAM, HAGUE)
    assert {t.city for t in found.territories.values()} == {""}
    assert found.doubts == ("NL001C: served as 's-Gravenhage (greater city), in the table Amsterdam (greater city): not joined by code",)
    (row,) = (t for t in territories_now(TABLE, found) if t.territory_code == "NL001C")
    assert row.label.startswith("'s-Gravenhage")
    assert "served as" in row.exception


def test_a_code_that_the_table_does_not_know_is_joined_by_its_label_within_its_country_alone() -> None:
    berlin = replace(VIENNA, place_id="gn2950159", name="Berlin", country="DE", lau_code="11000000")
    namesake = replace(berlin, place_id="gn1", country="US", lau_code="")
    found = joined({"DE001C": "Berlin"}, berlin, namesake)
    assert (found.territories["gn2950159"].city, found.territories["gn2950159"].joined_by) == ("DE001C", "label")
    assert found.territories["gn1"].city == ""
    assert next(t for t in territories_now(TABLE, found) if t.territory_code == "DE001C").exception == "not in the checked table"


def test_where_code_and_label_lead_to_two_places_neither_has_the_city() -> None:
    other = replace(AMSTERDAM, place_id="gn9", lau_code="")
    found = joined({"NL001C": "Amsterdam (greater city)"}, AMSTERDAM, other)
    assert {t.city for t in found.territories.values()} == {""}
    assert found.doubts == ("NL001C Amsterdam (greater city): leads to gn2759794, gn9: not joined",)


def test_a_label_that_two_codes_bear_joins_neither() -> None:
    frankfurt = replace(GHENT, place_id="gn2925533", name="Frankfurt", country="DE")
    assert joined({"DE005C": "Frankfurt", "DE077C": "Frankfurt"}, frankfurt).territories["gn2925533"].city == ""


def test_a_judgement_is_before_code_and_label_and_its_city_is_given_to_nobody_else() -> None:
    labels = {"BE003C": "BE003C", "AT001C": "Wien (greater city)"}
    found = joined(labels, GHENT, VIENNA, judged={"BE003C": GHENT.place_id, "AT001C": "gn1"}).territories
    assert (found[GHENT.place_id].statistical_city, found[GHENT.place_id].joined_by) == ("BE003C", "judgement")
    assert found[VIENNA.place_id].city == ""


def test_a_label_that_was_not_served_leaves_what_the_table_says() -> None:
    """Labels of Belgium were not seen, and TSV tells none."""
    ghent = replace(GHENT, lau_code="44021")
    for label in ("", "BE003C"):
        found = joined({"BE003C": label}, ghent)
        assert (found.territories[ghent.place_id].statistical_city, found.doubts) == ("BE003C", ())


def test_a_suburb_lies_in_the_city_and_is_not_the_city() -> None:
    ixelles = replace(GHENT, place_id="gn2795095", name="Ixelles", lau_code="21009")
    theirs = joined({"BE001C": "Bruxelles / Brussel (greater city)"}, ixelles).territories[ixelles.place_id]
    assert (theirs.city, theirs.lies_in) == ("", "BE001C")


@pytest.mark.parametrize("label", ["Vienna", "Vienna FUA", "Wien/Vienna (greater city)", "Vienna (functional urban area)"])
def test_a_functional_urban_area_is_that_of_a_city_by_its_name_and_country(label: str) -> None:
    areas = {"AT001F": label, "NL002F": "Amsterdam", "SK001F": "Vienna"}
    found = joined({"AT001C": "Wien (greater city)"}, VIENNA, AMSTERDAM, areas=areas).territories
    assert found[VIENNA.place_id].functional_urban_area == "AT001F"
    assert found[AMSTERDAM.place_id].functional_urban_area == "", "it has no city here, and may lie in another one's area"


def test_greek_and_british_places_have_the_codes_of_the_european_union() -> None:
    athens = replace(GHENT, place_id="gn264371", name="Athens", country="GR")
    assert joined({}, athens).territories["gn264371"].country == "EL"
    assert joined({"UK001C": "London"}, replace(athens, name="London", country="GB")).territories["gn264371"].city == "UK001C"


def test_a_former_code_leads_to_the_place_of_its_current_one() -> None:
    places = place_of_code(TABLE, joined({"NL001C": "Amsterdam (greater city)"}, AMSTERDAM))
    assert (places["NL001C"], places["NL002C2"]) == (AMSTERDAM.place_id, AMSTERDAM.place_id)
    assert "NL002C1" not in places, "the city alone, which has no code today"


LABELS = st.sampled_from(["Wien", "Wien (greater city)", "Amsterdam (greater city)", "The Hague", "Vienna/Wien", "", "Gent", "Graz"])
SERVED = st.dictionaries(st.sampled_from(["AT001C", "AT002C", "NL001C", "NL017C", "BE003C", "DE001C"]), LABELS)
JUDGED = st.dictionaries(st.sampled_from(["AT001C", "NL001C", "BE003C"]), st.sampled_from([VIENNA.place_id, GHENT.place_id, "gn1"]))


@given(SERVED, JUDGED, st.permutations([VIENNA, AMSTERDAM, HAGUE, GHENT]))
def test_whatever_is_served_no_code_is_two_places_and_no_place_has_two(
    labels: dict[str, str], judged: dict[str, str], places: list[Place]
) -> None:
    found = joined(labels, *places, judged=judged)
    codes = [t.city for t in found.territories.values() if t.city]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(labels)
    assert all(not (t.statistical_city and t.greater_city) for t in found.territories.values())
    again = joined(labels, *sorted(places, key=lambda p: p.place_id), judged=judged)
    assert dict(found.territories) == dict(again.territories)
