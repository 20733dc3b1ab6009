"""The data sets that the project comes with, for tests of what is made of their answers."""

from citynet.pipelines.datasets import declared
from citynet.pipelines.outside import PROJECT

DATASETS = declared(PROJECT / "include/datasets").known
