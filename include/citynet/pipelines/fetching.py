"""How a step comes by pages, from the replay folder or from the web through the same path, and the record of each try."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from citynet.errors import CitynetError, ConfigError, SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http import Fetcher, Form
from citynet.http.capture import keep, load, make_capture, responses, warc_of
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.http.replay import ReplayFetcher
from citynet.model import Capture, Fetched, Page, instant, written
from citynet.pipelines.outside import Outside
from citynet.reading.following import next_part
from citynet.reading.mail_addresses import told_without_addresses
from citynet.store import Store

OUTCOMES: tuple[tuple[type[CitynetError], str], ...] = (
    (SourceUnavailable, "unavailable"),
    (SourceChanged, "changed"),
    (SourceForbidden, "forbidden"),
    (ConfigError, "misconfigured"),
)

NOTHING_NEW = "nothing_new"
LOOKS = "looks"
"""Where looks at a source that had nothing new are kept, a file a source and year: twice a day for years would be thousands of files."""

MAX_CRAWL_BYTES = 200_000_000
"""All answers of one crawl together; the largest list known, of 17,000 members, is below 20 MB."""

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a source. outcome: captured | nothing_new | unavailable | changed | forbidden | misconfigured."""

    source_id: str
    at: str
    outcome: str
    reason: str
    capture_id: str


def fetcher(outside: Outside, folder: str, at: datetime, permitted: Sequence[str] = ()) -> Fetcher:
    """The way to the pages of one source for a run at `at`; `folder` is its name in a replay. ConfigError where none is open.

    permitted: addresses that may be asked whatever robots.txt says of them, since their owner has given leave.
    """
    if outside.mode == "replay" and outside.replay is not None:
        return ReplayFetcher(outside.replay / folder / f"{at:%Y-%m-%d}")
    if outside.mode == "live":
        return LiveFetcher(Politeness(contact=outside.contact, allow_private=outside.allow_private), permitted=permitted)
    raise ConfigError("collecting is off (CITYNET_MODE=none)")


def require_contact(outside: Outside) -> None:
    """ConfigError where live collection has no contact to give: no source is at fault, so no attempt is recorded."""
    if outside.mode == "live" and not outside.contact:
        raise ConfigError("live collection needs CITYNET_CONTACT: an e-mail or web address at which owners of pages can reach you")


def fetch_and_keep(
    outside: Outside, source_id: str, url: str, way: Fetcher, at: datetime, *, once: bool = False, form: Form | None = None
) -> Capture:
    """Fetch one address and keep the answer as a capture before anything reads it.

    A page that the newest capture holds is asked for with its conditions: the source may say that it is unchanged. once:
    where the newest capture holds the very same answer and is whole, that one is given back and nothing is kept twice. form: posted
    to the address in place of a plain request.
    """
    kept = readable(outside.store, source_id)
    before = _answers(outside.store, kept[-1]) if kept and way.origin == "live" else {}
    fetched = way.fetch(url, at=at, previous=before.get(url), form=form)
    made = captured_of(source_id, [fetched], way, at, {url: form} if form else {})
    if once and kept and holds(outside.store, kept[-1], made[0]):
        return kept[-1]
    keep(outside.store, *made)
    return made[0]


def holds(store: Store, kept: Capture, made: Capture) -> bool:
    """Whether a kept capture has the content of another and can be read: the same answer mends one whose WARC is damaged."""
    if kept.content_sha256 != made.content_sha256:
        return False
    try:
        warc_of(store, kept)
    except SourceChanged:
        return False
    return True


def crawl_and_keep(outside: Outside, network_id: str, pages: Sequence[Page], way: Fetcher, at: datetime) -> Capture:
    """Fetch the pages of a network, each with all the parts at which its list goes on, and keep the answers as one capture.

    Nothing is kept before the last part is there: a crawl that ends early is a failed one, never a shorter list. A part that the
    newest capture holds is asked for with its conditions.
    """
    kept = readable(outside.store, network_id)
    before = _answers(outside.store, kept[-1]) if kept and way.origin == "live" else {}
    fetched, posted = crawl(network_id, pages, way, at, before)
    capture, warc = captured_of(network_id, list(fetched.values()), way, at, posted)
    keep(outside.store, capture, warc)
    return capture


def crawl(
    network_id: str, pages: Sequence[Page], way: Fetcher, at: datetime, before: Mapping[str, Fetched] | None = None
) -> tuple[dict[str, Fetched], dict[str, Form]]:
    """(the answers of all parts of the pages by their url, in the order asked; what was posted for them). before: known answers.

    An address that two pages share is asked once. Raises where any part does not come, as Fetcher.fetch and next_part.
    """
    fetched: dict[str, Fetched] = {}
    posted: dict[str, Form] = {}
    for page in pages:
        parts: list[Fetched] = []
        while (part := next_part(page, parts, network_id)) is not None:
            if part.key not in fetched:
                form = Form(part.posted, _JSON, _JSON) if part.posted else None
                fetched[part.key] = way.fetch(part.key, at=at, previous=(before or {}).get(part.key), form=form, or_gone=part.or_gone)
                posted |= {part.key: form} if form else {}
                _require_size(network_id, fetched)
            parts.append(fetched[part.key])
    return fetched, posted


