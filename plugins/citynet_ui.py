"""The published site inside the Airflow UI: two entries in its navigation, for logged-in users only.

Nothing of citynet is imported, and nothing heavy: every Airflow process loads plugins, and the long-lived ones would keep a stale copy
(docs/decisions/0001-layout.md). The application itself is made at the first request, which only the api-server gets.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from airflow.plugins_manager import AirflowPlugin

RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
}
"""The pages carry names read from the web and are served from Airflow's own origin: no script of theirs may run there."""


def published_folder() -> Path | None:
    """The folder of releases that CITYNET_PUBLISHED names (default: published/ in the checkout); None where it is not on this machine."""
    named = os.environ.get("CITYNET_PUBLISHED", "") or str(Path(__file__).resolve().parents[1] / "published")
    named = named.removeprefix("file://")
    return None if "://" in named else Path(named)


def current_release(published: Path) -> Path | None:
    """The folder of the release that latest.json names, read at each call; None before the first release."""
    pointer = published / "latest.json"
    if not pointer.is_file():
        return None
    named = json.loads(pointer.read_text(encoding="utf-8"))["release_id"]
    if not RELEASE_ID.fullmatch(named):
        raise ValueError(f"{pointer}: expected a release id <YYYY-MM-DD>-<12 hex digits>, got {named!r}")
    return published / str(named)


def released_file(release: Path, path: str) -> Path | None:
    """The file of a release under this path, None for anything that its index.json does not list: no path leads out of it."""
    listed = json.loads((release / "index.json").read_text(encoding="utf-8"))["files"]
    return release / path if path in listed or path == "index.json" else None


@cache
def _application() -> Any:
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

    # Airflow mounts a plugin's application as it is, open to everybody: here each route asks for the user that the UI's cookie or a
    # bearer token names. No route of FastAPI's own (docs, openapi.json) is left, because those would not ask.
    app = FastAPI(dependencies=[Depends(get_user)], docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/")
    def front() -> Response:
        return RedirectResponse("site/index.html")

    @app.get("/{path:path}")
    def page(path: str) -> Response:
        published = published_folder()
        if published is None:
            return PlainTextResponse(
                "The releases are not in a folder of this machine; open the site where they are published.", headers=HEADERS
            )
        release = current_release(published)
        if release is None:
            return PlainTextResponse("Nothing is published yet: the first release appears after publish_monitor has run.", headers=HEADERS)
        file = released_file(release, path)
        if file is None:
            raise HTTPException(404, "the current release has no such file", headers=HEADERS)
        return FileResponse(file, headers=HEADERS)

    return app


async def site(scope: Any, receive: Any, send: Any) -> None:
    """The site as an ASGI application, made at the first request."""
    await _application()(scope, receive, send)


class CitynetPlugin(AirflowPlugin):
    """Two entries in the navigation, and the site they show; addresses are relative to the UI's own, so that a proxy's prefix works."""

    name = "citynet"
    fastapi_apps = [{"app": site, "url_prefix": "/citynet", "name": "City Network Monitor"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        {
            "name": "City Network Monitor",
            "href": "citynet/site/index.html",
            "destination": "nav",
            "url_route": "city-network-monitor",
            "nav_top_level": True,
        },
        {
            "name": "Quality",
            "href": "citynet/site/quality.html",
            "destination": "nav",
            "url_route": "citynet-quality",
            "nav_top_level": True,
        },
    ]
