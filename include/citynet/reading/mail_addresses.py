"""E-mail addresses that a page prints: they stay in the capture, which is private to the operator, and are read nowhere else."""

import re

ADDRESS = r"[\w.+%-]+(?:@|\s?[(\[](?-i:at)[)\]]\s?)[\w-]+(?:\.[\w-]+)+"
"""An address, also written "desk (at) ports.example", as a regular expression; "Graz (AT)" names a country."""
REMOVED = "[address removed]"

_ADDRESS = re.compile(ADDRESS)
_BEGUN = re.compile(r"[\w.+%-]+@(?!(?:data|aria)-|(?:alt|class|content|href|id|lang|name|src|title|value)\b)[\w.-]*\w")
"""Also the first letters of one; a selector like img@alt is none."""


def holds_address(text: str) -> bool:
    """Whether the text holds an e-mail address, or held one before it was removed."""
    return REMOVED in text or _ADDRESS.search(text) is not None


def without_addresses(text: str) -> str:
    """The text with a mark in the place of each e-mail address."""
    return _ADDRESS.sub(REMOVED, text)


def told_without_addresses(message: str) -> str:
    """A message with a mark in the place of what may be an address: it may quote the first letters of what a page prints alone."""
    return _BEGUN.sub(REMOVED, without_addresses(message))
