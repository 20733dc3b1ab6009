"""Who may join a network at all, by its own dated rules: what is kept out by rule is not under-represented.

Rules are told in their network's file under `eligibility`. Conditions in words (what must be signed, notes) are not applied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.history.periods import period
from citynet.model import MEMBER_TIES, Network
from citynet.statistics.size_ranges import ANY_SIZE, NO_LIMIT, Ranges, intersection, union

MUST_BELONG = "members_must_belong_to"
JOINED = ("transnational", "national", "programme")
"""The scopes of what bodies can join; nobody joins an event or what is no network."""
Networks = Mapping[str, Network]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `eligibility`. tie: "" for every tie; since, until: as printed, "" for open; parents: networks to belong to.

    countries: ISO codes, () for any, None where it does not speak of them; least, most: residents (most included, None for no
    limit); kinds: of bodies, () for any; part: of a country, "" for all of it.
    """

    tie: str
    since: str
    until: str
    countries: tuple[str, ...] | None
    least: int
    most: int | None
    kinds: tuple[str, ...]
    part: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Where the members of a network lie. countries: the only ones (ISO codes, sorted), () for any; part: the part of a country to
    which it is limited ("Lower Saxony"), "" for none; of_the_day: whether rules in force say so, else the newest of the others."""

    countries: tuple[str, ...]
    part: str
    of_the_day: bool


def rules_of(network: Network) -> tuple[Rule, ...]:
    """The rules of a network's file, in its order."""
    written = network.facts.get("eligibility")
    return tuple(_rule(rule) for rule in written if isinstance(rule, dict)) if isinstance(written, list) else ()


def in_force(network: Network, as_of: str) -> tuple[Rule, ...]:
    """The rules by which one could become a member on that day (ISO date): begun, not ended, and for a tie that is membership.

    A date printed as a year or a month counts from its first and up to its last day.
    """
    return tuple(rule for rule in rules_of(network) if rule.tie in ("", *MEMBER_TIES) and _begun(rule, as_of) and not _ended(rule, as_of))


def admitted_countries(network: Network) -> tuple[str, ...]:
    """The only countries (ISO codes, sorted) from which a network admits members; () where its file sets no such limit.

    The newest rule of `eligibility` that speaks of countries holds, one still in force before an ended one; "any" is no
    limit, and a rule for one tie limits that tie only. So a name printed without a country is looked for where it can be.
    """
    spoken = [rule for rule in rules_of(network) if rule.countries is not None and not rule.tie]
    if not spoken:
        return ()
    newest = max(spoken, key=_age)
    return tuple(sorted(newest.countries or ()))


def where_admitted(network: Network, day: str) -> Where:
    """Where those lie whom the rules for municipalities in force on a day admit.

    Of a day on which no rule is in force the newest that say where are taken, for countries and for a part alike: so that a national
    network is not held against all of Europe, nor one of a part against its country, for the years before its rules were written down.
    """
    if in_force(network, day):
        rules = _municipal(network, day)
        countries = tuple(sorted({c for rule in rules for c in rule.countries or ()})) if all(rule.countries for rule in rules) else ()
        return Where(countries, _only_part(rules), of_the_day=True)
    spoken = [rule for rule in rules_of(network) if (rule.countries is not None or rule.part) and not rule.tie]
    newest = max((_age(rule) for rule in spoken), default=None)
    return Where(admitted_countries(network), _only_part([rule for rule in spoken if _age(rule) == newest]), of_the_day=False)


def parts_admitted(network: Network, as_of: str) -> tuple[str, ...]:
    """The parts of a country that the rules for municipalities in force on that day speak of, sorted; "" for rules of whole countries."""
    return tuple(sorted({rule.part for rule in _municipal(network, as_of)}))


def must_belong(network: Network, as_of: str) -> frozenset[str]:
    """The networks of which every member must be one too on that day, by the relations of the file or by each rule for municipalities."""
    rules = [frozenset(rule.parents) for rule in _municipal(network, as_of)]
    return _bound_by(network, as_of) | (frozenset.intersection(*rules) if rules else frozenset())


def bound_by(network: Network, as_of: str) -> frozenset[str]:
    """The networks whose rules of that day bind too, those to which the members of any rule must belong."""
    return _bound_by(network, as_of).union(*(rule.parents for rule in _municipal(network, as_of)))


def admitted_sizes(network: Network, networks: Networks, as_of: str, country: str, *, part: str | None = None) -> Ranges:
    """How many residents a municipality of the country (ISO code; "" for one that no rule names) may have to become a member.

    What any rule in force admits, as far as those to which a member must belong admit it too (their rules of the same day).
    part: by the rules of that part of a country alone, "" for rules of whole countries; None for all rules.
    """
    return _sizes(network, networks, as_of, country, (), part)


def no_universe_because(network: Network, networks: Networks, as_of: str) -> str:
    """Why nobody can count the municipalities that may join on that day, "" where they can be."""
    return _without_rule(network, as_of) or _uncountable(network, networks, as_of, ())


def in_words(network: Network, as_of: str) -> str:
    """The rules in force on that day in one line; a network to which members must belong is named once, by a rule or behind them all."""
    rules = in_force(network, as_of)
    if not rules:
        return "no rule of the file is in force"
    parents = sorted(_bound_by(network, as_of) - frozenset.intersection(*(frozenset(rule.parents) for rule in rules)))
    belonging = f"; only members of {', '.join(parents)}, whose rules bind too" if parents else ""
    return f"{'; or '.join(_told(rule) for rule in rules)}{belonging}"


