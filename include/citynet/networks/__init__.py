"""The registry: one YAML file a network, read strictly, one broken file never stopping the others; and the candidates beside it."""

from citynet.networks.candidates import Candidate, Candidates, due, load_candidates
from citynet.networks.registry import Registry, load, load_one, pages_at

__all__ = ["Candidate", "Candidates", "Registry", "due", "load", "load_candidates", "load_one", "pages_at"]
