"""Who may join a network at all, by its own dated rules: what is kept out by rule is not under-represented."""

from collections.abc import Mapping, Sequence

from citynet.model import Network

Rules = Sequence[Mapping[str, object]]


def admitted_countries(network: Network) -> tuple[str, ...]:
    """The only countries (ISO codes, sorted) from which a network admits members; () where its file sets no such limit.

    The newest rule of `eligibility` that speaks of countries holds, one still in force before an ended one; "any" is no
    limit, and a rule for one tie limits that tie only. So a name printed without a country is looked for where it can be.
    """
    spoken = [rule for rule in _rules(network) if "countries" in rule and "tie" not in rule]
    if not spoken:
        return ()
    newest = max(spoken, key=lambda rule: (not rule.get("until"), str(rule.get("since") or "")))
    countries = newest["countries"]
    return tuple(sorted(str(code) for code in countries)) if isinstance(countries, list) else ()


def least_residents(network: Network, networks: Mapping[str, Network]) -> int:
    """Below how many residents no municipality may join by any tie, 0 where small ones may.

    Rules still in force count; where members must belong to another network, its rules bind too.
    """
    in_force = [rule for rule in _rules(network) if not rule.get("until")]
    least = [_number(rule.get("min_population")) for rule in in_force]
    parents = [networks[r.to] for r in network.relations if r.relation == "members_must_belong_to" and r.to in networks]
    return max([min(least, default=0), *(least_residents(parent, networks) for parent in parents)])


def part_of_a_country(network: Network) -> str:
    """The part of its country that a network is limited to ("Lower Saxony"), "" where it is limited to none."""
    return next((str(rule["within"]) for rule in _rules(network) if "within" in rule and not rule.get("until")), "")


def _rules(network: Network) -> Rules:
    rules = network.facts.get("eligibility")
    return [rule for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