def _rule(written: Mapping[str, object]) -> Rule:
    countries, most = written.get("countries"), written.get("max_population")
    return Rule(
        tie=str(written.get("tie") or ""),
        since=str(written.get("since") or ""),
        until=str(written.get("until") or ""),
        countries=None if countries is None else _texts(countries),
        least=_number(written.get("min_population")) or 0,
        most=_number(most),
        kinds=_texts(written.get("kinds")),
        part=str(written.get("within") or ""),
        parents=_texts(written.get("must_belong_to")),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _age(rule: Rule) -> tuple[bool, str]:
    """Newest last, one still in force behind an ended one."""
    return (not rule.until, rule.since)


def _only_part(rules: Sequence[Rule]) -> str:
    """The part of a country that all of these rules are limited to, "" where any names none."""
    return "" if any(not rule.part for rule in rules) else " or ".join(sorted({rule.part for rule in rules}))


def _begun(rule: Rule, as_of: str) -> bool:
    found = period(rule.since)
    return found is None or found[0] <= as_of


def _ended(rule: Rule, as_of: str) -> bool:
    found = period(rule.until)
    return found is not None and found[1] < as_of


def _municipal(network: Network, as_of: str) -> tuple[Rule, ...]:
    """The rules in force by which municipalities may join."""
    return tuple(rule for rule in in_force(network, as_of) if not rule.kinds or "municipality" in rule.kinds)


def _bound_by(network: Network, as_of: str) -> frozenset[str]:
    """The networks to which every member must belong on that day, by the relations of the file."""
    bound = (r for r in network.relations if r.relation == MUST_BELONG)
    return frozenset(r.to for r in bound if (since := period(r.since)) is None or since[0] <= as_of)


def _sizes(network: Network, networks: Networks, as_of: str, country: str, path: Sequence[str], part: str | None = None) -> Ranges:
    if network.id in path:
        return ANY_SIZE  # two networks that ask for each other's membership: neither narrows the other
    path = (*path, network.id)
    found: list[tuple[float, float]] = []
    for rule in _municipal(network, as_of):
        if (rule.countries and country not in rule.countries) or part not in (None, rule.part):
            continue
        sizes: Ranges = union([(rule.least, NO_LIMIT if rule.most is None else rule.most + 1)])
        for parent in sorted({*rule.parents, *_bound_by(network, as_of)} & networks.keys()):
            sizes = intersection(sizes, _sizes(networks[parent], networks, as_of, country, path))
        found += sizes
    return union(found)


def _without_rule(network: Network, as_of: str) -> str:
    """Why there is no rule by which anybody could join on that day."""
    if network.scope not in JOINED:
        return "an event: nobody joins" if network.scope == "world_event" else "no network: nobody joins"
    begun = period(network.status_since)
    if network.status == "planned" or (network.status == "closed" and (begun is None or begun[0] <= as_of)):
        since = f" since {network.status_since}" if network.status_since else ""
        return f"{network.status}{since}: nobody can join"
    written = rules_of(network)
    if not written:
        return "its file states no rule of who may join"
    if in_force(network, as_of):
        return ""
    ties = sorted({rule.tie for rule in written} - {"", *MEMBER_TIES})
    ended = max((rule.until for rule in written if _ended(rule, as_of)), default="")
    told = [f"the last one ended {ended}"] * bool(ended) + [f"that for {', '.join(ties)} is none"] * bool(ties)
    return f"no rule of membership is in force on {as_of}" + (f": {'; '.join(told)}" if told else "")


def _uncountable(network: Network, networks: Networks, as_of: str, path: Sequence[str]) -> str:
    """Why the rules in force can't be held against a list of municipalities, "" where they can."""
    rules = _municipal(network, as_of)
    if not rules:
        kinds = sorted({kind for rule in in_force(network, as_of) for kind in rule.kinds})
        return f"municipalities can't join, only: {', '.join(kinds)}"
    if parts := sorted({rule.part for rule in rules if rule.part}):
        who = "admits" if all(rule.part for rule in rules) else "one of its rules admits"
        return f"{who} bodies of {', '.join(parts)} only; the list of municipalities does not say which of them lie there"
    for parent in sorted(bound_by(network, as_of) - {*path, network.id}):
        if parent not in networks:
            return f"members must belong to {parent}, of which there is no network file"
        because = _without_rule(networks[parent], as_of) or _uncountable(networks[parent], networks, as_of, (*path, network.id))
        if because:
            return f"members must belong to {parent}: {because}"
    return ""


def _told(rule: Rule) -> str:
    """One rule in words: "municipalities of 50,000 residents or more in DE, FR (since 2015)"."""
    limits = [f"{rule.least:,} residents or more"] * bool(rule.least) + [f"at most {rule.most or 0:,} residents"] * (rule.most is not None)
    who = "municipalities" if not rule.kinds or "municipality" in rule.kinds else ", ".join(rule.kinds)
    told = f"{who}{' of ' + ' and '.join(limits) if limits else ''} {_where(rule)}"
    dates = [f"{word} {printed}" for word, printed in (("since", rule.since), ("until", rule.until)) if printed]
    belonging = f", members of {', '.join(rule.parents)}, whose rules bind too" if rule.parents else ""
    return f"{rule.tie + ': ' if rule.tie else ''}{told}{belonging}{' (' + ' '.join(dates) + ')' if dates else ''}"


def _where(rule: Rule) -> str:
    countries = ", ".join(sorted(rule.countries or ()))
    if rule.part:
        return f"in {rule.part}" + (f" ({countries})" if countries else "")
    return f"in {countries}" if countries else "of any country"
