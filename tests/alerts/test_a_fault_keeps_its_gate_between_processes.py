"""Airflow carries exceptions between processes: what a fault knows of its gate must come along."""

import pickle

from citynet.errors import SourceChanged


def test_a_changed_source_keeps_its_gate_and_counts():
    sent = pickle.loads(pickle.dumps(SourceChanged("rivers: expected 12, got 3", gate="reached", parsed=3, printed=12)))
    assert (str(sent), sent.gate, sent.parsed, sent.printed) == ("rivers: expected 12, got 3", "reached", 3, 12)


def test_without_a_word_it_is_the_layout():
    assert pickle.loads(pickle.dumps(SourceChanged("rivers: matched 0"))).gate == "layout"
