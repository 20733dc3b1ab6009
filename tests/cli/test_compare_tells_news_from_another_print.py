"""citynet compare: joined and left only where nothing on the other list can be that body; another print is no news."""

import csv
import subprocess
import sys

import pytest

COLUMNS = ["change", "cause", "place_id", "name_old", "name_new", "country"]
HEADER = "name_as_published,country_as_published,kind_as_published\n"
STAYS = ("Ghent,BE,", "Bologna,IT,", "Tampere,FI,")
"""Members on both lists of every test."""


def rows_as_text(rows: tuple[str, ...]) -> str:
    """A table of `name,country,kind` lines; what a line leaves out is empty."""
    return HEADER + "".join(f"{row}{',' * (3 - len(next(csv.reader((row,)))))}\n" for row in rows)


@pytest.fixture
def compare(citynet, table_of, tmp_path):
    def answer(old: tuple[str, ...], new: tuple[str, ...], *more: str) -> list[tuple[str, ...]]:
        (tmp_path / "old.csv").write_text(rows_as_text((*STAYS, *old)), encoding="utf-8")
        (tmp_path / "new.csv").write_text(rows_as_text((*STAYS, *new)), encoding="utf-8")
        done = citynet("compare", tmp_path / "old.csv", tmp_path / "new.csv", "--out", tmp_path / "out.csv", *more)
        assert done.code == 0, done.stderr
        return [tuple(row.values()) for row in table_of(tmp_path / "out.csv")]

    return answer


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Roquetas de Mar,ES", "ROQUETAS  De Mar,ES"),
        ("Berlin-Neukölln,DE", "Berlin\u2013Neukölln,DE"),
        ("L'Aquila,IT", "L\u2019Aquila,IT"),
        ("Athens,GR", "Athens,Griechenland"),
        ("Athens,GR", "Athens,Grèce"),
        ("Athens,GR", "Athens,"),
        ("Valencia,", "Valencia,Spain"),
        ("Oslo,NO,Full member", "Oslo,NO,member"),
        ("Oslo,NO,", "Oslo,NO,partner"),
        ("Turku [2],FI", "Turku,FI"),
        ("1. Turku,FI", "Turku*,FI"),
        ("Oslo\u00b9,NO", "Oslo,NO"),
        ("Bergen (1),NO", "Bergen,NO"),
        ("K?ln,DE", "K\ufffdln,DE"),
        ("Sedgefield,South Africa", "Sedgefield,"),
        ("Trinidad,", "Trinidad,Cuba"),
    ],
)
def test_what_is_the_pages_and_not_the_names_gives_no_row(compare, old, new):
    assert compare((old,), (new,)) == []


