"""How values are said on the site. One home for labels, dates of membership, numbers, and what missing looks like."""

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citynet.model import Row
from citynet.publishing.headlines import grouped
from citynet.publishing.site.countries import country_name

if TYPE_CHECKING:
    from markupsafe import Markup

NOT_KNOWN = "not known"
DEMONSTRATION = "Demonstration release built from dated excerpts. It does not show present membership."
FORMAL_TIE = (
    "Membership is a formal tie. It does not show activity, policy, welcome or the number of refugees; a city in no network may do more. "
    "Networks speak for members, not for residents."
)

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_CODES = re.compile(r"\b[A-Z]{2}(?:;[A-Z]{2})+\b")
_DATED = re.compile(r"dated between \d{4}-\d{2}-\d{2} and \d{4}-\d{2}-\d{2}")

LABELS = {
    "full": "full member",
    "associate": "associate member",
    "partner": "partner",
    "signatory": "signatory",
    "project_partner": "project partner",
    "board_seat": "seat on the board",
    "unknown": "tie not known",
    "migration_core": "migration and inclusion are the core",
    "migration_component": "migration and inclusion are one component",
    "comparison": "for comparison",
    "not_a_network": "not a network",
    "world_event": "world event",
    "office_holder": "office-holders",
    "council_decision": "bodies, by decision of the council",
    "body": "bodies",
    "read_from_news": "news only",
    "last_known": "last known (older than 18 months)",
    "never_read": "no list read yet",
    "current": "list not older than 18 months",
    "stale": "newest attempts failed; the last accepted list stands",
    "archived": "from a web archive",
    "live": "fetched from the page itself",
    "reconstructed": "page rebuilt by this project",
    "third_party": "third party",
    "statistical_office": "statistical office",
    "replication_only": "replication of the 2018 report only",
    "municipality_size_class": "residents of the municipality",
    "cannot_tell": "cannot tell",
    "over": "over-represented",
    "under": "under-represented",
    "excluded_by_rule": "excluded by the network's own rule",
    "recomputed_from_same_table": "recomputed from the same table",
    "independent_listings": "independent lists",
    "weaker_or_stronger_than_the_table_allows": "weaker or stronger than the table allows",
    "not_a_city": "not a city",
    "review": "waits for a person",
    "printed_date": "date printed by the source",
    "listing": "two dated complete lists",
    "not_seen": "absent from complete lists",
    "shaming": 'public criticism of governments ("shaming" in the 2018 report)',
    "sharing_information": "sharing information",
    "seeking_support": "seeking support and funding",
    "standard_setting": "setting standards",
    "subnetwork_of": "part of",
    "members_must_belong_to": "members must belong to",
    "degurba": "degree of urbanisation",
    "region_of_europe": "region of Europe (United Nations M49)",
    "eu_membership": "membership of the European Union on the day of the list",
    "urban_centre_size_class": "size class of the urban centre (OECD-EC)",
    "non_eu_citizens_share_quartile": "quartile of the share of non-EU citizens within the country",
    "population": "Residents",
    "non_eu_citizens_share": "Citizens of countries outside the EU, share of residents",
    "foreign_born_share": "Residents born in another country, share of residents",
    "born_outside_eu_share": "Residents born outside the EU, share of residents",
    "not_known": "not known",
    "not_computable": "not computable",
    "residents_doubled": "residents, per doubling",
    "capital": "being the capital",
    "negative_binomial": "negative binomial",
    "exact_sign_test": "exact sign test",
    "no_relation_larger_than": "no relation larger than the factor stated",
    "not_looked_for": "not looked for",
    "not_found": "not found",
    "network_file": "network file",
    "samples": "share of the samples",
    "poisson_binomial": "Poisson-binomial tail",
    "poisson_binomial_given_memberships": "Poisson-binomial tail, given each municipality's memberships",
    "membership_list": "Lists of members",
    "statistics": "Statistics",
    "literature": "Literature",
    "not_told": "not told",
    "alerts_sent": "changes told by messages",
    "changes_told": "changes told by feeds",
    "replied_to": "replies",
    "corrected_by_us": "corrected because our records were",
    "corrected_of_all": "share of what was told that was corrected",
    "precision": "share of changes looked at again that stood",
    "median_days_to_answer": "days to the answer of a claim (median)",
    "median_days_to_departure": "days to a confirmed departure (median)",
    "departures_implied_by_names": "departures implied by lists beside each other",
    "departures_implied_by_totals": "departures implied by printed totals",
    "suspicions_ended_by_return": "suspicions that ended by return",
    "upheld": "upheld, the row was put right",
    "noted": "noted, and published beside the row",
    "joined": "joined",
    "left": "membership ended",
    "re_resolved": "matched to another place",
    "council_of_europe": "the Council of Europe",
    "eu": "the European Union",
    "un": "the United Nations",
    "civil_society": "civil society",
    "names": "names and places",
    "counts_only": "counts only",
    "places_only": "places only",
}


