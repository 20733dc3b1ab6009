"""What a listing covers: how much of the members, from which pages, by which rules. Lists of another scope differ without news."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from citynet.model import Network, Page, ResolvedListing


@dataclass(frozen=True, slots=True)
class Scope:
    """coverage: complete | partial; pages: of each page asked its address, and the rules by which it is read and goes on."""

    coverage: str
    pages: frozenset[tuple[str, ...]]


def scope_of(network: Network, resolved: ResolvedListing) -> Scope:
    """The scope of a listing by the pages that the network file has for its date."""
    on = f"{resolved.listing.captured_at:%Y-%m-%d}"
    return Scope(resolved.listing.coverage, frozenset(_rules(network, page) for page in pages_on(network, on)))


def pages_on(network: Network, on: str) -> list[Page]:
    """The network's pages that are asked on a day (ISO date)."""
    return [page for page in network.pages if page.since <= on and (not page.until or on < page.until)]


def served(resolved: ResolvedListing) -> bool:
    """Whether somebody else served the page; of one that we rebuilt a person chose page, rules and coverage one by one."""
    return resolved.listing.origin != "reconstructed"


def change_of_scope(accepted: AbstractSet[Scope], new: Scope) -> str:
    """How the scope differs from those of all accepted listings, in words; "" where it does not or there is none yet."""
    if not accepted or new in accepted:
        return ""
    coverages = sorted({scope.coverage for scope in accepted})
    if new.coverage not in coverages:
        return f"change of coverage: the listing is {new.coverage}, those accepted before it are {' or '.join(coverages)}"
    asked = ", ".join(sorted(page[0] for page in new.pages)) or "no page"
    return f"change of coverage: read from other pages, or by other rules, than any accepted listing ({asked})"


def _rules(network: Network, page: Page) -> tuple[str, ...]:
    options, follow = (str(sorted((key, str(value)) for key, value in found.items())) for found in (page.options, page.follow))
    return (page.url, page.reader, page.select, options, follow, page.ask, page.coverage or network.coverage, page.use)
