"""The outside world as one value: store, published folder, registry, judgements, and how pages are fetched."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from citynet.errors import ConfigError
from citynet.store import Store, open_store

PROJECT = Path(__file__).resolve().parents[3]
"""The checkout: include/ lies in it. Only the bundled registry, judgements, gazetteer and samples are found by it."""

MODES = ("replay", "live", "none")


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything a step may touch. mode: replay (from the folder `replay`), live (as `contact`), none (collects nothing).

    networks: the ids a run is limited to; empty for all. channels: where alerts go (apprise URLs, secret); never shown.
    operator_channels, curator_channels: where word for the operators and for those who answer questions goes, as secret.
    mail_server: an apprise mailto URL by which subscribers' e-mail addresses are reached, as secret. secrets: the folder of
    subscriptions, addresses and contacts. ledger_key: the file that holds the key of the ledger's hashes. site_url: where the
    published folder is served, "" where it is not.
    datasets: the folder of data sets. permitted: those that robots.txt keeps from robots and whose owner has given the operator leave.
    """

    store: Store
    published: Store
    registry: Path
    judgements: Path
    gazetteer: Path
    literature: Path
    mode: str
    replay: Path | None
    contact: str
    networks: tuple[str, ...]
    channels: tuple[str, ...]
    allow_private: bool = False
    permitted: tuple[str, ...] = ()
    operator_channels: tuple[str, ...] = ()
    curator_channels: tuple[str, ...] = ()
    mail_server: str = ""
    secrets: Path = PROJECT / "secrets"
    ledger_key: Path = PROJECT / "secrets" / "ledger.key"
    site_url: str = ""
    datasets: Path = PROJECT / "include" / "datasets"


def open_outside(environment: Mapping[str, str]) -> Outside:
    """The outside world named by CITYNET_* variables (docs/operations.md lists them); ConfigError for a bad one."""
    replay = environment.get("CITYNET_REPLAY", "")
    mode = "replay" if replay else environment.get("CITYNET_MODE", "live")
    if mode not in MODES:
        raise ConfigError(f"CITYNET_MODE: expected one of {', '.join(MODES)}, got {mode!r}")
    if replay and not Path(replay).is_dir():
        raise ConfigError(f"replay folder: expected a folder with <network_id>/<YYYY-MM-DD>/, got {replay!r}, which is none")
    include = PROJECT / "include"
    store = open_store(environment.get("CITYNET_STORE", str(PROJECT / "store")))
    secrets = Path(environment.get("CITYNET_SECRETS", "") or _beside(store))
    return Outside(
        store=store,
        published=open_store(environment.get("CITYNET_PUBLISHED", str(PROJECT / "published"))),
        registry=_folder(environment, "CITYNET_REGISTRY", include / "networks"),
        judgements=_folder(environment, "CITYNET_JUDGEMENTS", include / "judgements"),
        gazetteer=include / "gazetteer" / "places.tsv.gz",
        literature=include / "literature",
        mode=mode,
        replay=Path(replay) if replay else None,
        contact=environment.get("CITYNET_CONTACT", ""),
        networks=tuple(sorted(filter(None, environment.get("CITYNET_NETWORKS", "").split(",")))),
        channels=tuple(filter(None, environment.get("CITYNET_ALERT_CHANNELS", "").split())),
        allow_private=environment.get("CITYNET_ALLOW_PRIVATE", "") == "yes",
        permitted=tuple(sorted(filter(None, environment.get("CITYNET_PERMITTED", "").split(",")))),
        operator_channels=tuple(filter(None, environment.get("CITYNET_OPERATOR_CHANNELS", "").split())),
        curator_channels=tuple(filter(None, environment.get("CITYNET_CURATOR_CHANNELS", "").split())),
        mail_server=environment.get("CITYNET_MAIL_SERVER", ""),
        secrets=secrets,
        ledger_key=Path(environment.get("CITYNET_LEDGER_KEY", "") or secrets / "ledger.key"),
        site_url=environment.get("CITYNET_SITE_URL", "").rstrip("/"),
        datasets=_folder(environment, "CITYNET_DATASETS", include / "datasets"),
    )


def _beside(store: Store) -> Path:
    """The folder of secrets where none is named: beside a local store, which in a checkout is secrets/."""
    return Path(store.root).parent / "secrets" if store.local else PROJECT / "secrets"


def _folder(environment: Mapping[str, str], name: str, default: Path) -> Path:
    path = Path(environment.get(name, str(default)))
    if not path.is_dir():
        raise ConfigError(f"{name}: expected a folder, got {str(path)!r}, which is none")
    return path
