"""A network of a test's own and captures of it that count as read live: what the web said at an instant, kept as a capture."""

from citynet.http.capture import keep, make_capture
from citynet.model import Capture, Fetched, instant
from citynet.pipelines.fetching import record
from citynet.pipelines.outside import Outside

URL = "https://rivers.example/members"
NETWORK = """
id: rivers
name: Network of Rivers
status: active
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2024-01-01}}
who_joins: body
rights: {{permission: none_needed, republish: {republish}}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages: [{{url: "https://rivers.example/members", reader: {reader}, select: "{select}", options: {options}, verified_on: 2024-01-01}}]
  expect: {{min: 3, max: 50}}
"""


def register(
    outside: Outside,
    *,
    reader: str = "list",
    select: str = "ul.members > li",
    options: str = "{pattern: Name (Country)}",
    republish: str = "names",
) -> None:
    """Write the network's file; select and options are those of its page."""
    text = NETWORK.format(reader=reader, select=select, options=options, republish=republish)
    (outside.registry / "rivers.yml").write_text(text)


def capture(outside: Outside, day: str, body: str, *, origin: str = "live", status: int = 200, final_url: str = URL) -> Capture:
    """Keep what the page said at noon of the day, and the attempt that brought it."""
    at = instant(f"{day}T12:00:00Z")
    answer = Fetched(URL, "GET", status, "text/html; charset=utf-8", (), body.encode(), final_url)
    made, warc = make_capture("rivers", [answer], captured_at=at, known_at=at, origin=origin)
    keep(outside.store, made, warc)
    record(outside.store, "rivers", at, capture=made)
    return made


def page(inside: str) -> str:
    """A page of the network around a part of it."""
    navigation = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    footer = "<footer><ul><li>Imprint</li><li>Privacy</li></ul></footer>"
    head = "<!DOCTYPE html><html lang='en'><head><title>Members</title></head>"
    return f"{head}<body>{navigation}<main><h1>Our members</h1>{inside}</main>{footer}</body></html>"


def listed(*members: str, container: str = "members") -> str:
    """The members ("Graz (Austria)") as the network's file expects them."""
    return page(f"<ul class='{container}'>" + "".join(f"<li>{member}</li>" for member in members) + "</ul>")
