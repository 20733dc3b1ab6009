"""The text that subscribers get."""

import re
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.alerts.correcting import told_of
from citynet.alerts.digest import Frame, Told, Wrong, correction, digest, how_sure, when
from citynet.alerts.frames import FRAMES, LANGUAGES, ordinal
from citynet.publishing.contract import contract

JOINED = Told(
    change_id="c1",
    network_id="pact",
    place_id="gn1",
    network="Pact of Free Cities",
    place="Amsterdam",
    country="NL",
    tie="full",
    change="joined",
    cause="listing",
    earliest="2026-09-07",
    latest="2026-09-14",
    printed_on="",
    known_at="2026-09-14T05:17:00Z",
    origin="live",
    decided_by="pact/cap",
    absences=0,
    number=3,
    members=100,
)
LEFT = replace(
    JOINED, change_id="c2", network_id="euro", network="Eurocities", place="Leipzig", country="DE", change="left", cause="not_seen"
)
LEFT = replace(LEFT, absences=4, number=1)
FRAME = Frame("2026-09-14-0123456789ab", "en", "https://monitor.example", "editor@monitor.example", "desk")


def changes(*names_and_networks: tuple[str, str]) -> list[Told]:
    return [replace(JOINED, place=p, network=n, network_id=n.lower(), change_id=f"id-{p}") for p, n in names_and_networks]


def test_the_whole_message_is_as_written_here():
    assert digest([JOINED, LEFT], FRAME) == (
        "Changes of membership told here: 2. Sent by the City Network Monitor at https://monitor.example.\n"
        "\n"
        "Eurocities\n"
        "  Leipzig (DE) left between 2026-09-07 and 2026-09-14 (dates of the lists)  [c2]\n"
        "    How sure: absent from 4 complete lists since 2026-09-14; the network prints no statement. "
        "1st change of this network in 2026.\n"
        "  Evidence: https://monitor.example/2026-09-14-0123456789ab/site/changes.html#euro\n"
        "\n"
        "Pact of Free Cities\n"
        "  Amsterdam (NL) joined between 2026-09-07 and 2026-09-14 (dates of the lists)  [c1]\n"
        "    How sure: seen between two complete lists. 3rd change of this network in 2026.\n"
        "  Evidence: https://monitor.example/2026-09-14-0123456789ab/site/changes.html#pact\n"
        "\n"
        "Something wrong? Write to editor@monitor.example with the id in brackets; each claim is answered within 14 days.\n"
        "To leave, write to editor@monitor.example: leave desk. Your address is then erased.\n"
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            (
                "Leipzig (DE) ist ausgetreten zwischen 2026-09-07 und 2026-09-14",
                "fehlt seit 2026-09-14 auf 4",
                "1. Änderung",
                "abbestellen desk",
            ),
        ),
        (
            "fr",
            ("Leipzig (DE) a quitté le réseau entre 2026-09-07 et", "absente de 4 listes", "1er changement", "désabonner desk"),
        ),
    ],
)
def test_the_frame_speaks_the_readers_language_and_names_stay_as_they_are(language, words):
    text = digest([LEFT], replace(FRAME, language=language))
    assert "Eurocities" in text
    assert all(word in text for word in words), text
    assert not re.search(r"\b(left|Evidence|How sure)\b", text)


def test_every_sentence_is_there_in_every_language_with_the_same_values():
    for name, texts in FRAMES.items():
        assert set(texts) == set(LANGUAGES), name
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts.values()]
        assert fields[0] == fields[1] == fields[2], name


def test_ordinals_are_those_of_the_language():
    assert [ordinal(n, "en") for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "112th",
    ]
    assert (ordinal(3, "de"), ordinal(1, "fr"), ordinal(3, "fr")) == ("3.", "1er", "3e")


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"printed_on": "2020-03"}, "on 2020-03 (as printed)"),
        ({}, "between 2026-09-07 and 2026-09-14 (dates of the lists)"),
        ({"earliest": ""}, "by 2026-09-14"),
        ({"earliest": "2026-09-14"}, "on 2026-09-14 (two lists of that day)"),
    ],
)
def test_a_printed_date_comes_before_the_dates_of_the_lists_and_no_single_day_is_guessed(dates, words):
    assert when(replace(JOINED, **dates)) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replace(JOINED, cause="printed_date"), "printed by the network"),
        (replace(LEFT, cause="statement"), "printed by the network"),
        (JOINED, "between two complete lists"),
        (LEFT, "absent from 4 complete lists since 2026-09-14"),
        (replace(LEFT, absences=0), "absent from several complete lists"),
        (replace(LEFT, cause="judgement"), "decided by a person"),
        (replace(JOINED, change="on_hold"), "as the network marks it on its list"),
        (replace(JOINED, change="resumed"), "as the network marks it on its list"),
        (replace(JOINED, change="on_hold", cause="judgement"), "decided by a person"),
    ],
)
def test_how_sure_it_is_is_told_by_what_it_rests_on(change, words):
    assert words in how_sure(change, FRAME)