def _require_size(network_id: str, fetched: Mapping[str, Fetched]) -> None:
    size = sum(len(answer.body) for answer in fetched.values())
    if size > MAX_CRAWL_BYTES:
        raise SourceChanged(f"{network_id}: expected a list of at most {MAX_CRAWL_BYTES} bytes, got more after {len(fetched)} answers")


def captured_of(
    source_id: str, fetched: Sequence[Fetched], way: Fetcher, at: datetime, posted: Mapping[str, Form] | None = None
) -> tuple[Capture, bytes]:
    """The capture that the answers make up, and its WARC, dated as the way dates them; posted: as make_capture takes it."""
    captured_at = way.captured_at(at)
    # A rebuilt page has no history of its own: it counts as known when it stood so.
    known_at = captured_at if way.origin == "reconstructed" else at
    return make_capture(source_id, fetched, captured_at=captured_at, known_at=known_at, origin=way.origin, posted=posted)


def _answers(store: Store, capture: Capture) -> dict[str, Fetched]:
    try:
        return {answer.url: answer for answer in responses(store, capture)}
    except SourceChanged:
        return {}  # a damaged capture has nothing to compare with; the page is asked for whole


def record(store: Store, source_id: str, at: datetime, *, capture: Capture | None = None, problem: CitynetError | None = None) -> None:
    """Keep what came of a try under attempts/<source_id>/<instant>.json; a later try of the same run replaces it."""
    outcome = "captured" if problem is None else next(name for error, name in OUTCOMES if isinstance(problem, error))
    attempt = Attempt(source_id, written(at), outcome, told_without_addresses(str(problem or "")), capture.capture_id if capture else "")
    store.write(_key(source_id, at), (json.dumps(asdict(attempt), ensure_ascii=False, sort_keys=True) + "\n").encode())


def look(store: Store, source_id: str, at: datetime) -> None:
    """Keep that the source was asked and had nothing new, in place of an earlier try of the same run; one writer a source at a time.

    Where that try has captured, it stays: it is the only record of its capture, and this one is the same run again.
    """
    key, seen, own = _looks_key(source_id, at), written(at), _key(source_id, at)
    if store.exists(own) and _attempt(store, source_id, own).outcome == "captured":
        return
    kept = [a.at for a in _looks(store, source_id, key)] if store.exists(key) else []
    if seen not in kept:
        store.write(key, (json.dumps(sorted([*kept, seen]), indent=0) + "\n").encode())
    store.delete(own)


def tried(store: Store) -> list[str]:
    """The ids of all sources that were ever tried, sorted."""
    return sorted({*store.folders("attempts"), *store.folders(LOOKS)})


def attempts(store: Store, source_id: str) -> list[Attempt]:
    """Every try at a source, oldest first; one whose record is damaged counts as failed."""
    told = [_attempt(store, source_id, key) for key in store.keys(f"attempts/{source_id}")]
    looks = [found for key in store.keys(f"{LOOKS}/{source_id}") for found in _looks(store, source_id, key)]
    return sorted([*told, *looks], key=lambda a: a.at) if looks else told


def readable(store: Store, source_id: str) -> list[Capture]:
    """A source's captures, oldest first, without those whose manifest is damaged: they are that source's trouble alone."""
    found = []
    for capture_id in store.folders(f"captures/{source_id}"):
        try:
            found.append(load(store, source_id, capture_id))
        except (SourceChanged, ConfigError):
            continue  # named by whoever looks at the newest attempt, which then has no capture
    return sorted(found, key=lambda c: (c.captured_at, c.capture_id))


def captured(store: Store, source_id: str, at: datetime) -> bool:
    """Whether the run at `at` has its capture already, or has found that there is nothing new."""
    key, looks = _key(source_id, at), _looks_key(source_id, at)
    if store.exists(key) and _attempt(store, source_id, key).outcome == "captured":
        return True
    return store.exists(looks) and written(at) in [a.at for a in _looks(store, source_id, looks)]


def attempted_on(attempt: Attempt) -> str:
    """The date of a try, YYYY-MM-DD."""
    return f"{instant(attempt.at):%Y-%m-%d}"


def _attempt(store: Store, source_id: str, key: str) -> Attempt:
    try:
        return Attempt(**json.loads(store.read(key)))
    except (ValueError, TypeError):
        at = datetime.strptime(key.rsplit("/", 1)[-1], "%Y%m%dT%H%M%SZ.json").replace(tzinfo=UTC)
        return Attempt(source_id, written(at), "unavailable", f"the record {key} is damaged", "")


def _key(source_id: str, at: datetime) -> str:
    return f"attempts/{source_id}/{at:%Y%m%dT%H%M%SZ}.json"


def _looks(store: Store, source_id: str, key: str) -> list[Attempt]:
    """The looks of one file; of a damaged one none: they tell of nothing but when somebody asked."""
    try:
        return [Attempt(source_id, at, NOTHING_NEW, "", "") for at in json.loads(store.read(key))]
    except (ValueError, TypeError):
        return []


def _looks_key(source_id: str, at: datetime) -> str:
    return f"{LOOKS}/{source_id}/{at:%Y}.json"
