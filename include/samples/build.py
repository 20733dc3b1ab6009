"""Builds the pages for replay from dated facts: `python include/samples/build.py [--to FOLDER]` (deterministic, standard library only).

Every page is our own plain markup and says so; what it states is in facts/*.csv and ../literature/oomen_2018_table1.csv.
"""

import argparse
import csv
from calendar import monthrange
from dataclasses import dataclass
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE_1 = HERE.parent / "literature" / "oomen_2018_table1.csv"
REPORT_URL = "https://citiesofrefuge.eu/publications/transnational-city-networks-and-migration-policy"
REPORT_DATE = "2018-12"

TABLE_1_NETWORKS = (
    "arrival_cities",
    "eccar",
    "eurocities",
    "global_parliament_of_mayors",
    "icorn",
    "integrating_cities",
    "partnership_inclusion",
    "solidacities",
    "solidarity_cities",
)

HEADINGS = {
    "city": "City",
    "country_as_published": "Country",
    "eurocities": "Eurocities",
    "global_parliament_of_mayors": "Global Parliament of Mayors",
    "eccar": "ECCAR",
    "integrating_cities": "Integrating Cities",
    "solidacities": "Solidarities",  # as the report's table prints it; its text says Solidacities
    "arrival_cities": "Arrival Cities",
    "icorn": "ICORN",
    "partnership_inclusion": "Partnership on Inclusion",
    "solidarity_cities": "Solidarity Cities",
    "memberships": "#",
    "population": "Population",
    "size_class_as_published": "Size class",
    "capital": "Capital",
    "non_eu_percent": "Non-EU %",
    "politics": "Politics",
}

Fact = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One page to build: where its facts are and how it shows them. Only facts of `url` go on the page."""

    network_id: str
    facts: str
    url: str
    file: str
    heading: str
    layout: str


PACT_LIST = "https://de.m.wikipedia.org/wiki/Pakt_der_freien_St%C3%A4dte"
PACT_ARTICLE = "https://www.pactoffreecities.com/articles/kyiv-joins-the-pact-of-free-cities-hosted-by-the-czech-capital-prague"
COE_FEBRUARY = "http://www.coe.int/t/dg4/cultureheritage/culture/Cities/Newsletter/newsletter9_en.asp"
COE_JULY = "http://www.coe.int/t/dg4/cultureheritage/culture/cities/Newsletter/newsletter11/newsletter11_en.asp"
COE_FACTSHEET = "https://wcd.coe.int/ViewDoc.jsp?Ref=factsheet-interculturalcities&Language=lanEnglish"

SAMPLES = (
    Sample("pact_of_free_cities", "2019-12", PACT_LIST, "page.html", "Pakt der freien Städte", "list"),
    Sample("pact_of_free_cities", "2021-09", PACT_LIST, "page.html", "Pakt der freien Städte", "list"),
    Sample("pact_of_free_cities", "2022-09", PACT_LIST, "page.html", "Pakt der freien Städte", "list"),
    Sample("pact_of_free_cities", "2022-09", PACT_ARTICLE, "article.html", "Pact of Free Cities: Kyiv joins", "list"),
    Sample("intercultural_cities", "2009-03", COE_FACTSHEET, "page.html", "Intercultural cities: pilot cities", "paragraph"),
    Sample("intercultural_cities", "2010-02", COE_FEBRUARY, "page.html", "Intercultural cities: pilot cities", "list"),
    Sample("intercultural_cities", "2010-07", COE_JULY, "page.html", "Intercultural cities: pilot cities", "list"),
)


def last_day(date: str) -> str:
    """The date itself, or the last day of a source's month or year: what is said of a month is known to hold when it ends."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return date
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


def built() -> dict[str, str]:
    """Every file of the samples: path below the folder -> text."""
    files: dict[str, str] = {}
    requests: dict[str, list[tuple[str, str]]] = {}
    for sample in SAMPLES:
        facts = [fact for fact in _rows(HERE / "facts" / f"{sample.network_id}__{sample.facts}.csv") if fact["source_url"] == sample.url]
        folder = f"{sample.network_id}/{last_day(facts[0]['source_date'])}"
        files[f"{folder}/{sample.file}"] = _members_page(sample, facts)
        requests.setdefault(folder, []).append((sample.url, sample.file))
    table = _table_page(_rows(TABLE_1))
    for network_id in TABLE_1_NETWORKS:
        folder = f"{network_id}/{last_day(REPORT_DATE)}"
        files[f"{folder}/page.html"] = table
        requests[folder] = [(REPORT_URL, "page.html")]
    for folder, asked in requests.items():
        lines = [f"{url},GET,200,text/html; charset=utf-8,{file}" for url, file in asked]
        files[f"{folder}/requests.csv"] = "\n".join(["url,method,status,content_type,file", *lines, ""])
    return dict(sorted(files.items()))


def _rows(path: Path) -> list[Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _members_page(sample: Sample, facts: list[Fact]) -> str:
    written = [escape(_written(fact)) for fact in facts]
    if sample.layout == "paragraph":
        body = f'<p class="members">{", ".join(written)}</p>'
    else:
        body = '<ul class="members">\n' + "".join(f"<li>{name}</li>\n" for name in written) + "</ul>"
    return _page(sample.heading, sample.url, facts[0]["source_date"], facts[0]["source_remark"], body)


def _written(fact: Fact) -> str:
    country = fact["country_as_published"]
    return f"{fact['name_as_published']} ({country})" if country else fact["name_as_published"]


def _table_page(facts: list[Fact]) -> str:
    header = "".join(f"<th>{escape(HEADINGS[column])}</th>" for column in facts[0])
    rows = "".join("<tr>" + "".join(f"<td>{escape(value)}</td>" for value in fact.values()) + "</tr>\n" for fact in facts)
    body = f'<table class="table-1">\n<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'
    return _page("Transnational City Networks and Migration Policy, Table 1", REPORT_URL, REPORT_DATE, "", body)


def _page(heading: str, url: str, date: str, remark: str, body: str) -> str:
    """A page that says, to readers and to programs, that it is rebuilt and from what."""
    rebuilt = "page rebuilt by this project from facts stated at"
    source = f"{url}, {date}" + (f" ({remark})" if remark else "")
    linked = f'<a href="{escape(url)}">{escape(url)}</a>, {date}' + (f" ({escape(remark)})" if remark else "")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(heading)}</title>\n'
        f'<meta name="origin" content="reconstructed: {rebuilt} {escape(source)}; not an original">\n'
        f'</head>\n<body>\n<p class="rebuilt">{rebuilt.capitalize()} {linked}; not an original.</p>\n'
        f"<h1>{escape(heading)}</h1>\n{body}\n</body>\n</html>\n"
    )


def main() -> None:
    """Write every file below --to (default: beside this command)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, default=HERE)
    folder = parser.parse_args().to
    for name, text in built().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
