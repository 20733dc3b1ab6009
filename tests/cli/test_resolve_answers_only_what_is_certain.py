"""citynet resolve: columns kept and added, one verdict a row, precision before recall."""

import pytest

ADDED = ["place_id", "geonames_id", "place_kind", "verdict", "route", "runner_up"]


@pytest.fixture
def resolve(citynet, table_of, tmp_path):
    def answer(text: str):
        (tmp_path / "names.csv").write_text(text, encoding="utf-8")
        done = citynet("resolve", tmp_path / "names.csv", "--out", tmp_path / "out.csv")
        assert done.code == 0, done.stderr
        return done.stdout, table_of(tmp_path / "out.csv")

    return answer


def test_columns_of_the_caller_stay_in_front_and_come_back_untouched(resolve):
    _, (row,) = resolve('network_id,name_as_published,country_as_published,note\neccar,Ghent,BE,"a, ""b"" ü"\n')
    assert list(row) == ["network_id", "name_as_published", "country_as_published", "note", *ADDED]
    assert (row["network_id"], row["note"]) == ("eccar", 'a, "b" ü')


def test_a_table_that_was_resolved_before_gets_its_columns_anew_and_not_twice(resolve):
    _, (row,) = resolve("verdict,name_as_published,country_as_published,place_id\nunknown,Ghent,BE,gn1\n")
    assert list(row) == ["name_as_published", "country_as_published", *ADDED]
    assert (row["verdict"], row["place_id"]) == ("resolved", "gn2797656")


@pytest.mark.parametrize(
    ("name", "country", "verdict", "place_id"),
    [
        ("Ghent", "BE", "resolved", "gn2797656"),
        ("Gent", "BE", "resolved", "gn2797656"),
        ("Valencia", "ES", "resolved", "gn2509954"),
        ("Valencia", "", "review", ""),  # Spain's or Venezuela's
        ("Greater Manchester", "UK", "not_a_city", ""),
        ("Qqxzz", "", "unknown", ""),
    ],
)
def test_a_name_is_resolved_only_where_it_can_mean_one_place(resolve, name, country, verdict, place_id):
    _, (row,) = resolve(f"name_as_published,country_as_published\n{name},{country}\n")
    assert (row["verdict"], row["place_id"], row["geonames_id"]) == (verdict, place_id, place_id.removeprefix("gn"))
    assert row["route"]


def test_the_last_line_counts_every_verdict(resolve):
    printed, rows = resolve("name_as_published,country_as_published\nGhent,BE\nGent,BE\nValencia,\nGreater Manchester,UK\nQqxzz,\n")
    assert printed == "5 names: 2 resolved, 1 review, 1 not_a_city, 1 unknown\n"
    assert len(rows) == 5


def test_a_table_with_a_header_only_gives_a_table_with_a_header_only(resolve):
    printed, rows = resolve("name_as_published,country_as_published\n")
    assert rows == []
    assert printed.startswith("0 names: 0 resolved")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"name,country\nGhent,BE\n", "names.csv:1: expected the columns name_as_published, country_as_published"),
        (b"name_as_published,country_as_published\nGhent,BE\nGent\n", "names.csv:3: expected 2 cells"),
        (b"name_as_published,country_as_published\nGhent,BE,1\n", "names.csv:2: expected 2 cells"),
        (b'name_as_published,country_as_published\n"Ghent,BE\n', "names.csv:2: expected CSV"),
        (b"name_as_published,country_as_published\nZ\xfcrich,CH\n", "names.csv: expected UTF-8"),
        (b"", "names.csv:1: expected the columns"),
    ],
    ids=["no such columns", "a short row", "a long row", "an open quote", "Latin-1", "nothing"],
)
def test_a_table_that_can_not_be_read_ends_with_2_naming_file_and_line(citynet, tmp_path, data, words):
    (tmp_path / "names.csv").write_bytes(data)
    done = citynet("resolve", tmp_path / "names.csv", "--out", tmp_path / "out.csv")
    assert done.code == 2
    (line,) = done.stderr.splitlines()
    assert words in line
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_does_not_exist_for_the_table_ends_with_2(citynet, tmp_path):
    (tmp_path / "names.csv").write_text("name_as_published,country_as_published\nGhent,BE\n")
    done = citynet("resolve", tmp_path / "names.csv", "--out", tmp_path / "none" / "out.csv")
    assert done.code == 2
    assert str(tmp_path / "none" / "out.csv") in done.stderr


def test_in_a_network_of_the_registry_a_name_means_what_it_means_on_that_networks_lists(resolve):
    """Lower Saxony's list admits Germany only, so that a name printed without a country is looked for there."""
    network = "seebruecke_sichere_haefen_niedersachsen"
    _, rows = resolve(f"network_id,name_as_published,country_as_published\n{network},Region Hannover,\n,Nowhere on Earth,\n")
    assert [(row["verdict"], row["route"].startswith("network_countries:")) for row in rows] == [("resolved", True), ("unknown", False)]
