"""What a page says beside its list: who it is of, where its terms stand, what total it prints, what else the site offers.

It serves a person who describes a page for the first time; nothing of it becomes data.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from citynet.model import Fetched
from citynet.reading.printed import HTML_TYPES, parsed, shown_text, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MOST = 8
"""So many links or totals of a kind are told."""

_TERMS = re.compile(
    r"\b(?:terms|imprint|impressum|legal|mentions? l[ée]gales?|avis[ou]? legal|note? legal[ie]|nutzungsbedingungen|nutzungshinweise"
    r"|conditions|condiciones|condizioni|copyright|disclaimer|colophon|colofon|regulamin|juridische?|rechtliche\w*)\b",
    re.IGNORECASE,
)
_BODIES = (
    r"members?|cities|towns|municipalities|local authorities|signator(?:y|ies)|Mitglied\w*|Mitgliedst?ädte\w*|Städten?|Kommunen|villes"
    r"|membres|communes|ciudades|miembros|municipios|città|comuni|membri|miast\w*|gmin\w*|członk\w*|steden|leden|gemeenten|cidades"
    r"|membros|städer|medlemm\w*|byer|kommuner"
)
_COUNT = r"\d{1,3}(?:[.,’'\u202f ]\d{3})+|\d{1,6}"
_TOTAL = re.compile(rf"(?<![\d.,/-])(?P<count>{_COUNT})(?P<words>\s+(?:[^\W\d]+\s+){{0,2}}(?:{_BODIES}))\b", re.IGNORECASE)
_HEADED = re.compile(rf"\b(?P<words>{_BODIES})(?P<mark>\s?[:(]\s?)(?P<count>{_COUNT})\b(?!\s*%)", re.IGNORECASE)
_FILES = re.compile(r"\.(?:csv|xlsx|pdf|geojson|json)$", re.IGNORECASE)
_OF_MEMBERS = re.compile(
    r"(?<![^\W_])(?:member|mitglied|membre|miembro|soci[^a-z]|membri|leden|signator|cit(?:y|ies)|st[aä]dte|villes|ciudades)", re.IGNORECASE
)
_MORE = re.compile(
    r"(?:load|show|view|see) (?:more|all)|mehr (?:laden|anzeigen)|alle anzeigen|(?:charger|voir|afficher) plus|(?:cargar|ver) más"
    r"|(?:carica|mostra) altr[io]|meer (?:laden|tonen)|pokaż więcej|załaduj więcej",
    re.IGNORECASE,
)


_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "dt"]
_COUNTED = re.compile(r"(?P<words>[^\d]{2,60}?)\s*[(\[:–—-]\s*(?P<count>\d{1,4})\s*[)\]]?")
_BODY = re.compile(
    rf"(?<!\w)(?:ex-?)?(?:{_BODIES}|member|city|town|municipality|mitglieds?|stadt|st[aä]dte|ville|ciudad)(?!\w)", re.IGNORECASE
)
_FORMER = re.compile(
    r"(?<!\w)(?:former|past|previous|withdrawn|ehemalig\w*|früher\w*|ausgetreten\w*|ancien(?:ne)?s?|antigu[oa]s|anterior\w*|ex|exmiembros"
    r"|passat[ie]|voormalige|vroegere|był[eiy]|byli|dawn[eiy]|tidigare|tidligere|entise\w*)(?!\w)",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    (
        *("our", "the", "list", "all", "home", "homepage", "welcome", "network", "about", "page", "directory", "map", "and", "who", "are"),
        *(
            "membership",
            "current",
            "news",
            "contact",
            "menu",
            "overview",
            "join",
            "unsere",
            "der",
            "die",
            "das",
            "liste",
            "alle",
            "startseite",
        ),
        *(
            "willkommen",
            "netzwerk",
            "über",
            "uns",
            "karte",
            "und",
            "aktuelle",
            "kontakt",
            "übersicht",
            "nos",
            "les",
            "des",
            "tous",
            "toutes",
        ),
        *("accueil", "bienvenue", "réseau", "carte", "actualités", "qui", "sommes", "nous", "lista", "los", "las", "del", "nuestros"),
        *("nuestras", "todos", "todas", "inicio", "bienvenidos", "red", "mapa", "quiénes", "somos", "nostri", "nostre", "elenco", "degli"),
        *("delle", "tutti", "tutte", "benvenuti", "rete", "mappa", "chi", "siamo", "onze", "lijst", "van", "netwerk", "nasi", "nasze"),
        *("wszystkie", "sieć", "strona", "główna", "aktualności"),
    )
)
"""Words that a heading of any network's page may hold."""


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A number of members that the page prints. text: with the words around it; pattern: regular expression that finds it again."""

    count: int
    text: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """names: what the page is called, the likeliest name of the network first; terms: addresses of terms and imprint, to be read.

    offered: addresses at which the site offers data or files of members; more: words of a control that loads further members.
    headings: as printed; counts: (words, number) of each that counts what stands below it ("Austria (5)"); former: the one over a
    list of former members, "" for none.
    """

    names: tuple[str, ...]
    terms: tuple[str, ...]
    totals: tuple[PrintedTotal, ...]
    offered: tuple[str, ...]
    more: str
    headings: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    former: str = ""


def surroundings(answer: Fetched) -> Surroundings:
    """What the answer says beside its list; of one that is no HTML the totals alone."""
    shown = shown_text(answer.body, answer.content_type)
    if answer.content_type.split(";")[0].strip().lower() not in HTML_TYPES or "<" not in shown + answer.body[:1000].decode("latin-1"):
        return Surroundings((), (), _totals(shown), (), "")
    tree = parsed(answer.body, answer.content_type, answer.url)
    links = _links(tree, answer.final_url or answer.url)
    terms = dict.fromkeys(url for words, url in links if _TERMS.search(words) or _TERMS.search(re.sub(r"[-_/]", " ", urlsplit(url).path)))
    controls = [text_of(node) for node in tree.find_all(["button", "a"])]
    more = next((words for words in controls if len(words) <= 40 and _MORE.search(words)), "")
    headings = tuple(filter(None, (text_of(node) for node in tree.find_all(_HEADINGS))))
    return Surroundings(
        names=_names(tree),
        terms=tuple(terms)[:MOST],
        totals=_totals(shown),
        offered=_offered(tree, links, answer.final_url or answer.url),
        more=more,
        headings=headings,
        counts=_counts(headings),
        former=next((words for words in headings if len(words) <= 80 and _FORMER.search(words) and _BODY.search(words)), ""),
    )


def known_by(around: Surroundings, name: str, shown: str) -> str:
    """Words of the page by which it is known from others: a heading that names the network, its name, another heading that says
    more than that members follow; "" for none. shown: the page's text, where they must stand. Numbers in them would change.
    """
    fit = [words for words in (*around.headings, name, *around.names) if words in shown and words.isprintable() and len(words) <= 120]
    telling = [words for words in fit if not re.search(r"\d", words) and not _is_general(words)]
    heads = [words for words in telling if words in around.headings and words != name and name.casefold() in words.casefold()]
    called = [words for words in (name, *around.names) if words in telling]
    return next(iter([*heads, *called, *telling]), "")


def _is_general(words: str) -> bool:
    """Whether the words may stand on the page of any network ("Our members", "Home")."""
    said = re.findall(r"[^\W\d_]+", words.casefold())
    return all(len(word) < 3 or word in _GENERAL or _BODY.fullmatch(word) for word in said)


def _counts(headings: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The headings with a number at their end; one that counts members in so many words is a total, and a year is none."""
    found = [hit for hit in map(_COUNTED.fullmatch, headings) if hit and not _BODY.search(hit["words"])]
    return tuple((hit["words"], int(hit["count"])) for hit in found if not 1900 <= int(hit["count"]) <= 2100)


