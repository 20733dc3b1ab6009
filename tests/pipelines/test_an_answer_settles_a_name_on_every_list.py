"""The queue asks what no rule knows, on every list; an answer settles it with the next release, on lists past and present."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import network_file
from citynet.errors import ConfigError
from citynet.model import instant
from citynet.pipelines import memberships, monitor
from citynet.pipelines.answers import Given, export, keep, kept
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.review import all_cases
from citynet.places.judgement_files import COLUMNS
from citynet.publishing.reading_back import cells
from citynet.publishing.release import current

URL = "https://rivers.example/members"
AT = instant("2024-03-01T08:00:00Z")
VALENCIA, CARABOBO = "gn2509954", "gn3625549"


@pytest.fixture
def world(outside: Outside, tmp_path: Path) -> Outside:
    """The network `rivers` on two dates; Valencia and Nowhereville stand on the first list, Nowhereville on both."""
    register(outside, "rivers")
    page(tmp_path, "rivers", "2024-01-01", "Graz", "Valencia", "Nowhereville")
    page(tmp_path, "rivers", "2024-02-01", "Graz", "NOWHEREVILLE", "Wuppertal")
    return replace(outside, mode="replay", replay=tmp_path / "replay")


def register(outside: Outside, network_id: str, republish: str = "names") -> None:
    page = f'    - {{url: "https://{network_id}.example/members", reader: list, select: li, since: 2023-01-01}}'
    network_file.register(outside.registry, page, network_id=network_id, republish=republish)


def page(home: Path, network_id: str, day: str, *names: str) -> None:
    folder = home / "replay" / network_id / day
    folder.mkdir(parents=True)
    (folder / "requests.csv").write_text(
        f"url,method,status,content_type,file\nhttps://{network_id}.example/members,GET,200,text/html,p.html\n"
    )
    items = "".join(f"<li>{name}</li>" for name in names)
    (folder / "p.html").write_text(f"<html><body><p>Our members:</p><ul>{items}</ul></body></html>")


def collect(outside: Outside, *days: str) -> None:
    for day in days:
        at = instant(f"{day}T00:00:00Z")
        for network_id in memberships.due(outside, at):
            memberships.capture(outside, network_id, at)


def publish(outside: Outside) -> str:
    for release_id in monitor.gather(outside):
        monitor.check(outside, monitor.build(outside, release_id))
        monitor.release(outside, release_id)
    return current(outside.published) or ""


def table(outside: Outside, name: str) -> list[dict[str, str]]:
    return cells(outside.published.read(f"{current(outside.published)}/data/{name}.csv"))


def cases(outside: Outside) -> dict[str, dict[str, str]]:
    return {row["claim"].split("“")[1].split("”")[0]: row for row in table(outside, "review_cases")}


def answer(outside: Outside, name: str, verdict: str, place_id: str = "", network_id: str = "", **more: str) -> None:
    signed = {"reviewer": "a-reviewer", "date": "2024-03-01", "reason": "asked the network", "evidence_url": ""}
    values = {"name": name, "country": "", "network_id": network_id, "verdict": verdict, "place_id": place_id, **signed, **more}
    keep(outside.store, [Given("test", "name-0", "places.csv", {c: values[c] for c in COLUMNS["places.csv"]})], AT)


def test_what_no_rule_knows_is_asked_once_and_not_forgotten_when_it_leaves_the_list(world):
    collect(world, "2024-01-01", "2024-02-01")
    publish(world)
    found = cases(world)
    assert set(found) == {"Valencia", "NOWHEREVILLE"}
    assert [row["outcome"] for row in found.values()] == ["", ""]
    assert {row["opened"] for row in found.values()} == {"2024-01-01"}
    assert {row["due"] for row in found.values()} == {"2024-02-12"}
    assert found["Valencia"]["evidence"].startswith("capture 20240101T000000Z-")
    assert found["NOWHEREVILLE"]["evidence"].startswith("capture 20240201T000000Z-")
    assert ", row 2 | rule ambiguous_without_country | candidates gn" in found["Valencia"]["evidence"]
    assert {VALENCIA, CARABOBO} <= set(found["Valencia"]["evidence"].replace(";", " ").split())


def test_after_an_answer_the_name_is_resolved_on_past_lists_and_the_case_is_closed(world):
    collect(world, "2024-01-01", "2024-02-01")
    first = publish(world)
    asked = {name: row["case_id"] for name, row in cases(world).items()}
    answer(world, "Valencia", "is", VALENCIA)
    answer(world, "Nowhereville", "not_a_city")
    assert publish(world) != first
    assert VALENCIA in {row["place_id"] for row in table(world, "memberships")}
    found = cases(world)
    assert {name: row["case_id"] for name, row in found.items()} == asked
    assert found["Valencia"]["outcome"] == f"is {VALENCIA}, by a-reviewer on 2024-03-01"
    assert found["NOWHEREVILLE"]["outcome"] == "is not a city, by a-reviewer on 2024-03-01"
    assert {row["subject"] for row in table(world, "judgements")} == {"Valencia", "Nowhereville"}


def test_an_answer_in_the_store_holds_for_a_list_that_comes_later(world, tmp_path):
    collect(world, "2024-01-01")
    answer(world, "Nowhereville", "is", VALENCIA)
    collect(world, "2024-02-01")
    publish(world)
    assert cases(world)["NOWHEREVILLE"]["outcome"].startswith(f"is {VALENCIA}")
    assert set(cases(world)) == {"Valencia", "NOWHEREVILLE"}


def test_who_leaves_a_name_open_between_places_has_answered(world):
    collect(world, "2024-01-01", "2024-02-01")
    answer(world, "Valencia", "unsure", f"{VALENCIA}; {CARABOBO}")
    answer(world, "Nowhereville", "split", f"{VALENCIA}; {CARABOBO}")
    publish(world)
    found = cases(world)
    assert found["Valencia"]["outcome"] == f"stays open between {VALENCIA}; {CARABOBO}, by a-reviewer on 2024-03-01"
    assert found["NOWHEREVILLE"]["outcome"] == f"stands for several bodies: {VALENCIA}; {CARABOBO}, by a-reviewer on 2024-03-01"
    assert "NOWHEREVILLE" in {row["name_as_published"] for row in table(world, "unresolved_names")}


def test_an_answer_for_one_network_leaves_the_question_of_another_open(world, tmp_path):
    register(world, "lakes")
    page(tmp_path, "lakes", "2024-01-01", "Valencia", "Graz")
    collect(world, "2024-01-01")
    answer(world, "Valencia", "is", VALENCIA, network_id="rivers")
    publish(world)
    asked = {row["network_id"]: row["outcome"] for row in table(world, "review_cases") if "Valencia" in row["claim"]}
    assert asked == {"lakes": "", "rivers": f"is {VALENCIA}, by a-reviewer on 2024-03-01"}


def test_names_that_the_terms_of_a_network_withhold_are_not_in_the_published_queue(world, tmp_path):
    register(world, "lakes", republish="counts_only")
    page(tmp_path, "lakes", "2024-01-01", "Valencia", "Graz")
    collect(world, "2024-01-01")
    names = open_names(world)
    rows = {row["network_id"]: row for row in review_rows(world, names)}
    assert "Valencia" not in json.dumps(rows["lakes"], ensure_ascii=False)
    assert VALENCIA not in json.dumps(rows["lakes"])
    assert [case.name for case in all_cases(world, names) if case.network.id == "lakes"] == ["Valencia"]


def review_rows(outside: Outside, names) -> list[dict[str, str]]:
    from citynet.model import History
    from citynet.pipelines import review
    from citynet.pipelines.listings import decide
    from citynet.pipelines.registry import open_registry
    from citynet.pipelines.views import View

    networks = open_registry(outside).networks.values()
    views = [View(n, tuple(decide(outside, n, names)), (), History((), ()), (), False) for n in networks]
    return review.review_rows(views, names)


def test_a_held_list_is_asked_about_until_a_judgement_accepts_or_rejects_it(world, tmp_path):
    page(tmp_path, "rivers", "2024-03-01", "Krems")
    collect(world, "2024-01-01", "2024-02-01", "2024-03-01")
    (case,) = [case for case in all_cases(world, open_names(world)) if case.what == "capture"]
    assert (case.opened, case.outcome) == ("2024-03-01", "")
    assert case.why.startswith("collapse: all gone")
    signed = {"reviewer": "a-reviewer", "date": "2024-03-02", "reason": "the page was cut", "evidence_url": ""}
    values = {"network_id": "rivers", "capture_id": case.capture_id, "verdict": "reject", **signed}
    keep(world.store, [Given("test", case.case_id, "captures.csv", values)], AT)
    (answered,) = [case for case in all_cases(world, open_names(world)) if case.what == "capture"]
    assert (answered.case_id, answered.outcome) == (case.case_id, "reject, by a-reviewer on 2024-03-02")


def test_moving_an_answer_into_the_files_changes_no_release(world):
    collect(world, "2024-01-01", "2024-02-01")
    answer(world, "Valencia", "is", VALENCIA)
    made = publish(world)
    before = world.published.read(f"{made}/data/judgements.csv")
    names = open_names(world)
    assert export(world, names.gazetteer) == {"places.csv": 1}
    assert kept(world.store) == ()
    assert open_names(world).sha256 == names.sha256
    assert monitor.gather(world) == []
    assert monitor.rebuild(world) == made
    assert world.published.read(f"{made}/data/judgements.csv") == before


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{", "expected an answer as JSON with file, values and case_id"),
        ("[]", "expected an answer as JSON"),
        ('{"file": "places.csv", "values": {"name": 1}, "case_id": ""}', "to be text, found something else"),
        ('{"file": "places.csv", "values": {"name": "Graz"}, "case_id": ""}', "expected the columns name,country.*; found name"),
        ('{"file": "cities.csv", "values": {}, "case_id": ""}', "unknown file of judgements 'cities.csv'"),
    ],
)
def test_a_broken_answer_is_named_by_its_key(document, told, outside):
    outside.store.write("judgements/20240301T080000Z-abc.json", document.encode())
    with pytest.raises(ConfigError, match=rf"judgements/20240301T080000Z-abc\.json: .*{told}"):
        open_names(outside)
