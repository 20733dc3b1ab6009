"""Histories kept in the store make releases cheaper and never other: a rebuild, which uses none of them, gives the same bytes."""

import json
from pathlib import Path

import pytest

from citynet.http.capture import keep, make_capture
from citynet.model import Fetched, instant
from citynet.networks import load_one
from citynet.pipelines import monitor
from citynet.pipelines.inputs import gather
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.views import View, view
from citynet.publishing.release import current
from empty_world import copied, world_in
from pipelines.live_pages import URL, capture, listed, register

GRAZ, LINZ, WELS, STEYR = "Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)"
ROUNDS = (
    ("2024-03-04", (GRAZ, LINZ, WELS)),
    ("2024-03-11", (GRAZ, LINZ, WELS, STEYR)),
    ("2024-03-18", (GRAZ, LINZ, STEYR)),
    ("2024-04-15", (GRAZ, LINZ, STEYR)),
    ("2024-05-13", (GRAZ, LINZ, STEYR)),
    ("2024-05-20", (GRAZ, LINZ, STEYR, WELS)),
)
BREGENZ, VILLACH = "Bregenz (Austria)", "Villach (Austria)"
VILLACH_ID, WELS_ID = "gn2762372", "gn2761524"
STATE = "histories/rivers.json"


@pytest.fixture
def world(outside: Outside) -> Outside:
    register(outside)
    return outside


@pytest.fixture(scope="module")
def once_looked(tmp_path_factory) -> dict[int, Path]:
    """How many rounds a world has seen after the first -> its folder; tests go on from copies."""
    folder = tmp_path_factory.mktemp("rounds")
    (folder / "two").mkdir()
    outside = world_in(folder / "two")
    register(outside)
    look(outside, ROUNDS[1:3])
    look(copied(folder / "two", folder / "four"), ROUNDS[3:5])
    return {2: folder / "two", 4: folder / "four"}


