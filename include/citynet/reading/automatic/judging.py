"""Whether the heaviest group of a page is its list of members: what announces it, what stands beside it, how many texts are names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.reading.automatic.announced import is_counted, telling
from citynet.reading.automatic.beside import measured
from citynet.reading.automatic.choosing import title_cue
from citynet.reading.automatic.cues import cue, is_of_something_else
from citynet.reading.automatic.elsewhere import is_told, is_told_over
from citynet.reading.automatic.headings import LOOKS

if TYPE_CHECKING:
    from citynet.reading.auto import Known
    from citynet.reading.automatic.groups import Group
    from citynet.reading.automatic.leaves import Leaf

NEEDED = {2: 0.5, 1: 0.6, 0: 0.7}
"""Mean credit from which a group is a list, by what announces it: a network of associations and regions under "Members" holds half
names that no word list knows; where nothing is announced two in three must be places, which tables of other things are too."""
NEEDED_OF_DATA = 0.62
"""The same of a JSON answer that announces nothing: it has no navigation, news or offices that could be taken for the list."""
LEAST = {2: 3, 1: 4, 0: 6}
"""Names in the shortest list: three founders under a heading of members (2), four on a page that is about members (1), else six,
since offices, boards and coming events are that short."""
FOLDER = 0.6
"""Share of the names that must lead into one folder for it to be theirs: some members have a site elsewhere."""
SURE = 0.99
"""The highest confidence that is given: nobody has looked at the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """The texts of an answer. titles: its title and first heading, () of data that announce nothing; where: see `elsewhere.places`."""

    texts: "Sequence[Leaf]"
    titles: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    @property
    def cue(self) -> int:
        """What its title and first heading announce (see `cues.cue`)."""
        return title_cue(*[*self.titles, "", ""][:2])


def judged(best: "Group", page: Page, known: "Known") -> tuple[float, str]:
    """How sure it is that the group is the list of members, and why it is not taken as one, "" where it is."""
    names, share = best.names, best.share
    if len(names) < 3:
        return 0.1, f"only {len(names)} like texts"
    zone, near = names[0].leaf.zone, max(cell.cue for cell in best.cells)
    if zone in ("nav", "footer", "dialog") or (zone == "aside" and (near < 2 or len(names) < 10)):
        return 0.1, f"the likeliest {len(names)} texts stand in the {zone} of the page"
    columns = _columns(best, page.texts)
    announced = _announced(best, near, page, columns)
    against = next(_against(best, near, announced, page, columns, known), "")
    if against:
        return 0.3, against
    needed = NEEDED[announced] if page.titles or announced else NEEDED_OF_DATA
    if share < needed:
        return share / 2, f"the likeliest {len(names)} texts are too seldom names (share {share:.2f}, needed {needed:.2f})"
    if len(names) < LEAST[near if near == 2 else 1 if announced == 2 else 0]:
        return 0.3, f"{len(names)} names, and nothing says that they are members"
    confidence = min(SURE, share * (0.7 + 0.1 * announced) * min(1.0, 0.7 + len(names) / 40))
    return round(confidence, 3), ""


def _announced(best: "Group", near: int, page: Page, columns: set[str]) -> int:
    """What announces the group, as in `cues.cue`: the headings above it, the page's own, where its names lead to, or a printed count.

    near: what its nearest headings announce. Where these are silent, 1 for what else on the page speaks of members.
    """
    announced = near or page.cue or cue(_folder(best).replace("/", " "))
    if announced >= 0 and is_counted(len(best.names), page.texts):
        return 2
    return announced or int(is_told(best, page.texts, page.where, columns))


def _against(best: "Group", near: int, announced: int, page: Page, columns: set[str], known: "Known") -> Iterator[str]:
    """What speaks against a list of members, most telling first."""
    told = next((label for label in sorted(columns) if is_of_something_else(label)), "") if near < 2 else ""
    if told:
        yield f"beside the names stands {told!r}: they are no list of members"
    if near < 2 and measured(best, page.texts):
        yield "beside the names stand measurements, prices or times: they are no list of members"
    if announced < 0:
        yield "the page is about something else"
    if announced == 0 and (any(page.titles) or any(h.level < LOOKS for cell in best.cells for h in telling(cell.headings, known))):
        yield "nothing on the page says that these are members"
    if is_told_over(best, page.texts):
        yield "the sentence before the names says that their memberships are over"


def _columns(best: "Group", texts: "Sequence[Leaf]") -> set[str]:
    """The headers of the other columns of the table, or the other keys of the data, that the group is a column of."""
    leaf = best.names[0].leaf if best.names else None
    if leaf is None or not leaf.label:
        return set()
    if leaf.level == "data":
        row = leaf.shape[: max(leaf.shape.rfind("[]"), leaf.shape.rfind(".*")) + 2]
        return {key for text in texts if text.shape.startswith(row) for key in text.shape[len(row) :].split(".") if key}
    row = re.sub(r">?t[dh]@\d+.*$", "", leaf.shape)
    return {text.label for text in texts if text.label and text.shape.startswith(row)}


def _folder(best: "Group") -> str:
    """The folder that most names lead into ("/members/"), "" where there is none."""
    folder, times = Counter(e.leaf.link for e in best.names).most_common(1)[0]
    return folder if times >= FOLDER * len(best.names) else ""
