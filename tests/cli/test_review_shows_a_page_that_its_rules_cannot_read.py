"""`citynet review` shows how a page may be read that its rules can't read, and takes no judgement on it."""

import csv
from pathlib import Path

import pytest

from citynet.cli import main
from citynet.pipelines.answers import kept
from citynet.pipelines.outside import Outside
from pipelines.live_pages import capture, home_in, listed, register

CITIES = ("Graz (Austria)", "Lyon (France)", "Gdańsk (Poland)", "Malmö (Sweden)", "Porto (Portugal)", "Ghent (Belgium)", "Turin (Italy)")


@pytest.fixture
def rivers(tmp_path, monkeypatch) -> Outside:
    """A network whose page was rebuilt in its second week."""
    outside = home_in(tmp_path, monkeypatch)
    register(outside)
    capture(outside, "2024-03-01", listed(*CITIES))
    capture(outside, "2024-03-08", listed(*CITIES[1:], "Cork (Ireland)", container="network-cities"))
    return outside


def test_the_failure_the_proposal_the_difference_and_what_to_do_are_shown(rivers, capsys):
    assert main(["review"]) == 0
    told = capsys.readouterr().out
    assert "1 open question" in told
    assert "page of rivers: how is it to be read?" in told
    assert "failure: rivers https://rivers.example/members: 'ul.members > li' matched 0" in told
    assert "beside the last accepted list: 6 the same, 1 gone, 1 new" in told
    assert "gone: Graz" in told
    assert "new: Cork" in told
    assert "include/networks/rivers.yml" in told


def filled(home: Outside, verdict: str) -> str:
    file = str(home.registry.parent / "answers.csv")
    assert main(["review", "--csv", file]) == 0
    with Path(file).open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    with Path(file).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, row)
        writer.writeheader()
        writer.writerow({**row, "verdict": verdict, "reason": "looked at the page"})
    return file


def test_postponed_it_stays_open_and_nothing_is_kept(rivers, capsys):
    assert main(["review", "--answers", filled(rivers, "postpone"), "--reviewer", "editor-first-pass"]) == 0
    assert "0 new answers kept" in capsys.readouterr().out
    assert kept(rivers.store) == ()
    assert main(["review"]) == 0
    assert "1 open question" in capsys.readouterr().out


def test_any_other_verdict_is_refused_since_the_rules_of_the_page_are_the_answer(rivers, capsys):
    assert main(["review", "--answers", filled(rivers, "accept"), "--reviewer", "editor-first-pass"]) == 2
    assert "include/networks/rivers.yml reads the page" in capsys.readouterr().err
    assert kept(rivers.store) == ()
