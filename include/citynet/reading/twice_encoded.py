"""Names whose letters were encoded twice ("GospiÄ‡" for Gospić) or hold what nobody sees: the page's fault, mended where certain.

UTF-8 read as a single-byte encoding gives for each letter beyond ASCII two or three characters that no language writes
side by side. A no-break space among them is lost with the white space of the page; such a name stays as printed.
"""

import re
from typing import Any

_TWO_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2}")
"""Every letter encoded twice leaves at least two such characters side by side; other names need no further look."""
_ESCAPED_BYTES = re.compile(r"(?:<[0-9a-f]{2}>)+")
"""Bytes as the language R prints those that it can't: Malm<c3><b6>."""
_PLAIN_LETTER = re.compile("[A-Za-z]")
_SIGNS = "[ -@[-`{-~ªº´·‘’“”„–—]"
_ONE_SCRIPT = re.compile(
    rf"(?:[A-Za-zÀ-ÖØ-öø-žȘ-țƏə]|{_SIGNS})+|(?:[Ͱ-Ͽ]|{_SIGNS})+|(?:[Ѐ-џҐґ]|{_SIGNS})+|(?:[Ա-և]|{_SIGNS})+|(?:[ა-ჿ]|{_SIGNS})+"
)
"""Names in Latin (with the letters of Europe's languages), Greek, Cyrillic, Armenian or Georgian letters, never mixed."""
_ONLY_THE_ENCODING: dict[str, Any] = {
    **{"unescape_html": False, "remove_terminal_escapes": False, "restore_byte_a0": False, "replace_lossy_sequences": False},
    **{"decode_inconsistent_utf8": False, "fix_c1_controls": False, "fix_latin_ligatures": False, "fix_character_width": False},
    **{"uncurl_quotes": False, "fix_line_breaks": False, "fix_surrogates": False, "remove_control_chars": False},
    **{"normalization": None, "explain": False},
}
"""ftfy's options: quotes, widths, entities and spaces are as the page has them. restore_byte_a0 would write "Eulà lia"."""


_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]|(?<![\u0590-\u0dff])[\u200c\u200d]")
"""Soft hyphens, spaces without width and marks of direction; joiners too, but for the scripts that write with them."""


def without_unseen(text: str) -> str:
    """The text without characters that show nothing and make two names of one."""
    return text if text.isascii() else _UNSEEN.sub("", text).strip()


def with_unseen_named(text: str) -> str:
    """The text with such characters as their numbers ("Aar\\u200bhus")."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def repaired(text: str) -> str:
    """The text with letters encoded twice, or printed as their bytes, put right; any other text as it is.

    What comes out must be a name in one script of Europe. ftfy decides first; it leaves short cases that may be capitals
    ("Ã…lesund", "DÄ…bie"): there the whole text must be UTF-8 read as Windows-1252, and not in capitals (Estonian "PRIÄŽY").
    """
    text = _ESCAPED_BYTES.sub(_decoded, text)
    if text.isascii() or not _TWO_BEYOND_ASCII.search(text):
        return text
    from ftfy import TextFixerConfig, fix_encoding

    fixed = fix_encoding(text, TextFixerConfig(**_ONLY_THE_ENCODING))
    decoded = fixed if fixed != text else _as_windows_1252(text)
    return decoded if _ONE_SCRIPT.fullmatch(decoded) else text


def _decoded(found: re.Match[str]) -> str:
    return bytes.fromhex(re.sub("[<>]", "", found[0])).decode("utf-8", "replace")


def _as_windows_1252(text: str) -> str:
    if text.isupper() and _PLAIN_LETTER.search(text):
        return text
    try:
        return text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return text
