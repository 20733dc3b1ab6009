"""Draw docs/img/overview.png: the overview of the current release as a browser shows it, 1280 pixels wide.

Needs Debian's Chromium and a published release (`make run`); asks nothing of the network.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SITE = HERE.parent / "published" / "latest" / "site"
LARGEST = 300 * 1024
WIDTH, HEIGHT = 1280, 1360


def main(site: Path) -> int:
    """Write the picture; 1 where there is no release or the picture grew too large for the README."""
    index, target = site.resolve() / "index.html", HERE / "img" / "overview.png"
    if not index.is_file():
        print(f"{index}: no page there; publish a release first (make run)", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(index.as_uri())
        page.screenshot(path=str(target))
        browser.close()
    size = target.stat().st_size
    if size > LARGEST:
        print(f"{target.name}: {size} bytes, expected at most {LARGEST}", file=sys.stderr)
        return 1
    print(f"{target.relative_to(HERE.parent)}: {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE))
