"""The registry: one YAML file a network, read strictly, one broken file never stopping the others."""

from citynet.networks.registry import Registry, load, load_one, pages_at

__all__ = ["Registry", "load", "load_one", "pages_at"]
