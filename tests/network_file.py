"""The file of a network of a test's own: what every file must have, then the pages and bounds that the test is about."""

from pathlib import Path

PAGES = 14
"""The line on which the first page stands."""


def network_file(
    pages: str, more: str = "", *, network_id: str = "free_ports", permission: str = "none_needed", republish: str = "names"
) -> str:
    """The text of the file. pages: YAML of the items of `pages`, four spaces deep; more: further lines of `membership` or of the file."""
    return f"""\
id: {network_id}
name: {network_id.replace("_", " ").title()}
status: active
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2024-01-01}}
who_joins: body
rights: {{permission: {permission}, republish: {republish}}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages:
{pages.strip(chr(10))}
{more}"""


def register(registry: Path, pages: str, more: str = "", *, network_id: str = "free_ports", republish: str = "names") -> None:
    """Write the file of the network into the folder of the registry."""
    text = network_file(pages, more, network_id=network_id, republish=republish)
    (registry / f"{network_id}.yml").write_text(text, encoding="utf-8")
