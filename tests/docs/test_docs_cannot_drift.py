"""What the documentation says of tables, DAGs and commands is what there is."""

import importlib.util
import re
from pathlib import Path

from citynet.cli import COMMANDS
from citynet.publishing.headlines import headlines

PROJECT = Path(__file__).resolve().parents[2]


def test_the_page_of_tables_is_the_contract():
    spec = importlib.util.spec_from_file_location("build_tables", PROJECT / "docs" / "build_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (PROJECT / "docs" / "tables.md").read_text(encoding="utf-8") == module.page()


def test_the_readme_names_every_dag_and_both_commands():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for dag in (PROJECT / "dags").glob("*.py"):
        assert dag.stem in readme
    assert "make run" in readme
    assert "make test" in readme


def test_every_link_inside_the_documentation_leads_to_a_file():
    for page in [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_variable_that_is_read_is_documented():
    documented = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    files = [*(PROJECT / "include" / "citynet").rglob("*.py"), PROJECT / "bin" / "up"]
    read = {name for file in files for name in re.findall(r"CITYNET_[A-Z_]+[A-Z]", file.read_text(encoding="utf-8"))}
    assert {name for name in read if name not in documented} == set()


def test_every_command_of_the_design_that_exists_has_a_module():
    assert {(PROJECT / "include" / "citynet" / "cli" / f"{name.replace('-', '_')}.py").is_file() for name in COMMANDS} == {True}


def test_the_headlines_are_those_that_the_methodology_fixes():
    section = (PROJECT / "docs" / "methodology.md").read_text(encoding="utf-8").split("## Headlines")[1]
    fixed = [
        title.strip().casefold()
        for title in re.search(r"eight:(.*?)\. Everything", section, re.DOTALL).group(1).replace("\n", " ").split(";")
    ]
    assert [h.label.casefold() for h in headlines({})] == fixed