@pytest.mark.parametrize(
    ("old", "new", "cause", "place_id"),
    [
        ("Vienna,AT", "Wien,AT", "spelling", "gn2761369"),
        ("Malmö,SE", "Malmo,SE", "spelling", "gn2692969"),
        ("Berlin-Neukölln,DE", "Berlin Neukölln,DE", "spelling", "gn2864695"),
        ("Gothenburg,SE", "Gotenburgh,SE", "spelling", "gn2711537"),
        ("Aurich,DE", "Stadt Aurich,DE", "affix", "gn2954006"),
        ("City of Bristol,UK", "Bristol,UK", "affix", "gn2654675"),
        ("Halle (Saale),DE", "Halle a. d. Saale,DE", "spelling", "gn2911522"),
        ("Newcastle,UK", "Newcastle upon Tyne,UK", "affix", "gn2641673"),
        ("Turku [2],FI", "Turku/Åbo,FI", "affix", "gn633679"),
        ("Lund [1],SE", "Lunds kommun,SE", "affix", "gn2693678"),
        ("K?ln,DE", "Köln,DE", "spelling", "gn2886242"),
        ("K??ln,DE", "Cologne,DE", "spelling", "gn2886242"),
        ("Malm\ufffd,SE", "Malmö,SE", "spelling", "gn2692969"),
        ("Athens,GR", "Athens,EL", "country_code", "gn264371"),
        ("Cardiff,UK", "Cardiff,GB", "country_code", "gn2653822"),
        ("Tórshavn,Denmark", "Tórshavn,Faroe Islands", "country_code", "gn2611396"),
        ("Hong Kong,HK", "Hong Kong,China", "country_code", "gn1819729"),
        ("Pristina,Serbia", "Pristina,Kosovo", "country_code", "gn786714"),
        ("Métropole Européenne de Lille,FR", "Lille Métropole,FR", "spelling", ""),
        ("Provinz Bozen,IT", "Provincia Bozen,IT", "spelling", ""),
        ("Lyon Métropole,FR", "Grand Lyon,FR", "spelling", ""),
        ("Grand Poitiers,FR", "Communauté urbaine de Poitiers,FR", "spelling", ""),
        ("Diputació de Barcelona,ES", "Barcelona Provincial Council,ES", "spelling", "x-es-diputacio-de-barcelona"),
        ("Generalitat de Catalunya,ES", "Government of Catalonia,ES", "spelling", ""),
        ("Qoxvil,FR", "Commune de Qoxvil,FR", "affix", ""),
        ("European Council for Refugees and Exiles (ECRE),", "European Council for Refugees and Exiles,", "affix", ""),
    ],
)
def test_another_print_of_a_body_is_a_rename_and_its_cause_is_told(compare, old, new, cause, place_id):
    (row,) = compare((old,), (new,))
    assert row[:3] == ("renamed", cause, place_id)
    assert row[3:5] == (old.split(",")[0], new.split(",")[0])
    assert [one[:3] for one in compare((new,), (old,))] == [row[:3]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Lyon,FR", "Lyon Métropole,FR"), ("Lyon Métropole,FR",)),
        (("Hannover,DE", "Region Hannover,DE"), ("Region Hannover,DE",)),
        (("Stadt Holzminden,DE",), ("Landkreis Holzminden,DE",)),
        (("Barcelona Metropolitan Areas,ES",), ("Barcelona City Council,ES",)),
        (("Valencia,ES",), ("Valencia,VE",)),
        (("Frankfurt am Main,DE",), ("Frankfurt (Oder),DE",)),
        (("Qoxvil,FR",), ("Drumzig,FR",)),
        (("Dhaka North,BD",), ("Dhaka South,BD",)),
        (("Praha 7,CZ",), ("Praha 8,CZ",)),
        (("7. Bezirk Wien,AT",), ("8. Bezirk Wien,AT",)),
        (("Provinz Bozen,IT",), ("Universität Bozen,IT",)),
        (("Ville de Poitiers,FR",), ("Grand Poitiers,FR",)),
        (("K?ln,DE",), ("Kiel,DE",)),
    ],
)
def test_two_bodies_are_two_however_like_their_names(compare, old, new):
    found = compare(old, new)
    changes = {(row[0], row[1], row[3] or row[4]) for row in found}
    gone, come = ({line.split(",")[0] for line in set(one) - set(other)} for one, other in ((old, new), (new, old)))
    assert changes == {("left", "world", name) for name in gone} | {("joined", "world", name) for name in come}


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("Holzminden,DE", "Landkreis Holzminden,DE", "unresolved"),
        ("Grand Nancy,FR", "Nancy,FR", "unresolved"),
        ("Technische Universität Dresden,DE", "Dresden,DE", "unresolved"),
        ("Newcastle-Gateshead,UK", "Newcastle,UK", "split_or_merged"),
        ("Val-de-Marne,FR", "Créteil,FR", "unresolved"),
        ("Qoxvilstein,AT", "Qoxvalstain,AT", "unresolved"),
        ("Frankfurt,DE", "Frankfurt (Oder),DE", "unresolved"),
        ("Frankfurt,DE", "Frankfurt am Main,DE", "unresolved"),
        ("Halle,DE", "Halle a. d. Saale,DE", "unresolved"),
        ("Toledo", '"Toledo, Ohio"', "unresolved"),
        ("Cambridge", '"Cambridge, MA"', "unresolved"),
        ("Essen,DE", "Hessen,DE", "unresolved"),
        ("Mainz,DE", "Maina,DE", "unresolved"),
        ("Bratislava,SK", "Bratislava,SI", "unresolved"),
    ],
)
def test_what_may_be_one_body_or_two_is_unclear_and_told_once(compare, old, new, cause):
    (row,) = compare((old,), (new,))
    assert row[:2] == ("unclear", cause)
    assert row[3:5] == tuple(next(csv.reader((line,)))[0] for line in (old, new))


