"""citynet read --auto: members with columns and evidence, or exit 3 and no file."""

import json
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "include" / "samples" / "intercultural_cities" / "2010-07-31" / "page.html"
CITIES = ("Aarhus", "Bilbao", "Bologna", "Ghent", "Graz", "Leipzig", "Lublin", "Porto")
BODY = "<title>Free Ports</title><h1>Member cities</h1><ul>" + "".join(f"<li>{city}</li>" for city in CITIES) + "</ul>"


def test_members_are_written_with_the_columns_of_any_other_reading(citynet, table_of, tmp_path):
    (tmp_path / "page.html").write_text(BODY, encoding="utf-8")
    done = citynet("read", "--auto", tmp_path / "page.html", "--out", tmp_path / "members.csv")
    assert (done.code, done.stderr) == (0, "")
    assert "8 members" in done.stdout
    assert "confidence 0." in done.stdout
    rows = table_of(tmp_path / "members.csv")
    assert list(rows[0]) == ["name_as_published", "country_as_published", "kind_as_published", "evidence"]
    assert tuple(row["name_as_published"] for row in rows) == CITIES
    assert all(row["evidence"].endswith(": " + row["name_as_published"]) for row in rows)


def test_a_page_of_the_samples_is_read_as_by_its_rules(citynet, table_of, tmp_path):
    citynet("read", "--auto", PAGE, "--out", tmp_path / "auto.csv")
    citynet("read", "--network", "intercultural_cities", PAGE, "--out", tmp_path / "rules.csv")
    auto, rules = (
        [(row["name_as_published"], row["country_as_published"]) for row in table_of(tmp_path / f"{way}.csv")] for way in ("auto", "rules")
    )
    assert auto == rules


def test_a_country_given_by_the_caller_fills_only_what_the_page_leaves_empty(citynet, table_of, tmp_path):
    (tmp_path / "page.html").write_text(BODY.replace("Porto", "Porto (Portugal)"), encoding="utf-8")
    citynet("read", "--auto", tmp_path / "page.html", "--out", tmp_path / "members.csv", "--country", "Ruritania")
    found = {row["name_as_published"]: row["country_as_published"] for row in table_of(tmp_path / "members.csv")}
    assert found == {**dict.fromkeys(CITIES, "Ruritania"), "Porto": "Portugal"}


def test_a_json_file_is_read_as_data(citynet, table_of, tmp_path):
    (tmp_path / "members.json").write_text(json.dumps({"members": [{"city": city} for city in CITIES]}), encoding="utf-8")
    assert citynet("read", "--auto", tmp_path / "members.json", "--out", tmp_path / "members.csv").code == 0
    assert tuple(row["name_as_published"] for row in table_of(tmp_path / "members.csv")) == CITIES


@pytest.mark.parametrize("body", ["", "<h1>News</h1><p>Nothing new in Bonn.</p>"], ids=["an empty file", "a page without a list"])
def test_a_page_without_members_ends_with_3_in_one_line_and_writes_nothing(citynet, tmp_path, body):
    (tmp_path / "page.html").write_text(body, encoding="utf-8")
    done = citynet("read", "--auto", tmp_path / "page.html", "--out", tmp_path / "members.csv")
    assert done.code == 3
    (line,) = done.stderr.splitlines()
    assert "refused, nothing written: " in line
    assert not (tmp_path / "members.csv").exists()


def test_a_file_that_is_not_there_ends_with_2(citynet, tmp_path):
    done = citynet("read", "--auto", tmp_path / "nothing.html", "--out", tmp_path / "members.csv")
    assert done.code == 2
    assert "nothing.html" in done.stderr
    assert not (tmp_path / "members.csv").exists()
