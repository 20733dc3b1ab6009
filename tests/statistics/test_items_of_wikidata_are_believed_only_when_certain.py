"""The question to Wikidata, its answer read strictly, and what of it is believed."""

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import SourceChanged, SourceUnavailable
from citynet.statistics.wikidata import (
    CLOSE_BY,
    ONE_ID,
    ONE_ITEM,
    RULES,
    SAME_COUNTRY,
    VARIABLES,
    Item,
    Position,
    identified,
    kilometres,
    question,
    read_items,
)

GHENT, ANTWERP = Position("BE", 51.05, 3.7167), Position("BE", 51.2205, 4.4003)
AT_GHENT, AT_ANTWERP = (51.0536, 3.7253), (51.2178, 4.4003)
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


def item(geonames: str, name: str, country: str = "BE", position: tuple[float, float] = AT_GHENT) -> Item:
    return Item(geonames, name, (country,), (position,))


def binding(geonames="2797656", item="http://www.wikidata.org/entity/Q1296", country="BE", coordinates="Point(3.7253 51.0536)"):
    row = {"geonames": {"type": "literal", "value": geonames}, "item": {"type": "uri", "value": item}}
    if country:
        row["country"] = {"type": "literal", "value": country}
    if coordinates:
        row["coordinates"] = {"type": "literal", "datatype": WKT, "value": coordinates}
    return row


def answer(*bindings, variables=VARIABLES) -> bytes:
    return json.dumps({"head": {"vars": list(variables)}, "results": {"bindings": list(bindings)}}).encode()


def test_the_question_names_each_id_once_and_asks_for_nothing_but_country_and_position():
    posted = question(["2803138", "2797656", "2803138"])
    assert posted == question(["2797656", "2803138"])
    (query,) = parse_qs(posted.decode())["query"]
    assert 'VALUES ?geonames { "2797656" "2803138" }' in query
    assert [word for word in query.split() if word.startswith("wdt:")] == ["wdt:P1566", "wdt:P17", "wdt:P297", "wdt:P625"]
    assert "label" not in query.lower()


def test_no_text_gets_into_the_question_that_is_no_number():
    with pytest.raises(ValueError, match="invalid literal"):
        question(['1" } ?s ?p ?o . #'])


def test_several_rows_of_an_item_are_one_item_with_all_its_countries_and_positions():
    found = read_items(answer(binding(), binding(coordinates="Point(3.7 51.0)"), binding(country="NL"), binding("2803138", coordinates="")))
    assert found == (
        Item("2797656", "Q1296", ("BE", "NL"), ((51.0, 3.7), (51.0536, 3.7253))),
        Item("2803138", "Q1296", ("BE",), ()),
    )


def test_a_position_elsewhere_than_on_earth_and_a_value_stated_to_be_unknown_are_none():
    row = binding(coordinates="<http://www.wikidata.org/entity/Q405> Point(3.7 51.0)")
    row["country"] = {"type": "bnode", "value": "t123"}
    assert read_items(answer(row)) == (Item("2797656", "Q1296", (), ()),)


def test_an_answer_without_items_is_an_answer():
    assert read_items(answer()) == ()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"not json", "expected SPARQL results in JSON, got 8 bytes"),
        (b"[]", "expected results with the variables geonames, item, country, coordinates"),
        (answer(variables=("geonames", "item")), "expected results with the variables"),
        (answer(binding(geonames="Gent")), r"row 1: expected a value of the form .* got 'Gent'"),
        (answer(binding(), binding(item="http://www.wikidata.org/entity/P31")), "row 2: expected a value of the form"),
        (answer(binding(country="Belgium")), "got 'Belgium'"),
        (answer(binding(coordinates="3.7 51.0")), r"expected Point\(<longitude> <latitude>\)"),
        (answer(binding(coordinates="Point(3.7 91.0)")), "expected a position in degrees"),
        (answer({"geonames": {"type": "literal", "value": "1"}}), "expected a value of item"),
        (answer("row"), "expected a value of geonames"),
    ],
)
def test_another_form_is_refused_with_its_row(body, told):
    with pytest.raises(SourceChanged, match=told):
        read_items(body)


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><html>", answer(binding())[:-20] + b"java.util.concurrent.TimeoutException"])
def test_an_outage_and_an_answer_cut_by_the_time_limit_pass(body):
    with pytest.raises(SourceUnavailable, match="outage page or an answer cut"):
        read_items(body)


def test_the_only_item_of_its_id_in_the_same_country_and_close_by_is_believed():
    found = identified([item("2797656", "Q1296"), item("2803138", "Q12892", position=AT_ANTWERP)], {"2797656": GHENT, "2803138": ANTWERP})
    assert found.items == {"2797656": "Q1296", "2803138": "Q12892"}
    assert not any(found.refused.values())


@pytest.mark.parametrize(
    ("items", "rule"),
    [
        ([item("2797656", "Q1296"), item("2797656", "Q2")], ONE_ITEM),
        ([item("2797656", "Q1296"), item("2803138", "Q1296")], ONE_ID),
        ([item("2797656", "Q1296", "NL")], SAME_COUNTRY),
        ([Item("2797656", "Q1296", (), (AT_GHENT,))], SAME_COUNTRY),
        ([item("2797656", "Q1296", position=AT_ANTWERP)], CLOSE_BY),
        ([Item("2797656", "Q1296", ("BE",), ())], CLOSE_BY),
    ],
)
def test_any_other_item_is_refused_and_the_rule_it_broke_is_told(items, rule):
    found = identified(items, {"2797656": GHENT})
    assert found.items == {}
    assert found.refused == {**dict.fromkeys(RULES, ()), rule: ("2797656",)}


def test_a_place_without_position_has_no_item_and_ids_nobody_asked_for_are_left_aside():
    found = identified([item("2797656", "Q1296"), item("1", "Q5")], {"2797656": Position("BE", None, None)})
    assert found.items == {}
    assert found.refused[CLOSE_BY] == ("2797656",)


def test_distances_are_those_on_the_globe():
    assert kilometres(AT_GHENT, AT_ANTWERP) == pytest.approx(50.5, abs=0.5)
    assert kilometres((0, 179.9), (0, -179.9)) == pytest.approx(22.2, abs=0.1)
    assert kilometres((90, 0), (90, 120)) == pytest.approx(0, abs=1e-6)


ITEM = st.builds(
    Item,
    geonames_id=st.sampled_from(["1", "2", "3"]),
    item=st.sampled_from(["Q1", "Q2", "Q3"]),
    countries=st.sampled_from([(), ("BE",), ("BE", "NL"), ("FR",)]),
    positions=st.sampled_from([(), (AT_GHENT,), (AT_ANTWERP,)]),
)


@given(st.lists(ITEM, unique_by=lambda i: (i.geonames_id, i.item)))
def test_no_item_is_given_to_two_places_and_every_id_is_either_believed_or_refused_once(items):
    found = identified(items, {"1": GHENT, "2": GHENT, "3": ANTWERP})
    refused = [i for ids in found.refused.values() for i in ids]
    assert len(set(found.items.values())) == len(found.items)
    assert sorted([*found.items, *refused]) == sorted({i.geonames_id for i in items})
