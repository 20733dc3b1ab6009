"""A held list let in, refused and let in again: each day keeps the view it had, in the files as in the store, and nobody is asked anew."""

from citynet.model import Row, instant
from citynet.networks import load_one
from citynet.pipelines.answers import Given, export, keep
from citynet.pipelines.inputs import gather
from citynet.pipelines.judgement_tables import judgement_rows
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.review import all_cases, review_rows
from citynet.pipelines.views import View, view
from pipelines.live_pages import capture, listed, register

MEMBERS = ("Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)", "Bregenz (Austria)")
VILLACH_ID = "gn2762372"
DECISIONS = (("2024-05-01", "accept"), ("2024-06-03", "reject"), ("2024-07-01", "accept"))
DAYS = ("2024-04-30", "2024-05-01", "2024-06-02", "2024-06-03", "2024-06-30", "2024-07-01")
Shown = tuple[str, View, list[Row], list[Row]]


def held(world: Outside) -> str:
    """The id of a list that lacks three of five members and has a new one."""
    register(world)
    for day, members in (("2024-03-04", MEMBERS), ("2024-03-11", (*MEMBERS[:2], "Villach (Austria)"))):
        kept = capture(world, day, listed(*members))
    return kept.capture_id


def decide(world: Outside, capture_id: str, day: str, verdict: str) -> None:
    """As an answer in the store, as `citynet review` keeps it."""
    values = {"network_id": "rivers", "capture_id": capture_id, "verdict": verdict, "reviewer": "editor-first-pass", "date": day}
    given = Given("test", "capture-0", "captures.csv", {**values, "reason": "asked the secretariat", "evidence_url": ""})
    keep(world.store, [given], instant(f"{day}T08:00:00Z"))


def as_of(world: Outside, day: str = "", *, anew: bool = True) -> Shown:
    names = open_names(world)
    inputs = gather(world, names, day)
    assert inputs is not None
    seen = view(world, inputs, load_one(str(world.registry / "rivers.yml")), names, misconfigured=False, anew=anew)
    return inputs.release_id, seen, review_rows([seen], names), judgement_rows(names.judgements, day)


def test_every_day_keeps_its_view_and_a_rebuild_gives_what_increments_gave(outside: Outside) -> None:
    capture_id = held(outside)
    kept: dict[str, Shown] = {}
    for day, verdict in DECISIONS:
        kept |= {earlier: as_of(outside, earlier) for earlier in DAYS if earlier < day and earlier not in kept}
        decide(outside, capture_id, day, verdict)
        assert as_of(outside, anew=False) == as_of(outside)
    assert export(outside, open_names(outside).gazetteer) == {"captures.csv": 3}
    now = {day: as_of(outside, day) for day in DAYS}
    assert {day: now[day] for day in kept} == kept
    assert len(kept) == len(DAYS) - 1
    joined = {day: [change.place_id for change in seen.history.changes if change.world] for day, (_, seen, _, _) in now.items()}
    assert [day for day in DAYS if joined[day] == [VILLACH_ID]] == ["2024-05-01", "2024-06-02", "2024-07-01"]
    of_records = {day: [(c.before, c.known_at[:10]) for c in seen.history.changes if not c.world] for day, (_, seen, _, _) in now.items()}
    assert [day for day in DAYS if of_records[day] == [("joined", "2024-06-03")]] == ["2024-06-03", "2024-06-30", "2024-07-01"]
    assert not any(of_records[day] for day in DAYS[:3])
    assert [len(rows) for _, _, _, rows in now.values()] == [0, 1, 1, 2, 2, 3]
    assert sorted((row["decided_on"], row["verdict"]) for row in now[DAYS[-1]][3]) == sorted(DECISIONS)


def test_the_case_says_the_decision_of_the_day_and_is_open_before_the_first(outside: Outside) -> None:
    capture_id = held(outside)
    for day, verdict in DECISIONS:
        decide(outside, capture_id, day, verdict)
    outcomes = {day: [row["outcome"] for row in as_of(outside, day)[2] if row["what"] == "capture"] for day in DAYS}
    assert outcomes["2024-04-30"] == [None]
    assert outcomes["2024-06-02"] == ["accept, by editor-first-pass on 2024-05-01"]
    assert outcomes["2024-06-30"] == ["reject, by editor-first-pass on 2024-06-03"]
    (case,) = [case for case in all_cases(outside, open_names(outside)) if case.what == "capture"]
    assert case.outcome == "accept, by editor-first-pass on 2024-07-01"
