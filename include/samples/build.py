"""Builds the pages for replay from dated facts: `python include/samples/build.py [--to FOLDER]` (deterministic, standard library only).

Every page is our own plain markup and says so; what it states is in facts/*.csv and ../literature/oomen_2018_table1.csv.
pages.csv has one line a page: where it stands, which facts it shows and in what layout.
"""

import argparse
import csv
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE_1 = HERE.parent / "literature" / "oomen_2018_table1.csv"
REPORT_URL = "https://citiesofrefuge.eu/publications/transnational-city-networks-and-migration-policy"
REPORT_DATE = "2018-12"
REPORT_DAY = "2018-12-31"

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

HTML = "text/html; charset=utf-8"
CSV = "text/csv; charset=utf-8"

Fact = dict[str, str]
Member = tuple[str, str, str]
"""Name, country and kind of membership, each as the page shows it."""


def built() -> dict[str, str]:
    """Every file of the samples: path below the folder -> text."""
    files: dict[str, str] = {}
    asked: dict[str, list[tuple[str, str, str]]] = {}
    for page in _rows(HERE / "pages.csv"):
        facts = [f for f in _rows(HERE / "facts" / f"{page['facts']}.csv") if page["source_url"] in ("", f["source_url"])]
        folder = f"{page['network_id']}/{page['date']}"
        files[f"{folder}/{page['file']}"] = _members_page(page, facts)
        asked.setdefault(folder, []).append((facts[0]["source_url"], HTML, page["file"]))
    table = _table_1_page(_rows(TABLE_1))
    for network_id in TABLE_1_NETWORKS:
        files[f"{network_id}/{REPORT_DAY}/page.html"] = table
        asked[f"{network_id}/{REPORT_DAY}"] = [(REPORT_URL, HTML, "page.html")]
    files[f"statistics/{REPORT_DAY}/table1.csv"] = TABLE_1.read_bytes().decode("utf-8")
    asked[f"statistics/{REPORT_DAY}"] = [(f"{REPORT_URL}#table-1", CSV, "table1.csv")]
    for folder, requests in asked.items():
        lines = [f"{url},GET,200,{content_type},{file}" for url, content_type, file in requests]
        files[f"{folder}/requests.csv"] = "\n".join(["url,method,status,content_type,file", *lines, ""])
    return dict(sorted(files.items()))


def _rows(path: Path) -> list[Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _members_page(page: Fact, facts: list[Fact]) -> str:
    kinds = page["printed_kinds"].split("|")
    members = [_shown(fact, kinds) for fact in facts]
    total = f'<p class="total">The source prints a total of {page["total"]}.</p>\n' if page["total"] else ""
    body = total + LAYOUTS[page["layout"]](members)
    return _page(page["heading"], facts[0]["source_url"], facts[0]["source_date"], facts[0]["source_remark"], body)


def _shown(fact: Fact, kinds: list[str]) -> Member:
    """What the page shows of a fact: membership_kind only where it is one that the source itself prints."""
    kind = fact["membership_kind"]
    return fact["name_as_published"], fact["country_as_published"], kind if kind in kinds else ""


def _written(member: Member) -> str:
    name, country, _ = member
    return escape(f"{name} ({country})" if country else name)


def _list(members: list[Member]) -> str:
    return '<ul class="members">\n' + "".join(f"<li>{_written(member)}</li>\n" for member in members) + "</ul>"


def _paragraph(members: list[Member]) -> str:
    return f'<p class="members">{", ".join(map(_written, members))}</p>'


def _spans(members: list[Member]) -> str:
    """A list of which only some members have a country, which therefore stands in an element of its own."""
    items = (f'<li><span class="name">{escape(n)}</span> <span class="country">{escape(c)}</span></li>\n' for n, c, _ in members)
    return f'<ul class="members">\n{"".join(items)}</ul>'


def _cards(members: list[Member]) -> str:
    cards = (f'<div class="member"><h2>{escape(n)}</h2><p class="country">{escape(c)}</p></div>\n' for n, c, _ in members)
    return "".join(cards).rstrip("\n")


def _table(members: list[Member]) -> str:
    headings = ["City", "Country", *(["Role"] if any(kind for *_, kind in members) else [])]
    return _markup("members", headings, members)


LAYOUTS = {"list": _list, "paragraph": _paragraph, "spans": _spans, "cards": _cards, "table": _table}


def _table_1_page(facts: list[Fact]) -> str:
    body = _markup("table-1", [HEADINGS[column] for column in facts[0]], [tuple(fact.values()) for fact in facts])
    return _page("Transnational City Networks and Migration Policy, Table 1", REPORT_URL, REPORT_DATE, "", body)


def _markup(style: str, headings: list[str], rows: list[Member] | list[tuple[str, ...]]) -> str:
    """A table of as many columns as there are headings."""
    header = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row[: len(headings)]) + "</tr>\n" for row in rows)
    return f'<table class="{style}">\n<thead><tr>{header}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>'


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
