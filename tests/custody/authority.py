"""An authority for time stamps on this computer, made with openssl, and a server on loopback that asks it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl, which makes the time stamps, is not installed")
DAY = timedelta(days=1)

_CONFIG = """[tsa]
default_tsa = ours
[ours]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
certs = root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ordering = yes
ess_cert_id_chain = {chain}
ess_cert_id_alg = {alg}
"""


class Authority:
    """Keeps its keys in a folder; `root` is the certificate to trust."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "The Time Office",
        since: timedelta = -DAY,
        until: timedelta = DAY,
        curve: bool = False,
        old: bool = False,
    ) -> None:
        folder.mkdir()
        self._folder = folder
        self.root = folder / "root.pem"
        now = datetime.now(UTC)
        root_key, key = _key(curve), _key(curve)
        root = _certificate(f"Root of {name}", root_key, None, now - 10 * DAY, now + 10 * DAY)
        signer = _certificate(name, key, (root, root_key), now + since, now + until)
        self.root.write_bytes(root.public_bytes(Encoding.PEM))
        (folder / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        (folder / "signer.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "serial").write_text("01")
        (folder / "tsa.cnf").write_text(
            _CONFIG.format(chain="no" if old else "yes", alg="sha1" if old else "sha256"), encoding="ascii"
        )

    def post(self, address: str, content: bytes, media_type: str) -> tuple[int, bytes]:
        """Answers a request."""
        assert media_type == "application/timestamp-query"
        (self._folder / "query").write_bytes(content)
        command = [str(OPENSSL), "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "answer"]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)
        return 200, (self._folder / "answer").read_bytes()

    @contextmanager
    def served(self) -> Iterator[str]:
        """Its address while it is served on loopback."""
        authority = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = authority.post("", content, self.headers["Content-Type"])
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                return None

        with HTTPServer(("127.0.0.1", 0), Answering) as server:
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/stamp"
            finally:
                server.shutdown()
                thread.join()


def _key(curve: bool) -> Any:
    return ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, 2048)


def _certificate(name: str, key: Any, issuer: Any, since: datetime, until: datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
    )
    if issuer is not None:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return built.sign(key if issuer is None else issuer[1], hashes.SHA256())
