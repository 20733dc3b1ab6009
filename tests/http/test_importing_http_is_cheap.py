"""Commands that only look at captures must not wait for libraries that fetch."""

import subprocess
import sys


def test_no_fetching_library_is_loaded_before_it_is_used():
    code = (
        "import sys, citynet.http.capture, citynet.http.fetch, citynet.http.replay;"
        "print(sorted({'requests', 'urllib3', 'warcio', 'protego', 'fsspec'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"
