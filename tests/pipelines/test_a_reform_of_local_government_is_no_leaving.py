"""Two lists before and after counties, regions or districts were merged, split or formed anew: nobody left or joined by that."""

import pytest

from citynet.pipelines.comparing import ListedName, compare_lists, in_no_network
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside

STAYS = [("Oslo", "NO"), ("Gent", "BE"), ("Lyon", "FR"), ("Groningen", "NL"), ("Tallinn", "EE")]
REFORMS = [
    ("NO", ["Oppland", "Hedmark fylkeskommune"], ["Innlandet"]),
    ("NO", ["Akershus", "Buskerud County Council", "Østfold"], ["Viken fylkeskommune"]),
    ("NO", ["Viken County"], ["Akershus", "Buskerud", "Østfold fylkeskommune"]),
    ("NO", ["Troms og Finnmark"], ["Troms", "Finnmark County Municipality"]),
    ("FR", ["Languedoc-Roussillon", "Région Midi-Pyrénées"], ["Région Occitanie"]),
    ("FR", ["Conseil régional d'Alsace", "Lorraine"], ["Région Grand Est"]),
    ("FR", ["Burgundy", "Franche-Comté"], ["Burgundy-Franche-Comté"]),
    ("GB", ["Harrogate Borough Council", "Selby"], ["North Yorkshire Council"]),
    ("GB", ["Cumbria County Council", "Carlisle City Council"], ["Cumberland Council", "Westmorland and Furness Council"]),
    ("GB", ["Taunton Deane Borough Council"], ["Somerset Council"]),
    ("GB", ["Northampton", "Blyth Valley", "Borough of Restormel"], ["West Northamptonshire", "Northumberland", "Cornwall Council"]),
    ("GB", ["Derry City Council", "Down District Council"], ["Derry City and Strabane District Council", "Newry, Mourne and Down"]),
    ("GB", ["Derwentside District Council"], ["Durham County Council"]),
    ("IE", ["North Tipperary County Council", "South Tipperary County Council"], ["Tipperary County Council"]),
    ("DE", ["Landkreis Rügen", "Landkreis Nordvorpommern"], ["Landkreis Vorpommern-Rügen"]),
    ("DK", ["Fyns Amt", "Vejle Amt"], ["Region Syddanmark", "Region Midtjylland"]),
    ("GR", ["Prefecture of Chania"], ["Region of Crete"]),
    ("CH", ["Näfels", "Gemeinde Schwanden"], ["Glarus Nord", "Glarus Süd"]),
    ("FI", ["Kuusankoski"], ["Kouvola"]),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return open_names(open_outside({}))


def compared(names: Names, country: str, old: list[str], new: list[str]) -> list[tuple[str, str, str, str]]:
    sides = ([*STAYS, *((name, country) for name in side)] for side in (old, new))
    before, after = ([ListedName(name, land, "") for name, land in side] for side in sides)
    return [(d.change, d.cause, d.name_old, d.name_new) for d in compare_lists(before, after, in_no_network(names), names)]


@pytest.mark.parametrize(("country", "former", "heirs"), REFORMS)
def test_all_bodies_of_a_reform_continue_in_their_heirs(names, country, former, heirs):
    found = compared(names, country, former, heirs)
    assert {change for change, *_ in found} == {"renamed"}
    assert ({old for *_, old, _ in found}, {new for *_, new in found}) == (set(former), set(heirs))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(("country", "former", "heirs"), REFORMS)
def test_an_heir_that_was_a_member_before_continues_them_too(names, country, former, heirs):
    assert {change for change, *_ in compared(names, country, [*former, *heirs], heirs)} == {"renamed"}


@pytest.mark.parametrize(("country", "former"), [(country, former) for country, former, _ in REFORMS])
def test_without_an_heir_on_the_new_list_they_left(names, country, former):
    assert sorted(compared(names, country, former, [])) == sorted(("left", "world", name, "") for name in former)


def test_of_a_county_that_was_split_the_other_parts_are_no_heirs_of_one_part(names):
    told = {("left", "world", "Akershus", ""), ("joined", "world", "", "Buskerud")}
    assert set(compared(names, "NO", ["Akershus"], ["Buskerud"])) == told


def test_before_a_reform_its_bodies_leave_as_others_do(names):
    before = ["Région Alsace", "Région Lorraine", "Région Champagne-Ardenne"]
    assert compared(names, "FR", before, ["Région Alsace"]) == [("left", "world", name, "") for name in sorted(before[1:])]


def test_beside_its_county_council_on_both_lists_a_district_left_before_the_reform(names):
    county = "North Yorkshire County Council"
    assert [row[0] for row in compared(names, "GB", ["Scarborough Borough Council", county], [county])] == ["left"]


def test_a_former_body_beside_its_heir_on_both_lists_is_nothing_new(names):
    assert compared(names, "NO", ["Akershus", "Viken"], ["Viken", "Akershus"]) == []


def test_a_part_that_is_formed_anew_beside_the_whole_has_joined(names):
    assert compared(names, "NO", ["Troms og Finnmark"], ["Troms og Finnmark", "Troms"]) == [("joined", "world", "", "Troms")]


def test_a_town_is_not_the_county_that_was_called_after_it(names):
    found = compared(names, "DE", ["Güstrow"], ["Landkreis Rostock"])
    assert {change for change, *_ in found} == {"left", "joined"}


def test_a_town_and_its_county_in_one_row_are_the_two_bodies(names):
    both, parts = ["Stadt und Landkreis Göttingen"], ["Stadt Göttingen", "Landkreis Göttingen"]
    assert compared(names, "DE", both, parts) == [("renamed", "split_or_merged", both[0], part) for part in parts]
    assert sorted(compared(names, "DE", parts, both)) == [("renamed", "split_or_merged", part, both[0]) for part in sorted(parts)]
