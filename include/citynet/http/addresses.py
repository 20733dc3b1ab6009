"""Which addresses may be asked: http or https, and nothing inside the operator's own network.

A page we read can redirect us anywhere, so a name is resolved once, every address it has is checked, and the
connection goes to a checked address (a second look-up could answer differently: DNS rebinding).
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit, urlunsplit

from citynet.errors import SourceForbidden, SourceUnavailable

Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port -> its IP addresses; OSError where the name is not known."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in ("100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "64:ff9b:1::/48", "fec0::/10")
    # CGNAT (RFC 6598), protocol assignments, benchmarks, local NAT64 and site-local: Python releases differ on these
)


def resolved(host: str, port: int) -> list[str]:
    """The addresses the system gives for a host name, each once, in its order; OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is reachable on the open internet; an IPv4 address inside an IPv6 one counts as itself."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = _embedded_ipv4(ip)
        if embedded is not None:
            return is_public(str(embedded))
    if any(ip.version == network.version and ip in network for network in _NEVER):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_loopback or ip.is_unspecified)


def _embedded_ipv4(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None


def allowed(host: str, port: int, *, resolve: Resolve, allow_private: bool) -> list[str]:
    """The addresses of a host, all of them checked.

    SourceForbidden where even one of them is private, loopback, link-local, reserved or the like (unless allowed by the
    operator); SourceUnavailable where the name is not known.
    """
    try:
        addresses = list(resolve(host, port))
    except (OSError, UnicodeError) as problem:
        reason = getattr(problem, "strerror", None) or "not a host name"
        raise SourceUnavailable(f"{host}: expected a known host name, got: {reason}") from problem
    if not addresses:
        raise SourceUnavailable(f"{host}: expected a known host name, got no address")
    inside = sorted(address for address in addresses if not is_public(address))
    if inside and not allow_private:
        raise SourceForbidden(f"{host}: expected an address on the open internet, got {', '.join(inside)}; not asked")
    return addresses


def require_web_address(url: str) -> None:
    """SourceForbidden unless the URL is http or https, names a host and a valid port and holds no control characters."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0 and url.isprintable()
    except ValueError:
        sound = False
    if not sound:
        raise SourceForbidden(f"{_readable(url)}: expected an http or https address with a host; not asked")


def _readable(url: str) -> str:
    """A malformed address without what stands before an @, and not endlessly long."""
    return ascii(url.rsplit("@", 1)[-1][:200])


def without_credentials(url: str) -> str:
    """The URL without user name and password: the only form that is logged, shown or kept."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return _readable(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]))


def same_page_key(url: str) -> str:
    """One spelling for addresses that ask for the same page: no credentials or fragment, host in lower case, "/" for no path."""
    try:
        parts = urlsplit(without_credentials(url))
    except ValueError:
        return url
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, "")).replace(" ", "%20")


def origin_of(url: str) -> str:
    """scheme://host[:port] of a URL, to which one robots.txt belongs (RFC 9309)."""
    parts = urlsplit(without_credentials(url))
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def host_of(url: str) -> str:
    """The host name of a URL in lower case: requests to it wait for each other."""
    return (urlsplit(url).hostname or "").lower()
