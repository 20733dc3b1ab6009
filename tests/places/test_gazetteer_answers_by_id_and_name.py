"""The compact gazetteer: what it holds, how it is asked, what happens when it is broken."""

import gzip
from pathlib import Path

import pytest

from citynet.errors import ConfigError
from citynet.places.gazetteer import Gazetteer, load_gazetteer


def ids(gazetteer: Gazetteer, key: str, *countries: str) -> list[str]:
    return [named.place.place_id for named in gazetteer.bearers(key, countries)]


def test_cities_of_the_samples_are_found_by_id_and_by_name(gazetteer: Gazetteer) -> None:
    berlin = gazetteer.get("gn2950159")
    assert berlin is not None
    assert (berlin.name, berlin.country, berlin.place_kind) == ("Berlin", "DE", "municipality")
    assert (berlin.municipality_id, berlin.lau_code, berlin.geonames_id) == ("gn2950159", "11000000", "2950159")
    for key, country, place_id in [("prag", "CZ", "gn3067696"), ("taoyuan", "TW", "gn6696918"), ("los angeles", "US", "gn5368361")]:
        assert ids(gazetteer, key, country) == [place_id]


def test_an_id_that_only_starts_alike_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.get("gn295015") is None
    assert gazetteer.get("gn29501599") is None
    assert gazetteer.get("lauDE11000000") is None
    assert gazetteer.bearers("berli") == ()
    assert gazetteer.region("gn29501599") is None


def test_namesakes_are_all_told_largest_first(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "barcelona") == ["gn3128760", "gn3648559"]
    assert ids(gazetteer, "barcelona", "VE") == ["gn3648559"]


def test_an_own_name_is_told_from_an_alternate(gazetteer: Gazetteer) -> None:
    assert [(n.place.place_id, n.own) for n in gazetteer.bearers("danzig", ("PL",))] == [("gn3099434", False)]
    assert [(n.place.place_id, n.own) for n in gazetteer.bearers("gdansk", ("PL",))] == [("gn3099434", True)]


@pytest.mark.parametrize(
    ("key", "country", "lau_code"),
    [
        ("newcastle upon tyne", "GB", "E08000021"),
        ("kingston upon hull", "GB", "E06000010"),
        ("prato", "IT", "100005"),
        ("mechelen", "BE", "12025"),
        ("trnava", "SK", "506745"),
        ("gabrovo", "BG", "GAB05"),
        ("kaliska", "PL", "1004221421305"),
        ("trevi", "IT", "054054"),
        ("brest", "FR", "29019"),
        ("munster", "DE", "05515000"),
        ("halle", "DE", "15002000"),
        ("frankfurt am main", "DE", "06412000"),
        ("athens", "GR", "4501"),
        ("porto", "PT", "1312"),
        ("cork", "IE", "134-cork-city"),
        ("vilnius", "LT", "13"),
        ("bern", "CH", "CH0351"),
        ("zurich", "CH", "CH0261"),
        ("bucuresti", "RO", "179132"),
        ("s gravenhage", "NL", "GM0518"),
        ("el campello", "ES", "03050"),
    ],
)
def test_the_largest_place_of_a_name_is_the_municipality_it_is_known_to_be(
    gazetteer: Gazetteer, key: str, country: str, lau_code: str
) -> None:
    place = gazetteer.bearers(key, (country,))[0].place
    assert (place.place_kind, place.municipality_id, place.lau_code) == ("municipality", place.place_id, lau_code)


def test_two_municipalities_of_one_name_keep_their_own_codes(gazetteer: Gazetteer) -> None:
    codes = {n.place.lau_code for n in gazetteer.bearers("lagoa", ("PT",))}
    assert codes == {"0806", "4201"}


@pytest.mark.parametrize(
    ("key", "country", "place_id"),
    [
        ("egedal", "DK", "gn6543948"),
        ("gladsaxe", "DK", "gn2621394"),
        ("langeland", "DK", "gn6543942"),
        ("ringkobing skjern", "DK", "gn6543932"),
        ("jarfalla", "SE", "gn2703292"),
        ("perth and kinross", "GB", "gn3333234"),
        ("sandwell", "GB", "gn3333191"),
        ("baerum", "NO", "gn3162212"),
    ],
)
def test_a_municipality_without_a_town_of_its_name_is_a_place_of_its_own(
    gazetteer: Gazetteer, key: str, country: str, place_id: str
) -> None:
    assert ids(gazetteer, key, country) == [place_id]
    place = gazetteer.get(place_id)
    assert place is not None
    assert (place.place_kind, place.geonames_id) == ("municipality", place_id[2:])


def test_settlements_and_districts_know_the_municipality_they_lie_in(gazetteer: Gazetteer) -> None:
    expected = {
        "gn2864695": ("district", "gn2950159"),  # Berlin-Neukölln
        "gn2646458": ("settlement", "lauGBE08000034"),  # Huddersfield in Kirklees
        "gn2656173": ("settlement", "gn3333123"),  # Bath in Bath and North East Somerset
        "gn2614776": ("settlement", "gn6543932"),  # Ringkøbing in Ringkøbing-Skjern
        "gn2643743": ("settlement", "gn2643743"),  # London has no local unit of its own
    }
    found = {place_id: gazetteer.get(place_id) for place_id in expected}
    assert {place_id: (p.place_kind, p.municipality_id) for place_id, p in found.items() if p is not None} == expected