def test_of_two_namesakes_none_is_surely_the_bare_name_and_by_far_the_larger_likelier(compare):
    found = compare(("Frankfurt am Main,DE", "Frankfurt (Oder),DE"), ("Frankfurt,DE",))
    assert [(row[0], *row[3:5]) for row in found] == [("left", "Frankfurt (Oder)", ""), ("unclear", "Frankfurt am Main", "Frankfurt")]
    found = compare(("Castelnuovo di Porto,IT", "Castelnuovo Magra,IT"), ("Castelnuovo,IT",))
    assert {row[0] for row in found} == {"unclear"}


def test_lost_letters_that_fit_two_names_decide_for_none(compare):
    assert {row[0] for row in compare(("B?rn,DE",), ("Bern,DE", "Born,DE"))} == {"unclear"}


def test_a_misprint_beside_a_body_of_the_same_name_is_no_news(compare):
    found = compare(("Lorient,FR", "Lorient - CA,FR"), ("Lrient,FR", "Lorient - CA,FR"))
    assert {row[0] for row in found} == {"unclear"}


def test_a_body_printed_twice_has_neither_joined_nor_left(compare):
    assert [row[:2] for row in compare(("Gent,BE",), ())] == [("renamed", "duplicate_row")]
    assert [row[:2] for row in compare((), ("Stad Gent,BE",))] == [("renamed", "duplicate_row")]
    assert compare(("Gent,BE",), ("Gent,BE",)) == []


def test_of_one_name_that_several_places_bear_a_row_less_is_unclear(compare):
    assert [row[:2] for row in compare(("Saint-Denis,FR", "Saint-Denis,FR"), ("Saint-Denis,FR",))] == [("unclear", "duplicate_row")]


def test_a_municipality_that_was_merged_has_not_left(compare):
    (row,) = compare(("Peseux,CH", "Neuchâtel,CH"), ("Neuchâtel,CH",))
    assert row == ("renamed", "split_or_merged", "gn2659496", "Peseux", "Neuchâtel", "CH")
    (row,) = compare(("Peseux,CH",), ("Neuchâtel,CH",))
    assert row[:3] == ("renamed", "split_or_merged", "gn2659496")
    (row,) = compare(("Peseux,CH",), ())
    assert row[0] == "left"


@pytest.mark.parametrize(
    "row", ["Metz / Nancy,FR", "Metz + Nancy,FR", '"Metz, Nancy",FR', "Metz & Nancy,FR", "Metz-Nancy,FR", "Metz Nancy,FR"]
)
def test_rows_put_together_or_parted_are_no_news(compare, row):
    name = next(csv.reader((row,)))[0]
    found = compare(("Metz,FR", "Nancy,FR"), (row,))
    assert [(one[:2], *one[3:5]) for one in found] == [(("renamed", "split_or_merged"), part, name) for part in ("Nancy", "Metz")]
    found = compare((row,), ("Metz,FR", "Nancy,FR"))
    assert [(one[:2], *one[3:5]) for one in found] == [(("renamed", "split_or_merged"), name, part) for part in ("Nancy", "Metz")]


def test_a_row_that_names_a_body_beside_a_member_puts_nothing_together(compare):
    found = compare(("Metz,FR", "Nancy,FR"), ("Metz,FR", "Metz / Nancy,FR"))
    assert ("joined", "Nancy") not in {(row[0], row[4]) for row in found}
    assert [row[3] for row in compare(("Metz,FR", "Nancy,FR"), ("Metz / Lille,FR",)) if row[0] == "left"] == ["Nancy"]


