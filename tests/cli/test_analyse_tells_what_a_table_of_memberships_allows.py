"""citynet analyse: the tables of a release from anybody's memberships, without more than these say; bad input writes nothing."""

import csv
import re
from itertools import combinations

import pytest

from citynet.analysis.model_figures import TOO_FEW
from citynet.analysis.null_models import NO_COUNTRIES
from citynet.pipelines.given_tables import Given, GivenPlace
from citynet.pipelines.outside import PROJECT
from citynet.publishing.contract import contract, frame
from citynet.publishing.csvfile import csv_bytes
from citynet.publishing.phrases import forbidden_in
from publishing.rows import tables as release_tables

WITHOUT_PLACES = {"network_overlap", "chance_models", "place_connectivity", "connectivity_concentration", "memberships"}
WITH_PLACES = WITHOUT_PLACES | {"representation", "size_and_membership"}
NETWORKS = {f"net{n}": [f"p{number}" for number in range(n, 60, n)] for n in (2, 3, 4)}
"""Every second, third and fourth of sixty towns: 29, 19 and 14 members."""
TOWNS = [f"p{n},{'DE' if n % 2 else 'FR'},{6000 + 997 * n},{1 + n % 3}" for n in range(60)]


def memberships(extra: str = "", cells: str = "") -> str:
    return f"network_id,place_id{extra}\n" + "".join(f"{name},{place}{cells}\n" for name, members in NETWORKS.items() for place in members)


PLACES = "place_id,country,population_municipality,degurba\n" + "\n".join(TOWNS) + "\n"


@pytest.fixture
def analyse(citynet, table_of, tmp_path):
    """Analyse these texts; every table that was written, by name."""

    def tables(given: str, places: str = "", out: str = "out") -> dict[str, list[dict[str, str]]]:
        (tmp_path / "given.csv").write_text(given, encoding="utf-8")
        (tmp_path / "places.csv").write_text(places, encoding="utf-8")
        more = ("--places", tmp_path / "places.csv") if places else ()
        done = citynet("analyse", tmp_path / "given.csv", *more, "--out", tmp_path / out)
        assert done.code == 0, done.stderr
        return {file.stem: table_of(file) for file in sorted((tmp_path / out).glob("*.csv"))}

    return tables


@pytest.fixture
def refused(citynet, tmp_path):
    """What one reads who gives a table that cannot be used; nothing is written."""

    def message(given: str, places: str = "") -> str:
        (tmp_path / "given.csv").write_text(given, encoding="utf-8")
        (tmp_path / "places.csv").write_text(places, encoding="utf-8")
        more = ("--places", tmp_path / "places.csv") if places else ()
        done = citynet("analyse", tmp_path / "given.csv", *more, "--out", tmp_path / "out")
        assert done.code == 2
        assert done.stderr.count("\n") == 1
        assert not (tmp_path / "out").exists()
        return done.stderr

    return message


def test_without_places_only_what_needs_no_place_is_written(analyse):
    made = analyse(memberships())
    assert made.keys() == WITHOUT_PLACES
    for name in WITHOUT_PLACES - {"memberships"}:
        assert list(made[name][0]) == [column.name for column in contract().table(name).columns]
    drawn = {row["model"]: (row["samples"], row["not_computed_because"]) for row in made["chance_models"]}
    assert (drawn["fixed_margins"], drawn["fixed_margins_country"]) == (("10000", ""), ("", NO_COUNTRIES))
    assert {row["expected_fixed_margins_country"] for row in made["network_overlap"]} == {""}
    assert {row["list_date_a"] for row in made["network_overlap"]} == {""}
    assert all(NO_COUNTRIES in row["not_computed_because"] for row in made["network_overlap"])


def test_with_places_classes_and_sizes_are_told_too(analyse):
    made = analyse(memberships(), PLACES)
    assert made.keys() == WITH_PLACES
    assert {row["model"] for row in made["chance_models"]} == {"hypergeometric", "fixed_margins", "fixed_margins_country", "bicm"}
    sizes = [r for r in made["representation"] if (r["network_id"], r["dimension"]) == ("net2", "municipality_size_class")]
    assert sum(int(row["n_c"]) for row in sizes) == 29
    assert sum(int(row["u_c"]) for row in sizes) == int(sizes[0]["u"]) == 60
    assert {row["subject"] for row in made["size_and_membership"]} == {*NETWORKS, "pooled"}


