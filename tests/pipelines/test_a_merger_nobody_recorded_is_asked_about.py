"""A member that was merged away without anybody recording it: it has not left, a person is asked, and the answer is a judgement."""

import json
import shutil
from dataclasses import replace

import pytest

from citynet.cli import main
from citynet.errors import ConfigError
from citynet.model import Row, instant
from citynet.networks import load_one
from citynet.pipelines import queue
from citynet.pipelines.answering import past_cases
from citynet.pipelines.asking import OPTIONS, POSTPONE
from citynet.pipelines.cases import Case
from citynet.pipelines.inputs import gather
from citynet.pipelines.membership_tables import membership_rows
from citynet.pipelines.merger_cases import FILES, merger_given
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.review import all_cases, review_rows
from citynet.pipelines.unrecorded_mergers import heir_id, unrecorded_mergers
from citynet.pipelines.views import View, view
from citynet.places.former import FormerMunicipality
from citynet.places.judgement_files import VERDICTS
from citynet.publishing.phrases import forbidden_in
from citynet.publishing.withdrawn import Gone, Withdrawal, rows_without
from pipelines.live_pages import capture, listed, register

NOW = instant("2024-07-01T12:00:00Z")
BOXMEER, CUIJK = "gn2758462", "gn12494993"
"""A municipality of the Netherlands until 2022, and the one that it is a part of since."""
OTHERS = ("Graz (Austria)", "Lyon (France)", "Malmö (Sweden)", "Ghent (Belgium)", "Turin (Italy)", "Utrecht (Netherlands)")
DAYS = ("2024-01-08", "2024-02-05", "2024-03-04", "2024-04-08", "2024-05-06")


@pytest.fixture
def rivers(outside: Outside) -> Outside:
    """A network whose list shows Boxmeer once and the municipality around it four times after."""
    register(outside)
    for day in DAYS:
        member = "Boxmeer" if day == DAYS[0] else "Land van Cuijk"
        capture(outside, day, listed(*OTHERS, f"{member} (Netherlands)"))
    return outside


def seen(world: Outside, day: str = "", *, anew: bool = True) -> View:
    names = open_names(world)
    inputs = gather(world, names, day)
    assert inputs is not None
    return view(world, inputs, load_one(str(world.registry / "rivers.yml")), names, misconfigured=False, anew=anew)


def states(world: Outside, day: str = "") -> dict[str, tuple[object, ...]]:
    rows = membership_rows([seen(world, day)], "2024-05-06")
    return {str(r["place_id"]): (r["state"], r["counted"]) for r in rows if r["place_id"] in (BOXMEER, CUIJK)}


def told(world: Outside) -> list[tuple[str, str]]:
    return [(c.place_id, c.change) for c in seen(world).history.changes if c.place_id in (BOXMEER, CUIJK)]


def mergers(world: Outside) -> list[Case]:
    return [case for case in all_cases(world, open_names(world)) if case.what == "merger"]


def rows(world: Outside, day: str = "") -> list[Row]:
    return [row for row in review_rows([seen(world, day)], open_names(world)) if row["what"] == "merger"]


def asked(world: Outside) -> queue.Question:
    (question,) = [one for one in queue.questions(world, NOW, 100) if one["what"] == "merger"]
    return question


def judgements(world: Outside) -> list[tuple[str, dict[str, str]]]:
    found = [json.loads(world.store.read(key)) for key in world.store.keys("judgements")]
    return [(one["file"], one["values"]) for one in found]


def test_it_has_not_left_however_many_lists_are_without_it(rivers):
    assert states(rivers) == {BOXMEER: ("departure_suspected", True), CUIJK: ("listed", True)}
    assert (BOXMEER, "left") not in told(rivers)


def test_the_case_opens_with_the_second_list_without_it_and_names_both_and_the_source(rivers):
    assert [rows(rivers, day) for day in DAYS[:2]] == [[], []]
    (row,) = rows(rivers, DAYS[2])
    assert forbidden_in(f"{row['claim']} {row['evidence']}") == []
    assert (row["opened"], row["due"], row["outcome"]) == (DAYS[1], "2024-03-18", None)
    assert row["claim"] == (
        "Boxmeer is not on the list of Rivers since 2024-02-05, Land van Cuijk, which it is a part of today, is:"
        " was it merged into that one, or has its membership ended?"
    )
    for part in (
        f"row rivers/{BOXMEER}/full",
        f"{BOXMEER} is a part of {CUIJK}: inferred from the places of GeoNames",
        "last shown on 2024-01-08",
    ):
        assert part in str(row["evidence"])
    assert [r["case_id"] for r in rows(rivers)] == [row["case_id"]] == [case.case_id for case in mergers(rivers)]


