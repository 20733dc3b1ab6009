"""What people recorded about a membership: a printed statement they read, or their own judgement."""

from collections.abc import Sequence
from dataclasses import dataclass

from citynet.errors import ConfigError
from citynet.history.periods import period
from citynet.model import Judgement

VERDICTS = ("joined", "left", "not_left", "on_hold", "resumed")


@dataclass(frozen=True, slots=True)
class Statement:
    """One recorded statement. date: as printed, "" where a person concludes it; earliest, latest: the days it covers.

    known_at: when it was decided.
    """

    place_id: str
    verdict: str
    date: str
    earliest: str
    latest: str
    known_at: str

    @property
    def order(self) -> tuple[str, str]:
        """Place in time among listings: after every listing of its last day."""
        return (f"{self.latest}T24", self.known_at + self.verdict)


def read_statements(network_id: str, judgements: Sequence[Judgement], as_of: str = "") -> tuple[Statement, ...]:
    """The network's statements in order, duplicates once; those decided after `as_of` (ISO date) are left out.

    Columns: network_id, place_id, verdict (joined | left | not_left | on_hold | resumed), date (as printed, or <from>/<to> where
    no source prints one), decided_on.
    ConfigError: unknown verdict, no place, a date that is none, or one after the decision.
    """
    mine = {_statement(judgement) for judgement in judgements if judgement.values.get("network_id") == network_id}
    known = (statement for statement in mine if not as_of or statement.known_at[:10] <= as_of)
    return tuple(sorted(known, key=lambda statement: (statement.order, statement.place_id)))


def _statement(judgement: Judgement) -> Statement:
    values = judgement.values
    verdict, printed, place_id = values.get("verdict", ""), values.get("date", ""), values.get("place_id", "")
    first, _, last = printed.partition("/")
    begun, ended, decided = period(first), period(last or first), period(values.get("decided_on", "")[:10])
    if verdict not in VERDICTS or not place_id:
        raise ConfigError(f"{judgement.where}: expected a place_id and a verdict of {', '.join(VERDICTS)}; got {place_id!r}, {verdict!r}")
    if begun is None or ended is None or begun[0] > ended[1] or decided is None:
        seen = f"{printed!r} and {values.get('decided_on', '')!r}"
        raise ConfigError(f"{judgement.where}: expected date (or from/to) and decided_on as YYYY, YYYY-MM or YYYY-MM-DD; got {seen}")
    if begun[0] > decided[1]:
        raise ConfigError(
            f"{judgement.where}: expected decided_on on or after {begun[0]}, got {values['decided_on']!r}: nothing is known before it is so"
        )
    return Statement(place_id, verdict, "" if last else printed, begun[0], ended[1], f"{decided[1]}T00:00:00Z")
