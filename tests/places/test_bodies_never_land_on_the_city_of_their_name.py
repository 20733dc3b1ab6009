"""Counties, metropolises, districts, ports, universities and others are never taken for the city whose name they bear.

bodies_and_the_city_of_their_name.csv: real bodies of Europe by their usual names, with the city whose name they bear ("" where
no city bears it). unit_of_its_own "yes": the body is a local administrative unit itself and may be matched to that, never to the city.
"""

import csv
from pathlib import Path

import pytest

from citynet.places.countries import iso_country
from citynet.places.judgements import Judgements
from citynet.places.normalise import normalise
from citynet.places.resolve import resolve

with Path(__file__).with_name("bodies_and_the_city_of_their_name.csv").open(encoding="utf-8", newline="") as file:
    BODIES = list(csv.DictReader(file))
CITY_KINDS = ("municipality", "settlement")


@pytest.mark.parametrize("asked", ["country_as_published", None], ids=["with country", "without country"])
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body["name_as_published"])
def test_a_body_is_never_matched_to_a_city(body, asked, gazetteer):
    found = resolve(body["name_as_published"], body[asked] if asked else "", gazetteer=gazetteer, judgements=Judgements())
    namesakes = {named.place.place_id for named in gazetteer.bearers(normalise(body["city"]))}
    assert found.place_id not in namesakes or found.place_kind not in CITY_KINDS, found
    if not body["unit_of_its_own"]:
        assert found.place_kind not in CITY_KINDS, found


def test_the_list_is_of_many_sorts_and_countries_and_each_city_is_a_temptation(gazetteer):
    assert len(BODIES) >= 250
    assert len({body["sort"] for body in BODIES}) >= 30
    assert len({body["country_as_published"] for body in BODIES}) >= 35
    tempting = {
        b["name_as_published"]: gazetteer.bearers(normalise(b["city"]), (iso_country(b["country_as_published"]),))
        for b in BODIES
        if b["city"]
    }
    assert [name for name, bearers in tempting.items() if not bearers] == []
    assert len(tempting) >= len(BODIES) - 3
