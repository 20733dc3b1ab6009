"""What two names have in common that makes nobody sure of one body, nor of two: a word cut short, a saint, an acronym, a region."""

from citynet.history.likeness import SHORTEST_WORD
from citynet.history.other_bodies import OF_MANY_NAMES
from citynet.history.printed import Printed

SAINTS = {
    **dict.fromkeys(("san", "santa", "santo"), "es it"),
    **dict.fromkeys(("st", "saint", "sainte"), "en fr"),
    **{"sao": "pt", "sankt": "de", "sint": "nl", "sant": "ca", "sveti": "hr"},
}
"""The word for a saint that a name begins with -> the languages that say it so."""
SHORTEST_CUT = 3
"""Letters of the shortest word that may be the beginning of another: Vic of Victoria."""


def word_cut_short(one: Printed, other: Printed) -> bool:
    """Whether the names are one but for a word that is the beginning of the other's: Town of Vic Park, Town of Victoria Park."""
    if one.place_id and other.place_id:
        return False
    return any(_cut_short(a.split(), b.split()) for a in one.forms for b in other.forms)


def _cut_short(one: list[str], other: list[str]) -> bool:
    apart = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(apart) != 1:
        return False
    short, long = sorted(apart[0], key=len)
    shared = (set(one) & set(other)) - OF_MANY_NAMES - set(SAINTS)
    return len(short) >= SHORTEST_CUT and long.startswith(short) and any(len(word) >= SHORTEST_WORD for word in shared)


def one_saint(one: Printed, other: Printed) -> bool:
    """Whether both are called after a saint, in two languages, and share another word: St. Lawrence of the Escorial, San Lorenzo."""
    names = [row.key.split() for row in (one, other)]
    if (one.place_id and other.place_id) or any(len(name) < 3 for name in names):
        return False
    (saint, name, *rest), (other_saint, other_name, *others) = names
    languages = (SAINTS.get(saint, ""), SAINTS.get(other_saint, ""))
    shared = any(len(word) >= SHORTEST_WORD and word not in OF_MANY_NAMES for word in set(rest) & set(others))
    return all(languages) and languages[0] != languages[1] and name[0] == other_name[0] and shared


def share_an_acronym(one: Printed, other: Printed) -> bool:
    """Whether the capitals in the brackets of one stand in the other as a word: Catalonia (ATM), ATM Barcelona."""
    if one.place_id or other.place_id:
        return False
    return any(
        len(acronym) >= SHORTEST_CUT and f"({acronym.upper()})" in a.name and acronym.upper() in b.name.split()
        for a, b in ((one, other), (other, one))
        for acronym in a.bracketed
    )


def called_after_one_region(one: Printed, other: Printed) -> bool:
    """Whether the names of two organisations hold that of one region: STIF - Ile de France, Ile-de-France Mobilités."""
    return bool(one.regions_within & other.regions_within) and not (one.kinds or other.kinds)
