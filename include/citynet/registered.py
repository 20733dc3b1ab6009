"""The values of a network file: what the registry says of a network, its pages and its bounds. Dates are as in citynet.model."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MEMBER_TIES = frozenset({"full", "associate", "partner", "signatory"})
"""The ties that are membership; all others are shown apart (measures.md, What counts)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address on which a network (or somebody else) prints members.

    since/until: the dates (half-open) between which this address is asked. dated_from: first day that an undated or roughly
    dated page may show, "" where its date is exact. coverage: "" takes the network's own.
    use: current | replication_only (a sample chosen by number of memberships feeds replication only).
    source_class: network | member | press | third_party. follow: how the list goes on at further addresses, {} where it does
    not. ask: the query that is posted to a GraphQL interface. documented_at: where the interface is documented.
    """

    url: str
    reader: str
    select: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    coverage: str = ""
    use: str = "current"
    source_class: str = "network"
    verified_on: str = ""
    dated_from: str = ""
    follow: Mapping[str, object] = field(default_factory=dict)
    ask: str = ""
    documented_at: str = ""


@dataclass(frozen=True, slots=True)
class Expect:
    """Bounds on what a listing may hold. per_country, per_tie and per_kind (as published): minimum counts; must_include: place_ids."""

    min: int = 1
    max: int = 100_000
    per_country: Mapping[str, int] = field(default_factory=dict)
    per_tie: Mapping[str, int] = field(default_factory=dict)
    must_include: tuple[str, ...] = ()
    per_kind: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Departure:
    """When a body missing from complete healthy captures has departed: after `not_seen` days with one, `days` days apart or more."""

    not_seen: int = 3
    days: int = 42


@dataclass(frozen=True, slots=True)
class Relation:
    """A dated, sourced tie between two networks, e.g. subnetwork_of eurocities."""

    relation: str
    to: str
    since: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """One registry file. `facts` keeps the whole file as read, for the published table and the site."""

    id: str
    name: str
    homepage: str
    status: str
    scope: str
    relevance: str
    who_joins: str
    publishes: str
    coverage: str
    default_tie: str
    ties: Mapping[str, str]
    pages: tuple[Page, ...]
    expect: Expect
    departure: Departure
    relations: tuple[Relation, ...]
    status_since: str
    republish: str
    protects_persons: bool
    sha256: str
    facts: Mapping[str, object]
