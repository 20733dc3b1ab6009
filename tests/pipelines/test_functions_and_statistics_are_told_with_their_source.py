"""Tables network_functions and sources: what a network file states of functions, and who prints the figures."""

from dataclasses import replace
from datetime import UTC, datetime

from bundled_datasets import DATASETS
from citynet.model import Capture, CapturedPage, History
from citynet.networks.registry import load
from citynet.pipelines.network_tables import function_rows, source_rows
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.views import View
from citynet.pipelines.vintages import Vintage
from citynet.publishing.contract import frame

NETWORKS = load(str(PROJECT / "include/networks")).networks
VIEWS = [View(network, (), (), History((), ()), (), False) for network in NETWORKS]
DAY = datetime(2026, 8, 31, tzinfo=UTC)


def vintage(dataset: str, origin: str = "reconstructed") -> Vintage:
    declared = DATASETS[dataset]
    page = CapturedPage(declared.url, declared.url, 200, "text/csv", 10, "0" * 64)
    capture = Capture("20260831T000000Z-aaaaaaaaaaaa", f"statistics.{dataset}", DAY, DAY, origin, "0" * 64, "0" * 64, (page,))
    return Vintage(declared, capture, {"BE": 2, "AT": 1}, (), None)


def test_every_function_of_every_network_file_has_its_row_with_evidence_and_source():
    rows = function_rows(VIEWS, "2026-08-31")
    stated = {(n.id, function) for n in NETWORKS for function in n.facts.get("functions") or ()}
    assert stated
    assert {(r["network_id"], r["function"]) for r in rows} == stated
    assert all(r["evidence"] and r["source"] for r in rows)
    assert len(frame("network_functions", rows)) == len(rows)


def test_weak_evidence_is_told_as_weak():
    rows = {(r["network_id"], r["function"]): r["strength"] for r in function_rows(VIEWS, "2026-08-31")}
    assert rows["integrating_cities", "story_telling"] == "weak"
    assert rows["eccar", "standard_setting"] == "stated"


def test_a_network_without_functions_has_no_row():
    bare = replace(NETWORKS[0], facts={})
    assert function_rows([View(bare, (), (), History((), ()), (), False)], "2026-08-31") == []


def test_each_data_set_is_told_as_what_it_is():
    rows = {r["source_id"]: r for r in source_rows([], [vintage(dataset) for dataset in DATASETS])}
    assert len(frame("sources", list(rows.values()))) == len(DATASETS)
    assert {name for name, r in rows.items() if r["source_type"] == "literature"} == {"oomen_2018"}
    assert rows["oomen_2018"]["note"] == "Oomen, Baumgärtel, Durmuş 2018, Table 1, as printed"
    assert rows["oomen_2018"]["source_class"] == "third_party"
    assert str(rows["wikidata"]["note"]).startswith("Wikidata, CC0")
    assert rows["wikidata"]["source_class"] == "third_party"
    for name in rows.keys() - {"oomen_2018", "wikidata"}:
        assert str(rows[name]["note"]).startswith("Source: Eurostat, CC BY 4.0")
        assert rows[name]["source_class"] == "statistical_office"
    assert {r["parsed_count"] for r in rows.values()} == {3}


def test_only_what_we_put_together_is_called_so():
    (live,) = source_rows([], [vintage("urb_cpop1", "live")])
    (ours,) = source_rows([], [vintage("urb_cpop1")])
    assert live["note"] == "Source: Eurostat, CC BY 4.0"
    assert "assembled by this project" in str(ours["note"])
