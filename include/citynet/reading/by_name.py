"""The readers by the names that network files give them."""

import importlib
import importlib.util
from collections.abc import Mapping

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Network, Page
from citynet.reading.auto import Known, read_auto
from citynet.reading.definitions import read_definitions, read_select_options
from citynet.reading.headings import read_headings
from citynet.reading.items import read_items
from citynet.reading.markup import must_contain, of_html
from citynet.reading.paragraph import read_paragraph
from citynet.reading.pdf import read_pdf
from citynet.reading.printed import shown_text
from citynet.reading.readers import Printed, Reader
from citynet.reading.script import read_script
from citynet.reading.sheets import read_csv, read_xlsx
from citynet.reading.structured import read_geojson, read_graphql, read_json
from citynet.reading.table import read_table

READERS: Mapping[str, Reader] = {
    "list": of_html(read_items),
    "cards": of_html(read_items),
    "table": of_html(read_table),
    "headings": of_html(read_headings),
    "paragraph": of_html(read_paragraph),
    "definitions": of_html(read_definitions),
    "select_options": of_html(read_select_options),
    "json": read_json,
    "geojson": read_geojson,
    "graphql": read_graphql,
    "script": read_script,
    "pdf": read_pdf,
    "csv": read_csv,
    "xlsx": read_xlsx,
}
"""Readers by the name that a network file gives them; auto and custom are found in `reader_of`."""


def reader_of(network: Network, page: Page, known: Known | None = None) -> Reader:
    """The reader that the network file names; for `custom` the function `members` of reading/custom/<network id>.py."""
    if page.reader == "auto":
        return _auto(known, f"{network.id}.yml: page {page.url}")
    if page.reader == "custom":
        return _custom(network.id)
    reader = READERS.get(page.reader)
    if reader is None:
        names = ", ".join(sorted({*READERS, "auto", "custom"}))
        raise ConfigError(f"{network.id}.yml: page {page.url}: expected a reader of {names}, got {page.reader!r}")
    return reader


def _auto(known: Known | None, where: str) -> Reader:
    if known is None:
        raise ConfigError(f"{where}: the reader auto needs to be told which names are places, expected a gazetteer, got none")
    world = known

    def reader(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
        found = read_auto(body, content_type, world, propose=False)
        if found.refused:
            raise SourceChanged(f"{where}: expected a list of members, got none that can be told: {found.refused}")
        shown = shown_text(body, content_type)
        must_contain(shown, spec, where)
        return Printed(shown, list(found.members))

    return reader


def _custom(network_id: str) -> Reader:
    name = f"citynet.reading.custom.{network_id}"
    if importlib.util.find_spec(name) is None:
        raise ConfigError(f"{network_id}.yml: the reader custom: expected the module {name}, found none")
    members: Reader = importlib.import_module(name).members
    return members
