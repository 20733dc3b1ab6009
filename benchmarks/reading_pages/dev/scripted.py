"""Families whose members stand in scripts, or twice, or in form fields: tickers, maps, Next.js, JSON answers, selects."""

import json
from html import escape

from reading_pages.dev.by_hand import BUILT, HANDMADE
from reading_pages.dev.layout import page
from reading_pages.dev.markup import each, el, link
from reading_pages.dev.subject import Member, Subject
from reading_pages.dev.themes import Theme, fixed
from reading_pages.dev.words import country

TAILWIND = Theme(
    "nextjs",
    fixed(
        {"list": "grid grid-cols-2 gap-4", "item": "rounded-lg p-4", "heading": "text-2xl font-bold", "link": "underline"},
        "mx-auto max-w-7xl px-4",
    ),
    section="section",
    wraps=3,
)
PLACE_TYPES = ("Feature", "Point")


def ticker(s: Subject) -> bytes:
    """Names that run through the page: printed twice or three times, so that the loop has no gap."""
    copies, tag = s.chance.choice((2, 2, 2, 3)), s.chance.choice(("span", "li", "div"))
    form = s.chance.choice(("{}", "{}", "{}, {}"))
    items = each(tag, (escape(form.format(m.name, m.country) if m.country else m.name) for m in s.members), class_="marquee__item")
    track = el("ul" if tag == "li" else "div", items, class_="marquee__content")
    again = el("ul" if tag == "li" else "div", items, class_="marquee__content", aria_hidden="true")
    joined = el("div", track + again * (copies - 1), class_="marquee")
    if s.chance.random() < 0.4:
        joined = el("div", el("div", items * copies, class_="ticker-track"), class_="ticker")
    return page(s, s.chance.choice((BUILT, HANDMADE)), joined)


def city_map(s: Subject) -> bytes:
    """A map's points: in a script, in an attribute, as GeoJSON; perhaps with a list beside it."""
    made = s.chance.choice((_markers, _attribute, _features))
    beside = el("ul", each("li", (link(m.name, f"#{m.slug}") for m in s.members)), class_="map-list") if s.chance.random() < 0.4 else ""
    return page(s, s.chance.choice((BUILT, HANDMADE)), made(s) + beside)


def _point(s: Subject) -> tuple[float, float]:
    return round(s.chance.uniform(-9, 32), 4), round(s.chance.uniform(36, 66), 4)


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def _markers(s: Subject) -> str:
    """The array of a map plug-in, as JSON or as JavaScript."""
    rows = []
    for number, member in enumerate(s.members):
        x, y = _point(s)
        rows.append({"id": number, "title": member.name, "lat": str(y), "lng": str(x), "country": member.country, "url": f"/{member.slug}"})
    script = f"var map_settings = {{zoom: 4, center: [50.1, 9.7]}};\nvar markers = {_dumped(rows)};\ninitMap(markers);"
    return el("div", "", id="map", class_="map-canvas") + el("script", script)


def _attribute(s: Subject) -> str:
    rows = [{"name": m.name, "coordinates": "{1},{0}".format(*_point(s)), "link": f"/{m.slug}"} for m in s.members]
    return el("div", el("noscript", "JavaScript"), class_="js-map", data_points=_dumped(rows))


def _features(s: Subject) -> str:
    feature, point = PLACE_TYPES
    features = [
        {
            "type": feature,
            "geometry": {"type": point, "coordinates": _point(s)},
            "properties": {"city": m.name, "country": m.country, "year": m.year},
        }
        for m in s.members
    ]
    data = _dumped({"type": "FeatureCollection", "features": features})
    return el("div", "", id="leaflet") + el("script", data, type="application/json", id="members-geojson")


def nextjs(s: Subject) -> bytes:
    """Next.js: the list in the markup, in its data, or in both."""
    where = s.chance.choice(("markup", "data", "both"))
    data = {
        "props": {"pageProps": {"locale": s.language, "menu": [{"title": t} for t in s.towns[:4]], "cities": [_node(m) for m in s.members]}}
    }
    script = el("script", _dumped({**data, "page": "/members", "buildId": "x7Yk2"}), id="__NEXT_DATA__", type="application/json")
    cards = (
        el(
            "a",
            el(
                "h3",
                el("span", escape(f"{s.say('since')} {m.year}"), class_="block text-sm") + el("span", escape(m.name)),
                class_="text-lg",
            ),
            href=m.slug,
        )
        for m in s.members
    )
    shown = (
        el("ul", each("li", cards, class_="border-b py-2"), class_="divide-y") if where != "data" else el("div", "", class_="animate-pulse")
    )
    return page(s, TAILWIND, shown + (script if where != "markup" else ""))


def register_data(s: Subject) -> bytes:
    """Thousands of members in the data of a map."""
    return page(s, HANDMADE, _features(s))


def _node(member: Member) -> dict[str, object]:
    return {
        "id": f"c{len(member.slug)}{member.year}",
        "attributes": {"name": member.name, "slug": member.slug, "since": f"{member.year}-06-01"},
    }


def select_options(s: Subject) -> bytes:
    """A choice among the members, as pages have that lead to each member's profile."""
    first = el("option", "— " + escape(s.say("our_members")) + " —", value="")
    values = "".join(el("option", escape(m.name), value=m.slug) for m in s.members)
    chooser = el("select", first + values, name="city", id="city-select")
    return page(s, HANDMADE, el("form", el("label", escape(s.say("city"))), chooser, el("button", "OK"), class_="chooser"), most=4)


def rest(s: Subject) -> bytes:
    """What interfaces answer: WordPress' REST, an own one, GeoJSON, Strapi."""
    made = s.chance.choice((_wordpress_rest, _own, _geojson, _strapi))
    return json.dumps(made(s), ensure_ascii=s.chance.random() < 0.5).encode()


def _wordpress_rest(s: Subject) -> object:
    return [
        {
            "id": 4000 + number,
            "date": f"{m.year}-05-04T10:00:00",
            "slug": m.slug,
            "status": "publish",
            "type": "city",
            "link": f"https://network.example/city/{m.slug}/",
            "title": {"rendered": escape(m.name)},
            "content": {"rendered": f"<p>{escape(s.say('quote'))}</p>", "protected": False},
            "acf": {"country": m.country, "member_since": m.year},
        }
        for number, m in enumerate(s.members)
    ]


def _own(s: Subject) -> object:
    members = [
        {"city": m.name, "country": {"iso": m.iso, "label": country(m.iso, s.language)}, "status": m.kind, "joined": m.year}
        for m in s.members
    ]
    return {"meta": {"total": len(members), "page": 1, "office": {"city": s.towns[0]}}, "members": members}


def _geojson(s: Subject) -> object:
    feature, point = PLACE_TYPES
    rows = [
        {"type": feature, "geometry": {"type": point, "coordinates": _point(s)}, "properties": {"Name": m.name, "Country": m.country}}
        for m in s.members
    ]
    return {"type": "FeatureCollection", "name": "members", "features": rows}


def _strapi(s: Subject) -> object:
    rows = [
        {"id": str(n), "attributes": {"name": m.name, "country": {"data": {"attributes": {"name": m.country}}}}}
        for n, m in enumerate(s.members)
    ]
    return {"data": {"networks": {"data": [{"attributes": {"name": s.network, "cities": {"data": rows}}}]}}}
