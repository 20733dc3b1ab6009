"""`citynet review` shows a contradiction on a membership with the line that answers it, and takes no verdict on it."""

import csv
from pathlib import Path

import pytest

from citynet.cli import main
from citynet.pipelines.answers import kept
from citynet.pipelines.outside import Outside
from pipelines.live_pages import capture, home_in, page, register


@pytest.fixture
def rivers(tmp_path, monkeypatch) -> Outside:
    """A network whose list prints a year of joining that lies after it."""
    outside = home_in(tmp_path, monkeypatch)
    register(outside, options="{pattern: Name (Country), joined_on: '@data-since', joined_on_format: '%Y'}")
    members = "<li data-since='2031'>Graz (Austria)</li><li>Lyon (France)</li><li>Ghent (Belgium)</li>"
    capture(outside, "2024-03-01", page(f"<ul class='members'>{members}</ul>"))
    return outside


def test_it_is_shown_with_both_sides_and_what_answers_it(rivers, capsys):
    assert main(["review"]) == 0
    told = capsys.readouterr().out
    assert "1 open question" in told
    assert "Rivers prints 2031 as the date on which Graz (AT) joined, and its complete list of 2024-03-01 shows it already" in told
    assert "to answer: a line of memberships.csv: joined with the date that holds" in told


@pytest.mark.parametrize(("verdict", "code", "told"), [("postpone", 0, ""), ("joined", 2, "closes by a line of memberships.csv")])
def test_a_row_of_the_table_can_only_postpone_it(rivers, capsys, verdict, code, told):
    file = str(rivers.registry.parent / "answers.csv")
    assert main(["review", "--csv", file]) == 0
    with Path(file).open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["what"], row["name"]) == ("membership", "Graz")
    with Path(file).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, row)
        writer.writeheader()
        writer.writerow({**row, "verdict": verdict, "reason": "looked at the page"})
    assert main(["review", "--answers", file, "--reviewer", "editor-first-pass"]) == code
    assert told in capsys.readouterr().err
    assert kept(rivers.store) == ()
