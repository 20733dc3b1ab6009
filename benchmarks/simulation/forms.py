"""The ways in which a site shows its list, as real HTML or JSON, and the rules by which a network file reads each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from simulation.prints import Row

FORMS = ("list", "cards", "table", "script", "json", "paged")
PART = 15
"""Members on one part of a paged list."""


@dataclass(frozen=True, slots=True)
class Form:
    """kind: one of FORMS; container: the name of class, variable or key that holds the members; total: whether their number is printed."""

    kind: str
    container: str
    title: str
    total: bool
    countries: bool


def address(network_id: str, part: int = 1) -> str:
    """Where the list, or a further part of it, is served."""
    return f"https://{network_id.replace('_', '-')}.example/members" + (f"?page={part}" if part > 1 else "")


def rules(form: Form, network_id: str, since: str) -> dict[str, object]:
    """The page of the network file that reads this form, strictly."""
    country = {"country": ".country" if form.kind == "cards" else "Country" if form.kind == "table" else "$.country"}
    pattern = {"pattern": "Name (Country)" if form.countries else "Name"}
    by_kind: dict[str, tuple[str, str, dict[str, str]]] = {
        "list": ("list", f"ul.{form.container} > li", pattern),
        "paged": ("list", f"ul.{form.container} > li", pattern),
        "cards": ("cards", f"div.{form.container}", {"name": "h3"} | (country if form.countries else {})),
        "table": ("table", f"table.{form.container}", {"name": "City"} | (country if form.countries else {})),
        "script": ("script", "$[*]", {"marker": f"var {form.container} =", "name": "$.title"} | (country if form.countries else {})),
        "json": ("json", f"$.{form.container}[*]", {"name": "$.name"} | (country if form.countries else {})),
    }
    reader, select, options = by_kind[form.kind]
    if form.kind != "json":
        options = {"must_contain": form.title, **options} | ({"total": r"We are (\d+) members"} if form.total else {})
    page: dict[str, object] = {"url": address(network_id), "reader": reader, "select": select, "options": options}
    page |= {"since": since, "verified_on": since}
    return page | ({"follow": {"by": "next_link", "select": "a.next"}} if form.kind == "paged" else {})


def bodies(form: Form, network_id: str, rows: Sequence[Row]) -> dict[str, tuple[str, bytes]]:
    """Address -> (content type, body) of every part of the list."""
    if form.kind == "json":
        items = [{"id": n, "name": row.name} | ({"country": row.country} if form.countries else {}) for n, row in enumerate(rows)]
        body = json.dumps({"site": form.title, form.container: items}, ensure_ascii=False)
        return {address(network_id): ("application/json; charset=utf-8", body.encode())}
    size = PART if form.kind == "paged" else max(1, len(rows))
    parts = [rows[at : at + size] for at in range(0, len(rows), size)] or [rows]
    found = {}
    for number, part in enumerate(parts, start=1):
        following = f"<a class='next' href='{address(network_id, number + 1)}'>Next</a>" if number < len(parts) else ""
        body = page(form, held(form, part), len(rows)).replace("<!-- next -->", following)
        found[address(network_id, number)] = ("text/html; charset=utf-8", body.encode())
    return found


def held(form: Form, rows: Sequence[Row]) -> str:
    """The members in their container."""
    if form.kind == "cards":
        country = "<span class='country'>{}</span>" if form.countries else ""
        cards = (f"<h3>{escape(row.name)}</h3>{country.format(escape(row.country))}" for row in rows)
        return "<section>" + "".join(f"<div class='{form.container}'>{card}</div>\n" for card in cards) + "</section>"
    if form.kind == "table":
        head = "<tr><th>City</th>" + ("<th>Country</th>" if form.countries else "") + "</tr>"
        cells = (f"<td>{escape(row.name)}</td>" + (f"<td>{escape(row.country)}</td>" if form.countries else "") for row in rows)
        return f"<table class='{form.container}'>{head}" + "".join(f"<tr>{cell}</tr>\n" for cell in cells) + "</table>"
    if form.kind == "script":
        items = [{"title": row.name} | ({"country": row.country} if form.countries else {}) for row in rows]
        data = json.dumps(items, ensure_ascii=False).replace("</", "<\\/")
        return f"<div id='map'></div><script>var {form.container} = {data}; draw({form.container});</script>"
    texts = (f"{row.name} ({row.country})" if form.countries else row.name for row in rows)
    return f"<ul class='{form.container}'>" + "".join(f"<li>{escape(text)}</li>\n" for text in texts) + "</ul><!-- next -->"


def page(form: Form, inside: str, total: int) -> str:
    """A page of the site around its list."""
    count = f"<p>We are {total} members in Europe.</p>" if form.total else "<p>Cities that work together.</p>"
    head = f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Members | {form.title}</title></head>"
    navigation = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/join'>Join us</a></li></ul></nav>"
    footer = "<footer><p>Contact the secretariat</p><ul><li>Imprint</li><li>Privacy</li></ul></footer>"
    return f"{head}<body>{navigation}<main><h1>{form.title}</h1>{count}{inside}</main>{footer}</body></html>"