def label(value: object) -> str:
    """A coded value in words; missing is "not known"."""
    return NOT_KNOWN if value is None else LABELS.get(str(value), str(value).replace("_", " "))


def number(value: object) -> str:
    """A whole number in groups of three; missing is "not known"."""
    return NOT_KNOWN if value is None else grouped(value)


def ratio(value: object, digits: int = 2) -> str:
    """A number with fixed digits; missing is an en dash, whose reason stands beside the table."""
    return "–" if value is None else f"{float(str(value)):.{digits}f}"


def plain(value: object) -> str:
    """A number with the digits it needs, at most two; missing is "not known"."""
    return NOT_KNOWN if value is None else f"{float(str(value)):.2f}".rstrip("0").rstrip(".")


def figure(statistic: Row) -> str:
    """A statistical figure with its unit: persons in whole numbers, percent with one digit."""
    value = float(str(statistic["value"]))
    return grouped(round(value)) if statistic["unit"] == "persons" else f"{value:.1f}\u00a0%"


def size(count: int) -> str:
    """Bytes of a file for readers."""
    return f"{count / 1024:.0f}\u00a0KB" if count >= 1024 else f"{count}\u00a0bytes"


def reading(row: Row) -> str:
    """What may be said of a class, or why nothing is."""
    return label(row["reading"]) if row["reading"] else str(row["not_computed_because"] or "not computed")


def short_reading(row: Row, column: str) -> str:
    """A reading in a word or two, for the cell of a table."""
    return {"over": "over", "under": "under", "cannot_tell": "can’t tell", "excluded_by_rule": "excluded by rule"}.get(
        str(row[column]), "no reading"
    )


def no_list(network: Row) -> str:
    """Why we hold no list of a network, and that it has ended where it has."""
    because = str(network["not_read_because"] or "Why no list of it is read is not known.")
    told = ended(network)
    return f"{because} {told[0].upper()}{told[1:]}." if told else because


def ended(network: Row) -> str:
    """How and since when a network is closed, dormant or planned ("closed since 2018-05: the project ended"); "" for an active one."""
    if network["status"] == "active":
        return ""
    since_when = f" since {network['status_since']}" if network["status_since"] else ""
    how = {"absorbed": ": absorbed by another", "project_ended": ": the project ended", "dissolved": ": dissolved"}
    return f"{label(network['status'])}{since_when}{how.get(str(network['closed_reason']), '')}"


def uncounted(network: Row) -> str:
    """Why no membership of a network with a list counts, in the place of a number: missing is never 0."""
    return f"none: {label(network['status'])}" if ended(network) else "not known"


def share(value: object) -> str:
    """A share of 1 in whole percent; missing is an en dash."""
    return "–" if value is None else f"{100 * float(str(value)):.0f}\u00a0%"


