"""Sending a message to channels: mail with an id of ours, webhooks with a key of ours, and whatever else apprise knows.

A mail bears a Message-ID and a webhook an Idempotency-Key that are the same at every try, so that what was sent twice after a
crash is folded by the receiver. Other channels have no such field; there the last line of the text names the message.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from citynet.errors import ConfigError, SourceUnavailable

MAIL_SERVER = "CITYNET_MAIL_SERVER"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed to one channel. leave: address for List-Unsubscribe, "" for none; sent_at: the Date header of a mail."""

    message_id: str
    title: str
    body: str
    sent_at: datetime
    leave: str = ""


def kind_of(address: str) -> str:
    """mail | webhook | other: which guarantee a channel allows."""
    scheme = _scheme(address).lower()
    if scheme == "no scheme":
        return "mail"
    if scheme in ("mailto", "mailtos"):
        return "mail"
    return "webhook" if scheme in ("json", "jsons", "xml", "xmls", "form", "forms") else "other"


def deliver(parcel: Parcel, address: str, *, name: str, mail_server: str = "") -> None:
    """Hand a message to one address: an e-mail address (sent by mail_server, an apprise mailto URL) or any apprise URL.

    ConfigError for an address that cannot be used, SourceUnavailable where the channel did not take it; both call it by `name`.
    """
    import apprise

    bare = _scheme(address) == "no scheme"
    if bare and not mail_server:
        raise ConfigError(f"{name}: expected {MAIL_SERVER} to name a mail server (mailto://…), it is not set")
    if bare and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", address):
        raise ConfigError(f"{name}: expected an e-mail address or an apprise URL, got neither")
    plugin = apprise.Apprise.instantiate(mail_server if bare else address)
    if plugin is None:
        raise ConfigError(f"{MAIL_SERVER if bare else name}: expected a URL that apprise knows, got one that it does not")
    if kind_of(mail_server if bare else address) == "mail":
        taken = _mail(plugin, parcel, [(False, address)] if bare else plugin.targets, name)
    else:
        if kind_of(address) == "webhook":
            plugin.headers["Idempotency-Key"] = parcel.message_id
        taken = plugin.notify(title=parcel.title, body=parcel.body, body_format=apprise.NotifyFormat.TEXT)
    if not taken:
        raise SourceUnavailable(f"{name} did not take {parcel.title!r}")


def _mail(plugin: Any, parcel: Parcel, targets: Sequence[tuple[Any, str]], name: str) -> bool:
    """Send by the mail server of an apprise mailto URL; apprise itself would give each try another Message-ID."""
    import smtplib

    from apprise.exception import AppriseImproperlyConfigured
    from apprise.plugins.email.smtp import AppriseSMTPController

    if plugin.pgp_mode != "no":
        raise ConfigError(f"{name}: expected a mail channel without PGP, which is not supported here")
    sender = plugin.from_addr[1]
    try:
        with AppriseSMTPController(
            host=plugin.smtp_host,
            port=plugin.port,
            secure_mode=plugin.secure_mode,
            user=plugin.user,
            password=plugin.password,
            verify_certificate=plugin.verify_certificate,
            socket_connect_timeout=plugin.socket_connect_timeout,
        ) as server:
            return all(server.sendmail(sender, [to], _written(parcel, sender, to)) for _, to in targets)
    except (OSError, smtplib.SMTPException, AppriseImproperlyConfigured):
        return False  # the cause may name user and host, which are secrets


def _written(parcel: Parcel, sender: str, to: str) -> str:
    mail = EmailMessage()
    mail["Subject"] = parcel.title
    mail["From"] = f"City Network Monitor <{sender}>"
    mail["To"] = to
    mail["Date"] = format_datetime(parcel.sent_at)
    mail["Message-ID"] = f"<{parcel.message_id}@{sender.rsplit('@', 1)[-1]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if parcel.leave:
        mail["List-Unsubscribe"] = f"<{parcel.leave}>"
    mail.set_content(parcel.body)
    return mail.as_string()


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