def test_shared_members_are_those_of_the_literatures_table(analyse):
    """Table 1 of the 2018 report as anybody's table: every pair against plain sets."""
    with (PROJECT / "include/literature/oomen_2018_table1.csv").open(encoding="utf-8", newline="") as file:
        cities = list(csv.DictReader(file))
    networks = {column: {row["city"] for row in cities if row[column] == "yes"} for column in cities[0] if column != "capital"}
    networks = {name: members for name, members in networks.items() if members}
    assert (len(cities), len(networks)) == (29, 9)
    lines = [f'{name},"{city}"\n' for name, members in networks.items() for city in sorted(members)]
    made = analyse("network_id,place_id\n" + "".join(lines))
    found = {(row["network_a"], row["network_b"]): int(row["shared"]) for row in made["network_overlap"]}
    assert found == {(a, b): len(networks[a] & networks[b]) for a, b in combinations(sorted(networks), 2)}
    connected = {row["place_id"]: int(row["networks"]) for row in made["place_connectivity"]}
    assert connected == {row["city"]: sum(row["city"] in members for members in networks.values()) for row in cities}


def test_further_columns_are_passed_through_and_the_order_of_rows_does_not_matter(analyse, tmp_path):
    header, *lines = memberships(",remark", ',"=1, ""x"""').splitlines(keepends=True)
    made = analyse(header + "".join(lines))
    assert {row["remark"] for row in made["memberships"]} == {'=1, "x"'}
    assert list(made["memberships"][0])[-1] == "remark"
    analyse(header + "".join(reversed(lines)), out="turned")
    for file in sorted((tmp_path / "out").iterdir()):
        assert file.read_bytes() == (tmp_path / "turned" / file.name).read_bytes(), file.name


def test_a_partial_list_gives_a_lower_bound_and_no_ratio(analyse):
    given = "".join(f"{line},{'partial' if line.startswith('net4') else ''}\n" for line in memberships().splitlines()[1:])
    made = analyse("network_id,place_id,coverage\n" + given, PLACES)
    rows = {(row["network_a"], row["network_b"]): row for row in made["network_overlap"]}
    assert (rows["net2", "net3"]["shared"], rows["net2", "net4"]["shared"], rows["net2", "net4"]["shared_at_least"]) == ("9", "", "14")
    assert {row["network_id"] for row in made["representation"]} == {"net2", "net3"}


def test_a_list_with_any_partial_row_is_partial_and_the_report_says_so(analyse, tmp_path):
    given = "".join(f"{line},{'partial' if line == 'net4,p4' else 'complete'}\n" for line in memberships().splitlines()[1:])
    made = analyse("network_id,place_id,coverage\n" + given)
    assert {row["shared"] for row in made["network_overlap"] if "net4" in (row["network_a"], row["network_b"])} == {""}
    text = (tmp_path / "out/report.md").read_text(encoding="utf-8")
    assert "Partial because some of their rows are: net4 (1)." in text


def test_a_row_that_the_newest_list_does_not_show_says_nothing_of_its_coverage(analyse):
    """As in a published table: a member suspected to have left was last seen on an older list, which was partial."""
    dated = memberships(",list_date,last_confirmed_on,coverage", ",2024-06-01,2024-06-01,complete")
    for last_seen, shared in (("2024-01-01", {"14", "9", "4"}), ("2024-06-01", {"", "9"})):
        made = analyse(dated.replace("net4,p4,2024-06-01,2024-06-01,complete", f"net4,p4,2024-06-01,{last_seen},partial"))
        assert {row["shared"] for row in made["network_overlap"]} == shared, last_seen


def test_only_ties_that_are_membership_count_as_in_a_published_table(analyse, tmp_path):
    kept = memberships(",tie,state,use", ",full,listed,current")
    others = "net2,p1,observer,listed,current\nnet2,p3,project_partner,,\nnet2,p5,unknown,,replication_only\n"
    others += "net3,p1,full,departed,current\nnet4,p1,,,replication_only\n"
    made, plain = analyse(kept + others), analyse(memberships(), out="plain")
    for name in ("place_connectivity", "network_overlap"):
        assert made[name] == plain[name]
    text = (tmp_path / "out/report.md").read_text(encoding="utf-8")
    left_out = "1 whose state is departed; 3 whose tie is none of associate, full, partner, signatory; 1 whose use is replication_only"
    assert f"Rows left out: {left_out}." in text


