"""A list that a person accepts with an e-mail address in a name is published with the name and without the address."""

from citynet.model import instant
from citynet.pipelines.answers import Given, keep
from citynet.pipelines.names import open_names
from citynet.pipelines.review import all_cases
from citynet.publishing.release import current
from pipelines.live_pages import capture, listed, register
from pipelines.test_an_answer_settles_a_name_on_every_list import publish, table

AT = instant("2024-03-02T08:00:00Z")
CITIES = ("Graz (Austria)", "Lyon (France)", "Malmö (Sweden)", "Ghent (Belgium)")


def test_the_name_is_published_and_the_address_is_not(outside):
    register(outside)
    capture(outside, "2024-03-01", listed(*CITIES, "Wuppertal, a.muster@wuppertal.example (Germany)"))
    (case,) = [case for case in all_cases(outside, open_names(outside)) if case.what == "capture"]
    signed = {"reviewer": "a-reviewer", "date": "2024-03-02", "reason": "the list is right", "evidence_url": ""}
    values = {"network_id": "rivers", "capture_id": case.capture_id, "verdict": "accept", **signed}
    keep(outside.store, [Given("test", case.case_id, "captures.csv", values)], AT)
    publish(outside)
    assert {row["name_as_published"] for row in table(outside, "unresolved_names")} == {"Wuppertal, [address removed]"}
    made = [key for key in outside.published.keys() if key.startswith(f"{current(outside.published)}/")]  # noqa: SIM118 (a store is no dict)
    assert len(made) > 30
    assert [key for key in made if b"muster" in outside.published.read(key)] == []
