"""Tables network_bodies and network_funding, and what network files and lists say of how a network is run.

Cities and organisations, never persons: a seat that a mayor holds is told as the city's.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from citynet.analysis.legitimacy import Fact, PlaceClasses, Stated, legitimacy_evidence
from citynet.analysis.lists import MemberList
from citynet.history.periods import period
from citynet.model import MEMBER_TIES, ListingRow, Network, Resolution, ResolvedListing, Row
from citynet.pipelines.eligibility import in_force, in_words
from citynet.pipelines.names import Names
from citynet.pipelines.views import View

SEAT = "board_seat"
BOARD = "board"
"""The name of a body of which only the seats are known."""
_GOVERNS_BY_NAME = re.compile(r"(board|committee)$", re.IGNORECASE)
_GOVERNS_BY_ROLE = re.compile(r"\b(board|committee|steers|presides)\b", re.IGNORECASE)
_SEATS = re.compile(r"(\d+) (seats|cities)\b")
_SOUGHT_IN_VAIN = re.compile(r"(not|none) (found|named)\b")
_NONE = re.compile(r"(none|no)( *[;(].*)?$")
_BY_RELATION = {"funded_by": "funder", "initiative_of": "initiator", "hosted_by": "host"}
"""Relations that tell who pays for a network or began it, and as what."""

Seen = dict[tuple[str, str], list[tuple[ResolvedListing, ListingRow, Resolution]]]
"""(body, place_id) -> its seats on each list, oldest list first."""


def body_rows(views: Sequence[View], names: Names, as_of: str) -> list[Row]:
    """Table network_bodies: governing bodies, secretariats and the like from the network files, and seats from lists of boards.

    One row for each body and city in it; place_id is empty for a body as such, or an organisation. A name of the file is a city where
    the gazetteer knows exactly one such place ("Barcelona, Spain" where it knows several).
    """
    return [row for view in views for row in _merged([*_from_file(view.network, names, as_of), *_from_lists(view, as_of)])]


def funding_rows(views: Sequence[View], as_of: str) -> list[Row]:
    """Table network_funding: funders, hosts and initiators with their source, as network files state them."""
    return [{**row, "as_of": as_of} for view in views for row in _funding(view.network)]


def legitimacy_rows(
    views: Sequence[View],
    lists: Sequence[MemberList],
    bodies: Sequence[Row],
    access: Sequence[Row],
    places: PlaceClasses,
    as_of: str,
    *,
    age_limit: bool,
) -> list[Row]:
    """Table legitimacy_evidence; lists: the newest of each network, bodies and access: the rows of the tables network_bodies and access."""
    of = {members.network_id: members for members in lists}
    rows: list[Row] = []
    for view in views:
        theirs, may_join = ([row for row in table if row["network_id"] == view.network.id] for table in (bodies, access))
        known = of.get(view.network.id)
        rows += legitimacy_evidence(stated(view, as_of), known, theirs, may_join, places, as_of, age_limit=age_limit)
    return rows


def stated(view: View, as_of: str) -> Stated:
    """What the network's file and lists say of its rules and of how it is run, for table legitimacy_evidence."""
    network, written = view.network, _dicts(view.network.facts.get("eligibility"))
    sources = "; ".join(dict.fromkeys(str(rule["source"]) for rule in written if rule.get("source")))
    dated = max((str(rule["source_date"]) for rule in written if rule.get("source_date")), default=None)
    known = "yes" if in_force(network, as_of) else "not_found" if written else "not_looked_for"
    listed = {"list": "yes", "signatories": "yes", "none": "no"}.get(network.publishes, "not_found")
    facts = {
        "rule_on_who_may_join": Fact(known, in_words(network, as_of) if written else None, sources or None, dated),
        "fee": _fee(written),
        "member_list": Fact(listed, f"publishes: {network.publishes}", network.homepage or None, None),
    }
    return Stated(network.id, {**facts, **_governance(network)})


def _merged(rows: Sequence[Row]) -> list[Row]:
    """One row for each body and place: what lists print of it, with the role and since when that the file states, and both sources."""
    found: dict[tuple[object, object], Row] = {}
    for row in rows:
        key = row["body"], row["place_id"]
        stated = found.get(key)
        both = {} if stated is None else {field: stated[field] for field in ("name", "role", "since")}
        sources = {} if stated is None else {"source": "; ".join(dict.fromkeys(f"{one['source']}" for one in (stated, row)))}
        found[key] = {**row, **both, **sources}
    return list(found.values())