def test_a_family_may_be_named_by_its_head_network(analyse):
    given = "".join(f"{line},{'net2' if line[3] == '4' else ''}\n" for line in memberships().splitlines()[1:])
    made = analyse("network_id,place_id,family\n" + given)
    assert [r["nested_by_rule"] for r in made["network_overlap"]] == ["false", "true", "false"]
    assert next(row["families"] for row in made["place_connectivity"] if row["place_id"] == "p12") == "2"


def test_networks_of_one_family_are_nested_and_counted_once(analyse):
    given = "".join(f"{line},{'one' if line[3] in '24' else ''}\n" for line in memberships().splitlines()[1:])
    made = analyse("network_id,place_id,family\n" + given)
    assert [r["nested_by_rule"] for r in made["network_overlap"]] == ["false", "true", "false"]
    twelve = next(row for row in made["place_connectivity"] if row["place_id"] == "p12")
    assert (twelve["networks"], twelve["families"]) == ("3", "2")


def test_dated_lists_are_compared_only_within_twelve_months(analyse):
    dates = {"net2": "2024-01-31", "net3": "2024-12-31", "net4": "2020-01-31"}
    given = "".join(f"{line},{dates[line[:4]]}\n" for line in memberships().splitlines()[1:])
    made = analyse("network_id,place_id,list_date\n" + given)
    assert [row["shared"] for row in made["network_overlap"]] == ["9", "", ""]
    assert {row["as_of"] for row in made["network_overlap"]} == {"2024-12-31"}


def test_rows_that_do_not_count_and_bodies_of_no_municipality_are_left_out(analyse):
    places = "place_id,municipality_id,country\n" + "".join(f"p{n},p{n},DE\n" for n in range(60)) + "d1,p1,DE\nregion,,DE\n"
    given = memberships(",counted", ",true") + "net2,p1,false\nnet2,d1,\nnet2,region,true\n"
    made = analyse(given, places)
    found = {row["place_id"]: row["network_ids"] for row in made["place_connectivity"]}
    assert (found["p1"], "region" in found) == ("net2", False)


def test_a_body_within_a_municipality_changes_nothing_of_it(analyse, tmp_path):
    """A district's row tells another country, none, and fewer residents: the municipality's own row holds."""
    own = re.sub(r"(?m)^(p\d+),", r"\1,\1,", PLACES).replace("place_id,", "place_id,municipality_id,")
    made, plain = analyse(memberships() + "net2,d4\n", own + "d4,p4,,700,1\nd5,p5,NL,800,2\n"), analyse(memberships(), PLACES, "plain")
    for name in WITH_PLACES - {"memberships"}:
        assert made[name] == plain[name], name
    assert "3 networks, 62 memberships of 39 places." in (tmp_path / "out/report.md").read_text(encoding="utf-8")


def test_a_municipality_without_a_row_has_the_country_on_which_its_bodies_agree():
    bodies = {"d1": ("m1", "DE"), "d2": ("m1", "DE"), "d3": ("m2", "DE"), "d4": ("m2", ""), "r": ("", "FR")}
    places = {p: GivenPlace(p, country, None, "", municipality, False) for p, (municipality, country) in bodies.items()}
    assert Given((), {}, places, (), (), {}, (), 0, False).municipalities == {"m1": "DE", "m2": ""}


OPEN = {f"p{n}" for n in range(0, 60, 7)}
"""Places of which the country is left open: every seventh."""


def figures_within(made):
    columns = [f"{figure}_fixed_margins_country" for figure in ("expected", "z", "p", "q", "q_by", "p_lower")]
    return {(r["network_a"], r["network_b"]): [r[column] and float(r[column]) for column in columns] for r in made["network_overlap"]}


