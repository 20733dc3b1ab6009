"""A row of a list, with all that comparing it with a row of another list needs."""

from dataclasses import dataclass

COMPANY = "company"
"""The sort of a row that prints the legal form of a company."""
REGION_BY_NAME = "region by name"
"""The sort of a row that prints the name of a region alone (Bavaria)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of a list, as far as comparing needs it.

    country: ISO code, "" unknown; tie: normalised, "" unknown; place_id "" unless matched; may_be: places of which it is one; could_be:
    places and regions that some reading of it may mean, the place matched among them; alike: places with a similar name; written: as
    printed but for case, blanks and the sort of dashes and quotes; key: normalised; forms: key and what is left without legal form;
    hinted: what is left without a hint (Lingen of Lingen (Ems)); parts: of a double name; listed: of a name that counts several up
    (Perth and Kinross); sort: what kind of body the row says that it is ("municipality", a word such as landkreis), "" where it says
    nothing; words: those of the name itself; beside: words printed beside it; spellings: the shortest form, as it sounds in another
    language, and, where asked for, the other names of the place; regions: words (sorted) of the names of those that the place lies in;
    lost: where letters were lost or left out (K?ln, Weinstr.), what names it may be.

    Of bodies that are no municipality: kinds: what the row says that it is (state, county, grouping, section, rural); areas: "level:id" of
    the regions that bear its name, "s:id" of a section; sections: "city/name" as which it may be a section; cores: its name in each case
    of grammar. kinds_told, of a municipality: the kinds that several other rows of its list say of themselves.
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
