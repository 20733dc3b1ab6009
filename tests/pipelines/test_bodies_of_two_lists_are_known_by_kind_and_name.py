"""Rows of two lists that print one body in other words, languages and abbreviations are no departure and no join; two bodies are both."""

import pytest

from citynet.model import Network
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside
from citynet.pipelines.registry import open_registry
from pipelines.compared_names import changes

ONE_BODY = [
    ("DE", "Landkreis Lüneburg", "LK Lüneburg"),
    ("DE", "Kreis Steinfurt", "Steinfurt (Kreis)"),
    ("IT", "Provincia di Savona", "Prov. di Savona"),
    ("IT", "Provinz Bozen", "Provincia autonoma di Bolzano"),
    ("IT", "Regione Toscana", "Tuscany Region"),
    ("PL", "Powiat toruński", "Toruń County"),
    ("PL", "Województwo śląskie", "Silesian Voivodeship"),
    ("CZ", "Jihomoravský kraj", "South Moravian Region"),
    ("HU", "Pest megye", "Pest County"),
    ("HR", "Istarska županija", "Istria County"),
    ("GR", "Περιφέρεια Κρήτης", "Region of Crete"),
    ("FR", "Limoges - CA", "Limoges Métropole"),
    ("FR", "Caen - CU", "Caen Normandie Métropole"),
    ("FR", "Région Île-de-France", "Ile-de-France"),
    ("ES", "Diputació de Girona", "Girona Provincial Council"),
    ("CZ", "Praha 13", "Prague XIII"),
    ("FR", "Lyon 7ème", "Lyon 7e arrondissement"),
    ("HU", "Budapest XIII. kerület", "Budapest 13th District"),
    ("GB", "London Borough of Camden", "Camden Council"),
    ("LT", "Vilniaus rajonas", "Vilnius District"),
    ("DE", "Königstein i. Ts.", "Königstein im Taunus"),
    ("DE", "Rothenburg o.d.T.", "Rothenburg ob der Tauber"),
    ("FR", "Boulogne-Bill.", "Boulogne-Billancourt"),
    ("ES", "Gernika-Lumo", "Guernica y Luno"),
    ("HR", "Å\xa0ibenik", "Šibenik"),
    ("GB", "Bournemouth", "Bournemouth, Christchurch and Poole"),
    ("IT", "Provincia di Bolzano", "Südtirol"),
    ("DE", "Landkreis München", "Munich District"),
    ("SE", "Gotlands kommun", "Region Gotland"),
    ("BE", "Ottignies-Louvain-la-Neuve", "Ottignies-LLN"),
    ("CN", "Cantón", "GUANGZHOU"),
    ("FR", "Bretagne", "Brittany"),
    ("IT", "Pouilles", "Apulia"),
    ("ES", "Îles Baléares", "Balearic Islands"),
    ("GR", "Macédoine orientale et Thrace", "Eastern Macedonia & Thrace"),
    ("GR", "Grèce occidentale", "Western Greece"),
    ("NL", "Hollande du Nord", "Noord-Holland"),
    ("PL", "Poméranie occidentale", "Zachodniopomorskie"),
    ("DK", "Danemark central", "Midtjylland"),
    ("GB", "Pays de Galles", "Wales"),
    ("CY", "District de Larnaca", "Larnaca District Local Authorities"),
]
TWO_BODIES = [
    ("DE", "Landkreis Heilbronn", "Landkreis Aurich"),
    ("DE", "Kreis Steinburg", "Kreis Steinfurt"),
    ("DE", "Stadt Osnabrück", "Landkreis Osnabrück"),
    ("NL", "Gemeente Utrecht", "Provincie Utrecht"),
    ("ES", "Ayuntamiento de Valencia", "Diputación de Valencia"),
    ("FR", "Ville de Lyon", "Métropole de Lyon"),
    ("FR", "Nantes Métropole", "Rennes Métropole"),
    ("GR", "Περιφέρεια Κρήτης", "Region of Thessaly"),
    ("CZ", "Praha 13", "Prague 10"),
    ("FR", "Paris 13e", "Paris 14e"),
    ("SK", "Bratislava - Ružinov", "Bratislava - Petržalka"),
    ("KR", "Nam-gu (Ulsan)", "Nam-gu (Gwangju)"),
    ("SE", "Växjö", "Växjö Energi AB"),
    ("BE", "District Antwerpen", "Provincie Antwerpen"),
    ("DE", "Regierungsbezirk Kassel", "Landkreis Kassel"),
    ("LT", "Kaunas County", "Kaunas District"),
    ("SK", "Mestská časť Bratislava - Nové Mesto", "Mestská časť Bratislava - Staré Mesto"),
    ("SK", "Mestská časť Košice - Sídlisko KVP", "Mestská časť Košice - Sídlisko Ťahanovce"),
    ("CZ", "Brno-Nový Lískovec", "Brno-Starý Lískovec"),
    ("SE", "Stadsdel Malmö Södra Innerstaden", "Stadsdel Malmö Västra Innerstaden"),
    ("FR", "Département de la Loire", "Département de la Loire-Atlantique"),
    ("EE", "Tartu linn", "Tartumaa"),
    ("HR", "Grad Dubrovnik", "Dubrovnik-Neretva County"),
    ("CN", "Guangzhou", "Guangdong"),
    ("GB", "West Yorkshire Combined Authority", "North Yorkshire County Council"),
    ("ES", "Mancomunitat de la Ribera Alta", "Mancomunitat de la Ribera Baixa"),
    ("FI", "Regional Council of North Savo", "Pohjois-Karjalan liitto"),
    ("DE", "Stadt Euskirchen", "Kreis Euskirchen"),
    ("FR", "La Roche-sur-Yon", "La Roche s/Foron"),
    ("FR", "Loire", "Haute-Loire"),
    ("NL", "North Holland", "South Holland"),
    ("PL", "West Pomerania", "Pomerania"),
    ("ES", "Comunidad de Madrid", "Ayuntamiento de Madrid"),
    ("IT", "University of Bologna", "Università di Padova"),
    ("NL", "Port of Rotterdam", "Erasmus University Rotterdam"),
    ("DE", "Rothenburg ob der Tauber", "Regensburg"),
]
NOBODY_CAN_TELL = [
    ("DE", "Region Stuttgart", "Regierungsbezirk Stuttgart"),
    ("DE", "Region München", "Landkreis München"),
    ("FR", "Région Pays de la Loire", "Département de la Loire"),
    ("SK", "Nitra Region", "Nitra District"),
    ("CZ", "Olomouc Region", "Okres Olomouc"),
    ("PL", "Lublin Region", "Lublin County"),
    ("NL", "Regio Utrecht", "Provincie Utrecht"),
    ("LV", "Riga Region", "Riga District"),
    ("SK", "Mestská časť Košice - Ťahanovce", "Mestská časť Košice - Sídlisko Ťahanovce"),
    ("CZ", "Praha 4 - Libuš", "Praha 4 - Kunratice"),
    ("CZ", "Brno-střed", "Brno - Centre"),
    ("DE", "Land Berlin", "Stadt Berlin"),
    ("DE", "Land Hamburg", "Freie und Hansestadt Hamburg"),
    ("DE", "Freie Hansestadt Bremen", "Land Bremen"),
    ("AT", "Land Wien", "Stadt Wien"),
    ("BE", "Brussels Capital Region", "City of Brussels"),
    ("BE", "Région de Bruxelles-Capitale", "Brussels"),
    ("NO", "Oslo fylkeskommune", "Oslo kommune"),
    ("DE", "Verbandsgemeinde Daun", "Verbandsgemeinde Dahn"),
    ("DE", "Samtgemeinde Hage", "Samtgemeinde Hagen"),
    ("ES", "Diputación de Almería", "Almería"),
    ("PT", "Associação de Municípios do Algarve", "AMAL - Comunidade Intermunicipal do Algarve"),
    ("HN", "Distrito Central (Tegucigalpa)", "Tegucigalpa"),
    ("DE", "Bischofsheim a.d. Rhön", "Bischofsheim"),
    ("GB", "City of London Corporation", "City of London"),
    ("AT", "Universität Wien", "University of Vienna"),
    ("DE", "Hafen Hamburg", "Port of Hamburg"),
    ("BE", "KU Leuven", "Katholieke Universiteit Leuven"),
    ("LT", "Anykščiai", "Anykščių rajonas"),
    ("US", "LA", "Los Angeles"),
    ("CO", "Santa Fe de Bogotá", "Bogotá D.C."),
    ("GB", "Convention of Scottish Local Authorities", "COSLA"),
    ("GB", "Royal Borough of Greenwich", "Greenwich"),
    ("IT", "Isola Capo Rizzuto", "Isola di Capo Rizzuto"),
    ("BE", "Bruxelles-Ville", "City of Brussels"),
    ("GB", "Wales", "Welsh Government"),
    ("CH", "Bâle-Ville", "Basel-Stadt"),
    ("EC", "Distrito Metropolitano de Quito", "Quito"),
    ("ES", "Puerto de Málaga", "Autoridad Portuaria de Málaga"),
    ("ES", "Aire métropolitaine de Barcelone", "Area Metropolitana de Barcelona (AMB)"),
    ("MT", "Fédération des conseils locaux de Malte", "Local Councils' Association (Malta)"),
]
SURELY_ONE = [
    ("IT", "Provincia di Roma", "Città metropolitana di Roma Capitale"),
    ("LT", "Jonava", "Jonavos rajono savivaldybė"),
    ("IT", "Regione Toscana", "Tuscany Region"),
    ("CZ", "Jihomoravský kraj", "South Moravian Region"),
    ("GR", "Περιφέρεια Αττικής", "Attica Region"),
    ("SE", "Stockholms län", "Stockholm County"),
    ("LT", "Kauno apskritis", "Kaunas County"),
    ("PT", "Junta de Freguesia de Arroios", "Freguesia de Arroios"),
    ("SK", "Bratislava - Nové Mesto", "Mestská časť Bratislava - Nové Mesto"),
    ("HU", "Budapest VIII. kerület (Józsefváros)", "Budapest VIII."),
    ("HU", "Budapest VIII. kerület (Józsefváros)", "Budapest Józsefváros"),
    ("DE", "Landkreis Holzminden", "Landkreis Holzmindn"),
    ("IT", "Autonome Provinz Bozen – Südtirol", "Autonomous Province of Bolzano"),
    ("IT", "Città metropolitana di Torino", "Metropolitan City of Turin"),
    ("FI", "Uudenmaan liitto", "Helsinki-Uusimaa Regional Council"),
    ("FI", "Pirkanmaan liitto", "Council of Tampere Region"),
    ("FI", "Österbottens förbund", "Regional Council of Ostrobothnia"),
    ("DK", "Region Hovedstaden", "Capital Region of Denmark"),
    ("GR", "Περιφέρεια Κεντρικής Μακεδονίας", "Region of Central Macedonia"),
    ("ES", "Arabako Foru Aldundia", "Diputación Foral de Álava"),
    ("HU", "Baranya Vármegyei Önkormányzat", "Baranya County"),
    ("NL", "Provinsje Fryslân", "Province of Friesland"),
    ("CZ", "Ústecký kraj", "Usti Region"),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return open_names(open_outside({}))


@pytest.mark.parametrize(("country", "old", "new"), ONE_BODY)
def test_one_body_neither_left_nor_joined(names, country, old, new):
    for there in (changes(names, country, [old], [new]), changes(names, country, [new], [old])):
        assert {change for change, _, _ in there} <= {"renamed", "unclear"}


@pytest.mark.parametrize(("country", "old", "new"), TWO_BODIES)
def test_of_two_bodies_one_left_and_one_joined(names, country, old, new):
    assert changes(names, country, [old], [new]) == {("left", old, ""), ("joined", "", new)}


@pytest.mark.parametrize(("country", "old", "new"), NOBODY_CAN_TELL)
def test_what_may_be_one_body_or_two_is_unclear(names, country, old, new):
    for there in (changes(names, country, [old], [new]), changes(names, country, [new], [old])):
        assert {change for change, _, _ in there} == {"unclear"}


@pytest.mark.parametrize(("country", "old", "new"), SURELY_ONE)
def test_one_kind_with_one_name_area_or_number_is_one_body(names, country, old, new):
    assert changes(names, country, [old], [new]) == {("renamed", old, new)}


def test_the_body_of_another_level_leaves_though_its_namesake_stays(names):
    found = changes(names, "DE", ["Landkreis Kassel", "Regierungsbezirk Kassel"], ["Landkreis Kassel"])
    assert found == {("left", "Regierungsbezirk Kassel", "")}


def test_a_city_that_is_a_land_is_the_land_though_its_list_tells_other_lands(names):
    others = ["Land Hessen", "Land Brandenburg", "Land Thüringen", "Freistaat Sachsen", "Freistaat Bayern"]
    assert {change for change, _, _ in changes(names, "DE", ["Stadt Berlin", *others], ["Land Berlin", *others])} == {"unclear"}


def test_a_city_leaves_though_the_body_around_it_stays_under_another_name(names):
    found = changes(names, "FR", ["Lyon", "Grand Lyon"], ["Métropole de Lyon"])
    assert found == {("left", "Lyon", ""), ("renamed", "Grand Lyon", "Métropole de Lyon")}


def test_a_name_alone_may_be_the_body_around_a_city_though_its_list_tells_such_bodies(names):
    others = ["Bordeaux Métropole", "Rennes Métropole", "Metz Métropole", "Lille Métropole", "Nantes Métropole"]
    for there in ([], others):
        found = changes(names, "FR", ["Nancy", *there], ["Grand Nancy", *there])
        assert found == {("unclear", "Nancy", "Grand Nancy")}


def test_a_body_that_says_what_it_is_goes_with_its_like_before_the_bare_name(names):
    found = changes(names, "FR", ["Nancy", "Grand Nancy - CU"], ["Grand Nancy Métropole"])
    assert ("left", "Nancy", "") in found
    assert not [name for change, _, name in found if change == "joined"]


def test_a_city_beside_the_region_that_is_this_city_is_no_news(names):
    found = changes(names, "BE", ["Brussels-Capital Region"], ["Brussels", "Brussels Capital Region"])
    assert {change for change, _, _ in found} == {"renamed", "unclear"}
    assert ("unclear", "Brussels-Capital Region", "Brussels") in found


REGIONS_IN_FRENCH = {
    "Toscane": "Tuscany",
    "Ombrie": "Umbria",
    "Ligurie": "Liguria",
    "Sicile": "Sicily",
    "Sardaigne": "Sardinia",
    "Pouilles": "Apulia",
    "Latium": "Lazio",
    "Marches": "Marche",
    "Piémont": "Piedmont",
    "Émilie-Romagne": "Emilia-Romagna",
}


def test_a_region_whose_name_nobody_knows_may_be_any_left_over_in_its_country_where_the_language_changed(names):
    found = changes(names, "IT", [*REGIONS_IN_FRENCH, "Qoxvilie"], [*REGIONS_IN_FRENCH.values(), "Veneto"])
    assert {(change, old or new) for change, old, new in found if change != "renamed"} == {("unclear", "Qoxvilie"), ("unclear", "Veneto")}
    found = changes(names, "IT", [*REGIONS_IN_FRENCH, "Qoxvilie"], [*REGIONS_IN_FRENCH, "Veneto"])
    assert found == {("left", "Qoxvilie", ""), ("joined", "", "Veneto")}
    found = changes(names, "IT", [*REGIONS_IN_FRENCH, "Lombardie"], [*REGIONS_IN_FRENCH.values(), "Veneto"])
    assert {row for row in found if row[0] != "renamed"} == {("left", "Lombardie", ""), ("joined", "", "Veneto")}


def test_what_is_left_over_of_a_surer_pair_has_joined(names):
    found = changes(names, "DE", ["Berlin"], ["Land Berlin", "Berlin-Mitte"])
    assert ("joined", "", "Berlin-Mitte") in found
    assert not [name for change, name, _ in found if change == "left"]


def test_on_captured_lists_a_recorded_body_under_another_print_waits_for_a_person(names):
    network: Network = open_registry(open_outside({})).networks["eurocities"]
    body = names.resolve(network, "Diputació de Barcelona", "Spain").place_id
    other = names.resolve(network, "Barcelona Provincial Council", "Spain")
    assert body
    assert other.place_id == ""
    assert body in other.suggestions
    assert body not in names.resolve(network, "Girona Provincial Council", "Spain").suggestions


def test_a_namesake_that_its_list_prints_beside_the_name_alone_is_another_body(names):
    found = changes(names, "FR", ["Saint-Denis"], ["Saint-Denis", "Saint-Denis (La Réunion)"])
    assert found == {("joined", "", "Saint-Denis (La Réunion)")}
    assert changes(names, "NL", ["Bergen", "Bergen (L)"], ["Bergen"]) == {("left", "Bergen (L)", "")}


def test_of_two_namesakes_that_say_more_the_lesser_one_joined_beside_a_name_alone(names):
    found = changes(names, "DE", ["Frankfurt"], ["Frankfurt (Oder)", "Frankfurt am Main"])
    assert found == {("unclear", "Frankfurt", "Frankfurt am Main"), ("joined", "", "Frankfurt (Oder)")}


def test_a_name_alone_stays_open_where_only_the_lesser_namesake_is_on_the_other_list(names):
    assert changes(names, "DE", ["Frankfurt"], ["Frankfurt (Oder)"]) == {("unclear", "Frankfurt", "Frankfurt (Oder)")}