def test_places_without_a_country_are_no_country_and_their_number_is_told(analyse, tmp_path):
    places = PLACES
    for place in OPEN:
        places = re.sub(rf"(?m)^{place},..,", f"{place},,", places)
    made = analyse(memberships(), places)
    known = "".join(line for line in PLACES.splitlines(True) if line.split(",")[0] not in OPEN)
    others = "".join(line for line in memberships().splitlines(True) if line.strip().split(",")[1] not in OPEN)
    within, alone = figures_within(made), figures_within(analyse(others, known, "alone"))
    for pair, (expected, *rest) in within.items():
        shared = len(OPEN & set(NETWORKS[pair[0]]) & set(NETWORKS[pair[1]]))
        assert (expected, rest) == (pytest.approx(alone[pair][0] + shared, rel=1e-5), alone[pair][1:])
    assert {row["class"] for row in made["representation"] if row["dimension"] == "country"} == {"DE", "FR"}
    assert {row["u"] for row in made["representation"] if row["dimension"] == "country"} == {"51"}
    sizes = {row["network_id"]: row for row in made["size_and_membership"] if row["term"] == "residents_doubled" and row["network_id"]}
    assert {name: int(row["n_missing"]) for name, row in sizes.items()} == {n: len(OPEN & set(m)) for n, m in NETWORKS.items()}
    assert {row["universe"] for row in sizes.values()} == {"51 places of the table given, of 60 those with a known country"}
    assert not {country for row in sizes.values() for country in row["countries"].split(";")} - {"DE", "FR", ""}
    known_to = {row["model"]: row["known_municipalities"] for row in made["chance_models"]}
    assert (known_to["fixed_margins"], known_to["fixed_margins_country"]) == ("60", "51")
    assert "No country is known of 9, 5 of them listed:" in (tmp_path / "out/report.md").read_text(encoding="utf-8")


def test_a_list_of_few_members_with_a_country_has_no_test_within_countries(analyse):
    made = analyse(memberships(), "place_id,country\n" + "".join(f"p{n},{'DE' if n < 6 else ''}\n" for n in range(60)))
    assert {value for _, *test in figures_within(made).values() for value in test} == {""}
    assert {row["not_computed_because"] for row in made["network_overlap"]} == {TOO_FEW}
    assert {row["model"]: row["pairs"] for row in made["chance_models"]}["fixed_margins_country"] == "0"


def test_countries_without_residents_are_told_by_country(analyse, tmp_path):
    made = analyse(memberships(), "place_id,country\n" + "".join(f"{','.join(town.split(',')[:2])}\n" for town in TOWNS))
    assert {(row["dimension"], row["class"]) for row in made["representation"]} == {("country", "DE"), ("country", "FR")}
    french = next(row for row in made["representation"] if (row["network_id"], row["class"]) == ("net2", "FR"))
    assert (french["n_c"], french["n_classified"], french["u_c"], french["u"]) == ("29", "29", "30", "60")
    assert (french["member_residents"], french["member_residents_percent_low"]) == ("", "")
    assert all(row["not_computed_because"] for row in made["size_and_membership"])
    assert "No residents known of 60, 39 of them listed" in (tmp_path / "out/report.md").read_text(encoding="utf-8")


def test_places_of_which_nothing_is_told_give_no_representation_and_the_report_says_so(analyse, tmp_path):
    made = analyse(memberships(), "place_id\n" + "".join(f"p{n}\n" for n in range(60)))
    assert made["representation"] == []
    assert "## Representation\n\nNo row: no list is complete, or" in (tmp_path / "out/report.md").read_text(encoding="utf-8")


def test_a_published_table_is_dated_by_its_lists(analyse, tmp_path):
    """The tables of a release as they are downloaded: its networks on the days of their lists, and only whom it counts."""
    tables = release_tables()
    given, places = (csv_bytes(contract().table(t), frame(t, tables[t])).decode() for t in ("memberships", "places"))
    made = analyse(given, places)
    assert [(row["list_date_a"], row["list_date_b"], row["as_of"]) for row in made["network_overlap"]] == [
        ("2010-09-01", "2022-09-15", "2022-09-15")
    ]
    counted = {(row["network_id"], row["place_id"]) for row in tables["memberships"] if row["counted"]}
    assert {(n, row["place_id"]) for row in made["place_connectivity"] for n in row["network_ids"].split(";")} == counted
    assert "Lists of 2010-09-01 to 2022-09-15." in (tmp_path / "out/report.md").read_text(encoding="utf-8")


