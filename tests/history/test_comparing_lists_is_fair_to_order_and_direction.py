"""Properties of comparing two lists, whatever is on them: names of few letters, so that likes and namesakes are frequent."""

from hypothesis import given
from hypothesis import strategies as st

from citynet.history.comparing import Difference, compare
from citynet.history.printed import Printed

PLACES = {"gn1": "alder", "gn2": "aldern", "gn3": "birch", "gn4": "birch north", "gn5": "cedar"}
CHANGES = {"joined", "left", "renamed", "tie_changed", "unclear"}
CAUSES = {"world", "spelling", "affix", "country_code", "duplicate_row", "split_or_merged", "unresolved"}


def row(name: str, country: str, sort: str, matched: bool, tie: str) -> Printed:
    """A row as the pipelines make it of a name of a few words."""
    place_id = next((place for place, known in PLACES.items() if known == name), "") if matched and not sort else ""
    written = f"{sort} {name}".strip()
    return Printed(
        name=written.title(),
        country_as_published=country,
        country=country,
        tie=tie,
        place_id=place_id,
        place_kind="municipality" if place_id else "",
        municipality_id=place_id,
        may_be=frozenset(),
        alike=frozenset(),
        written=written,
        key=written,
        forms=frozenset((written, name) if sort == "municipality" else (written,)),
        hinted=frozenset(),
        parts=frozenset(),
        sort=sort,
        words=frozenset(name.split()),
        spellings=frozenset((written,)),
    )


ROWS = st.builds(
    row,
    st.sampled_from((*PLACES.values(), "elmwood", "elmwod", "north birch", "furze", "gorse heath")),
    st.sampled_from(("", "DE", "FR")),
    st.sampled_from(("", "", "municipality", "landkreis")),
    st.booleans(),
    st.sampled_from(("", "member", "partner")),
)
LISTS = st.lists(ROWS, max_size=9)


def compared(old: list[Printed], new: list[Printed]) -> tuple[Difference, ...]:
    return compare(old, new, (), lambda asked: {place_id: (PLACES[place_id],) for place_id in asked})


@given(LISTS)
def test_a_list_does_not_differ_from_itself(rows):
    assert compared(rows, rows) == ()


@given(LISTS, LISTS)
def test_who_is_told_stood_there_and_nobody_is_told_twice(old, new):
    found = compared(old, new)
    assert {d.change for d in found} <= CHANGES
    assert {d.cause for d in found} <= CAUSES
    assert {d.name_old for d in found} <= {r.name for r in old} | {""}
    assert {d.name_new for d in found} <= {r.name for r in new} | {""}
    for change, rows in (("left", new), ("joined", old)):
        told = [d for d in found if d.change == change]
        assert all(d.cause == "world" for d in told)
        assert not {d.place_id for d in told} - {""} & {r.place_id for r in rows}
        assert len({d.place_id for d in told if d.place_id}) == len([d for d in told if d.place_id])
        assert not [d for d in told if any((d.name_old or d.name_new) == r.name and d.country == r.country for r in rows)]


@given(LISTS, LISTS)
def test_of_two_empty_sides_one_has_all(old, new):
    assert {d.change for d in compared(old, [])} <= {"left", "unclear"}
    assert {d.change for d in compared([], new)} <= {"joined", "unclear"}


@given(LISTS, LISTS)
def test_read_backwards_joined_is_left(old, new):
    there, back = compared(old, new), compared(new, old)
    assert sorted(d.place_id for d in there if d.change == "joined") == sorted(d.place_id for d in back if d.change == "left")
    assert sum(d.change == "tie_changed" for d in there) == sum(d.change == "tie_changed" for d in back)


@given(LISTS, LISTS, st.randoms(use_true_random=False))
def test_the_order_on_the_page_does_not_decide_who_has_left(old, new, chance):
    def world(found: tuple[Difference, ...]) -> list[tuple[str, str]]:
        return sorted((d.change, d.place_id) for d in found if d.change in ("left", "joined"))

    mixed = [chance.sample(rows, len(rows)) for rows in (old, new)]
    assert world(compared(old, new)) == world(compared(*mixed))