def _names(tree: "BeautifulSoup") -> tuple[str, ...]:
    """The site's own name, the parts of the title (the site's name mostly stands last), the first heading."""
    site = tree.select_one('meta[property="og:site_name"][content]')
    title = tree.title.get_text() if tree.title else ""
    heading = tree.find("h1")
    parts = re.split(r"\s+[|–—·»:•-]\s+|\s*\|\s*", title)[::-1]
    found = [str(site["content"]) if site else "", *parts, text_of(heading) if heading else ""]
    return tuple(dict.fromkeys(name for name in (" ".join(text.split()) for text in found) if name))


def _links(tree: "BeautifulSoup", base: str) -> list[tuple[str, str]]:
    """(text, address) of every link to a page or file of the web; an address that can't be read is left out."""
    stated = tree.select_one("base[href]")
    found = []
    for node in tree.find_all("a", href=True):
        try:
            url = urljoin(urljoin(base, str(stated["href"])) if stated else base, str(node["href"]).strip())
            fits = urlsplit(url).scheme in ("http", "https")
        except ValueError:
            continue
        if fits and url.isprintable() and " " not in url:
            found.append((text_of(node), url))
    return found


def _totals(shown: str) -> tuple[PrintedTotal, ...]:
    """Each number before a word for members or cities, or after one; a bare year is none."""
    found: dict[str, PrintedTotal] = {}
    for hit in sorted([*_TOTAL.finditer(shown), *_HEADED.finditer(shown)], key=lambda hit: hit.start()):
        count = int(re.sub(r"\D", "", hit["count"]))
        if 1900 <= count <= 2100 and hit["count"].isdigit():
            continue
        number, words = r"(\d[\d.,’' ]*)", re.escape(hit["words"]).replace(r"\ ", " ")
        pattern = words + re.escape(hit["mark"]).replace(r"\ ", " ") + number if "mark" in hit.groupdict() else number + words
        around = " ".join(shown[max(0, hit.start() - 25) : hit.end() + 15].split())
        found.setdefault(hit[0], PrintedTotal(count, around, pattern))
    return tuple(found.values())[:MOST]


def _offered(tree: "BeautifulSoup", links: list[tuple[str, str]], base: str) -> tuple[str, ...]:
    """Addresses at which the list may stand as data: the interface of WordPress, and linked files that speak of members."""
    heads = tree.select('link[rel="https://api.w.org/"][href], link[rel~=alternate][type="application/json"][href]')
    data = [urljoin(base, str(node["href"])) for node in heads]
    files = [url for words, url in links if _FILES.search(urlsplit(url).path) and _OF_MEMBERS.search(f"{words} {urlsplit(url).path}")]
    return tuple(dict.fromkeys([*data, *files]))[:MOST]