def test_another_kind_of_member_is_another_tie(compare):
    assert [row[:3] for row in compare(("Oslo,NO,Partner",), ("Oslo,NO,Member",))] == [("tie_changed", "world", "gn3143244")]


def test_a_seat_on_the_board_is_no_tie_of_its_own_beside_the_membership(compare):
    assert compare(("Oslo,NO,Member", "Oslo,NO,Board"), ("Oslo,NO,Member",)) == []
    assert compare(("Oslo,NO,Member",), ("Oslo,NO,Board", "Oslo,NO,Member")) == []


@pytest.mark.parametrize(
    "mark", ["Former member", "ex-member", "Withdrawn", "Ehemalige Mitglieder", "anciens membres", "Antiguos socios", "Tidigare medlem"]
)
def test_a_former_member_is_not_on_the_list_that_still_prints_it(compare, mark):
    assert [(row[0], row[3]) for row in compare(("Oslo,NO,Member",), (f"Oslo,NO,{mark}",))] == [("left", "Oslo")]


@pytest.mark.parametrize(
    "mark", ["Executive committee", "Ex officio member", "Extraordinary member", "Associate member", "Ancillary partner"]
)
def test_other_words_for_a_tie_do_not_take_a_member_off_the_list(compare, mark):
    assert {row[0] for row in compare(("Oslo,NO,Member",), (f"Oslo,NO,{mark}",))} == {"tie_changed"}


def test_the_lists_of_a_network_are_read_as_its_own(compare):
    network = ("--network", "seebruecke_sichere_haefen_niedersachsen")
    (row,) = compare((), ("Stadt Lingen",), *network)
    assert row[:3] == ("joined", "world", "gn2877088")


def test_the_command_counts_and_sorts_what_it_writes(citynet, table_of, tmp_path):
    (tmp_path / "old.csv").write_text("name,country\nWien,AT\nOslo,NO\nGraz,AT\n")
    (tmp_path / "new.csv").write_text("City,Country\nVienna,AT\nBergen,NO\nPécs,HU\n")
    done = citynet("compare", tmp_path / "old.csv", tmp_path / "new.csv", "--out", tmp_path / "out.csv")
    assert done.stdout == "3 and 3 names: 2 joined, 2 left, 1 renamed, 0 tie_changed, 0 unclear\n"
    rows = table_of(tmp_path / "out.csv")
    assert list(rows[0]) == COLUMNS
    keys = [(row["change"], row["place_id"], row["name_old"]) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("place,land\nGhent,BE\n", "old.csv:1: expected a column of names (name_as_published or name,"),
        ("", "old.csv:1: expected a column of names"),
        ("name\nGhent,BE\n", "old.csv:2: expected 1 cells"),
        ("name\n", "old.csv: expected the members of a complete list, found no name"),
        ('name\n""\n" - "\n', "old.csv: expected the members of a complete list, found no name"),
    ],
)
def test_a_list_without_names_ends_with_2_and_writes_nothing(citynet, tmp_path, text, words):
    (tmp_path / "old.csv").write_text(text)
    (tmp_path / "new.csv").write_text("name\nGhent\n")
    done = citynet("compare", tmp_path / "old.csv", tmp_path / "new.csv", "--out", tmp_path / "out.csv")
    assert done.code == 2
    (line,) = done.stderr.splitlines()
    assert words in line
    assert not (tmp_path / "out.csv").exists()


def test_comparing_imports_nothing_heavy(tmp_path):
    (tmp_path / "list.csv").write_text("name,country\nGhent,BE\n")
    code = "import sys\nfrom citynet.cli import main\nmain(sys.argv[1:])\nprint(*{name.split('.')[0] for name in sys.modules})"
    arguments = ["compare", "list.csv", "list.csv", "--out", "out.csv"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert not set(done.stdout.split()) & {"airflow", "pandas", "great_expectations"}
