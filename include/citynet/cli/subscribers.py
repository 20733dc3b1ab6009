"""citynet subscribers add|confirm|remove|resume|list"""

import argparse
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from citynet.errors import ConfigError

if TYPE_CHECKING:
    from citynet.pipelines.outside import Outside


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the five actions; an address is read from standard input, so that it is in no history of commands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = actions.add_parser("add", help="keep a subscription and ask its address (read from standard input) to confirm it")
    adding.add_argument("id", help="a name for it: small letters, digits, - and _")
    for field in ("networks", "cities", "countries", "changes"):
        adding.add_argument(f"--{field}", default="", metavar="a,b", help="only these; all without it")
    adding.add_argument("--audience", default="public", choices=["public", "operators", "curators"])
    adding.add_argument("--language", default="en", choices=["en", "de", "fr"])
    adding.add_argument("--frequency", default="daily", choices=["daily", "weekly", "instant"])
    confirming = actions.add_parser("confirm", help="put it in force with the token that its address was sent")
    confirming.add_argument("id")
    confirming.add_argument("token")
    removing = actions.add_parser("remove", help="erase it and its address")
    removing.add_argument("id")
    resuming = actions.add_parser("resume", help="try a channel again that failed for 30 days and was suspended")
    resuming.add_argument("name", help="the id of a subscription, or the name or short id of a channel as list shows it")
    actions.add_parser("list", help="all subscriptions, without addresses, and the channels that fail")


def call(options: argparse.Namespace) -> int:
    """Do one action under the lock of the alerts; 2 for a bad argument or file, 1 where the address could not be asked."""
    from citynet.model import written
    from citynet.pipelines.locking import alone
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.subscribers import confirm, erase

    outside, now = open_outside(os.environ), datetime.now(UTC)
    with alone(outside.store, "alerts", lambda line: print(line, file=sys.stderr, flush=True)):
        if options.action == "add":
            _add(options, outside, now)
        elif options.action == "confirm":
            confirm(outside, options.id, options.token, f"{now:%Y-%m-%d}")
            print(f"{options.id}: confirmed")
        elif options.action == "remove":
            erase(outside, options.id, written(now))
            print(f"{options.id}: erased with its address")
        elif options.action == "resume":
            _resume(outside, options.name)
        else:
            _list(outside)
    return 0


def _resume(outside: "Outside", name: str) -> None:
    from citynet.alerts import channels
    from citynet.alerts.outbox import keyed_hash
    from citynet.pipelines.secret_files import ledger_key, read_addresses
    from citynet.pipelines.subscribers import read_subscriptions

    failing, addresses = channels.failing(outside.store), read_addresses(outside)
    subscribed = [keyed_hash(ledger_key(outside), addresses[one.address]) for one in read_subscriptions(outside) if one.id == name]
    found = [recipient for recipient in subscribed if recipient in failing] or channels.called(failing, name)
    if not found:
        raise ConfigError(f"{name}: expected a channel that fails (citynet subscribers list shows them), found none of that name")
    if len(found) > 1:
        ids = ", ".join(channels.short(recipient) for recipient in found)
        raise ConfigError(f"{name}: expected the name of one channel, found {len(found)}; name one of them by its short id: {ids}")
    channels.resume(outside.store, found[0])
    print(f"{name}: is tried again from the next run on")


def _add(options: argparse.Namespace, outside: "Outside", now: datetime) -> None:
    from citynet.alerts.outbox import message_id
    from citynet.alerts.sending import Parcel, answers_to, deliver, kind_of, usable
    from citynet.pipelines.subscribers import Subscription, add

    typed = sys.stdin.readline().strip()
    if not typed:
        raise ConfigError("standard input: expected an e-mail address or an apprise URL, got nothing")
    filters: dict[str, Any] = {
        field: tuple(filter(None, getattr(options, field).split(","))) for field in ("networks", "cities", "countries", "changes")
    }
    known = {file.stem for file in outside.registry.glob("*.yml")}
    if unknown := [name for name in filters["networks"] if name not in known]:
        raise ConfigError(f"--networks: expected ids of the registry, got {', '.join(unknown)}")
    address = usable(typed, name=f"subscription {options.id}", mail_server=outside.mail_server)
    new = Subscription(
        id=options.id,
        address=options.id,
        channel=kind_of(address),
        audience=options.audience,
        language=options.language,
        frequency=options.frequency,
        added_on=f"{now:%Y-%m-%d}",
        **filters,
    )
    title, body = add(outside, new, address)
    parcel = Parcel(message_id(options.id, "confirm", [body, f"{now:%Y-%m-%d}"]), title, body, now, reply_to=answers_to(outside.contact))
    deliver(parcel, address, name=f"subscription {options.id}", mail_server=outside.mail_server)
    print(f"{options.id}: asked to confirm; then: citynet subscribers confirm {options.id} TOKEN")


def _list(outside: "Outside") -> None:
    from citynet.alerts import channels
    from citynet.cli.printing import print_lines
    from citynet.pipelines.secret_files import ledger_key, read_addresses
    from citynet.pipelines.subscribers import is_confirmed, read_subscriptions

    lines, addresses = [], read_addresses(outside)
    failing = sorted(channels.failing(outside.store).items(), key=lambda item: (item[1].name, item[0]))
    for one in read_subscriptions(outside):
        agreed = bool(one.confirmation) and is_confirmed(ledger_key(outside), one, addresses[one.address])
        only = [
            f"{field}={','.join(getattr(one, field))}" for field in ("networks", "cities", "countries", "changes") if getattr(one, field)
        ]
        state = f"confirmed {one.confirmed_on}" if agreed else "not confirmed"
        lines.append("  ".join([one.id, one.channel, one.audience, one.language, one.frequency, state, *only]))
    print_lines([*(lines or ["no subscription"]), *(f"{channels.short(to)}  {one.name}: {one.trouble}" for to, one in failing)])
