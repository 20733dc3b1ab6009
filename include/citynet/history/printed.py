"""A row of a list, with all that comparing it with a row of another list needs."""

from dataclasses import dataclass

COMPANY = "company"
"""The sort of a row that prints the legal form of a company."""
REGION_BY_NAME = "region by name"
"""The sort of a row that prints the name of a region alone (Bavaria)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of a list, as far as comparing needs it.

    country: ISO code, "" unknown; lands: the codes under which a list may print what lies there (FO: FO, DK); tie: normalised, ""
    unknown; place_id "" unless matched; may_be: places of which it is one; could_be: places and regions that some reading of it may mean,
    the place matched among them; alike: places with a similar name; written: as printed but for case, blanks and the sort of dashes and
    quotes; key: normalised; forms: key and what is left without legal form; hinted: what is left without a hint (Lingen of Lingen (Ems));
    parts: of a double name; listed: of a name that counts several up (Perth and Kinross); combined: the names that a row puts together by
    whatever sign (Metz / Nancy), of which it may be one that is double; bracketed: what stands in brackets; states: "country/id" of those
    in which it lies, by its place or by what is printed beside the name (Portland, OR); regions_within: ids of the regions whose names
    stand in that of an organisation (STIF - Ile de France) or in brackets behind a place; members: of an association what its members
    are called (municipality, region), by its name; sort: what kind of body the
    row says that it is ("municipality", a word such as landkreis), "" where it says nothing; words: those of the name itself; beside:
    words printed beside it; spellings: the shortest form, as it sounds in another language, and, where asked for, the other names of the
    place; regions: words (sorted) of the names of those that the place lies in; lost: where letters were lost or left out (K?ln,
    Weinstr.), what names it may be.

    Of bodies that are no municipality: kinds: what the row says that it is (state, county, grouping, section, rural); areas: "level:id" of
    the regions that bear its name, "s:id" of a section; sections: "city/name" as which it may be a section; cores: its name in each case
    of grammar. kinds_told, of a municipality: the kinds that several other rows of its list say of themselves.

    Of namesakes: foremost: of the places that the row may be the one with at least ten times the residents of the next, "" where none
    has; alone: what is left of the name without its hint, where its own list prints that for another body (Saint-Denis beside
    Saint-Denis (La Réunion)).
    """

    name: str
    country_as_published: str
    country: str
    tie: str
    place_id: str
    place_kind: str
    municipality_id: str
    may_be: frozenset[str]
    alike: frozenset[str]
    written: str
    key: str
    forms: frozenset[str]
    hinted: frozenset[str]
    parts: frozenset[str]
    sort: str
    words: frozenset[str]
    spellings: frozenset[str]
    regions: frozenset[str] = frozenset()
    lost: str = ""
    could_be: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    kinds_told: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    cores: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    foremost: str = ""
    alone: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    combined: tuple[str, ...] = ()
    bracketed: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    regions_within: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