def test_a_row_given_twice_is_one_membership(citynet, tmp_path):
    (tmp_path / "given.csv").write_text("network_id,place_id\na,b\na,c\na,b\n", encoding="utf-8")
    done = citynet("analyse", tmp_path / "given.csv", "--out", tmp_path / "out")
    assert done.stdout.startswith("1 network, 2 memberships of 2 places: ")


def test_the_report_says_no_more_than_is_allowed(analyse, tmp_path):
    analyse(memberships(), PLACES)
    text = (tmp_path / "out/report.md").read_text(encoding="utf-8")
    assert "Membership is a formal tie." in text
    assert "3 networks, 62 memberships of 39 places." in text
    assert forbidden_in(text) == []


@pytest.mark.parametrize(
    ("given", "places", "said"),
    [
        ("network_id,city\na,b\n", "", "given.csv:1: expected the columns network_id, place_id; missing: place_id"),
        ("network_id,place_id\n", "", "given.csv: expected a row for each membership, found none"),
        ("network_id,place_id\na,\n", "", "given.csv:2: expected a place_id, got an empty cell"),
        ("network_id,place_id\na,b,c\n", "", "given.csv:2: expected 2 cells"),
        ("network_id,place_id,coverage\na,b,all\n", "", "given.csv:2: expected complete or partial as coverage, got 'all'"),
        ("network_id,place_id,list_date\na,b,2024\n", "", "given.csv:2: expected a date (YYYY-MM-DD) as list_date, got '2024'"),
        ("network_id,place_id,counted\na,b,perhaps\n", "", "given.csv:2: expected true or false as counted, got 'perhaps'"),
        ("network_id,place_id,counted\na,b,false\n", "", "given.csv: expected memberships that count, found none"),
        ("network_id,place_id,family\na,b,x\na,c,y\n", "", "given.csv:3: expected one family for a, got 'y' and 'x'"),
        ("network_id,place_id\na,b\n", "id\nb\n", "places.csv:1: expected the columns place_id"),
        ("network_id,place_id\na,b\n", "place_id\nb\nb\n", "places.csv:3: expected each place once, got b twice"),
        ("network_id,place_id\na,b\n", "place_id,country\nb,Spain\n", "places.csv:2: expected an ISO code of two capital letters"),
        ("network_id,place_id\na,b\n", "place_id,population\nb,1.5\n", "places.csv:2: expected a whole number or nothing as population"),
        ("network_id,place_id\na,b\n", "place_id,degurba\nb,4\n", "places.csv:2: expected 1, 2, 3 or nothing as degurba, got '4'"),
        (
            "network_id,place_id\na,b\n",
            "place_id,country,capital\nb,DE,true\nc,DE,true\n",
            "places.csv:3: expected one capital of DE, got b and c",
        ),
        ("network_id,place_id\na,b\n", "place_id,country,capital\nb,,true\n", "places.csv:2: expected the country of a capital, got none"),
        ("network_id,place_id\na,b\n", "place_id\n", "places.csv: expected a row for each place, found none"),
    ],
)
def test_bad_input_is_named_with_its_line_and_nothing_is_written(refused, given, places, said):
    assert said in refused(given, places)


def test_a_folder_that_cannot_be_made_is_named(citynet, tmp_path):
    (tmp_path / "given.csv").write_text(memberships())
    for out, said in ((tmp_path / "given.csv", "expected a folder to write into, found a file"), (tmp_path / "a/b", "expected a folder")):
        done = citynet("analyse", tmp_path / "given.csv", "--out", out)
        assert (done.code, said in done.stderr) == (2, True)


@pytest.mark.parametrize("given", ["network_id,place_id\na,b\n", "network_id,place_id\na,b\nb,b\n"])
def test_a_network_of_one_member_gives_tables_without_tests(analyse, given):
    made = analyse(given, "place_id,country,population\nb,DE,7000\n")
    assert made["chance_models"] == []
    assert [row["network_ids"] for row in made["place_connectivity"]] == ["a;b" if "b,b" in given else "a"]