def _from_file(network: Network, names: Names, as_of: str) -> Iterator[Row]:
    """A date in `since` shows the body or seat at that time; when a seat ends no file says."""
    bodies = _dicts(network.facts.get("bodies"))
    cities = [_city(network, str(body["name"]), names) for body in bodies]
    named = [str(body["name"]) for body, city in zip(bodies, cities, strict=True) if not city]
    told = [_body_of(str(body["role"]), named) if city else str(body["name"]) for body, city in zip(bodies, cities, strict=True)]
    newest: dict[str, str] = {}
    for body, city, name in zip(bodies, cities, told, strict=True):
        newest[name] = max(newest.get(name, ""), str(body.get("since") or "") if city else "")
    for body, city, name in zip(bodies, cities, told, strict=True):
        role, since = str(body["role"]), str(body.get("since") or "")
        governs = bool(_GOVERNS_BY_ROLE.search(role) or (not city and _GOVERNS_BY_NAME.search(name)))
        seats = _SEATS.match(role)
        first, last = period(since) or (None, None)
        yield {
            "network_id": network.id,
            "body": name,
            "place_id": city or None,
            "name": body["name"],
            "role": role,
            "governs": governs,
            "seats": int(seats[1]) if seats else 1 if city and governs else None,
            "since": since or None,
            "seen_from": last,
            "seen_to": last,
            "dated_from": first if first != last else None,
            "on_newest_list": (since == newest[name] if city else bool(newest[name])) if governs else None,
            "basis": "network_file",
            "source": _text(body.get("source")),
            "source_date": _text(body.get("source_date")),
            "capture_id": None,
            "as_of": as_of,
        }


def _city(network: Network, name: str, names: Names) -> str:
    """The municipality or settlement that bears the name of a body, "" where it is none or that is not certain."""
    found = names.resolve(network, name, "")
    return found.place_id if found.verdict == "resolved" and found.place_kind in ("municipality", "settlement") else ""


def _body_of(role: str, named: Sequence[str]) -> str:
    """Which body a city's role is in: one that the file names, else the role says it all."""
    return next((name for name in named if name.lower() in role.lower()), role)


def _from_lists(view: View, as_of: str) -> Iterator[Row]:
    """Seats that lists print, one row for each city, and one for each body with all its seats on the newest list of it."""
    seats, newest = _seats(view)
    for (body, place_id), seen in sorted(seats.items()):
        last = seen[-1][0].listing
        held = [row for resolved, row, _ in seen if resolved.listing.capture_id == last.capture_id]
        yield {
            "network_id": view.network.id,
            "body": body,
            "place_id": place_id or None,
            "name": None,
            "role": "seat" if place_id else "all seats on the newest list of this body",
            "governs": True,
            "seats": len(held),
            "since": None,
            "seen_from": f"{min(resolved.listing.captured_at for resolved, _, _ in seen):%Y-%m-%d}",
            "seen_to": f"{last.captured_at:%Y-%m-%d}",
            "dated_from": last.dated_from or None,
            "on_newest_list": last.capture_id == newest[body],
            "basis": "list",
            "source": held[0].page_url,
            "source_date": f"{last.captured_at:%Y-%m-%d}",
            "capture_id": last.capture_id,
            "as_of": as_of,
        }


def _seats(view: View) -> tuple[Seen, dict[str, str]]:
    """The seats by body and place ("" for all of the body), and the capture of the newest list of each body."""
    found: Seen = defaultdict(list)
    newest: dict[str, str] = {}
    for resolved in view.accepted:
        for row, resolution in zip(resolved.listing.rows, resolved.resolutions, strict=True):
            if row.tie == SEAT:
                body = row.kind_as_published or _board(view.network)
                newest[body] = resolved.listing.capture_id
                for place_id in {"", resolution.place_id}:
                    found[body, place_id].append((resolved, row, resolution))
    return found, newest


def _board(network: Network) -> str:
    """How a list of seats without a body printed is called: by the body of the file that is read as seats."""
    bodies = _dicts(network.facts.get("bodies"))
    return next((str(body["name"]) for body in bodies if "board seats" in str(body["role"])), BOARD)


def _funding(network: Network) -> Iterator[Row]:
    facts = network.facts
    if began := _text(facts.get("initiated_by")):
        yield _funded(network, began, "initiator", _text(facts.get("founded")), _text(facts.get("initiated_by_source")))
    for relation in network.relations:
        if part := _BY_RELATION.get(relation.relation):
            yield _funded(network, relation.to, part, f"since {relation.since}" if relation.since else None, relation.source or None)
    for funder in _dicts(facts.get("funders")):
        yield _funded(network, str(funder["funder"]), *(_text(funder.get(field)) for field in ("kind", "period", "source")))


def _funded(network: Network, funder: str, how: str | None, when: str | None, source: str | None) -> Row:
    return {
        "network_id": network.id,
        "funder": funder,
        "kind_of_funding": how or "funder",
        "period": when,
        "source": source,
        "source_date": None,
    }


def _fee(rules: Sequence[Mapping[str, object]]) -> Fact:
    """Whether members pay: what any rule says of a fee; `no` only where a source says that there is none."""
    told = [(str(rule["fee"]), rule) for rule in rules if rule.get("fee") and str(rule.get("tie") or "full") in MEMBER_TIES]
    for value in ("yes", "no", "not_found"):
        for text, rule in told:
            if _fee_value(text) == value:
                return Fact(value, text, _text(rule.get("source")), _text(rule.get("source_date")))
    return Fact("not_looked_for", None, None, None)


def _fee_value(text: str) -> str:
    if _SOUGHT_IN_VAIN.match(text):
        return "not_found"
    return "no" if _NONE.match(text) else "yes"


def _governance(network: Network) -> dict[str, Fact]:
    """The items of `governance` in the file, each with its value, note, source and date."""
    written = network.facts.get("governance")
    items = written.items() if isinstance(written, Mapping) else ()
    return {item: Fact(str(of["value"]), *(_text(of.get(field)) for field in ("note", "source", "source_date"))) for item, of in items}


def _dicts(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
