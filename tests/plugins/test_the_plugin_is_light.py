"""Every Airflow process loads plugins: ours must cost nothing there and keep no stale copy of the package."""

import json
import subprocess
import sys
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"

LOAD = """
import json, sys, time
import airflow.plugins_manager
before, began = set(sys.modules), time.process_time()
sys.path.insert(0, sys.argv[1])
import citynet_ui
print(json.dumps({"seconds": time.process_time() - began, "loaded": sorted(set(sys.modules) - before)}))
"""


def test_loading_the_plugin_imports_nothing_of_ours_and_no_web_framework(make_world, tmp_path):
    command = [sys.executable, "-W", "ignore", "-c", LOAD, str(PLUGINS)]
    done = subprocess.run(command, env=make_world(tmp_path).environment, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["loaded"] == ["citynet_ui"]
    assert seen["seconds"] < 0.1


def test_a_published_folder_elsewhere_is_said_in_plain_words_and_a_broken_pointer_is_named(tmp_path):
    code = (
        "import os, pathlib, sys; sys.path.insert(0, sys.argv[1]); import citynet_ui as ui\n"
        "print(ui.published_folder())\n"
        "ui.current_release(pathlib.Path(sys.argv[2]))\n"
    )
    (tmp_path / "latest.json").write_text('{"release_id": "../../etc"}')
    environment = {"PATH": "", "AIRFLOW_HOME": str(tmp_path), "CITYNET_PUBLISHED": "s3://bucket/published"}
    command = [sys.executable, "-W", "ignore", "-c", code, str(PLUGINS), str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "None"
    assert "expected a release id" in done.stderr
