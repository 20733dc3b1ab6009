"""citynet serve"""

import argparse
import functools
import http.server
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the port."""
    parser.add_argument("--port", type=int, default=8765, help="port on 127.0.0.1 (default 8765; 0 takes a free one)")


def call(options: argparse.Namespace) -> int:
    """Serve the published folder on 127.0.0.1 until it is interrupted; the site is /latest/site/."""
    import os

    from citynet.errors import ConfigError
    from citynet.pipelines.outside import open_outside
    from citynet.publishing.release import current

    published = open_outside(os.environ).published
    if not published.local:
        raise ConfigError(f"serve: expected a local folder of releases, got {published.url}; an object store serves itself")
    release = current(published)
    if release is None:
        raise ConfigError(f"serve: expected a release in {published.root}, found none; run `make run` first")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(Path(published.root)))
    with http.server.ThreadingHTTPServer(("127.0.0.1", options.port), handler) as server:
        try:
            print(f"http://127.0.0.1:{server.server_address[1]}/{release}/site/index.html  (Ctrl-C stops)", flush=True)
            server.serve_forever()
        except KeyboardInterrupt:
            print("stopped")
    return 0