@pytest.mark.parametrize("place_id", [BOXMEER, CUIJK])
def test_the_case_goes_where_either_membership_is_withdrawn(rivers, place_id):
    withdrawn = Gone(Withdrawal(place_id, "rivers", whole=False), frozenset(), frozenset())
    assert rows_without("review_cases", rows(rivers), [withdrawn]) == []


def test_the_terms_of_a_network_withhold_the_names_from_what_is_published(rivers):
    register(rivers, republish="counts_only")
    (row,) = rows(rivers)
    assert "Was a member of Rivers merged into another, or has its membership ended?" in str(row["claim"])
    assert BOXMEER not in str(row)
    assert "Cuijk" not in str(row)
    assert "Boxmeer" in asked(rivers)["body"]  # who answers sees whom it is about


def test_it_is_one_question_whose_options_are_verdicts_of_judgements(rivers):
    question = asked(rivers)
    assert question["options"] == [*OPTIONS["merger"], POSTPONE]
    assert set(OPTIONS["merger"].values()) == set(FILES)
    for verdict, file in FILES.items():
        assert verdict in VERDICTS[file][1]
    assert question["fields"]["place_id"]["value"] == CUIJK
    assert queue.is_open(rivers, question)


def test_a_recorded_merger_goes_on_as_the_membership_of_the_other_one_and_ends_the_case(rivers):
    question = asked(rivers)
    fields = {"date": "2022-01-01", "reason": "merged", "evidence_url": "https://www.landvancuijk.nl/", "place_id": CUIJK}
    queue.answer(rivers, question, "it was merged", fields, "a-reviewer", NOW)
    ((file, line),) = judgements(rivers)
    assert (file, line["place_id"], line["change"], line["successor_id"]) == ("municipal_changes.csv", BOXMEER, "merged_into", CUIJK)
    assert (line["date"], line["decided_on"], line["reviewer"]) == ("2022-01-01", "2024-07-01", "a-reviewer")
    assert mergers(rivers) == rows(rivers) == []
    assert not queue.is_open(rivers, question)
    assert states(rivers) == {CUIJK: ("listed", True)}
    assert told(rivers) == [(CUIJK, "renamed")]  # it continues the membership since the first list, under its own name


def test_who_left_between_the_lists_is_dated_by_them(rivers):
    queue.answer(rivers, asked(rivers), "it has left", {"reason": "asked the secretariat"}, "a-reviewer", NOW)
    ((file, line),) = judgements(rivers)
    assert (file, line["verdict"], line["place_id"], line["date"]) == ("memberships.csv", "left", BOXMEER, "2024-01-08/2024-02-05")
    assert mergers(rivers) == []
    assert states(rivers)[BOXMEER] == ("departed", False)
    assert (BOXMEER, "left") in told(rivers)
    assert states(rivers, "2024-06-30")[BOXMEER] == ("departure_suspected", True)  # before anybody had said so


@pytest.mark.parametrize("anew", [True, False])
def test_increments_and_a_rebuild_tell_the_same_before_and_after_the_answer(rivers, anew):
    before = seen(rivers, anew=False).history
    assert seen(rivers, anew=anew).history == before
    queue.answer(rivers, asked(rivers), "it has left", {"reason": "asked"}, "a-reviewer", NOW)
    assert seen(rivers, anew=anew).history == seen(rivers).history != before


@pytest.mark.parametrize(
    ("option", "fields", "message"),
    [
        ("it was merged", {"reason": "merged"}, "expected date of the merger"),
        ("it was merged", {"reason": "merged", "date": "last year"}, "expected date as YYYY-MM-DD, YYYY-MM or YYYY"),
        ("it was merged", {"reason": "merged", "date": "2022", "place_id": "gn1"}, "successor_id to be in the gazetteer"),
        ("it has left", {}, "expected reason to be filled"),
    ],
)
def test_an_answer_that_can_not_hold_is_told_and_nothing_is_kept(rivers, option, fields, message):
    with pytest.raises(ConfigError, match=message):
        queue.answer(rivers, asked(rivers), option, fields, "a-reviewer", NOW)
    assert judgements(rivers) == []
    assert len(mergers(rivers)) == 1


