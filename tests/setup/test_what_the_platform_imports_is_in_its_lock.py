"""The tests run beside tools that the platform does without, so an import of one of those would only fail at a user's."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def imported() -> dict[str, str]:
    """Top-level module -> one of the files of the platform that imports it, anywhere in the file."""
    found = {}
    for file in sorted(f for folder in ("include/citynet", "dags", "plugins") for f in (PROJECT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [str(node.module)]
            else:
                continue
            found |= {name.split(".")[0]: str(file.relative_to(PROJECT)) for name in names}
    return {module: file for module, file in found.items() if module not in sys.stdlib_module_names and module != "citynet"}


def test_every_imported_library_is_pinned_in_the_lock():
    pinned = {re.sub(r"[-_.]+", "-", name) for name in re.findall(r"^([a-z0-9._-]+)==", (PROJECT / "requirements.txt").read_text(), re.M)}
    provided = packages_distributions()
    missing = {m: f for m, f in imported().items() if not {re.sub(r"[-_.]+", "-", d.lower()) for d in provided.get(m, [])} & pinned}
    assert missing == {}
