"""How statistics are said on the site: flags, territories, ages, definitions of the European Union, and how far figures reach."""

from collections.abc import Sequence

from citynet.model import Row
from citynet.publishing.headlines import grouped
from citynet.publishing.site.covered import covered

FLAGS = {
    "b": "break in the series",
    "c": "confidential",
    "d": "definition differs",
    "e": "estimated",
    "f": "forecast",
    "m": "missing",
    "n": "too few cases",
    "p": "provisional",
    "r": "revised",
    "s": "estimated by Eurostat",
    "u": "low reliability",
    "z": "does not apply",
}
"""Eurostat's observation flags; its own word for n is one that readers take for importance."""
TERRITORIES = {
    "municipality": "municipality",
    "statistical_city": "statistical city",
    "greater_city": "greater city",
    "functional_urban_area": "functional urban area",
    "nuts3": "NUTS 3 region it lies in",
    "country": "country it lies in",
    "as_printed": "as printed; territory not stated",
}
"""Kinds of territory, from the smallest to the largest; the order of the tables on a place's page."""
CONTEXT = ("nuts3", "country")
CLASSES = {
    "S": "50 000 to 100 000",
    "M": "100 000 to 250 000",
    "L": "250 000 to 500 000",
    "XL": "500 000 to 1 million",
    "XXL": "1 to 5 million",
    "Global": "over 5 million",
}
UNIONS = {"EU27_2020": "27 since 2020", "EU28": "28 of 2013 to 2019", "EU27_2007": "27 of 2007 to 2012", "EU25": "25 of 2004 to 2006"}
UNIONS |= {"EU15": "15 of 1995 to 2003", "EU12": "12 of 1986 to 1994"}
BEGINNINGS = {
    "series_start": "the series starts",
    "break_flag": "Eurostat flags a break",
    "jump": "it jumps further than residents move",
    "eu_definition": "other countries count as the European Union",
}
SUBJECTS = ("statistical_cities", "member_municipalities", "residents")
FIGURES = ("population", "non_eu_citizens_share")
REACHED = {
    ("statistical_cities", "population"): "Statistical cities with residents known",
    ("statistical_cities", "non_eu_citizens_share"): "Statistical cities with a share of non-EU citizens",
    ("member_municipalities", "population"): "Member municipalities with residents known",
    ("member_municipalities", "non_eu_citizens_share"): "Member municipalities with a share of non-EU citizens",
    ("residents", "population"): "People who live in a statistical city with residents known",
    ("residents", "non_eu_citizens_share"): "People who live in a statistical city with a share of non-EU citizens",
}
"""What a column of coverage tells, by subject and indicator."""
SETS = {
    "municipality": "municipalities",
    "statistical_city": "statistical and greater cities",
    "functional_urban_area": "functional urban areas",
    "nuts3": "NUTS 3 regions",
    "country": "countries",
    "place": "places",
    "as_printed": "cities, as printed",
}
"""Of what a data set is."""
REASONS = {
    "within_10_percent": "within 10 percent of the city",
    "greater_city": "within 10 percent of the greater city",
    "municipality": "within 10 percent of the municipality",
    "other_year": "within 10 percent of another year",
    "larger_than_every_territory": "larger than every territory at hand",
    "smaller_than_every_territory": "smaller than every territory at hand",
    "between_territories": "between the territories at hand",
    "not_obtained": "no figure obtained",
    "within_1_point": "within 1 point",
    "over_1_point": "more than 1 point apart",
    "not_compared": "not compared: of another territory, or of another time",
}
"""What Table 1 of the report is to Eurostat's figures, by rule."""
OUTCOMES = {
    "new_vintage": "a new vintage",
    "nothing_new": "nothing new",
    "refused": "a newer vintage, refused by the checks",
    "unavailable": "not reached",
    "changed": "an answer of another shape",
    "forbidden": "not allowed",
    "misconfigured": "not asked: its file is broken",
    "never_asked": "never asked",
}


def flags(letters: object) -> str:
    """Eurostat's flags in words ("b: break in the series; e: estimated"); an en dash for none, the letter itself where it is unknown."""
    found = [letter for letter in str(letters or "") if letter.isalpha()]
    return "; ".join(f"{letter}: {FLAGS.get(letter, 'not explained')}" for letter in found) or "–"


def counted(value: object) -> str:
    """A count in groups of three, a share with one digit; an en dash where there is none."""
    if value is None:
        return "–"
    found = float(str(value))
    return grouped(round(found)) if found == round(found) else f"{found:.1f}"


def signed(value: object) -> str:
    """A difference with its sign and one digit; none is 0.0 without a sign, and a missing one an en dash."""
    if value is None:
        return "–"
    rounded = round(float(str(value)), 1)
    return f"{rounded:+.1f}" if rounded else "0.0"


def territory(kind: object) -> str:
    """Whose figure it is, in words."""
    return TERRITORIES.get(str(kind), str(kind).replace("_", " "))


def territories(kind: object) -> str:
    """Of what a data set is, in words."""
    return SETS.get(str(kind), "–") if kind else "–"


def reason(code: object) -> str:
    """How a figure of the report stands to Eurostat's, in words; an en dash where nothing is said."""
    return REASONS.get(str(code), str(code).replace("_", " ")) if code else "–"


def cited(citation: object) -> str:
    """A citation in short: without "Source:", and without the DOI and what follows it."""
    return str(citation).removeprefix("Source: ").split(" (doi:")[0]


def age(years: object) -> str:
    """How old a figure was at the newest input: "2 years old"; "" where its year is not known."""
    if years is None:
        return ""
    count = int(str(years))
    return "of that year" if count == 0 else f"{count} year{'' if count == 1 else 's'} old"


def union(definition: object) -> str:
    """Which countries counted as the European Union, in words; "" for no definition."""
    return f"EU of {UNIONS.get(str(definition), str(definition))}" if definition else ""


def beginning(trend: Row) -> str:
    """With what the stretch of a trend begins, and in which year."""
    year = f" in {trend['break_year']}" if trend["break_year"] is not None else ""
    by = trend["break_percent_a_year"]
    jump = f" ({signed(by)}\u00a0% a year)" if by is not None else ""
    return f"{BEGINNINGS.get(str(trend['begins_with']), str(trend['begins_with']))}{year}{jump}"


def outcome(dataset: Row) -> str:
    """When a data set was last asked for and what came of it."""
    said = OUTCOMES.get(str(dataset["last_outcome"]), str(dataset["last_outcome"]))
    return f"{dataset['last_asked_on']}: {said}" if dataset["last_asked_on"] else said


def reaches(rows: Sequence[Row], subjects: Sequence[str], country: object = None) -> list[str]:
    """How far figures reach, a sentence each: of the subjects, with each figure, in the country or in all; made of table coverage."""
    told = [covered(rows, subject, indicator, str(country or "")) for subject in subjects for indicator in FIGURES]
    return [sentence for sentence in told if sentence]