def test_a_list_that_shows_it_again_ends_the_case_without_an_answer(rivers):
    capture(rivers, "2024-06-03", listed(*OTHERS, "Boxmeer (Netherlands)", "Land van Cuijk (Netherlands)"))
    assert mergers(rivers) == []
    assert states(rivers)[BOXMEER] == ("listed", True)


@pytest.mark.parametrize("verdict", sorted(FILES))
def test_the_same_answer_given_again_says_the_same(rivers, verdict):
    """The case is none any more by then: the file of answers is read a second time."""
    row = dict.fromkeys(("place_id", "date", "reason", "evidence_url"), "") | {"case_id": asked(rivers)["case_id"], "verdict": verdict}
    row |= {"network_id": "rivers", "reason": "seen", "date": "2022" if verdict == "merged_into" else ""}
    first = merger_given("a.csv:2", row, mergers(rivers), {}, ("a-reviewer", "2024-07-01"))
    past = {first.case_id: first.values}
    assert merger_given("a.csv:2", row, [], past, ("a-reviewer", "2024-07-01")) == first
    with pytest.raises(ConfigError, match="expected case_id of a question"):
        merger_given("a.csv:2", row, [], {}, ("a-reviewer", "2024-07-01"))


def test_it_is_shown_and_answered_in_the_terminal_too(rivers, tmp_path, capsys):
    where = ["--store", str(tmp_path / "store"), "--registry", str(rivers.registry), "--judgements", str(rivers.judgements)]
    assert main(["review", *where]) == 0
    assert "Boxmeer is not on the list of Rivers since 2024-02-05" in capsys.readouterr().out
    questions = tmp_path / "questions.csv"
    assert main(["review", "--csv", str(questions), *where]) == 0
    header, *lines = questions.read_text().splitlines()
    columns = header.split(",")
    (line,) = [found for found in lines if found.startswith("merger-")]
    answer = dict.fromkeys(columns, "") | {"case_id": line.split(",")[0], "network_id": "rivers"}
    answer |= {"verdict": "merged_into", "date": "2022-01-01", "reason": "merged"}
    questions.write_text(f"{header}\n{','.join(answer[column] for column in columns)}\n")
    for kept in ("1 new answer kept", "0 new answers kept, 1 known before"):
        assert main(["review", "--answers", str(questions), "--reviewer", "a-reviewer", *where]) == 0
        assert kept in capsys.readouterr().out
    assert past_cases(rivers.store)[line.split(",")[0]]["successor_id"] == CUIJK


def test_the_file_of_former_municipalities_is_an_input_of_releases_and_of_stored_histories(rivers):
    """A copy of the gazetteer without the file: other inputs, and the history that nothing is known of."""
    bare = rivers.judgements.parent / "bare"
    bare.mkdir()
    shutil.copy(rivers.gazetteer, bare)
    without = replace(rivers, gazetteer=bare / rivers.gazetteer.name)
    assert open_names(without).gazetteer_sha256 != open_names(rivers).gazetteer_sha256
    assert [unrecorded_mergers(open_names(world)) == () for world in (rivers, without)] == [False, True]
    ids = {found.release_id for world in (rivers, without) if (found := gather(world, open_names(world)))}
    assert len(ids) == 2
    seen(rivers, anew=False)  # kept in the store
    assert (BOXMEER, "left") in [(c.place_id, c.change) for c in seen(without, anew=False).history.changes]


def test_an_heir_without_an_id_is_the_only_municipality_of_its_name_in_the_country(outside):
    def heir(country: str, *names: str) -> str:
        return heir_id(FormerMunicipality(country, ("x",), "gn1", names, "", "", "", "official", "a list"), open_names(outside))

    assert heir("NL", "land van cuijk") == CUIJK
    assert heir("DE", "land van cuijk") == heir("NL", "no such town") == heir("US", "springfield") == ""
