"""Who is told: the subscriptions and addresses of the secret store, read strictly, added, confirmed and erased.

subscribers.yaml names an address by its name in addresses.yaml. A subscription is in force only with a confirmation: an HMAC over
its id and address with the installation's key, so that an address that was changed must be confirmed again.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, cast

from citynet.alerts import outbox
from citynet.alerts.digest import Frame
from citynet.alerts.frames import sentence
from citynet.alerts.outbox import keyed_hash
from citynet.alerts.recipients import READERS, Recipient
from citynet.alerts.sending import kind_of
from citynet.errors import ConfigError
from citynet.pipelines.outside import Outside
from citynet.pipelines.secret_files import (
    ADDRESSES,
    CONTACTS,
    SUBSCRIBERS,
    address_of,
    check_field,
    entries_of,
    ledger_key,
    parsed,
    read_addresses,
    write_secret,
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One entry of subscribers.yaml; empty lists mean all. confirmation: see the module; "" until somebody agreed."""

    id: str
    address: str
    channel: str
    audience: str = "public"
    language: str = "en"
    frequency: str = "daily"
    networks: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    added_on: str = ""
    confirmed_on: str = ""
    confirmation: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who is asked before a departure from a network, or of a place, is told. address: a secret."""

    network_id: str
    place_id: str
    address: str
    language: str = "en"


def recipients(outside: Outside, audience: str) -> list[Recipient]:
    """All who are told what is meant for the audience: the installation's channels, then the confirmed subscriptions.

    ConfigError naming file and line for a subscription that is not as it must be.
    """
    variables = {
        "public": ("CITYNET_ALERT_CHANNELS", outside.channels),
        "operators": ("CITYNET_OPERATOR_CHANNELS", outside.operator_channels),
        "curators": ("CITYNET_CURATOR_CHANNELS", outside.curator_channels),
    }
    variable, channels = variables[audience]
    found = [s for s in read_subscriptions(outside) if s.audience == audience and s.confirmation]
    if not channels and not found:
        return []
    key, addresses = ledger_key(outside), read_addresses(outside)
    own = [_channel(key, variable, number, url, audience) for number, url in enumerate(channels, 1)]
    return own + [_recipient(key, one, addresses[one.address]) for one in found if is_confirmed(key, one, addresses[one.address])]


def _channel(key: bytes, variable: str, number: int, url: str, audience: str) -> Recipient:
    """A channel of the installation. Its name tells scheme and position, since the URL is a secret."""
    name = f"alert channels ({variable}): number {number} ({url.split('://')[0] if '://' in url else 'no scheme'})"
    return Recipient(keyed_hash(key, url), name, url, kind_of(url), audience)


def _recipient(key: bytes, one: Subscription, address: str) -> Recipient:
    return Recipient(
        recipient=keyed_hash(key, address),
        name=f"subscription {one.id} ({one.channel})",
        address=address,
        channel=one.channel,
        audience=one.audience,
        language=one.language,
        frequency=one.frequency,
        since=one.confirmed_on,
        networks=one.networks,
        places=one.cities,
        countries=one.countries,
        changes=one.changes,
        subscription=one.id,
    )


def contacts(outside: Outside) -> list[Contact]:
    """The contacts of networks and places with their addresses."""
    source = parsed(outside, CONTACTS)
    if source is None:
        return []
    addresses, found = read_addresses(outside), []
    for number, entry in enumerate(entries_of(source, CONTACTS)):
        where = f"{CONTACTS}:{source.line(('contacts', number))}"
        if bool(entry.get("network_id")) == bool(entry.get("place_id")):
            raise ConfigError(f"{where}: expected either network_id or place_id")
        address = address_of(addresses, str(entry["address"]), where)
        found.append(Contact(entry.get("network_id", ""), entry.get("place_id", ""), address, entry.get("language", "en")))
    return found


def read_subscriptions(outside: Outside) -> list[Subscription]:
    """Every subscription, confirmed or not, in the file's order; ConfigError naming file and line."""
    source = parsed(outside, SUBSCRIBERS)
    if source is None:
        return []
    addresses = read_addresses(outside)
    found: list[Subscription] = []
    for number, entry in enumerate(entries_of(source, SUBSCRIBERS)):
        where = f"{SUBSCRIBERS}:{source.line(('subscribers', number))}"
        one = Subscription(**cast(Any, {field: tuple(value) if isinstance(value, list) else value for field, value in entry.items()}))
        if any(one.id == other.id for other in found):
            raise ConfigError(f"{where}: expected each id once, got {one.id!r} again")
        if kind_of(address_of(addresses, one.address, where)) != one.channel:
            raise ConfigError(
                f"{where}: expected the channel that the address is of ({kind_of(addresses[one.address])}), got {one.channel!r}"
            )
        found.append(one)
    return found


def write_subscriptions(outside: Outside, subscriptions: Sequence[Subscription]) -> None:
    """subscribers.yaml with these entries; fields that say nothing are left out."""
    import yaml

    entries = [_entry(one) for one in subscriptions]
    text = yaml.safe_dump({"subscribers": entries}, sort_keys=False, allow_unicode=True)
    write_secret(outside.secrets / SUBSCRIBERS, text.encode())


