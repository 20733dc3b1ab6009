"""A page as it may be kept outside the store: without contacts and pictures, and without what its list does not need.

What is left still reads as the page did: a cut after which other members are read is taken back. Contacts always go.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from citynet.reading.mail_addresses import ADDRESS
from citynet.reading.printed import decoded

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

SAME = Callable[[bytes], bool]
"""Whether the same members are read from a page as from the one that was served."""

_CONTACT = re.compile(
    ADDRESS + r"|(?<![\d.,])(?:\+|\b00)\d[\d\s()./-]{6,}\d"
    r"|\b(?:tel|phone|fax|telefon|telefax|téléphone|teléfono|telefono|mobile)\b\.?:?\s*\+?[\d(][\d\s()./-]{5,}\d",
    re.IGNORECASE,
)
_PICTURE = ("src", "srcset", "data-src", "data-srcset", "data-lazy-src", "data-lazy-srcset", "data-bg", "poster", "background", "style")


def page_to_keep(body: bytes, content_type: str, same: SAME) -> bytes | None:
    """The answer in UTF-8 without e-mail addresses, telephone numbers, postal addresses and pictures; None where the list would suffer.

    Postal addresses are those that the page marks as such. Persons' names are for a person to find.
    """
    text = decoded(body, content_type)
    if text.lstrip()[:1] in ("{", "["):
        kept = _CONTACT.sub("", text).encode()
        return kept if same(kept) else None
    kept = _cut(text, _contacts)
    if not same(kept):
        return None
    for cut in (_pictures, _scripts, _unshown, _forms_and_footers):
        tried = _cut(kept.decode(), cut)
        kept = tried if same(tried) else kept
    return kept


def _cut(text: str, cut: "Callable[[BeautifulSoup], None]") -> bytes:
    from bs4 import BeautifulSoup

    tree = BeautifulSoup(text, "lxml")
    cut(tree)
    return str(tree).encode()


def _contacts(tree: "BeautifulSoup") -> None:
    from bs4 import Comment

    for node in tree.select('address, [itemprop="address"], [itemprop="telephone"], [itemprop="email"], .vcard .adr'):
        node.clear()
    for text in [*tree.find_all(string=True)]:
        if isinstance(text, Comment):
            text.extract()
        elif _CONTACT.search(text):
            text.replace_with(type(text)(_CONTACT.sub("", text)))
    for node in tree.find_all(True):
        for name, value in list(node.attrs.items()):
            if isinstance(value, str) and re.match(r"\s*(?:mailto|tel|fax|callto|sms|whatsapp):", value, re.IGNORECASE):
                del node.attrs[name]
            elif isinstance(value, str) and _CONTACT.search(value):
                node.attrs[name] = _CONTACT.sub("", value)


def _pictures(tree: "BeautifulSoup") -> None:
    """Only their addresses go: an alternative text may be the only place where a member's name stands."""
    for node in tree.select("svg, video, audio, object, embed, link[rel~=icon], meta[property*=image], meta[name*=image]"):
        node.decompose()
    for node in tree.find_all(["img", "source", "picture", "input", "a", "div", "span", "section", "figure", "li"]):
        for name in _PICTURE:
            if name in node.attrs and (name != "style" or "url(" in str(node[name])):
                del node.attrs[name]


def _scripts(tree: "BeautifulSoup") -> None:
    for node in tree.find_all("script"):
        node.decompose()


def _unshown(tree: "BeautifulSoup") -> None:
    for node in tree.select("style, noscript, template, iframe, link, meta:not([charset])"):
        node.decompose()


def _forms_and_footers(tree: "BeautifulSoup") -> None:
    for node in tree.select("form, footer"):
        node.clear()
