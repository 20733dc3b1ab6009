"""How politely and how cautiously the web is asked: one frozen value."""

from dataclasses import dataclass
from pathlib import Path

from citynet import __version__
from citynet.errors import ConfigError

ROBOT = "CityNetworkMonitor"
"""The name under which robots.txt may address us."""


@dataclass(frozen=True, slots=True)
class Politeness:
    """Limits of live fetching. ConfigError without a contact (an e-mail or web address of the operator).

    delay_seconds: pause between two requests to a host; timeout: seconds for connecting and between two bytes;
    max_bytes: of a body, packed and unpacked; api_max_bytes: of the answer of an API; total_seconds: for one response; tries: per page;
    allow_private: permit addresses inside the operator's own network; ca_bundle: a file of certificates to trust in place
    of the usual ones.
    """

    contact: str
    delay_seconds: float = 2.0
    timeout: tuple[float, float] = (10.0, 60.0)
    max_bytes: int = 20_000_000
    api_max_bytes: int = 120_000_000
    total_seconds: float = 300.0
    tries: int = 4
    allow_private: bool = False
    ca_bundle: str = ""

    def __post_init__(self) -> None:
        """Refuse what would make us anonymous, break a header line or never ask at all."""
        contact = self.contact
        if not contact.strip() or not contact.isascii() or not contact.isprintable():
            raise ConfigError(f"contact: expected an e-mail or web address of the operator for the User-Agent, got {contact!r}")
        if self.tries < 1:
            raise ConfigError(f"tries: expected at least 1, got {self.tries}")
        if self.ca_bundle and not Path(self.ca_bundle).is_file():
            raise ConfigError(f"ca_bundle: expected a file of certificates, found none at {self.ca_bundle}")

    @property
    def user_agent(self) -> str:
        """Who we are and where to complain, e.g. `CityNetworkMonitor/0.9.0 (+mailto:desk@example.org)`."""
        return f"{ROBOT}/{__version__} (+{self.contact.strip()})"
