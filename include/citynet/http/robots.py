"""What a host's robots.txt says to us (RFC 9309), read with protego."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.errors import SourceForbidden, SourceUnavailable
from citynet.http.answers import may_pass
from citynet.http.politeness import ROBOT
from citynet.model import Fetched, is_page

if TYPE_CHECKING:
    from protego import Protego

MAX_CRAWL_DELAY_SECONDS = 60.0
"""A longer crawl-delay is taken as this one: some hosts ask for hours, and a page a minute burdens nobody."""

_READ_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes are to be read


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin. rules None: everything is allowed. crawl_delay_seconds: 0 where none is asked for."""

    rules: "Protego | None"
    crawl_delay_seconds: float = 0.0

    def require(self, url: str) -> None:
        """SourceForbidden where the rules do not allow us this URL."""
        if self.rules is not None and not self.rules.can_fetch(url, ROBOT):
            raise SourceForbidden(f"{url}: robots.txt does not allow {ROBOT} this page; not asked")


def robots_of(answer: Fetched) -> Robots:
    """The rules in an answer to /robots.txt; 4xx means that there are none.

    SourceUnavailable for 429 and 5xx: the rules are then not known, and nothing is asked (RFC 9309, 2.3.1.4).
    """
    from protego import Protego

    if may_pass(answer.status):
        raise SourceUnavailable(f"{answer.url}: expected robots.txt or a plain no (4xx), got status {answer.status}; nothing else asked")
    if not is_page(answer.status):
        return Robots(None)
    rules = Protego.parse(answer.body[:_READ_BYTES].decode("utf-8-sig", errors="replace"))
    delay = rules.crawl_delay(ROBOT)
    return Robots(rules, min(max(float(delay or 0), 0.0), MAX_CRAWL_DELAY_SECONDS))
