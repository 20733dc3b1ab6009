"""`citynet review` shows what waits for a person and takes the answers back, all of them or none; `judgements export` moves them."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from citynet.cli.printing import print_lines
from citynet.model import instant
from citynet.pipelines import memberships
from citynet.pipelines.answers import kept
from citynet.pipelines.outside import open_outside

NETWORK = """
id: {network_id}
name: Network of {network_id}
status: active
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2024-01-01}}
who_joins: body
rights: {{permission: none_needed, republish: names}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages: [{{url: "https://{network_id}.example/members", reader: table, select: table, since: 2023-01-01,
           options: {{name: City, country: Country}}}}]
"""
VALENCIA, CARABOBO = "gn2509954", "gn3625549"
LISTS = {
    "lakes": ("2024-02-01", [("Valencia", ""), ("Graz", "Austria")]),
    "rivers": ("2024-01-01", [("Graz", "Austria"), ("Valencia", ""), ("Nowhereville", "Germany"), ("=Nosuchtown", "Germany")]),
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """Two networks with a list each, captured; every test takes a copy."""
    home = tmp_path_factory.mktemp("collected")
    for folder in ("registry", "judgements"):
        (home / folder).mkdir()
    for network_id, (day, rows) in LISTS.items():
        (home / "registry" / f"{network_id}.yml").write_text(NETWORK.format(network_id=network_id))
        folder = home / "replay" / network_id / day
        folder.mkdir(parents=True)
        (folder / "requests.csv").write_text(
            f"url,method,status,content_type,file\nhttps://{network_id}.example/members,GET,200,text/html,p.html\n"
        )
        cells = "".join(f"<tr><td>{name}</td><td>{country}</td></tr>" for name, country in rows)
        (folder / "p.html").write_text(
            f"<html><body><p>Members</p><table><tr><th>City</th><th>Country</th></tr>{cells}</table></body></html>"
        )
    names = ("store", "published", "registry", "judgements")
    outside = open_outside({f"CITYNET_{n.upper()}": str(home / n) for n in names} | {"CITYNET_REPLAY": str(home / "replay")})
    for network_id, (day, _) in LISTS.items():
        memberships.capture(outside, network_id, instant(f"{day}T00:00:00Z"))
    return home


@pytest.fixture
def home(collected, tmp_path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "home"))


@pytest.fixture
def review(citynet, home):
    """Call `citynet review`, or another command, on the copy."""
    where = [f"--{name}={home / name}" for name in ("store", "published", "registry", "judgements")]

    def call(*arguments: object, command: str = "review"):
        return citynet(command, *where, *arguments)

    return call


@pytest.fixture
def questions(review, home, table_of):
    """The open questions as CSV, by network and name."""

    def asked(*arguments: object) -> dict[tuple[str, str], dict[str, str]]:
        done = review("--csv", home / "questions.csv", *arguments)
        assert done.code == 0, done.stderr
        return {(row["network_id"], row["name"]): row for row in table_of(home / "questions.csv")}

    return asked


@pytest.fixture
def answers(home):
    """Write rows as a person would save them; the path."""

    def write(*rows: dict[str, str], name: str = "answers.csv") -> Path:
        with (home / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return home / name

    return write


def stored(home: Path) -> list[str]:
    return sorted(str(p.relative_to(home)) for p in (home / "store" / "judgements").rglob("*.json"))


def test_the_queue_is_printed_newest_first_with_candidates_and_the_line_to_write(review):
    done = review("--date", "2024-03-01")
    assert done.code == 0
    blocks = done.stdout.split("\n\n")
    assert blocks[0] == "3 open questions"
    assert blocks[1].startswith("“Valencia” without a country\n  name-")
    assert "lakes  since 2024-02-01, 1 row; ambiguous_without_country" in blocks[1]
    assert "rivers  since 2024-01-01, 1 row" in blocks[1]
    assert f"  {VALENCIA}  València (ES, " in blocks[1] or f"  {VALENCIA}  Valencia (ES, " in blocks[1]
    assert "places.csv: Valencia,,lakes,is,PLACE_ID,REVIEWER,2024-03-01,REASON," in blocks[1]
    assert "places.csv: Valencia,,rivers,is,PLACE_ID,REVIEWER,2024-03-01,REASON," in blocks[1]
    assert "“Nowhereville” DE" in done.stdout
    assert "places.csv: Nowhereville,DE,,is,PLACE_ID,REVIEWER,2024-03-01,REASON," in done.stdout


def test_names_that_a_person_left_open_are_counted_beside_those_that_wait_for_a_first_answer(review, questions, answers):
    asked = questions()
    looked = {**asked["rivers", "Nowhereville"], "verdict": "unsure", "reason": "nothing says so"}
    assert review("--answers", answers(looked), "--reviewer", "a-reviewer").code == 0
    assert review().stdout.splitlines()[:2] == ["2 open questions", "1 left open by a person"]
    rest = [{**row, "verdict": "unsure", "reason": "nor here"} for row in questions().values()]
    assert review("--answers", answers(*rest), "--reviewer", "a-reviewer").code == 0
    assert review().stdout.splitlines() == ["no question waits for a first answer", "3 left open by a person"]


def test_one_network_alone_can_be_asked_for(review, questions):
    assert set(questions("--network", "lakes")) == {("lakes", "Valencia")}
    done = review("--network", "seas")
    assert (done.code, done.stderr) == (2, "citynet review: --network: expected an id of the registry, got 'seas'\n")


def test_a_printed_name_is_no_formula_in_a_spreadsheet_and_is_itself_in_the_answer(review, questions, answers, home):
    assert "“=Nosuchtown” DE" in review().stdout
    row = questions()["rivers", "'=Nosuchtown"]
    done = review("--answers", answers({**row, "verdict": "not_a_city", "reason": "a joke"}), "--reviewer", "a-reviewer")
    assert done.code == 0, done.stderr
    (answer,) = kept(open_outside({"CITYNET_STORE": str(home / "store")}).store)
    assert answer.values["name"] == "=Nosuchtown"


def test_what_comes_from_elsewhere_can_not_steer_the_terminal(capsys):
    print_lines(["Gent\x1b[2J", "Łódź · Đakovo"])
    assert capsys.readouterr().out == "Gent�[2J\nŁódź · Đakovo\n"


def test_before_anything_was_collected_one_line_says_so(citynet, tmp_path):
    done = citynet("review", "--store", tmp_path / "store")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith("nothing has been collected yet")
    assert done.stdout.count("\n") == 1


def test_answers_become_judgements_and_the_questions_are_gone(review, questions, answers, home):
    asked = questions()
    asked["rivers", "Nowhereville"] |= {"verdict": "not_a_city", "reason": "a joke  of\nthe editors"}
    asked["lakes", "Valencia"] |= {
        "verdict": "is",
        "place_id": VALENCIA,
        "reason": "Spanish network",
        "evidence_url": "https://lakes.example/",
    }
    done = review("--answers", answers(*asked.values()), "--reviewer", "a-reviewer", "--date", "2024-03-01")
    assert (done.code, done.stdout.splitlines()[0]) == (0, "2 new answers kept, 0 known before")
    where = open_outside({"CITYNET_STORE": str(home / "store")})
    lines = sorted(tuple(answer.values.values()) for answer in kept(where.store))
    assert lines == [
        ("Nowhereville", "DE", "", "not_a_city", "", "a-reviewer", "2024-03-01", "a joke of the editors", ""),
        ("Valencia", "", "lakes", "is", VALENCIA, "a-reviewer", "2024-03-01", "Spanish network", "https://lakes.example/"),
    ]
    assert set(questions()) == {key for key in asked if "Nosuch" in key[1]} | {("rivers", "Valencia")}


def test_the_same_answers_given_again_are_kept_once(review, questions, answers, home):
    asked = questions()
    asked["rivers", "Valencia"] |= {"verdict": "is_not", "place_id": CARABOBO, "reason": "European network", "scope": "all"}
    file = answers(*asked.values())
    assert review("--answers", file, "--reviewer", "a-reviewer", "--date", "2024-03-01").code == 0
    before = stored(home)
    for _ in range(2):
        again = review("--answers", file, "--reviewer", "a-reviewer", "--date", "2024-05-05")
        assert (again.code, again.stdout) == (0, "0 new answers kept, 1 known before\n")
        assert stored(home) == before
    assert review("export", command="judgements").code == 0
    assert review("--answers", file, "--reviewer", "a-reviewer").stdout == "0 new answers kept, 1 known before\n"
    assert "Valencia,,,is_not" in (home / "judgements" / "places.csv").read_text()


def test_who_comes_to_the_same_answer_is_told_who_said_so_and_the_other_rows_are_kept(review, questions, answers, home):
    asked = questions()
    first = {**asked["rivers", "Nowhereville"], "verdict": "unsure", "place_id": f"{VALENCIA}; {CARABOBO}", "reason": "a joke"}
    assert review("--answers", answers(first), "--reviewer", "identity-first-pass").code == 0
    assert review("export", command="judgements").code == 0
    same = {**first, "place_id": f"{CARABOBO}; {VALENCIA}", "reason": "looked at again"}
    other = {**asked["rivers", "'=Nosuchtown"], "verdict": "not_a_city", "reason": "a formula"}
    done = review("--answers", answers(same, other), "--reviewer", "a-second-reviewer")
    assert (done.code, done.stdout.splitlines()[:2]) == (0, ["1 new answer kept, 0 known before", "1 said already by identity-first-pass"])
    done = review("--answers", answers({**same, "verdict": "not_a_city", "place_id": ""}), "--reviewer", "a-second-reviewer")
    assert done.code == 2
    assert "places.csv:2" in done.stderr
    assert f"contradicts or repeats {home / 'answers.csv'}:2" in done.stderr


def test_rows_of_one_file_that_decide_the_same_for_all_lists_are_one_answer(review, questions, answers, home):
    asked = questions()
    rows = [
        {**asked[network, "Valencia"], "verdict": "is", "place_id": VALENCIA, "reason": f"seen at {network}", "scope": "all"}
        for network in ("lakes", "rivers")
    ]
    done = review("--answers", answers(*rows), "--reviewer", "a-reviewer")
    assert (done.code, done.stdout.splitlines()[:2]) == (0, ["1 new answer kept, 0 known before", "1 said already by a-reviewer"])
    assert len(stored(home)) == 1


def test_a_row_without_case_is_known_by_name_and_country(review, answers, home):
    row = {
        "case_id": "",
        "name": "NOWHEREVILLE",
        "country": "de",
        "verdict": "unsure",
        "place_id": "",
        "reason": "asked",
        "evidence_url": "",
    }
    done = review("--answers", answers(row), "--reviewer", "a-reviewer")
    assert done.stdout.splitlines()[0] == "1 new answer kept, 0 known before"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": "perhaps"}, "expected verdict to be one of is, is_not, not_a_city, split, unsure; found 'perhaps'"),
        ({"place_id": ""}, "expected a place_id with is and is_not, found ''"),
        ({"place_id": "gn1"}, "expected place_id to be in the gazetteer or bodies.csv, found 'gn1'"),
        ({"reason": " "}, "expected reason to be filled, found nothing"),
        ({"evidence_url": "page 3"}, "expected evidence_url to be a web address or empty, found 'page 3'"),
        ({"scope": "country"}, "expected scope to be all or network, or empty for all; found 'country'"),
        (
            {"case_id": "name-000000000000"},
            "expected case_id, or name and country, of a question of `citynet review`; found 'name-000000000000'",
        ),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_kept(change, told, review, questions, answers, home):
    good = {**questions()["rivers", "Nowhereville"], "verdict": "not_a_city", "reason": "a joke"}
    bad = {**questions()["lakes", "Valencia"], "verdict": "is", "place_id": VALENCIA, "reason": "Spanish network", **change}
    file = answers(good, bad)
    done = review("--answers", file, "--reviewer", "a-reviewer")
    assert (done.code, done.stderr) == (2, f"citynet review: {file}:3: {told}\n")
    assert stored(home) == []


def test_two_rows_against_each_other_and_a_row_against_a_judgement_name_both(review, questions, answers, home):
    asked = questions()
    one = {**asked["lakes", "Valencia"], "verdict": "is", "place_id": VALENCIA, "reason": "Spanish", "scope": "all"}
    other = {**asked["rivers", "Valencia"], "verdict": "is", "place_id": CARABOBO, "reason": "Venezuelan", "scope": "all"}
    file = answers(one, other)
    done = review("--answers", file, "--reviewer", "a-reviewer")
    assert done.code == 2
    assert f"{file}:2" in done.stderr
    assert f"{file}:3" in done.stderr
    assert stored(home) == []
    assert review("--answers", answers(one), "--reviewer", "a-reviewer").code == 0
    (key,) = stored(home)
    done = review("--answers", answers(other), "--reviewer", "a-reviewer")
    assert done.code == 2
    assert f"{file}:2" in done.stderr
    assert key.removeprefix("store/") in done.stderr


def test_a_decided_list_is_decided_anew_from_a_later_day_on_only_by_who_says_so(review, questions, answers, home):
    assert all(row["what"] == "name" for row in questions().values())
    (row,) = [row for row in questions("--anew").values() if (row["what"], row["network_id"]) == ("capture", "rivers")]
    assert row["decided"] == "accept, by the rules"

    def decide(verdict: str, day: str, *more: str):
        file = answers({**row, "verdict": verdict, "reason": "looked again"})
        return review("--answers", file, "--reviewer", "a-reviewer", "--date", day, *more)

    assert decide("reject", "2024-03-01", "--anew").stdout.startswith("1 new answer kept")
    done = decide("accept", "2024-04-01")
    assert done.code == 2
    assert "is decided: reject by a-reviewer on 2024-03-01" in done.stderr
    assert "citynet review --anew" in done.stderr
    for day in ("2024-02-29", "2024-03-01"):
        assert "expected a date after that of reject by a-reviewer on 2024-03-01" in decide("accept", day, "--anew").stderr
    done = decide("accept", "2024-04-01", "--anew")
    assert f"capture {row['name']} of rivers: accept from 2024-04-01 on; until then reject by a-reviewer on 2024-03-01" in done.stdout
    assert "0 new answers kept, 1 known before" in decide("accept", "2024-05-01", "--anew").stdout
    assert decide("reject", "2024-05-02", "--anew").stdout.startswith("1 new answer kept")
    assert len(stored(home)) == 3
    assert "decided: reject, by a-reviewer on 2024-05-02" in review("--anew", "--network", "rivers").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--answers", "nowhere.csv", "--reviewer", "a-reviewer"], "nowhere.csv: expected a CSV file, found none"),
        (["--answers", "nowhere.csv"], "--answers: expected --reviewer"),
        (["--date", "yesterday"], "--date: expected a date YYYY-MM-DD, got 'yesterday'"),
    ],
)
def test_arguments_that_do_not_fit_end_with_2(arguments, told, review):
    done = review(*arguments)
    assert done.code == 2
    assert told in done.stderr


def test_export_says_which_files_gained_lines_and_then_that_nothing_waits(review, questions, answers, home):
    asked = questions()
    rows = [{**asked[key], "verdict": "not_a_city", "reason": "a joke"} for key in asked if key[0] == "rivers"]
    assert review("--answers", answers(*rows), "--reviewer", "a-reviewer", "--date", "2024-03-01").code == 0
    done = review("export", command="judgements")
    assert (done.code, done.stdout) == (0, "places.csv: 3 lines added\n")
    lines = (home / "judgements" / "places.csv").read_text().splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert all(name.startswith("store/judgements/exported/") for name in stored(home))
    assert review("export", command="judgements").stdout == "no answer waits in the store\n"


def test_who_stops_reading_the_queue_ends_it_quietly(home):
    where = [f"--{name}={home / name}" for name in ("store", "registry", "judgements")]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "citynet.cli", "review", *where], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