def _entry(one: Subscription) -> dict[str, Any]:
    """Its entry in subscribers.yaml; ConfigError where that would not be read again."""
    fields = {name: getattr(one, name) for name in Subscription.__dataclass_fields__}
    entry = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items() if value}
    for field, value in entry.items():
        check_field("subscribers", field, value, f"subscription {one.id}")
    return entry


def write_addresses(outside: Outside, addresses: Mapping[str, str]) -> None:
    """addresses.yaml with these entries."""
    import yaml

    write_secret(outside.secrets / ADDRESSES, yaml.safe_dump(dict(sorted(addresses.items())), allow_unicode=True).encode())


def add(outside: Outside, new: Subscription, address: str) -> tuple[str, str]:
    """Keep a subscription that nobody has confirmed yet; title and text of the question whether to confirm it.

    ConfigError, before anything is written, for a field of another form and where the id is taken by another address. The same
    again asks again.
    """
    _entry(new)
    others = [s for s in read_subscriptions(outside) if s.id != new.id]
    addresses = read_addresses(outside)
    if addresses.get(new.address, address) != address:
        raise ConfigError(f"{new.id}: expected an id that is free, it is taken by another address (remove it first)")
    write_addresses(outside, {**addresses, new.address: address})
    write_subscriptions(outside, [*others, replace(new, confirmed_on="", confirmation="")])
    frame = Frame("", new.language, outside.site_url, outside.contact)
    token = confirmation(ledger_key(outside), new.id, address)
    return sentence("confirm_title", new.language), frame.say("confirm_body", subscription=new.id, token=token) + "\n"


def confirm(outside: Outside, subscription_id: str, token: str, today: str) -> None:
    """Put a subscription in force from today on; ConfigError where the token is not the one that was sent to its address."""
    subscriptions, addresses = read_subscriptions(outside), read_addresses(outside)
    one = _one(subscriptions, subscription_id)
    if not hmac.compare_digest(token.encode(), confirmation(ledger_key(outside), one.id, addresses[one.address]).encode()):
        raise ConfigError(f"{subscription_id}: expected the token that was sent to its address, got another")
    if one.confirmation != token:
        agreed = replace(one, confirmed_on=today, confirmation=token)
        write_subscriptions(outside, [agreed if s.id == one.id else s for s in subscriptions])


def erase(outside: Outside, subscription_id: str, now: str) -> None:
    """Remove a subscription and, unless another uses it, its address. What is left of it is the keyed hash in the outbox.

    What still waits to be sent to the address goes first, but for what it is told in another role (a contact, another audience).
    Removing again takes away an address that a kill in between left behind. ConfigError where neither is there.
    """
    subscriptions, addresses = read_subscriptions(outside), read_addresses(outside)
    left = [s for s in subscriptions if s.id != subscription_id]
    names = {s.address for s in subscriptions if s.id == subscription_id} or {subscription_id} & set(addresses)
    if not names:
        raise ConfigError(f"{SUBSCRIBERS}: expected a subscription {subscription_id!r}, found none")
    used = {s.address for s in left} | _contact_addresses(outside)
    stay = {name: text for name, text in addresses.items() if name not in names or name in used}
    roles = {(s.audience, addresses[s.address]) for s in left if s.address in addresses}
    roles |= {("contacts", addresses[name]) for name in _contact_addresses(outside) & addresses.keys()}
    _drop_unsent(outside, {addresses[name] for name in names}, roles, now)
    write_subscriptions(outside, left)
    write_addresses(outside, stay)


def _drop_unsent(outside: Outside, addresses: Set[str], roles: Set[tuple[str, str]], now: str) -> None:
    """Take out of the outbox what waits for these addresses, unless they are told it in a role that they keep (audience, address)."""
    key, kept = ledger_key(outside), set(roles)
    kept |= {("public", channel) for channel in outside.channels}
    kept |= {("operators", channel) for channel in outside.operator_channels}
    kept |= {("curators", channel) for channel in outside.curator_channels}
    left = {(audience, keyed_hash(key, address)) for audience, address in kept}
    mine = {keyed_hash(key, address) for address in addresses}
    for message in outbox.messages(outside.store):
        if message.recipient not in mine or any((audience, message.recipient) in left for audience in READERS[message.kind]):
            continue
        if message.state == "waiting":
            outbox.take_back(outside.store, message)
        elif message.state in ("trying", "held"):
            outbox.reworded(outside.store, message, title="", body="", now=now)


def _contact_addresses(outside: Outside) -> set[str]:
    source = parsed(outside, CONTACTS)
    return {str(entry["address"]) for entry in entries_of(source, CONTACTS)} if source else set()


def _one(subscriptions: Sequence[Subscription], subscription_id: str) -> Subscription:
    for one in subscriptions:
        if one.id == subscription_id:
            return one
    raise ConfigError(f"{SUBSCRIBERS}: expected a subscription {subscription_id!r}, found none")


def confirmation(key: bytes, subscription_id: str, address: str) -> str:
    """The token that shows that whoever reads the address agreed to this subscription."""
    return hmac.new(key, f"confirm|{subscription_id}|{address.strip()}".encode(), hashlib.sha256).hexdigest()[:32]


def is_confirmed(key: bytes, one: Subscription, address: str) -> bool:
    """Whether the address of today agreed, and not one that stood there before."""
    return hmac.compare_digest(one.confirmation, confirmation(key, one.id, address))