def test_a_district_around_a_city_does_not_bear_the_bare_name_of_the_city(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "kaunas", "LT") == ["gn598316"]
    assert ids(gazetteer, "kaunas district municipality", "LT") == ids(gazetteer, "kauno rajonas", "LT") == ["gn598313"]
    assert ids(gazetteer, "tartu", "EE") == ["gn588335"]
    assert ids(gazetteer, "cork county", "IE") == ["gn2965139"]
    assert ids(gazetteer, "gmina suwalki", "PL") == ["lauPL1006201391207"]
    assert ids(gazetteer, "city of london", "GB") == ["gn2643741"]


@pytest.mark.parametrize(
    ("key", "country"),
    [
        *(("ferencvaros", "HU"), ("pest", "HU"), ("zizkov", "CZ"), ("smichov", "CZ"), ("petrzalka", "SK"), ("stare mesto", "SK")),
        *(("borgerhout", "BE"), ("wilrijk", "BE"), ("hoboken", "BE"), ("sant marti", "ES"), ("quarto oggiaro", "IT")),
        *(("cork county", "IE"), ("galway county", "IE"), ("kauno rajono savivaldybe", "LT"), ("vilniaus rajono savivaldybe", "LT")),
    ],
)
def test_sections_of_large_cities_and_the_land_around_one_are_districts(gazetteer: Gazetteer, key: str, country: str) -> None:
    found = gazetteer.bearers(key, (country,))
    assert found
    assert {n.place.place_kind for n in found} == {"district"}


def test_cities_and_towns_beside_them_are_no_sections(gazetteer: Gazetteer) -> None:
    expected = {
        "bratislava": ("SK", "settlement"),
        "kosice": ("SK", "settlement"),
        "paris": ("FR", "municipality"),
        "mortsel": ("BE", "municipality"),
    }
    found = {key: gazetteer.bearers(key, (country,))[0].place.place_kind for key, (country, _) in expected.items()}
    assert found == {key: kind for key, (_, kind) in expected.items()}


def test_a_municipality_is_not_the_larger_or_far_smaller_place_of_its_name_elsewhere(gazetteer: Gazetteer) -> None:
    kadikoy = gazetteer.bearers("kadikoy", ("TR",))[0].place
    assert (kadikoy.place_id, kadikoy.lau_code, kadikoy.population) == ("gn7732501", "1421", 458_638)
    for section, code in [("gn3076028", "598402"), ("gn3065876", "594776"), ("gn3078016", "581500")]:
        place, unit = gazetteer.get(section), gazetteer.get(f"lauCZ{code}")
        assert place is not None
        assert unit is not None
        assert (place.place_kind, place.lau_code, unit.place_kind, unit.lau_code) == ("district", "", "municipality", code)


def test_italian_provinces_are_found_by_their_letters(gazetteer: Gazetteer) -> None:
    assert [(r.region_id, r.name) for r in gazetteer.regions("pr", ("IT",))] == [("gn3171456", "Parma")]
    assert gazetteer.regions("to", ("ES",)) == ()


def test_regions_are_told_apart_from_places_and_tied_to_them(gazetteer: Gazetteer) -> None:
    found = {(r.name, r.level, r.sort) for r in gazetteer.regions("valencia", ("ES",))}
    assert ("Valencia", 2, "Province") in found
    place = gazetteer.bearers("valencia", ("ES",))[0].place
    assert {r.region_id for r in gazetteer.regions("valencia", ("ES",))} & set(place.regions)
    assert gazetteer.regions("valencia", ("PT",)) == ()
    assert gazetteer.regions("sandwell") == ()


def test_names_of_a_place_are_all_the_keys_that_lead_to_it(gazetteer: Gazetteer) -> None:
    names = gazetteer.names_of(["gn3099434", "lauGBE08000034", "x-de-nowhere"])
    assert {"danzig", "gdansk"} <= set(names["gn3099434"])
    assert all("gn3099434" in ids(gazetteer, name, "PL") for name in names["gn3099434"])
    assert "kirklees" in names["lauGBE08000034"]
    assert names["x-de-nowhere"] == ()


def test_keys_are_the_sorted_names_of_one_country(gazetteer: Gazetteer) -> None:
    keys = gazetteer.keys("LU")
    assert list(keys) == sorted(set(keys))
    assert "esch sur alzette" in keys
    assert "berlin" not in keys
    assert gazetteer.keys("ZZ") == ()


def test_all_parts_are_sorted_as_bisection_needs_them(gazetteer: Gazetteer) -> None:
    for lines in (gazetteer.places, gazetteer.names, gazetteer.region_lines, gazetteer.region_names):
        assert list(lines) == sorted(lines)


def test_every_id_is_given_once_and_every_municipality_named_exists(gazetteer: Gazetteer) -> None:
    columns = [line.split("\t") for line in gazetteer.places]
    known = {c[0] for c in columns}
    assert len(known) == len(columns)
    assert {c[3] for c in columns if c[3]} <= known
    codes = [(c[1], c[4]) for c in columns if c[4]]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not gzip",
        gzip.compress(b"1\tDE\n\nulm\tDE\t1\n", mtime=0),
        gzip.compress(b"1\tDE\t1\t1\t1\tUlm\n\nulm\tDE\t1\n\nx\n\ny\n", mtime=0),
    ],
)
def test_a_broken_or_foreign_file_is_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "places.tsv.gz").write_bytes(content)
    with pytest.raises(ConfigError, match=r"places\.tsv\.gz: expected .*build\.py"):
        load_gazetteer(tmp_path)


def test_a_missing_file_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.tsv\.gz"):
        load_gazetteer(tmp_path / "none.tsv.gz")