@pytest.fixture(scope="module")
def once_looked_at_all(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("all_rounds")
    outside = world_in(folder)
    register(outside)
    look(outside)
    return folder


@pytest.fixture
def looked_at_all(once_looked_at_all: Path, tmp_path: Path) -> Outside:
    return copied(once_looked_at_all, tmp_path / "world")


def build(outside: Outside, *, anew: bool = False) -> bytes:
    """The tables of the release that the store gives now; all but the pages drawn from them."""
    (release_id,) = monitor.gather(outside)
    monitor.build(outside, release_id, anew=anew)
    return outside.store.read(f"building/{release_id}/tables.json")


def look(outside: Outside, rounds=ROUNDS) -> None:
    for day, members in rounds:
        capture(outside, day, listed(*members))
        build(outside)


def folded(outside: Outside) -> list[str]:
    """The captures that the stored state holds."""
    return json.loads(outside.store.read(STATE).partition(b"\n")[0])["captures"]


def changes(outside: Outside) -> list[tuple[str, str, str]]:
    return [(row["change"], row["place_id"], row["known_at"]) for row in json.loads(build(outside))["membership_changes"]]


def test_every_increment_gives_the_bytes_of_a_rebuild(world: Outside) -> None:
    for day, members in ROUNDS:
        capture(world, day, listed(*members))
        assert build(world) == build(world, anew=True)
    assert len(folded(world)) == len(ROUNDS)
    assert sorted(change for change, _, _ in changes(world)) == ["joined", "left", "rejoined"]


def test_a_published_release_made_by_increments_is_rebuilt_to_the_byte(looked_at_all: Outside) -> None:
    world = looked_at_all
    (release_id,) = monitor.gather(world)
    monitor.release(world, monitor.check(world, monitor.build(world, release_id)))
    kept = world.store.read(STATE)
    world.store.write(STATE, b"damaged")
    # a rebuild holds its bytes against those that are published, and refuses where one differs
    assert monitor.rebuild(world) == current(world.published) == release_id
    assert world.store.read(STATE) == b"damaged"
    assert kept != b"damaged"


@pytest.mark.parametrize("harm", ["damaged", "of another network", "gone", "older"])
def test_a_state_that_cannot_be_used_is_made_anew(once_looked: dict[int, Path], harm: str, tmp_path: Path) -> None:
    older = (once_looked[2] / "store" / STATE).read_bytes()
    world = copied(once_looked[4], tmp_path / "world")
    kept = world.store.read(STATE)
    if harm == "gone":
        world.store.delete("histories")
    else:
        foreign = kept.replace(b'"made_for":"', b'"made_for":"0', 1)
        world.store.write(STATE, {"damaged": kept[:-40], "of another network": foreign, "older": older}[harm])
    look(world, ROUNDS[5:])
    assert len(folded(world)) == 5
    assert build(world) == build(world, anew=True)


def test_a_kill_after_the_state_was_written_and_before_the_release_changes_nothing(world: Outside) -> None:
    look(world, ROUNDS[:4])
    assert current(world.published) is None  # killed each time before anything was published: the state is ahead
    assert len(folded(world)) == 4
    assert build(world) == build(world, anew=True)
    look(world, ROUNDS[4:])
    assert build(world) == build(world, anew=True)


def archived(outside: Outside, day: str, known_on: str, *members: str) -> None:
    page = Fetched(URL, "GET", 200, "text/html; charset=utf-8", (), listed(*members).encode(), URL)
    at, known_at = instant(f"{day}T12:00:00Z"), instant(f"{known_on}T12:00:00Z")
    keep(outside.store, *make_capture("rivers", [page], captured_at=at, known_at=known_at, origin="archived"))


def test_an_archived_page_obtained_later_and_a_statement_fold_that_network_anew(looked_at_all: Outside) -> None:
    world = looked_at_all
    before = changes(world)
    archived(world, "2023-05-01", "2024-06-01", GRAZ, LINZ, WELS)
    assert changes(world) == before  # what was known of the changes, and when, is as it was
    assert folded(world)[0].startswith("20230501")
    assert build(world) == build(world, anew=True)
    (world.judgements / "memberships.csv").write_text(
        "network_id,place_id,verdict,date,reviewer,decided_on,reason,evidence_url\n"
        "rivers,gn2778067,left,2024-05-10,editor-first-pass,2024-06-02,It said so,https://graz.example\n"
    )
    assert ("left", "gn2778067", "2024-06-02T00:00:00Z") in changes(world)
    assert build(world) == build(world, anew=True)


def seen_as_of(world: Outside, day: str) -> View:
    names = open_names(world)
    inputs = gather(world, names, day)
    assert inputs is not None
    return view(world, inputs, load_one(str(world.registry / "rivers.yml")), names, misconfigured=False)


def test_the_histories_as_of_a_day_are_the_same_whatever_became_known_since(world: Outside) -> None:
    look(world, ROUNDS[:4])
    then = seen_as_of(world, "2024-03-31").history
    look(world, ROUNDS[4:])
    archived(world, "2023-05-01", "2024-07-01", GRAZ, LINZ)
    build(world)
    assert seen_as_of(world, "2024-03-31").history == then
    assert seen_as_of(world, "2024-12-31").history != then


def judged(world: Outside, capture_id: str, verdict: str, day: str) -> None:
    line = f"rivers,{capture_id},{verdict},editor-first-pass,{day},asked it,\n"
    (world.judgements / "captures.csv").write_text(f"network_id,capture_id,verdict,reviewer,date,reason,evidence_url\n{line}")


def test_a_held_list_that_a_person_lets_in_is_known_from_that_day_on(world: Outside) -> None:
    for day, members in (("2024-03-04", (GRAZ, LINZ, WELS, STEYR, BREGENZ)), ("2024-03-11", (GRAZ, LINZ, VILLACH))):
        held = capture(world, day, listed(*members))
        build(world)
    then = seen_as_of(world, "2024-04-30")
    assert ([one.outcome for one in then.decided], changes(world)) == (["accepted", "held"], [])
    judged(world, held.capture_id, "accept", "2024-05-01")
    assert changes(world) == [("joined", VILLACH_ID, "2024-05-01T00:00:00Z")]
    assert folded(world)[-1] == f"{held.capture_id} 2024-05-01"
    assert build(world) == build(world, anew=True)
    assert seen_as_of(world, "2024-04-30") == then
    assert seen_as_of(world, "2024-05-01").history.changes != then.history.changes
    (decided,) = [row for row in json.loads(build(world))["judgements"] if row["about"] == "capture"]
    assert (decided["verdict"], decided["decided_on"]) == ("accept", "2024-05-01")


def test_what_follows_from_refusing_a_list_is_known_from_the_day_on_which_it_was_refused(world: Outside) -> None:
    look(world, ROUNDS[1:4])
    back = capture(world, "2024-04-22", listed(GRAZ, LINZ, WELS, STEYR))
    look(world, ROUNDS[4:5])
    assert changes(world) == []
    then = seen_as_of(world, "2024-05-31").history
    judged(world, back.capture_id, "reject", "2024-06-03")
    assert changes(world) == [("left", WELS_ID, "2024-06-03T00:00:00Z")]
    assert build(world) == build(world, anew=True)
    assert seen_as_of(world, "2024-05-31").history == then
