"""From printed names to places: what is sure, what a person decided, what is left open. Rule 8."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.model import Judgement, Resolution
from citynet.places.countries import country_in_name, gazetteer_countries, iso_country
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements
from citynet.places.resolve import find_place, resolve

NOTHING = Judgements()


def judged(name: str, country: str, network: str, verdict: str, place_id: str = "") -> Judgements:
    line = Judgement("places.csv:2", {"verdict": verdict, "place_id": place_id, "network_id": network})
    return Judgements(names={(name, country, network): (line,)})


def test_a_name_is_found_by_its_primary_and_by_an_alternate_spelling(gazetteer: Gazetteer) -> None:
    primary = resolve("Lublin", "Polska", gazetteer=gazetteer, judgements=NOTHING)
    assert (primary.verdict, primary.place_id, primary.geonames_id, primary.route) == ("resolved", "gn765876", "765876", "primary_name")
    alternate = resolve("Reggio Emilia", "Italien", gazetteer=gazetteer, judgements=NOTHING)
    assert (alternate.place_id, alternate.country, alternate.route) == ("gn3169522", "IT", "alternate_name")


def test_the_largest_namesake_is_never_taken(gazetteer: Gazetteer) -> None:
    found = resolve("Barcelona", "", gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.place_id, found.route) == ("review", "", "ambiguous_without_country")
    assert (found.candidates, found.runner_up, found.ratio) == (("gn3128760", "gn3648559"), "gn3648559", 2.07)
    for name, country in (("Münster", "DE"), ("Halle", "DE"), ("Frankfurt", "DE"), ("Lagoa", "PT"), ("Newcastle", "")):
        assert (name, resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).verdict) == (name, "review")


@pytest.mark.parametrize(
    ("name", "country", "place_id", "route", "runner_up"),
    [
        ("Newcastle City Council", "UK", "gn2641673", "only_municipality:legal_form:newcastle", "gn6695976"),
        ("Comune di Prato", "Italy", "gn3169921", "only_own_name:legal_form:prato", "gn3169914"),
        ("Essen", "Germany", "gn2928810", "only_own_name", "gn2928809"),
        ("Gabrovo", "Bulgaria", "gn731549", "only_municipality", "gn731551"),
    ],
)
def test_of_several_bearers_a_second_sign_decides_and_is_told_with_the_runner_up(
    name: str, country: str, place_id: str, route: str, runner_up: str, gazetteer: Gazetteer
) -> None:
    found = resolve(name, country, gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.place_id, found.route, found.runner_up) == ("resolved", place_id, route, runner_up)
    assert found.candidates[0] == place_id


@pytest.mark.parametrize(
    ("name", "country", "place_id"),
    [
        ("Jimbolia (Judetul Timis)", "Romania", "gn675223"),
        ("Oliva (Valencia )", "Spain", "gn2513145"),
        ("Mykolayiv, Lviv oblast", "Ukraine", "gn700568"),
        ("Kyiv (Kiev)", "Ukraine", "gn703448"),
    ],
)
def test_a_region_or_another_name_printed_beside_it_must_fit_and_then_decides(
    name: str, country: str, place_id: str, gazetteer: Gazetteer
) -> None:
    assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).place_id == place_id


def test_what_is_printed_beside_a_name_and_fits_no_bearer_leaves_it_open(gazetteer: Gazetteer) -> None:
    found = resolve("Lublin (Neukölln)", "Poland", gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.route, found.candidates, found.suggestions) == ("review", "not_understood:neukolln", (), ("gn765876",))


@pytest.mark.parametrize(
    ("name", "country"), [("Zeeland", "Netherlands"), ("Vaucluse", "France"), ("Marche", "Italy"), ("Lancashire", "UK"), ("Kainuu", "")]
)
def test_the_name_of_a_region_is_not_that_of_a_village_elsewhere(name: str, country: str, gazetteer: Gazetteer) -> None:
    assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).verdict in ("review", "not_a_city")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Vaud", "Switzerland"),
        ("Doubs", "France"),
        ("Creuse", "France"),
        ("Molise", "Italy"),
        ("Wales", "UK"),
        ("Brandenburg", "Germany"),
        ("Midtjylland", "Denmark"),
        ("Cluj", "Romania"),
        ("Kent", ""),
    ],
)
def test_a_region_is_neither_the_village_in_it_nor_a_city_that_is_only_called_so(name: str, country: str, gazetteer: Gazetteer) -> None:
    found = resolve(name, country, gazetteer=gazetteer, judgements=NOTHING)
    assert (name, found.verdict, found.route.split(":")[0]) == (name, "review", "region_of_that_name")
    assert len(found.suggestions) == 1


@pytest.mark.parametrize(("name", "longer"), [("Reggio", "gn2523630"), ("Villingen", "gn2817220"), ("Mollet", "gn3116553")])
def test_the_beginning_of_a_large_city_s_name_is_not_another_place_that_is_called_so(name: str, longer: str, gazetteer: Gazetteer) -> None:
    country = {"gn2817220": "DE", "gn3116553": "ES"}.get(longer, "IT")
    found = resolve(name, country, gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.route) == ("review", f"part_of_the_name:{longer}")


@pytest.mark.parametrize(
    ("name", "country"),
    [("Valencia", "Spain"), ("Utrecht", "Netherlands"), ("Zürich", "Switzerland"), ("Lisboa", "Portugal"), ("Reggio Emilia", "Italy")],
)
def test_a_city_is_not_taken_for_the_region_around_it(name: str, country: str, gazetteer: Gazetteer) -> None:
    assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).verdict == "resolved"


def test_a_name_spelt_alike_is_suggested_and_never_the_answer(gazetteer: Gazetteer) -> None:
    found = resolve("Reykjavic", "Iceland", gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.place_id, found.candidates, found.suggestions) == ("review", "", (), ("gn3413829",))
    assert found.route == "similar:reykjavik:88.9"


@pytest.mark.parametrize(
    ("name", "country", "place_id"),
    [("Mülheim a.d.R.", "Germany", "gn2867838"), ("S. João da Pesqueira", "Portugal", "gn2734483"), ("Ilioupolis", "Greece", "gn8310138")],
)
def test_abbreviations_and_transliterations_lead_to_the_name(name: str, country: str, place_id: str, gazetteer: Gazetteer) -> None:
    assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).place_id == place_id


def test_a_row_with_several_names_waits_for_a_person(gazetteer: Gazetteer) -> None:
    for name, country in (("Beveren; Lokeren; Temse", "BE"), ("Leipzig-Halle", "DE"), ("Berlin / Hamburg", "DE")):
        found = resolve(name, country, gazetteer=gazetteer, judgements=NOTHING)
        assert (name, found.verdict, found.route) == (name, "review", "several_names")
        assert len(found.suggestions) > 1


def test_the_countries_a_network_admits_narrow_a_name_without_country(gazetteer: Gazetteer) -> None:
    found = resolve("Barcelona", "", gazetteer=gazetteer, judgements=NOTHING, network_countries=("ES", "FR"))
    assert (found.verdict, found.place_id, found.route) == ("resolved", "gn3128760", "network_countries:primary_name")
    still_open = resolve("Cuenca", "", gazetteer=gazetteer, judgements=NOTHING, network_countries=("ES", "FR"))
    assert (still_open.verdict, still_open.route, still_open.country) == ("review", "ambiguous_in_network_countries", "")
    assert resolve("Mariehamn", "", gazetteer=gazetteer, judgements=NOTHING, network_countries=("FI",)).verdict == "resolved"


def test_a_country_that_is_printed_is_not_overruled_by_those_the_network_admits(gazetteer: Gazetteer) -> None:
    found = resolve("Lublin", "Poland", gazetteer=gazetteer, judgements=NOTHING, network_countries=("ES",))
    assert (found.place_id, found.route) == ("gn765876", "primary_name")


def test_the_only_country_a_network_admits_is_that_of_a_name_left_open_and_of_judgements(gazetteer: Gazetteer) -> None:
    found = resolve("Atlantis", "", gazetteer=gazetteer, judgements=NOTHING, network_countries=("DE",))
    assert (found.verdict, found.country) == ("unknown", "DE")
    decided = judged("kiel", "DE", "", "is", "gn2891122")
    assert resolve("Kiel", "", gazetteer=gazetteer, judgements=decided, network_countries=("DE",)).place_id == "gn2891122"
    assert resolve("Kiel", "", gazetteer=gazetteer, judgements=decided, network_countries=("DE", "AT")).place_id == ""


@pytest.mark.parametrize(
    ("name", "country", "place_id"),
    [
        ("Valencia, Spain", "", "gn2509954"),
        ("Valencia (España)", "", "gn2509954"),
        ("Valencia, Spain", "ES", "gn2509954"),
        ("Mexico, Mexico", "", "gn3530597"),
        ("London, UK", "", "gn2643743"),
        ("Cambridge, UK", "United Kingdom", "gn2653941"),
        ("Brest (FR)", "France", "gn3030300"),
        ("Springfield, GA", "", ""),
        ("Valencia, Spain", "Venezuela", ""),
    ],
)
def test_a_country_printed_with_the_name_counts_as_its_country(name: str, country: str, place_id: str, gazetteer: Gazetteer) -> None:
    assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).place_id == place_id


@pytest.mark.parametrize("name", ["Cuxhaven (Landkreis)", "Halle (Saale)", "Wilmington, DE", "Georgia"])
def test_what_is_no_countrys_name_stays_with_the_name(name: str) -> None:
    assert country_in_name(name, "") == (name, "")


def test_a_place_at_the_end_of_a_name_is_not_taken_for_a_country(gazetteer: Gazetteer) -> None:
    found = resolve("Motril, Granada", "", gazetteer=gazetteer, judgements=NOTHING)
    assert (found.place_id, found.route) == ("gn2513477", "without_country:primary_name:comma:motril")


def test_a_judgement_on_a_name_holds_for_the_name_with_its_country_behind_it(gazetteer: Gazetteer, judgements: Judgements) -> None:
    found = resolve("London, United Kingdom", "", gazetteer=gazetteer, judgements=judgements)
    assert (found.place_id, found.route) == ("gn2643743", "judgement:is")


def test_a_bracket_tells_the_district_from_its_town(gazetteer: Gazetteer, judgements: Judgements) -> None:
    means = {"Cuxhaven": "gn2939658", "Stadt Cuxhaven": "gn2939658", "Cuxhaven (Stadt)": "gn2939658"}
    means |= dict.fromkeys(["Cuxhaven (Landkreis)", "Landkreis Cuxhaven"], "x-de-landkreis-cuxhaven")
    for name, place_id in means.items():
        assert (name, resolve(name, "DE", gazetteer=gazetteer, judgements=judgements).place_id) == (name, place_id)
    unlisted = resolve("Gifhorn (Landkreis)", "DE", gazetteer=gazetteer, judgements=judgements)
    assert (unlisted.verdict, unlisted.route) == ("not_a_city", "marker:landkreis")


@pytest.mark.parametrize("name", ["European Investment Bank (EIB)", "European Commission (DG HOME)", "Council of European Municipalities"])
def test_institutions_are_no_cities(name: str, gazetteer: Gazetteer) -> None:
    assert resolve(name, "", gazetteer=gazetteer, judgements=NOTHING).verdict == "not_a_city"


def test_a_city_that_is_called_like_a_country_is_a_city(gazetteer: Gazetteer) -> None:
    for name, country in (("Luxembourg", "Luxembourg"), ("Mexico", "Mexico"), ("Singapore", "")):
        assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).verdict == "resolved"


def test_a_country_that_is_printed_but_not_understood_is_not_taken_for_none(gazetteer: Gazetteer) -> None:
    found = resolve("Malmö", "SW", gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.route, found.candidates) == ("review", "country_not_recognised", ("gn2692969",))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Greater Manchester", "UK"),
        ("Brussels-Capital Region", "Belgium"),
        ("Regione Marche", "Italy"),
        ("London Borough of Lewisham", "UK"),
        ("Provincia di Macerata", "Italy"),
        ("University of Bologna", "Italy"),
        ("Association of Norwegian Municipalities", "Norway"),
    ],
)
def test_other_kinds_of_bodies_are_not_forced_on_a_city(name: str, country: str, gazetteer: Gazetteer) -> None:
    found = resolve(name, country, gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.place_id) == ("not_a_city", "")


def test_a_city_whose_own_name_holds_such_a_word_is_a_city(gazetteer: Gazetteer) -> None:
    assert resolve("Greater Sudbury", "Canada", gazetteer=gazetteer, judgements=NOTHING).verdict == "resolved"


def test_a_name_nobody_knows_is_unknown_and_an_empty_one_too(gazetteer: Gazetteer) -> None:
    assert resolve("Atlantis", "Greece", gazetteer=gazetteer, judgements=NOTHING) == Resolution(
        "unknown", country="GR", route="no_such_name"
    )
    assert resolve(" – ", "", gazetteer=gazetteer, judgements=NOTHING) == Resolution("unknown", route="no_name")


def test_a_judgement_wins_over_the_rules_within_its_network_only(gazetteer: Gazetteer) -> None:
    decided = judged("lublin", "PL", "eurocities", "not_a_city")
    at = resolve("Lublin", "PL", gazetteer=gazetteer, judgements=decided, network_id="eurocities")
    assert (at.verdict, at.route, at.candidates) == ("not_a_city", "judgement:not_a_city:eurocities", ("gn765876",))
    assert resolve("Lublin", "PL", gazetteer=gazetteer, judgements=decided, network_id="icorn").verdict == "resolved"


def test_a_rejected_place_never_returns_and_leaves_the_others(gazetteer: Gazetteer) -> None:
    found = resolve("Barcelona", "", gazetteer=gazetteer, judgements=judged("barcelona", "", "", "is_not", "gn3648559"))
    assert (found.verdict, found.place_id) == ("resolved", "gn3128760")
    none = resolve("Lublin", "PL", gazetteer=gazetteer, judgements=judged("lublin", "PL", "", "is_not", "gn765876"))
    assert (none.place_id, none.candidates) == ("", ())
    assert "gn765876" not in none.suggestions


@pytest.mark.parametrize("verdict", ["unsure", "split"])
def test_what_a_person_left_open_stays_in_review(verdict: str, gazetteer: Gazetteer) -> None:
    found = resolve("Lublin", "PL", gazetteer=gazetteer, judgements=judged("lublin", "PL", "", verdict))
    assert (found.verdict, found.route) == ("review", f"judgement:{verdict}")


def test_what_a_person_left_open_between_places_has_these_as_candidates_and_no_others(gazetteer: Gazetteer) -> None:
    decided = judged("holzminden", "", "net", "unsure", "gn2899601; x-de-landkreis-holzminden")
    found = resolve("Holzminden", "", gazetteer=gazetteer, judgements=decided, network_id="net", network_countries=("DE",))
    assert (found.verdict, found.place_id, found.country) == ("review", "", "DE")
    assert found.candidates == ("gn2899601", "x-de-landkreis-holzminden")


def test_a_district_and_a_borough_are_bodies_with_their_own_municipality(gazetteer: Gazetteer, judgements: Judgements) -> None:
    district = resolve("Berlin Neukölln", "Germany", gazetteer=gazetteer, judgements=judgements)
    assert (district.place_id, district.place_kind, district.municipality_id) == ("gn2864695", "district", "gn2950159")
    borough = resolve("Royal Borough of Greenwich", "UK", gazetteer=gazetteer, judgements=judgements)
    assert (borough.place_id, borough.geonames_id, borough.place_kind) == ("lauGBE09000011", "", "municipality")


def test_a_corrected_settlement_takes_its_coordinates_but_not_its_population_from_the_gazetteer(
    gazetteer: Gazetteer, judgements: Judgements
) -> None:
    brussels, row = find_place("gn2800866", gazetteer=gazetteer, judgements=judgements), gazetteer.get("gn2800866")
    assert brussels is not None
    assert row is not None
    assert brussels == replace(row, place_kind="municipality", population=None)
    assert find_place("gn1", gazetteer=gazetteer, judgements=judgements) is None


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("XK", "XK"),
        ("Kosovo*", "XK"),
        ("Scotland", "GB"),
        ("Repubblica Ceca", "CZ"),
        ("Russian Federation", "RU"),
        ("Spain / España", "ES"),
        ("Österreich", "AT"),
        ("", ""),
        ("SW", ""),
        ("Spain / France", ""),
        ("Italia - Emilia-Romagna", "IT"),
        ("United Kingdom (England)", "GB"),
        ("FR – Bretagne", "FR"),
        ("Korea, Republic of", "KR"),
        ("Luxembourg (Belgium)", ""),
        ("D", "DE"),
        ("SLO", "SI"),
        ("X", ""),
        ("Georgia (USA)", ""),
        ("Emilia-Romagna", ""),
    ],
)
def test_countries_are_understood_as_printed_or_not_at_all(printed: str, iso: str) -> None:
    assert iso_country(printed) == iso


def test_a_judged_country_holds_for_its_network_and_the_general_one_for_all() -> None:
    decided = {("SW", "eurocities"): "SE", ("PPL", ""): "PL"}
    assert iso_country("sw", network_id="eurocities", judged=decided) == "SE"
    assert iso_country("SW", network_id="other", judged=decided) == ""
    assert iso_country("PPL", network_id="other", judged=decided) == "PL"


def test_parts_of_a_country_with_codes_of_their_own_are_searched_with_it(gazetteer: Gazetteer) -> None:
    assert gazetteer_countries("FI") == ("FI", "AX")
    assert resolve("Mariehamn", "Finland", gazetteer=gazetteer, judgements=NOTHING).verdict == "resolved"


@given(st.text(), st.text(max_size=12))
def test_whatever_is_printed_gets_one_of_four_verdicts_and_an_id_only_when_resolved(name: str, country: str) -> None:
    small = Gazetteer(places=["1\tDE\t5\t1.0\t1.0\tUlm"], names=["ulm\tDE\t1"])
    found = resolve(name, country, gazetteer=small, judgements=NOTHING)
    assert found.verdict in {"resolved", "review", "not_a_city", "unknown"}
    assert bool(found.place_id) == (found.verdict == "resolved")
    assert found.route


@pytest.mark.parametrize(
    ("name", "country", "place_id", "route"),
    [
        ("City of Espoo", "Finland", "gn660158", "primary_name:legal_form:espoo"),
        ("Comune di Bologna", "Italy", "gn3181928", "primary_name:legal_form:bologna"),
        ("Landeshauptstadt Hannover", "Germany", "gn2910831", "primary_name:legal_form:hannover"),
        ("Bruxelles / Brussel", "Belgium", "gn2800866", "primary_name:double:bruxelles"),
    ],
)
def test_a_legal_form_or_a_second_language_does_not_hide_a_city(
    name: str, country: str, place_id: str, route: str, gazetteer: Gazetteer
) -> None:
    found = resolve(name, country, gazetteer=gazetteer, judgements=NOTHING)
    assert (found.verdict, found.place_id, found.route) == ("resolved", place_id, route)


@pytest.mark.parametrize(
    ("name", "country", "verdict"),
    [
        ("Kaunas District Municipality", "Lithuania", "not_a_city"),
        ("Sofia / Atlantis", "Bulgaria", "unknown"),
        ("Berlin / Hamburg", "Germany", "review"),
        ("City of", "UK", "unknown"),
    ],
)
def test_taking_off_a_legal_form_never_turns_another_body_or_two_into_a_city(
    name: str, country: str, verdict: str, gazetteer: Gazetteer
) -> None:
    assert resolve(name, country, gazetteer=gazetteer, judgements=NOTHING).verdict == verdict
