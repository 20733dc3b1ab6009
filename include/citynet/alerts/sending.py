"""Sending a message to channels: mail with an id of ours, webhooks with a key of ours, and whatever else apprise knows.

A mail bears a Message-ID and a webhook an Idempotency-Key that are the same at every try, so that what was sent twice after a
crash is folded by the receiver. Other channels have no such field; there the last line of the text names the message.
"""

import logging
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from citynet.errors import ConfigError, SourceUnavailable

MAIL_SERVER = "CITYNET_MAIL_SERVER"
ANSWER_WITHIN = 120.0
"""Seconds that a channel may take to say that it took a message: who gives up on a slow one tells it twice."""
LOGGERS = ("apprise", "urllib3")
"""Who log URLs, tokens, telephone numbers and hosts of channels."""
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed to one channel. leave: address for List-Unsubscribe, reply_to: mailbox that answers go to, "" for none; sent_at:
    the Date header of a mail."""

    message_id: str
    title: str
    body: str
    sent_at: datetime
    leave: str = ""
    reply_to: str = ""


def kind_of(address: str) -> str:
    """mail | webhook | other: which guarantee a channel allows."""
    scheme = _scheme(address).lower()
    if scheme == "no scheme":
        return "mail"
    if scheme in ("mailto", "mailtos"):
        return "mail"
    return "webhook" if scheme in ("json", "jsons", "xml", "xmls", "form", "forms") else "other"


def answers_to(contact: str) -> str:
    """The mailbox of an installation's contact, "" where it is a web address or none."""
    return contact if "@" in contact and "://" not in contact else ""


def deliver(parcel: Parcel, address: str, *, name: str, mail_server: str = "") -> None:
    """Hand a message to one address: an e-mail address (sent by mail_server, an apprise mailto URL) or any apprise URL.

    ConfigError for an address that cannot be used, SourceUnavailable where the channel did not take it; both call it by `name`.
    """
    import apprise

    with _silent():
        plugin, to = _channel(address, name, mail_server)
        try:
            if to:
                taken = _mail(plugin, parcel, to, name)
            else:
                plugin.socket_read_timeout = max(plugin.socket_read_timeout, ANSWER_WITHIN)
                if kind_of(address) == "webhook":
                    plugin.redirects = False  # one that is followed becomes a GET: a login page would take the message
                    plugin.headers["Idempotency-Key"] = parcel.message_id
                taken = plugin.notify(title=parcel.title, body=parcel.body, body_format=apprise.NotifyFormat.TEXT)
        except UnicodeError:  # a mail server's or webhook's user, password, sender or header; its text would show them
            raise ConfigError(f"{name}: expected an address and account in ASCII letters, got others") from None
    if not taken:
        raise SourceUnavailable(f"{name} did not take {parcel.title!r}")


def usable(address: str, *, name: str, mail_server: str = "") -> str:
    """The address as it is kept: an apprise URL as it is, an e-mail address in ASCII. ConfigError where nothing can be sent to it."""
    with _silent():
        _, to = _channel(address, name, mail_server)
    return to if to and _scheme(address) == "no scheme" else address


def mail_address(address: str, name: str) -> str:
    """An e-mail address as every mail server takes it, its domain as punycode; ConfigError, without it, where there is no such form."""
    mailbox, _, domain = address.rpartition("@")
    if not mailbox or not domain:
        raise ConfigError(f"{name}: expected an e-mail address or an apprise URL, got neither")
    if not _MAILBOX.fullmatch(mailbox):
        raise ConfigError(f"{name}: expected ASCII letters, digits and signs without spaces before the @ of the e-mail address")
    host = domain if domain.isascii() else _punycode(domain)
    if not _HOST.fullmatch(host):
        raise ConfigError(f"{name}: expected a domain behind the @ that punycode can write (else write it so yourself: xn--…)")
    return f"{mailbox}@{host}"


def _punycode(domain: str) -> str:
    """The domain in ASCII, "" unless it reads back as it was: the codec takes ß for ss, which is another domain."""
    try:
        host = domain.encode("idna").decode("ascii")
        same = host.encode("ascii").decode("idna") == unicodedata.normalize("NFC", domain).lower()
    except UnicodeError:
        return ""
    return host if same else ""


def _channel(address: str, name: str, mail_server: str) -> tuple[Any, str]:
    """The apprise plugin of an address, and to whom it mails ("" for all that is no mail); ConfigError where it cannot be used."""
    import apprise

    bare = _scheme(address) == "no scheme"
    to = mail_address(address, name) if bare else ""
    if bare and not mail_server:
        raise ConfigError(f"{name}: expected {MAIL_SERVER} to name a mail server (mailto://…), it is not set")
    plugin = apprise.Apprise.instantiate(mail_server if bare else address)
    if plugin is None or (bare and kind_of(mail_server) != "mail"):
        wanted = "a mailto:// or mailtos:// URL" if bare else "a URL"
        raise ConfigError(f"{MAIL_SERVER if bare else name}: expected {wanted} that apprise knows, got one that it does not")
    if bare or kind_of(address) != "mail":
        return plugin, to
    if len(plugin.targets) != 1 or plugin.cc or plugin.bcc:
        raise ConfigError(f"{name}: expected a mail URL with exactly one recipient (to=), got none or several: give each its own")
    return plugin, mail_address(plugin.targets[0][1], name)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the loggers and warnings of the libraries still while they hold a channel's URL: what they say holds secrets."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _mail(plugin: Any, parcel: Parcel, to: str, name: str) -> bool:
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
            server._socket.sock.settimeout(ANSWER_WITHIN)  # the controller's own is that for connecting
            return bool(server.sendmail(sender, [to], _written(parcel, sender, to)))
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
    if parcel.reply_to:
        mail["Reply-To"] = parcel.reply_to
    if parcel.leave:
        mail["List-Unsubscribe"] = f"<{parcel.leave}>"
    mail.set_content(parcel.body)
    # A subject that is put whole on a second line begins with a blank for who reads it; one in encoded words is cut within them.
    return mail.as_string(policy=mail.policy.clone(max_line_length=998) if parcel.title.isascii() else None)


def _scheme(url: str) -> str:
    found = re.match(r"[a-z][a-z0-9+.-]*(?=://)", url, re.IGNORECASE)
    return found.group(0) if found else "no scheme"
