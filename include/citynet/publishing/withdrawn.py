"""What a release says without a withdrawn body or membership: its rows, its pages and its feeds, each a pure function of the old one."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from citynet.model import Row

INSTEAD = "(withdrawn)"
"""What stands where a page names a withdrawn body in running text."""
SHORTEST = 3
"""A shorter name (Å, Y) is looked for by id and link alone: as a word it means too much else."""
_ROWS_OF_A_MEMBERSHIP = (
    *("memberships", "membership_spells", "membership_changes", "record_changes", "corrections", "judgements"),
    "network_bodies",
)
_WORDS = ("quality", "review_cases", "judgements", "unresolved_names", "corrections", "replication", "sources")
"""Tables whose words may name a body beside place_id."""
_ONLY_POINTS = frozenset({"municipality_id", "candidates", "runner_up", "runner_up_ratio", "examples", "note", "decision_reason"})
"""Columns that are emptied where they name the body; in any other column the whole row goes."""
_BLOCK = re.compile(r"<(tr|li)\b[^>]*>.*?</\1>\n?", re.DOTALL)
_SECTION = re.compile(r'<section id="([^"]+)">')


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
    """A withdrawal with what a release calls the body: names as its tables print them. change_ids: of changes that go."""

    withdrawal: Withdrawal
    names: frozenset[str]
    change_ids: frozenset[str]


def gone(withdrawal: Withdrawal, tables: Mapping[str, Sequence[Row]]) -> Gone:
    """What a release says of the body, before anything of it goes."""
    places = [str(p["name"]) for p in tables.get("places", ()) if p["place_id"] == withdrawal.place_id]
    printed = [str(m["name_as_published"]) for m in tables.get("memberships", ()) if m["place_id"] == withdrawal.place_id]
    changes = (c for name in ("membership_changes", "record_changes") for c in tables.get(name, ()))
    found = frozenset(str(c["change_id"]) for c in changes if withdrawal.of(c["place_id"], c["network_id"]))
    return Gone(withdrawal, frozenset(name for name in (*places, *printed) if len(name) >= SHORTEST), found)


def rows_without(table: str, rows: Sequence[Row], every: Sequence[Gone]) -> list[Row]:
    """The rows of a table without what is withdrawn, the others as they are. Cells may be text or typed."""
    kept = list(rows)
    for one in every:
        edited = (_edited(table, row, one) for row in kept)
        kept = [row for row in edited if row is not None]
    return kept


def tables_without(tables: Mapping[str, Sequence[Row]], withdrawals: Sequence[Withdrawal]) -> dict[str, list[Row]]:
    """All tables without what is withdrawn, with the counts that must agree with the memberships left."""
    every = [gone(withdrawal, tables) for withdrawal in withdrawals]
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


def page_without(path: str, page: str, every: Sequence[Gone]) -> str | None:
    """A page of the site without what is withdrawn: table rows and list items go, other mentions are replaced; None: the page goes."""
    for one in every:
        if one.withdrawal.whole and path == f"city/{one.withdrawal.place_id}.html":
            return None
        printed = _printed(page, f"city/{one.withdrawal.place_id}.html") if _is_list(path, one.withdrawal) else ()
        page = _whole(page, one) if one.withdrawal.whole else _membership(path, page, one.withdrawal)
        page = _worded_without(page, printed)
    return page


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
    naming = [c for c, value in row.items() if value and isinstance(value, str) and _names(value, _words_of(table, one))]
    if any(column not in _ONLY_POINTS for column in naming):
        return None
    return {**row, **{c: "" if isinstance(row[c], str) and table_is_text(row) else None for c in naming}} if naming else row


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
    return table in _ROWS_OF_A_MEMBERSHIP and withdrawal.of(row.get("place_id"), row.get("network_id"))


def _words_of(table: str, one: Gone) -> Iterable[str]:
    return (one.withdrawal.place_id, *(one.names if table in _WORDS else ()))


def _names(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


def _whole(page: str, one: Gone) -> str:
    from markupsafe import escape

    link = f"city/{one.withdrawal.place_id}.html"
    words = [str(escape(name)) for name in one.names]
    page = _BLOCK.sub(lambda block: "" if link in block[0] or _names(block[0], words) else block[0], page)
    page = re.sub(rf'<a href="[^"]*{re.escape(link)}">[^<]*</a>', INSTEAD, page)
    return _worded_without(page, {*words, *one.names, one.withdrawal.place_id})


def _is_list(path: str, withdrawal: Withdrawal) -> bool:
    """Whether it is the page of a capture that may print the body under another name, in its rows and as rebuilt."""
    return path.startswith(f"list/{withdrawal.network_id}/" if withdrawal.network_id else "list/")


def _printed(page: str, link: str) -> list[str]:
    """The names, as the page has them, of its rows that lead to the body."""
    found = (re.search(r"<th\b[^>]*>([^<]+)<", block[0]) for block in _BLOCK.finditer(page) if link in block[0])
    return [name[1].strip() for name in found if name is not None and len(name[1].strip()) >= SHORTEST]


def _worded_without(page: str, words: Iterable[str]) -> str:
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        page = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", INSTEAD, page)
    return page


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
