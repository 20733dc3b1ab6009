"""Writing markup: elements, lists of elements, whole documents."""

from collections.abc import Iterable
from html import escape


def el(name: str, /, *inside: str, **attributes: str) -> str:
    """An element around markup. An attribute's name may end in "_" (class_) and has "-" for "_"; empty ones are left out."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def each(name: str, parts: Iterable[str], /, **attributes: str) -> str:
    """An element around each piece of markup, one a line."""
    return "\n".join(el(name, part, **attributes) for part in parts)


def link(text: str, href: str, /, **attributes: str) -> str:
    """A link around plain text."""
    return el("a", escape(text), href=href, **attributes)


def document(language: str, title: str, body: str, *, head: str = "", body_class: str = "") -> str:
    """A whole HTML document."""
    meta = f'<meta charset="utf-8"><title>{escape(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
    return f'<!DOCTYPE html>\n<html lang="{language}"><head>{meta}{head}</head>\n{el("body", body, class_=body_class)}</html>\n'
