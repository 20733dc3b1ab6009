"""Table resolution_rates: the newest accepted list of each network, each name once, with the classes it belongs or may belong to."""

import pytest

from citynet.model import History
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.place_tables import describe
from citynet.pipelines.resolution_tables import rate_rows
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.views import View
from citynet.statistics.values import Municipality
from pipelines.test_lists_hold_members_as_they_stood_at_a_date import AS_OF, BERLIN, LEIPZIG, NETWORK, POTSDAM, listing

SIGNED = "identity-first-pass,2026-11-22,a reason,https://places.example"
PLACES = f"""name,country,network_id,verdict,place_id,reviewer,date,reason,evidence_url
Die Landesgruppe,DE,net,not_a_city,,{SIGNED}
Leipzig oder Potsdam,DE,net,unsure,gn2852458; gn2879139,{SIGNED}
Messestadt,DE,net,is,gn2879139,{SIGNED}
"""


@pytest.fixture
def names(outside) -> Names:
    (outside.judgements / "places.csv").write_text(PLACES)
    return open_names(outside)


@pytest.fixture
def statistics(names) -> Statistics:
    residents = {BERLIN: 3_669_491, LEIPZIG: 593_145, POTSDAM: 180_334}
    units = [
        Municipality(names.place(p).lau_code or p, "DE", names.place(p).name, names.place(p).name, n, 1, "") for p, n in residents.items()
    ]
    return Statistics(municipalities=tuple(units), lau_year=2019)


def rates(names, statistics, *accepted):
    seen = View(NETWORK, (), accepted, History((), ()), (), misconfigured=False)
    found = rate_rows([seen], names, describe([BERLIN], names, statistics), statistics, AS_OF)
    return {
        (r["dimension"], r["class"]): (r["names"], r["resolved"], r["judged"], r["review"], r["unknown"], r["not_a_city"]) for r in found
    }, {(r["dimension"], r["class"]): (r["rate_low"], r["rate"], r["rate_high"]) for r in found}


def test_a_name_is_counted_once_however_often_the_list_prints_it(names, statistics):
    counts, _ = rates(names, statistics, listing(names, "2022-01-01", "Berlin", "Berlin=partner", "Messestadt", "Die Landesgruppe"))
    assert counts["all", "all"] == counts["network", "net"] == (2, 2, 1, 0, 0, 1)
    assert counts["municipality_size_class", "1-5M"] == (1, 1, 0, 0, 0, 0)
    assert counts["municipality_size_class", "0.5-1M"] == (1, 1, 1, 0, 0, 0)


def test_an_open_name_lowers_the_rates_of_the_classes_of_its_candidates_alone(names, statistics):
    counts, shares = rates(names, statistics, listing(names, "2022-01-01", "Berlin", "Leipzig", "Leipzig oder Potsdam"))
    assert counts["municipality_size_class", "not_known"] == (1, 0, 0, 1, 0, 0)
    assert counts["country", "DE"] == (3, 2, 0, 1, 0, 0)
    assert shares["municipality_size_class", "0.5-1M"] == (0.5, None, 1.0)
    assert shares["municipality_size_class", "1-5M"] == (1.0, 1.0, 1.0)


def test_a_name_that_no_place_bears_may_be_of_any_size(names, statistics):
    counts, shares = rates(names, statistics, listing(names, "2022-01-01", "Berlin", "Qqxwvz"))
    assert counts["all", "all"] == (2, 1, 0, 0, 1, 0)
    assert shares["municipality_size_class", "1-5M"] == (0.5, None, 1.0)


def test_the_newest_list_counts_and_a_sample_only_where_there_is_no_other(names, statistics):
    old, new = listing(names, "2020-01-01", "Potsdam", "Leipzig"), listing(names, "2022-01-01", "Berlin")
    sample = listing(names, "2022-06-01", "Leipzig", use="replication_only")
    assert rates(names, statistics, old, new, sample)[0]["all", "all"] == (1, 1, 0, 0, 0, 0)
    assert rates(names, statistics, sample)[0]["all", "all"] == (1, 1, 0, 0, 0, 0)
    assert rates(names, statistics) == ({}, {})
