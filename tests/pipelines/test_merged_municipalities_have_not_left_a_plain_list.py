"""Two lists before and after municipalities were merged: nobody left or joined by that, and who left though merged has left."""

import pytest

from citynet.pipelines.comparing import ListedName, compare_lists, in_no_network
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside

STAYS = [
    ("Oslo", "NO"),
    ("Gent", "BE"),
    ("Lyon", "FR"),
    ("Annecy", "FR"),
    ("Groningen", "NL"),
    ("Tallinn", "EE"),
    ("Drammen", "NO"),
    ("Kristiansand", "NO"),
]
MERGED = [
    ("Fjell", "Øygarden", "NO", "gn6453353"),
    ("Os", "Bjørnafjorden", "NO", "gn12110619"),
    ("Skedsmo", "Lillestrøm", "NO", "gn3147465"),
    ("Bø", "Midt-Telemark", "NO", "gn12110623"),
    ("Pierrefitte-sur-Seine", "Saint-Denis", "FR", "gn2980916"),
    ("Neerpelt", "Pelt", "BE", "gn2789403"),
    ("Bilzen", "Bilzen-Hoeselt", "BE", ""),
    ("Uden", "Gemeente Maashorst", "NL", "gn12494996"),
    ("Kuressaare", "Saaremaa", "EE", "gn11776874"),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return open_names(open_outside({}))


def compared(names: Names, old: list[tuple[str, str]], new: list[tuple[str, str]]) -> list[tuple[str, str, str, str, str]]:
    before, after = ([ListedName(name, country, "") for name, country in (*STAYS, *side)] for side in (old, new))
    found = compare_lists(before, after, in_no_network(names), names)
    return [(d.change, d.cause, d.place_id, d.name_old, d.name_new) for d in found]


FORMER = [(name, country) for name, _, country, _ in MERGED]
HEIRS = [(heir, country) for _, heir, country, _ in MERGED]


@pytest.mark.parametrize("with_country", [True, False])
def test_the_heir_on_the_new_list_continues_the_membership(names, with_country):
    old, new = ([(name, country if with_country else "") for name, country in side] for side in (FORMER, HEIRS))
    told = {("renamed", "split_or_merged", place_id, name, heir) for name, heir, _, place_id in MERGED}
    assert set(compared(names, old, new)) == told


def test_a_list_that_prints_the_former_names_again_tells_of_no_leaving(names):
    told = {("renamed", "split_or_merged", place_id, heir, name) for name, heir, _, place_id in MERGED}
    assert set(compared(names, HEIRS, FORMER)) == told


@pytest.mark.parametrize(
    ("name", "country", "heir"),
    [
        ("Nedre Eiker", "NO", "Drammen"),
        ("Søgne", "NO", "Kristiansand"),
        ("Nedre Eiker", "", "Drammen"),
        ("Annecy-le-Vieux", "FR", "Annecy"),
    ],
)
def test_an_heir_that_was_a_member_before_continues_it_too(names, name, country, heir):
    ((change, cause, _, old, new),) = compared(names, [(name, country)], [])
    assert (change, cause, old, new) == ("renamed", "split_or_merged", name, heir)


@pytest.mark.parametrize(
    ("town", "municipality", "country"), [("Ribe", "Esbjerg", "DK"), ("Nilsiä", "Kuopio", "FI"), ("Mestre", "Venezia", "IT")]
)
def test_of_a_town_gone_from_beside_its_municipality_nobody_can_tell_whether_it_left(names, town, municipality, country):
    found = compared(names, [(town, country), (municipality, country)], [(municipality, country)])
    assert [(change, cause, old, new) for change, cause, _, old, new in found] == [("unclear", "split_or_merged", town, municipality)]


def test_a_town_in_no_member_has_left(names):
    assert compared(names, [("Ribe", "DK")], []) == [("left", "world", "gn2614813", "Ribe", "")]


def test_a_former_name_beside_its_heir_may_have_joined_before_the_merger(names):
    assert compared(names, [], [("Nedre Eiker", "NO")]) == [("joined", "world", "", "", "Nedre Eiker")]


def test_without_its_heir_on_the_new_list_a_merged_municipality_left(names):
    found = compared(names, FORMER, [])
    assert [(change, cause) for change, cause, *_ in found] == [("left", "world")] * len(MERGED)


def test_a_former_name_on_both_lists_is_nothing_new(names):
    found = compared(names, FORMER, [*FORMER, *HEIRS])
    assert {change for change, *_ in found} <= {"joined", "unclear"}
    assert {new for change, *_, new in found if change == "joined"} <= {heir for heir, _ in HEIRS}


def test_several_parts_of_one_heir_all_continue_in_it(names):
    found = compared(names, [("Skedsmo", "NO"), ("Fet", "NO"), ("Sørum kommune", "NO")], [("Lillestrøm", "NO")])
    assert [(change, old, new) for change, _, _, old, new in found] == [
        ("renamed", old, "Lillestrøm") for old in ("Fet", "Skedsmo", "Sørum kommune")
    ]


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        (("Berlin-Neukölln", "DE"), ("Berlin", "DE")),  # a section of a city
        (("Royal Borough of Greenwich", "GB"), ("London", "GB")),
        (("Haren (Ems)", "DE"), ("Leek", "NL")),  # Haren in the Netherlands is a part of Groningen
        (("Landkreis Uden", "DE"), ("Maashorst", "NL")),
        (("Fjell", "SE"), ("Øygarden", "NO")),
        (("Oxford", "GB"), ("Oxfordshire County Council", "GB")),
    ],
)
def test_a_section_and_a_namesake_elsewhere_are_no_former_municipalities(names, gone, come):
    assert {row[0] for row in compared(names, [gone], [come])} <= {"left", "joined", "unclear"}


def test_a_living_namesake_left_where_the_heir_of_the_former_one_was_there_before(names):
    both = ("Bjørnafjorden", "NO")
    assert compared(names, [("Os", "NO"), both], [both]) == [("left", "world", "gn3143303", "Os", "")]
