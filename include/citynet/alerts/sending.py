"""Sending a message to channels (apprise URLs: mail, webhook, chat)."""

import re
from collections.abc import Sequence

from citynet.errors import ConfigError, SourceUnavailable


def send(channels: Sequence[str], *, title: str, body: str, variable: str = "CITYNET_ALERT_CHANNELS") -> None:
    """Send to every channel; ConfigError for a URL apprise does not know, SourceUnavailable where one did not take it.

    A channel's URL holds secrets: messages name its scheme and position only, and the variable that it comes from.
    """
    import apprise

    failed = []
    for number, url in enumerate(channels, start=1):
        target = apprise.Apprise()
        if not target.add(url):
            raise ConfigError(f"{variable}: number {number} ({_scheme(url)}) is not a URL that apprise knows")
        if not target.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
            failed.append(f"number {number} ({_scheme(url)})")
    if failed:
        raise SourceUnavailable(f"alert channels ({variable}): {', '.join(failed)} did not take the digest {title!r}")


def _scheme(url: str) -> str:
    found = re.match(r"[a-z][a-z0-9+.-]*(?=://)", url, re.IGNORECASE)
    return found.group(0) if found else "no scheme"
