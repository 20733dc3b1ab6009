"""TLS goes the same guarded way, and a certificate nobody vouches for is not accepted."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from citynet.errors import SourceUnavailable
from citynet.http.fetch import LiveFetcher, Politeness

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
OURS = Politeness(contact="desk@example.org", delay_seconds=0.0, timeout=(2.0, 2.0), total_seconds=5.0, tries=1, allow_private=True)


@pytest.fixture
def certificate(tmp_path):
    """A certificate for network.example, signed by itself, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "network.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("network.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "network.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure_site(site, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.page("/members")
    return site


def fetch(site, clock, host, **changes):
    ours = LiveFetcher(replace(OURS, **changes), sleep=clock.sleep, now=clock.now, resolve=lambda name, port: ["127.0.0.1"])
    return ours.fetch(f"https://{host}:{site.port}/members", at=AT)


def test_a_page_with_a_trusted_certificate_is_read(secure_site, clock, certificate):
    assert fetch(secure_site, clock, "network.example", ca_bundle=str(certificate)).body == b"<p>Ghent</p>"


def test_a_certificate_nobody_vouches_for_is_not_accepted(secure_site, clock):
    with pytest.raises(SourceUnavailable, match="TLS certificate"):
        fetch(secure_site, clock, "network.example")
    assert secure_site.every_request == []


def test_the_certificate_of_another_host_is_not_accepted(secure_site, clock, certificate):
    with pytest.raises(SourceUnavailable, match="TLS certificate"):
        fetch(secure_site, clock, "other.example", ca_bundle=str(certificate))
    assert secure_site.every_request == []
