"""The files of the secret store: YAML held strictly against its form, written for the owner's eyes only; and the ledger's key."""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from citynet.alerts.frames import LANGUAGES
from citynet.alerts.recipients import AUDIENCES, FREQUENCIES
from citynet.errors import ConfigError
from citynet.networks.marked_yaml import Marked, parse
from citynet.pipelines.outside import Outside

SUBSCRIBERS, ADDRESSES, CONTACTS = "subscribers.yaml", "addresses.yaml", "contacts.yaml"
CHANGES = ("joined", "left", "on_hold", "rejoined", "resumed", "tie_changed")
DAY = r"\d{4}-\d{2}-\d{2}"
PLACE_ID = "gn[0-9]+|lau[A-Z]{2}[A-Za-z0-9._-]+|x-[a-z]{2}-[a-z0-9-]+"
LISTS = ("networks", "cities", "countries", "changes")

_FORMS: Mapping[str, Mapping[str, str]] = {
    "subscribers": {
        "id": r"[a-z0-9][a-z0-9_-]{0,40}",
        "address": r"[a-z0-9][a-z0-9_-]{0,60}",
        "channel": "mail|webhook|other",
        "audience": "|".join(AUDIENCES),
        "language": "|".join(LANGUAGES),
        "frequency": "|".join(FREQUENCIES),
        "added_on": DAY,
        "confirmed_on": f"({DAY})?",
        "confirmation": "([0-9a-f]{32})?",
        "networks": "[a-z0-9_]+",
        "cities": PLACE_ID,
        "countries": "[A-Z]{2}",
        "changes": "|".join(CHANGES),
    },
    "contacts": {
        "network_id": "[a-z0-9_]+",
        "place_id": PLACE_ID,
        "address": r"[a-z0-9][a-z0-9_-]{0,60}",
        "language": "|".join(LANGUAGES),
    },
}
"""File -> field -> how each of its values must be written."""
_NEEDED = {"subscribers": ("id", "address", "channel"), "contacts": ("address",)}


def ledger_key(outside: Outside) -> bytes:
    """The key of the ledger's hashes, made at first use. Whoever loses it loses who was told what: keep it with the store."""
    if not outside.ledger_key.exists():
        _keep_first(outside.ledger_key, secrets.token_hex(32).encode() + b"\n")
    key = outside.ledger_key.read_bytes().strip()
    if len(key) < 32:
        raise ConfigError(f"CITYNET_LEDGER_KEY: expected a file of at least 32 characters at {outside.ledger_key}, got {len(key)}")
    return key


def write_secret(path: Path, data: bytes) -> None:
    """Write a file all or nothing that its owner alone may read, in a folder that its owner alone may enter."""
    with _beside(path, data) as temporary:
        temporary.replace(path)


def _keep_first(path: Path, data: bytes) -> None:
    """Write a secret file whole unless one is there: of processes that do so at once the first wins, and all read the same."""
    with _beside(path, data) as temporary, suppress(FileExistsError):
        path.hardlink_to(temporary)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """A temporary file in the same folder with this in it, on the disk; gone afterwards unless it was renamed."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def parsed(outside: Outside, name: str) -> Marked | None:
    """A file of the secret store, None where there is none. ConfigError with its line only: any word in it may be an address."""
    path = outside.secrets / name
    if not path.is_file():
        return None
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError:
        raise ConfigError(f"{name}:1: expected UTF-8, got something else") from None
    except ConfigError as problem:
        where = str(problem).split(": ")[0]
        raise ConfigError(f"{where}: expected YAML with each key once, without anchors and tags, got something else") from None


def read_addresses(outside: Outside) -> dict[str, str]:
    """Name -> e-mail address or apprise URL. Messages never quote an address."""
    source = parsed(outside, ADDRESSES)
    value = source.value if source else {}
    if not isinstance(value, dict) or not all(isinstance(text, str) and text for text in value.values()):
        raise ConfigError(f"{ADDRESSES}:1: expected a mapping of names to addresses, got something else")
    return value


def address_of(addresses: Mapping[str, str], name: str, where: str) -> str:
    """The address of that name; ConfigError where addresses.yaml lacks it."""
    if name not in addresses:
        raise ConfigError(f"{where}: expected the address {name!r} in {ADDRESSES}, it is missing there")
    return addresses[name]


def entries_of(source: Marked, file: str) -> list[dict[str, Any]]:
    """The entries of a file, each field held against its form; ConfigError naming the line of the first that is otherwise."""
    top = file.removesuffix(".yaml")
    whole = source.value
    if not isinstance(whole, dict) or set(whole) != {top} or not isinstance(whole[top] or [], list):
        raise ConfigError(f"{file}:1: expected the one field {top!r} with a list of entries")
    entries = whole[top] or []
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise ConfigError(f"{file}:{source.line((top, number))}: expected an entry with fields, got something else")
        for field in _NEEDED[top]:
            if field not in entry:
                raise ConfigError(f"{file}:{source.line((top, number))}: expected the field {field!r}, it is missing")
        for field, value in entry.items():
            check_field(top, field, value, f"{file}:{source.line((top, number, field))}")
    return entries


def check_field(top: str, field: str, value: object, where: str) -> None:
    """ConfigError, naming `where`, for a field that entries of subscribers.yaml or contacts.yaml (`top`) lack, or another form."""
    forms = _FORMS[top]
    if field not in forms:
        raise ConfigError(f"{where}: expected one of {', '.join(forms)}; got something else")
    if (field in LISTS) != isinstance(value, list):
        raise ConfigError(f"{where}: expected {field} to be {'a list' if field in LISTS else 'one text'}")
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, str) or not re.fullmatch(forms[field], one):
            raise ConfigError(f"{where}: expected {field} written as {forms[field]}, got something else")
