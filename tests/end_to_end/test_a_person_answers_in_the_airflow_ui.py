"""The review queue in a real Airflow: a held list makes a task that waits, and the answer given by Airflow's own API is a judgement."""


def test_a_held_list_is_asked_about_with_what_a_person_needs(operators_day):
    seen = operators_day["review"]
    question = seen["questions"][seen["case_id"]]
    assert question["subject"] == "Rivers: is the list of 2024-02-01 to be believed?"
    assert question["options"] == ["approve as true", "reject as source broken", "postpone"]
    assert question["defaults"] == ["postpone"]
    assert question["fields"] == ["evidence_url", "reason"]
    for told in ("held: collapse: 4 of 6", "gone: Ghent, Malmö, Turin, Utrecht", "new: Krems", "https://rivers.example/members"):
        assert told in question["body"]


def test_a_page_that_its_rules_can_not_read_is_asked_about_too(operators_day):
    (reader,) = [q for name, q in operators_day["review"]["questions"].items() if name.startswith("reader-")]
    assert reader["options"] == ["postpone"]
    assert r"include/networks/solidarity\_cities.yml" in reader["body"]


def test_while_a_round_waits_no_case_is_asked_twice(operators_day):
    assert operators_day["review"]["second_while_first_waits"] == ["queued", 2]


def test_a_worker_killed_before_it_kept_the_answer_asks_again_and_keeps_nothing_by_half(operators_day):
    seen = operators_day["review"]
    assert seen["judgements_after_the_kill"] == []
    assert seen["tries"] >= 2


def test_the_answer_is_a_judgement_signed_by_the_user_and_makes_new_listings_once(operators_day):
    seen = operators_day["review"]
    assert seen["first"] == {name: "success" if name == seen["case_id"] else "skipped" for name in seen["questions"]}
    (kept,) = seen["judgements"]
    assert (kept["case_id"], kept["file"]) == (seen["case_id"], "captures.csv")
    assert kept["values"]["verdict"] == "accept"
    assert kept["values"]["reviewer"] == "admin"
    assert kept["values"]["reason"] == "compared with the page"
    assert seen["events"] == [["listings", "ask"]]


def test_the_next_round_asks_what_was_postponed_and_not_what_was_answered_and_ends_without_an_answer(operators_day):
    seen = operators_day["review"]
    assert seen["case_id"] not in seen["second"]
    assert set(seen["questions"]) - {seen["case_id"]} <= set(seen["second"])
    assert set(seen["second"].values()) == {"skipped"}
    assert seen["states"] == ["success", "success"]
    assert seen["left_waiting"] == 0