def share_of(value: object) -> str:
    """A share of 1 in percent with one digit; missing is "no figure"."""
    return "no figure" if value is None else f"{100 * float(str(value)):.1f}\u00a0%"


def written(value: object, how: str) -> str:
    """A figure as a share (percent), a count, or a number with three digits."""
    found = float(str(value))
    return share_of(found) if how == "share" else grouped(round(found)) if how == "count" else f"{found:.3f}"


def since(membership: Row) -> str:
    """From when the membership is known: a printed date, the two lists between which it began, or "at least since"."""
    if membership["joined_on"]:
        return f"joined {membership['joined_on']} (source)"
    if named_after_closing(membership):
        return f"named by a list of {list_date(membership)}, after the network closed"
    earliest, latest = membership["from_earliest"], membership["from_latest"]
    if not latest:
        return NOT_KNOWN
    if membership["first_seen"] or not earliest:
        return f"listed at least since {latest}"
    return f"joined between {earliest} and {latest}"


def list_date(membership: Row) -> str:
    """Date of the list that is the evidence of a membership, from the id of its capture (<YYYYMMDD>T…); "" without one."""
    capture = str(membership["evidence_capture_id"] or "")
    return f"{capture[:4]}-{capture[4:6]}-{capture[6:8]}" if capture[:8].isdecimal() else ""


def named_after_closing(membership: Row) -> bool:
    """Whether the first list we hold that names the body is later than the network's closing, so that no list shows the stay itself.

    Stays end with their network; one whose beginning is set to that end as well was known from later lists only.
    """
    begun, ended = membership["from_latest"], membership["to_latest"]
    return bool(membership["first_seen"] and begun and ended and str(begun) >= str(ended) and list_date(membership) > str(ended))


def dated(note: object) -> str:
    """What a source's note says of a roughly dated page, "dated between … and …"; "" where the date is exact."""
    found = _DATED.search(str(note or ""))
    return found.group(0) if found else ""


def state(membership: Row) -> str:
    """The state of a membership by the departure rule, in words that claim no more than the lists show."""
    checks, until = membership["not_seen"], membership["to_latest"]
    absent = f"not on the list at the last {checks} check{'' if checks == 1 else 's'}" if checks else "not on the newest list"
    return {
        "listed": "listed",
        "not_seen": f"{absent}",
        "departure_suspected": f"{absent}, unconfirmed",
        "departed": f"ended by {until}" if until else "ended",
        "on_hold": "on hold by the network itself",
    }.get(str(membership["state"]), label(membership["state"]))


def interval(change: Row) -> str:
    """When a change happened: the printed date, or the interval that the lists allow."""
    if change.get("printed_on"):
        return f"{change['printed_on']} (printed by the source)"
    earliest, latest = change.get("earliest"), change["latest"]
    if earliest and latest and earliest != latest:
        return f"between {earliest} and {latest}"
    return str(latest or earliest or NOT_KNOWN)


def dates_whole(text: object) -> "Markup":
    """The text escaped, with each date in a span that does not break across lines."""
    from markupsafe import Markup, escape

    return Markup(_DATE.sub(r'<span class="d">\g<0></span>', str(escape(str(text)))))


def told(sentence: object) -> "Markup":
    """A sentence of a table for readers: countries by name for lists of their codes, sources named once, dates that do not break."""

    def named(found: re.Match[str]) -> str:
        return ", ".join(sorted(country_name(code) for code in found.group(0).split(";")))

    return dates_whole(_CODES.sub(named, str(sentence)).replace("Universe: Source: ", "Universe: "))


def web_address(value: object) -> str:
    """The address if it may be a link (http or https with a host), else "": what comes from elsewhere is not trusted."""
    text = str(value or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc and text.isprintable() else ""


def gates(told: object) -> list[dict[str, object]]:
    """The gates of a source as its row tells them, in the order asked."""
    found: list[dict[str, object]] = json.loads(str(told))
    return found
