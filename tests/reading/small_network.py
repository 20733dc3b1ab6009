"""A made-up network, and one page of it read with the options that a network file could give."""

from citynet.model import Departure, Expect, Network, Page
from citynet.reading import read_page

URL = "https://ports.example/members"


def network(**changed):
    fields = {
        **{"id": "free_ports", "name": "Free Ports", "homepage": "", "status": "active", "scope": "transnational"},
        **{"relevance": "migration_core", "who_joins": "body", "publishes": "list", "coverage": "complete", "default_tie": "full"},
        **{"ties": {}, "pages": (), "expect": Expect(), "departure": Departure(), "relations": (), "status_since": ""},
        **{"republish": "names", "protects_persons": False, "sha256": "", "facts": {}},
    }
    return Network(**{**fields, **changed})


def printed_page(body, reader, select, content_type="text/html; charset=utf-8", ties=None, **options):
    page = Page(url=URL, reader=reader, select=select, options=options)
    body = body if isinstance(body, bytes) else body.encode("utf-8")
    return read_page(network(ties=ties or {}), page, body, content_type)
