"""Lists of members as data inside a page or instead of one: what a front end is handed, what an interface answers."""

import html
from collections.abc import Sequence
from typing import Any

from .members import Member
from .surroundings import Item, Surroundings


def _country(member: Member) -> dict[str, Any]:
    return {"country": {"name": member.country, "code": member.code}} if member.country else {}


def _teasers(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [{"slug": item.slug, "title": item.title, "city": item.town, "date": item.date, "summary": item.line} for item in items]


def blocks(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """A page of blocks as an editor put it together: one block lists the members, others tease news and show logos."""
    items = [{"id": m.number, "heading": m.name, "href": f"/m/{m.slug}", "since": m.year, **_country(m)} for m in members]
    page = [
        {"_type": "hero", "heading": "Members", "text": around.quotes[0].title},
        {"_type": "memberGrid", "items": items},
        {"_type": "teasers", "items": _teasers(around.news)},
        {"_type": "logos", "items": [{"alt": name, "src": f"/{number}.svg"} for number, name in enumerate(around.partners)]},
    ]
    options = [{"value": number, "label": label} for number, label in enumerate(around.countries)]
    return {"props": {"pageProps": {"page": {"blocks": page}, "filters": {"countries": options}}}, "page": "/members", "buildId": "k3"}


def cache(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """A cache of a GraphQL client: every object under its type and number, countries by reference."""
    entries: dict[str, Any] = {"ROOT_QUERY": {"__typename": "Query", "cities": [{"__ref": f"City:{m.number}"} for m in members]}}
    for m in members:
        reference = {"country": {"__ref": f"Country:{m.code}"}} if m.country else {}
        entries[f"City:{m.number}"] = {"__typename": "City", "id": str(m.number), "name": m.name, **reference, "slug": m.slug}
    entries |= {f"Country:{m.code}": {"__typename": "Country", "code": m.code, "name": m.country} for m in members if m.country}
    entries |= {f"Post:{number}": {"__typename": "Post", **teaser} for number, teaser in enumerate(_teasers(around.news))}
    return {"props": {"pageProps": {"initialApolloState": entries}}, "page": "/[locale]/cities", "query": {"locale": "en"}}


def entries(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """The answer of a headless content system: fields under fields, assets beside."""
    items = []
    for m in members:
        fields = {"cityName": m.name, "memberSince": m.date, "logo": {"sys": {"type": "Link", "id": f"a{m.number}"}}}
        country = {"countryName": m.country} if m.country else {}
        items.append({"sys": {"id": f"e{m.number}", "contentType": "member"}, "fields": fields | country})
    events = [{"sys": {"id": f"v{number}"}, "fields": teaser} for number, teaser in enumerate(_teasers(around.events))]
    return {"props": {"pageProps": {"members": {"items": items, "total": len(items)}, "events": {"items": events}}}, "page": "/members"}


def redux(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """The state of a store of a front end: objects by number and the order of their numbers."""
    cities = {str(m.number): {"id": m.number, "label": m.name, "countryCode": m.code if m.country else None} for m in members}
    offices = [{"street": office.title, "town": office.line} for office in around.offices]
    return {
        "router": {"location": {"pathname": "/members", "search": ""}},
        "entities": {"cities": {"byId": cities, "allIds": list(cities)}, "posts": _teasers(around.news)},
        "ui": {"locale": "en", "languages": list(around.languages), "offices": offices},
    }


def features(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """The members as points of a map (GeoJSON, RFC 7946: longitude first, degrees)."""
    found = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [m.longitude, m.latitude]},
            "properties": {"name": m.name, "since": m.year} | ({"country": m.country} if m.country else {}),
        }
        for m in members
    ]
    return {"type": "FeatureCollection", "name": "members", "features": found}


def item_list(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """The members as schema.org's ItemList."""
    elements = [
        {"@type": "ListItem", "position": m.number, "item": {"@type": "City", "name": m.name, "url": f"https://{m.slug}.example"}}
        for m in members
    ]
    return {"@context": "https://schema.org", "@type": "ItemList", "numberOfItems": len(elements), "itemListElement": elements}


def posts(members: Sequence[Member], around: Surroundings) -> list[dict[str, Any]]:
    """What a WordPress interface answers: markup in the titles, own fields nested under "acf"."""
    return [
        {
            "id": 4000 + m.number,
            "date": f"{m.year}-05-04T09:12:00",
            "slug": m.slug,
            "type": "member",
            "link": f"https://network.example/member/{m.slug}/",
            "title": {"rendered": html.escape(m.name).replace("&amp;", "&#038;")},
            "content": {"rendered": f"<p>{html.escape(around.quotes[0].title)}</p>\n", "protected": False},
            "acf": {"details": {"country": m.country, "population": m.population, "address": f"{m.street}"}, "featured": m.noted},
        }
        for m in members
    ]


def records(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """What a table service answers: rows of fields with the labels of the table's columns."""
    rows = [
        {"id": f"rec{m.number:05}", "createdTime": f"{m.year}-01-02T00:00:00Z", "fields": {"City": m.name, "Country": m.country}}
        for m in members
    ]
    return {"records": rows, "offset": None}


def faceted(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """What a search index answers: hits, and counts by country beside."""
    hits = [
        {"_id": f"m{m.number}", "_score": None, "_source": {"title": m.name, "field_country": m.country, "nid": 70 + m.number}}
        for m in members
    ]
    counts = [{"key": label, "doc_count": count} for label, count in around.stats]
    return {"took": 3, "hits": {"total": {"value": len(hits)}, "hits": hits}, "aggregations": {"country": {"buckets": counts}}}


def by_country(members: Sequence[Member], around: Surroundings) -> dict[str, Any]:
    """Names alone, under the country they lie in."""
    countries: dict[str, list[str]] = {}
    for m in members:
        countries.setdefault(m.country, []).append(m.name)
    return {"updated": "2025-11-03", "members": countries, "contact": {"street": around.offices[0].title, "city": around.offices[0].town}}


STATES = {
    "blocks": blocks, "cache": cache, "entries": entries, "redux": redux, "features": features, "item_list": item_list,
    "posts": posts, "records": records, "faceted": faceted, "by_country": by_country,
}  # fmt: skip
