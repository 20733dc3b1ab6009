"""A published sample release, made once a session and copied where a test changes it; a loopback server for pages."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from citynet.publishing.release import publish, release_id
from citynet.publishing.site import SiteContext
from citynet.store import open_store
from publishing.evidence import evidence
from publishing.one_row import AS_OF
from publishing.rows import candidates, tables

RELEASE = release_id(AS_OF, ["capture a", "capture b"])
CONTEXT = SiteContext(
    as_of=AS_OF,
    package_version="0.1.0",
    home="https://monitor.example/",
    contact="Write to monitor@monitor.example",
    evidence=evidence(),
    candidates=candidates(),
)


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """A published folder with one release; read only."""
    folder = tmp_path_factory.mktemp("sample") / "published"
    publish(open_store(str(folder)), RELEASE, tables(), context=CONTEXT)
    return folder


@pytest.fixture
def published(sample, tmp_path) -> Path:
    """A copy of the sample that a test may damage."""
    return Path(shutil.copytree(sample, tmp_path / "published", symlinks=True))


@pytest.fixture(scope="session")
def site_address(sample):
    """The sample release, served on loopback as any web server would."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(sample / RELEASE)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/site"
    server.shutdown()
    thread.join()
    server.server_close()
