"""The countries of a network's rules narrow names printed without one."""

from dataclasses import replace

import pytest

from citynet.model import Network
from citynet.pipelines.eligibility import admitted_countries
from citynet.pipelines.names import open_names
from history.listing_maker import network


def with_rules(*rules: dict[str, object]) -> Network:
    return replace(network(), facts={"eligibility": list(rules)})


@pytest.mark.parametrize(
    ("rules", "admitted"),
    [
        ((), ()),
        (({"kinds": ["municipality"]},), ()),
        (({"countries": "any"},), ()),
        (({"countries": ["PT", "ES"]},), ("ES", "PT")),
        (({"since": "2019", "countries": ["DE"]}, {"since": "2010", "countries": "any"}), ("DE",)),
        (({"since": "2010", "countries": ["DE"]}, {"since": "2019", "countries": "any"}), ()),
        (({"since": "2010", "countries": ["DE"]}, {"since": "2019", "kinds": ["municipality"]}), ("DE",)),
        (({"since": "2016", "until": "2018", "countries": ["DE"]}, {"countries": "any"}), ()),
        (({"tie": "full", "countries": ["DE"]}, {"tie": "associate"}), ()),
    ],
    ids=["none", "silent", "any", "list", "newest", "newest any", "newest that speaks", "in force before ended", "of one tie"],
)
def test_the_newest_rule_that_speaks_of_countries_holds(rules: tuple[dict[str, object], ...], admitted: tuple[str, ...]) -> None:
    assert admitted_countries(with_rules(*rules)) == admitted


def test_a_network_without_rules_admits_from_everywhere() -> None:
    assert admitted_countries(network()) == ()


def test_a_name_without_country_is_looked_for_in_the_countries_of_its_network_only(outside) -> None:
    names = open_names(outside)
    spain = with_rules({"countries": ["ES"]})
    found = names.resolve(spain, "Barcelona", "")
    assert (found.place_id, found.route) == ("gn3128760", "network_countries:primary_name")
    assert names.resolve(network(), "Barcelona", "").verdict == "review"
    assert names.resolve(spain, "Lublin", "").country == "ES"
