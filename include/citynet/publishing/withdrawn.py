"""What a release says without a withdrawn body or membership: its rows, its pages and its feeds, each a pure function of the old one."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from citynet.model import Row
from citynet.publishing.list_pages import BLANKED, Entries, Printed, entries_of, shown_without
from citynet.publishing.rebuilt_pages import SHORTEST, Entry, mentions

_ROWS_OF_A_MEMBERSHIP = (
    *("memberships", "membership_spells", "membership_changes", "record_changes", "corrections", "judgements"),
    "network_bodies",
)
_WORDS = ("quality", "review_cases", "judgements", "unresolved_names", "corrections", "replication", "sources", "table1_comparison")
"""Tables whose words may name a body beside place_id."""
_OF_A_NETWORK = ("networks", "network_relations", "network_functions", "network_bodies", "network_funding", "legitimacy_evidence")
"""Tables from the files of networks: what they tell stays, without the body's name."""
_CALLED = {
    **{"networks": ("name", "also_called"), "network_bodies": ("name",), "network_funding": ("funder",)},
    **{"places": ("name",), "memberships": ("name_as_published",)},
}
"""Columns with names of networks and of other bodies: such a name stays though it may hold the body's (a process named after a city)."""
TELLING = frozenset({*_CALLED, "membership_changes", "record_changes", "corrections"})
"""The tables that tell how a body is called, who its namesakes are, and which changes go with it."""
_ONLY_POINTS = frozenset({"municipality_id", "candidates", "runner_up", "runner_up_ratio", "examples", "note", "decision_reason"})
"""Columns that are emptied where they name the body; in any other column the whole row goes."""
_BLOCK = re.compile(r"<(tr|li)\b[^>]*>.*?</\1>\n?", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*>.*?</t[dh]>", re.DOTALL)
_OF_A_CITY = re.compile(r'city/([^"/]+)\.html"')
_FIRST_SHOWN = '<h2 id="page-'
"""Where a list page begins to show the pages that this project rebuilt."""
_SECTION = re.compile(r'<section id="([^"]+)">')


Named = Mapping[str, Collection[str]]
"""place_id -> names that lists print for it."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A body withdrawn from everything (whole), or its membership in one network (network_id "" = in all)."""

    place_id: str
    network_id: str
    whole: bool

    def of(self, place_id: object, network_id: object) -> bool:
        """Whether it withdraws what a row says of this body in this network."""
        return place_id == self.place_id and (self.whole or self.network_id in ("", network_id))


@dataclass(frozen=True, slots=True)
class Gone:
    """A withdrawal with what a release calls the body: names as its tables print them. change_ids: of changes that go, by which feeds
    know their entries.

    kept: longer texts that hold one of the names and stay, as the name of a network; namesakes: ids of other bodies of that name.
    """

    withdrawal: Withdrawal
    names: frozenset[str]
    change_ids: frozenset[str]
    kept: frozenset[str] = frozenset()
    namesakes: frozenset[str] = frozenset()


def all_gone(withdrawals: Sequence[Withdrawal], tables: Mapping[str, Sequence[Row]], printed: Named) -> list[Gone]:
    """`gone` of each withdrawal."""
    return [gone(withdrawal, tables, printed) for withdrawal in withdrawals]


def named_and_kept(every: Sequence[Gone]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that stand on no rebuilt page any more, and the longer ones that stay there."""
    whole = [one for one in every if one.withdrawal.whole]
    return frozenset().union(*(one.names for one in whole)), frozenset().union(*(one.kept for one in whole))


def gone(withdrawal: Withdrawal, tables: Mapping[str, Sequence[Row]], printed: Named) -> Gone:
    """What a release says of the body, before anything of it goes; printed: names that its lists print."""
    called = [(p["place_id"], str(p["name"] or "")) for p in tables.get("places", ())]
    called += [(m["place_id"], str(m["name_as_published"] or "")) for m in tables.get("memberships", ())]
    called += [(withdrawal.place_id, name) for name in printed.get(withdrawal.place_id, ())]
    names = frozenset(name for place_id, name in called if place_id == withdrawal.place_id and len(name) >= SHORTEST)
    changes = [c for name in ("membership_changes", "record_changes") for c in tables.get(name, ()) if _is_about(c, withdrawal)]
    claims = [c for c in tables.get("corrections", ()) if _is_about(c, withdrawal)]
    return Gone(
        withdrawal,
        names,
        change_ids=frozenset([*(str(c["change_id"]) for c in changes), *(str(c["row_id"]) for c in claims)]),
        kept=_longer(tables, withdrawal.place_id, names) if withdrawal.whole else frozenset(),
        namesakes=frozenset(str(place_id) for place_id, name in called if place_id != withdrawal.place_id and name in names),
    )


def _longer(tables: Mapping[str, Sequence[Row]], place_id: str, names: frozenset[str]) -> frozenset[str]:
    """The longer names of networks and of other bodies in which one of the names stands."""
    found = ((row, c) for table, cs in _CALLED.items() for row in tables.get(table, ()) if row.get("place_id") != place_id for c in cs)
    parts = {part for row, column in found for part in str(row.get(column) or "").split("; ")}
    return frozenset(part for part in parts if part not in names and mentions(part, names))


def rows_without(table: str, rows: Sequence[Row], every: Sequence[Gone]) -> list[Row]:
    """The rows of a table without what is withdrawn, the others as they are. Cells may be text or typed."""
    kept = list(rows)
    for one in every:
        edited = (_edited(table, row, one) for row in kept)
        kept = [row for row in edited if row is not None]
    return kept


def tables_without(
    tables: Mapping[str, Sequence[Row]], withdrawals: Sequence[Withdrawal], printed: Named | None = None
) -> dict[str, list[Row]]:
    """All tables without what is withdrawn, with the counts that must agree with the memberships left. printed: names that lists
    print, which the tables may not tell any more."""
    every = all_gone(withdrawals, tables, printed or {})
    left = {name: rows_without(name, rows, every) for name, rows in tables.items()}
    return left | ({"networks": recounted(left["networks"], left["memberships"])} if every and "networks" in left else {})


def recounted(networks: Sequence[Row], memberships: Sequence[Row]) -> list[Row]:
    """The networks with members_counted as the memberships give it; a count that is empty stays so."""
    counted = [m["network_id"] for m in memberships if m["counted"] in (True, "true")]
    found = []
    for row in networks:
        now, before = counted.count(row["network_id"]), row["members_counted"]
        value = before if before in (None, "") else str(now) if isinstance(before, str) else now
        found.append({**row, "members_counted": value})
    return found


def page_without(path: str, page: str, every: Sequence[Gone], entries: Entries) -> str | None:
    """A page of the site without what is withdrawn: rows of tables and items of lists go, other mentions are replaced; None: the page
    goes. entries: the rows of the rebuilt pages that lists show, before anything was taken out."""
    rest, shown = _parted(page) if path.startswith("list/") else (page, "")
    for one in every:
        if one.withdrawal.whole and path == f"city/{one.withdrawal.place_id}.html":
            return None
        rest = _whole(path, rest, one) if one.withdrawal.whole else _membership(path, rest, one.withdrawal)
    if shown:
        shown = shown_without(shown, entries, *named_and_kept(every))
    return rest + shown


def page_entries(network_id: str, page: str, rows: Sequence[Printed], every: Sequence[Gone]) -> dict[str, set[Entry]]:
    """Hash of each rebuilt page that a list page shows -> its rows, and which of them go."""
    return entries_of(page, ((row, is_gone(row, network_id, every)) for row in rows))


def feed_without(path: str, document: bytes, every: Sequence[Gone]) -> bytes | None:
    """A feed (path below feeds/) without the entries of changes that go; None: the feed of a withdrawn body goes."""
    ids = frozenset().union(*(one.change_ids for one in every)) if every else frozenset()
    if any(one.withdrawal.whole and path.startswith(f"cities/{one.withdrawal.place_id}.") for one in every):
        return None
    if not any(change_id.encode() in document for change_id in ids):
        return document
    if path.endswith(".json"):
        feed = json.loads(document)
        feed["items"] = [item for item in feed["items"] if item["id"].rpartition(":")[2] not in ids]
        return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()
    text = document.decode()
    named = "|".join(sorted(ids))
    return re.sub(rf"\s*<entry>\s*<id>[^<]*:(?:{named})</id>.*?</entry>", "", text, flags=re.DOTALL).encode()


def _edited(table: str, row: Row, one: Gone) -> Row | None:
    withdrawal = one.withdrawal
    if not withdrawal.whole:
        return None if _is_of_membership(table, row, withdrawal) else row
    if row.get("place_id") == withdrawal.place_id:
        return None
    texts = {c: value for c, value in row.items() if isinstance(value, str) and value}
    words = (withdrawal.place_id, *(one.names if table in (*_WORDS, *_OF_A_NETWORK) else ()))
    told = "\n".join(texts.values())
    if not any(word in told for word in words):
        return row
    pointing = {c for c, value in texts.items() if mentions(value, words[:1])}
    naming = {c for c, value in texts.items() if mentions(value, words[1:], one.kept)}
    if row.get("place_id") in one.namesakes:
        naming = set()  # it keeps its name
    is_it = naming & {*_CALLED.get(table, ())}
    if pointing - _ONLY_POINTS or is_it or not (row.get("place_id") or table in _OF_A_NETWORK or naming <= _ONLY_POINTS):
        return None
    return _blanked(row, pointing | naming & _ONLY_POINTS, naming, one)


def _blanked(row: Row, empty: AbstractSet[str], naming: AbstractSet[str], one: Gone) -> Row:
    """The row with some cells emptied, and the names in others replaced."""
    without = "" if table_is_text(row) else None
    told = {c: _worded_without(str(row[c]), one.names, one.kept) for c in naming - empty}
    return {**row, **told, **dict.fromkeys(empty, without)} if empty or naming else row


def table_is_text(row: Row) -> bool:
    """Whether the row is of a CSV, where missing is ""."""
    return all(isinstance(value, str) for value in row.values())


def _is_of_membership(table: str, row: Row, withdrawal: Withdrawal) -> bool:
    if table == "place_connectivity":
        networks = str(row["network_ids"] or "").split(";")
        return row["place_id"] == withdrawal.place_id and (not withdrawal.network_id or withdrawal.network_id in networks)
    if table == "bridges":
        return any(withdrawal.of(row["place_id"], row[network]) for network in ("network_a", "network_b"))
    if table == "review_cases":
        return f" {withdrawal.network_id or row['network_id']}/{withdrawal.place_id}/" in f" {row['evidence']}".replace("row ", " ")
    return table in _ROWS_OF_A_MEMBERSHIP and _is_about(row, withdrawal)


def _is_about(row: Row, withdrawal: Withdrawal) -> bool:
    """Whether a row is about what is withdrawn; a name that was matched to another place is about both."""
    return any(withdrawal.of(row.get(column), row.get("network_id")) for column in ("place_id", "before", "after"))


def _whole(path: str, page: str, one: Gone) -> str:
    """The page without rows and items that lead to the body or name it, and without its name elsewhere: in rows about another place, and
    in those that tell what a network does."""
    from markupsafe import escape

    link, place_id = f"city/{one.withdrawal.place_id}.html", one.withdrawal.place_id
    own = path in {f"city/{namesake}.html" for namesake in one.namesakes}
    words = frozenset() if own else frozenset({*one.names, *(str(escape(name)) for name in one.names)})
    kept = frozenset({*one.kept, *(str(escape(phrase)) for phrase in one.kept)})
    if place_id not in page and not mentions(page, words):
        return page

    def left(block: re.Match[str]) -> str:
        about, first = set(_OF_A_CITY.findall(block[0])), _CELL.search(block[0])
        of_network = path.startswith("network/") and first is not None and not mentions(first[0], words, kept)
        named = not about and not of_network and mentions(block[0], words, kept)
        if place_id in about or mentions(block[0], [place_id]) or named:
            return ""
        return block[0] if about & one.namesakes else _worded_without(block[0], words, kept)

    parts = _between(_BLOCK.sub(left, page))
    texts = (_worded_without(_unlinked(p, link), {*words, place_id}, kept) if n % 2 == 0 else p for n, p in enumerate(parts))
    return "".join(texts)


def _unlinked(text: str, link: str) -> str:
    """Running text without what leads to the body; of a sorted enumeration nothing stays, for its neighbours would tell the name."""
    to_it = rf'<a href="[^"]*{re.escape(link)}">[^<]*</a>'
    return re.sub(to_it, BLANKED, re.sub(rf"(?:(?<=</a>), {to_it}|{to_it}, (?=<a ))", "", text))


def _between(page: str) -> list[str]:
    """The page in parts: running text, a row or item, running text, ..."""
    parts, at = [], 0
    for block in _BLOCK.finditer(page):
        parts += [page[at : block.start()], block[0]]
        at = block.end()
    return [*parts, page[at:]]


def _worded_without(text: str, words: Iterable[str], kept: Iterable[str]) -> str:
    """The text with (withdrawn) for each of the words, but in the phrases that are kept."""
    phrases = "|".join(re.escape(phrase) for phrase in sorted(set(kept), key=lambda p: (-len(p), p)))
    for word in sorted(filter(None, set(words)), key=lambda w: (-len(w), w)):
        if word in text:
            wanted = rf"(?<!\w){re.escape(word)}(?!\w)"
            found = re.compile(rf"({phrases})|{wanted}" if phrases else rf"(\0)|{wanted}")
            text = found.sub(lambda f: f[1] if f[1] is not None else BLANKED, text)
    return text


def is_gone(row: Printed, network_id: str, every: Sequence[Gone]) -> bool:
    """Whether a printed row is about what is withdrawn; an open name may be."""
    if row.place_id:
        return any(one.withdrawal.of(row.place_id, network_id) for one in every)
    return any(one.withdrawal.whole and row.name in one.names for one in every)


def _parted(page: str) -> tuple[str, str]:
    """A list page up to the first rebuilt page that it shows, and the rest."""
    start = page.find(_FIRST_SHOWN)
    return (page[:start], page[start:]) if start >= 0 else (page, "")


def _membership(path: str, page: str, withdrawal: Withdrawal) -> str:
    """Rows of the membership: on pages of the network those of the body, on the body's page those of the network."""
    body, network = f"city/{withdrawal.place_id}.html", f"network/{withdrawal.network_id}.html" if withdrawal.network_id else "network/"
    if path == body:
        page = re.sub(r'<p class="lede">.*?</p>', "", page, flags=re.DOTALL)
        return _BLOCK.sub(lambda block: "" if network in block[0] and "<nav" not in block[0] else block[0], page)
    of_network = not withdrawal.network_id or path in (network, f"representation/{withdrawal.network_id}.html")
    if of_network or path.startswith(f"list/{withdrawal.network_id}/"):
        return _BLOCK.sub(lambda block: "" if body in block[0] else block[0], page)
    parts = _SECTION.split(page)  # text, id, text, id, text ...
    for number in range(0, len(parts), 2):
        inside = number > 0 and parts[number - 1] == withdrawal.network_id
        parts[number] = _BLOCK.sub(lambda b, i=inside: "" if body in b[0] and (i or network in b[0]) else b[0], parts[number])
    return parts[0] + "".join(f'<section id="{name}">{text}' for name, text in zip(parts[1::2], parts[2::2], strict=True))