def test_every_world_change_and_every_cause_of_the_contract_has_words():
    columns = {c.name: c.enum for c in contract().table("membership_changes").columns}
    for change in columns["change"]:
        assert f"Leipzig (DE) {FRAMES[change]['en']}" in digest([replace(LEFT, change=change)], FRAME)
    for cause in columns["cause"]:
        assert how_sure(replace(LEFT, cause=cause), FRAME).startswith("How sure: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tie_has_words_in_every_language_and_no_code_is_printed(language):
    columns = {column.name: column for column in contract().table("memberships").columns}
    for tie in columns["tie"].enum:
        text = digest([replace(JOINED, change="tie_changed", tie=tie, tie_before="project_partner")], replace(FRAME, language=language))
        assert FRAMES[f"tie_{tie}"][language] in text
        assert "project_partner" not in text


def test_cities_stand_under_their_network_once_and_in_alphabetical_order():
    text = digest(changes(("Ulm", "B"), ("Bonn", "A"), ("Graz", "B"), ("Aachen", "A")), FRAME)
    shown = [line.split(" (")[0] for line in text.splitlines()[2:-2] if line and not line.startswith(("    ", "  Evidence"))]
    assert shown == ["A", "  Aachen", "  Bonn", "B", "  Graz", "  Ulm"]


@pytest.mark.parametrize(
    ("number", "members", "mass"),
    [(10, 1000, True), (9, 1000, False), (3, 11, True), (3, 12, False), (2, 3, False), (3, 0, False)],
)
def test_a_mass_change_is_one_line_that_names_three_cities(number, members, mass):
    made = changes(*((f"City{n:02}", "Rivers") for n in range(number)))
    some = [replace(c, members=members, number=n) for n, c in enumerate(made, 4)]
    text = digest(some, FRAME)
    assert ("at once" in text) is mass
    if mass:
        others = " The others stand with their ids behind the link." if number > 3 else ""
        some_named = "City00 (NL) [id-City00], City01 (NL) [id-City01], City02 (NL) [id-City02]"
        since = "between 2026-09-07 and 2026-09-14 (dates of the lists)"
        sure = f"How sure: seen between two complete lists. With these, {number + 3} changes of this network in 2026."
        assert f"  {number} changes at once (joined: {number}) {since}, among them {some_named}. {sure}{others}\n" in text
        assert "City03" not in text
        assert text.count("#rivers") == 1
        assert all(f"[{c.change_id}]" in digest(some, FRAME, whole=True) for c in some)


def test_a_mass_change_says_no_more_of_time_and_certainty_than_holds_for_all_of_it():
    """Of lists of several dates the interval around them; nothing where the page prints a date of one."""
    made = [replace(c, members=1000) for c in changes(*((f"City{n:02}", "Rivers") for n in range(10)))]
    later = replace(made[0], latest="2026-09-21")
    printed = replace(made[0], printed_on="2026-09-01", cause="printed_date")
    assert "10 changes at once (joined: 10) between 2026-09-07 and 2026-09-21 (dates of the lists), among" in digest(
        [later, *made[1:]], FRAME
    )
    assert "10 changes at once (joined: 10), among" in digest([printed, *made[1:]], FRAME)
    assert "How sure" not in digest([printed, *made[1:]], FRAME)


def test_a_correction_says_how_to_leave_to_those_who_subscribed():
    wrong = [Wrong(told_of(JOINED), "upheld", "2026-09-15")]
    assert "To leave, write to" in correction(wrong, FRAME)
    assert "To leave" not in correction(wrong, replace(FRAME, subscription=""))


def test_without_an_address_of_its_own_the_message_says_so_and_names_the_page():
    text = digest([JOINED], replace(FRAME, site="", contact="", subscription=""))
    assert "an installation without a public address" in text
    assert "Evidence: release 2026-09-14-0123456789ab, page of changes, Pact of Free Cities" in text
    assert "Write to whoever set up this channel" in text
    assert "To leave" not in text


def test_what_stands_at_the_head_comes_first():
    assert digest([JOINED], FRAME, head=["Preview only.", ""]).startswith("Preview only.\n\nChanges of membership told here: 1.")


SOME = st.lists(
    st.builds(
        lambda change_id, network, place, change, printed_on: replace(
            JOINED, change_id=change_id, network=network, network_id=network, place=place, change=change, printed_on=printed_on, members=0
        ),
        change_id=st.uuids().map(str),
        network=st.sampled_from(["Eurocities", "ICORN", "Städtebund"]),
        place=st.sampled_from(["Graz", "Łódź", "'s-Hertogenbosch"]),
        change=st.sampled_from(["joined", "left", "resumed"]),
        printed_on=st.sampled_from(["", "2020"]),
    ),
    min_size=1,
    max_size=8,
)


@given(SOME, st.randoms(use_true_random=False), st.sampled_from(LANGUAGES))
def test_the_message_does_not_depend_on_the_order_and_names_each_change_once(some, shuffled, language):
    frame = replace(FRAME, language=language)
    text, mixed = digest(some, frame), list(some)
    shuffled.shuffle(mixed)
    assert digest(mixed, frame) == text
    assert all(text.count(f"[{change.change_id}]") == 1 for change in some)
