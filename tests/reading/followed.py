"""Pieces for tests of lists that go on at further addresses: pages of the registry, answers, and the walk over a table of answers."""

import json

from citynet.model import Fetched, Page
from citynet.reading.following import next_part

START = "https://ports.example/members"
JSON = "application/json"
NEXT = {"by": "next_link", "select": "a.next"}


def page(follow, reader="list", select="li", options=None, ask="", url=START, **more):
    return Page(url, reader, select, options or {}, follow=follow, ask=ask, **more)


def html(*names, then="", note="Members of Free Ports"):
    items = "".join(f"<li>{name}</li>" for name in names)
    link = f'<a class="next" href="{then}">Next</a>' if then else ""
    return f"<h1>{note}</h1><ul>{items}</ul>{link}".encode()


def data(**fields):
    return json.dumps(fields).encode()


def answer(url, body, content_type="text/html", final_url="", method="GET", status=200, **headers):
    told = tuple((name.replace("_", "-").lower(), value) for name, value in headers.items())
    return Fetched(url, method, status, content_type, told, body, final_url or url.split("#")[0])


def by_url(*answers):
    return {one.url: one for one in answers}


def walked(spec, answers):
    """The keys asked for in turn, over answers by key; KeyError for a key that has none."""
    parts = []
    while (part := next_part(spec, parts, "free_ports")) is not None:
        parts.append(answers[part.key])
    return [part.url for part in parts]
