"""citynet read: columns, exit codes, and nothing written where the page is not as it should be."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "include" / "samples"
PAGE = SAMPLES / "intercultural_cities" / "2010-07-31" / "page.html"
ELEVEN = {
    ("Berlin Neukölln", "Germany"),
    ("Izhevsk", "Russian Federation"),
    ("Lublin", "Poland"),
    ("Lyon", "France"),
    ("Melitopol", "Ukraine"),
    ("Neuchâtel", "Switzerland"),
    ("Oslo", "Norway"),
    ("Patras", "Greece"),
    ("Reggio Emilia", "Italy"),
    ("Subotica", "Serbia"),
    ("Tilburg", "Netherlands"),
}


def test_members_are_written_as_printed_with_the_columns_of_the_design(citynet, table_of, tmp_path):
    done = citynet("read", "--network", "intercultural_cities", PAGE, "--out", tmp_path / "members.csv")
    assert (done.code, done.stdout, done.stderr) == (0, "11 members\n", "")
    rows = table_of(tmp_path / "members.csv")
    assert list(rows[0]) == ["name_as_published", "country_as_published", "kind_as_published", "evidence"]
    assert {(r["name_as_published"], r["country_as_published"]) for r in rows} == ELEVEN
    assert all(r["evidence"] for r in rows)


def test_a_country_given_by_the_caller_fills_only_what_the_page_leaves_empty(citynet, table_of, tmp_path):
    founders = SAMPLES / "pact_of_free_cities" / "2019-12-16" / "page.html"
    registry = tmp_path / "registry"
    registry.mkdir()
    text = (PROJECT / "include" / "networks" / "pact_of_free_cities.yml").read_text().replace("Pact of Free Cities}", "freien Städte}")
    (registry / "pact_of_free_cities.yml").write_text(text)
    given = ("--country", "Ruritania", "--registry", registry)
    citynet("read", "--network", "pact_of_free_cities", founders, "--out", tmp_path / "empty.csv", *given)
    assert [r["country_as_published"] for r in table_of(tmp_path / "empty.csv")] == ["Ruritania"] * 4
    citynet("read", "--network", "intercultural_cities", PAGE, "--out", tmp_path / "full.csv", "--country", "Ruritania")
    assert "Ruritania" not in (tmp_path / "full.csv").read_text()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "expected"),
        (b"<html><body><p>Somebody else's page</p></body></html>", "expected a page that says 'Intercultural cities: pilot cities'"),
        (b"<html><body><h1>Intercultural cities: pilot cities</h1></body></html>", "expected"),
    ],
    ids=["an empty file", "another page", "a page without its list"],
)
def test_a_page_that_is_not_as_the_rules_say_ends_with_1_in_one_line_and_writes_nothing(citynet, tmp_path, body, words):
    (tmp_path / "page.html").write_bytes(body)
    done = citynet("read", "--network", "intercultural_cities", tmp_path / "page.html", "--out", tmp_path / "members.csv")
    assert done.code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("citynet read: intercultural_cities ")
    assert words in line
    assert not (tmp_path / "members.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--network", "nobody", str(PAGE)], "nobody"),
        (["--network", "intercultural_cities", "/nowhere.html"], "/nowhere.html"),
        (["--network", "intercultural_cities", "--auto", str(PAGE)], "not allowed with"),
        ([str(PAGE)], "--network"),
        (["--network", "intercultural_cities", "https://example.org/members"], "contact"),
    ],
)
def test_bad_arguments_end_with_2_and_write_nothing(citynet, tmp_path, arguments, words):
    done = citynet("read", *arguments, "--out", tmp_path / "members.csv")
    assert done.code == 2
    assert words in done.stderr
    assert not (tmp_path / "members.csv").exists()


def test_a_folder_that_does_not_exist_for_the_table_ends_with_2(citynet, tmp_path):
    done = citynet("read", "--network", "intercultural_cities", PAGE, "--out", tmp_path / "none" / "members.csv")
    assert done.code == 2
    assert str(tmp_path / "none" / "members.csv") in done.stderr
