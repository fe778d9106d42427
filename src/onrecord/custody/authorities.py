"""Certificates of authorities for time stamps: which are fit to sign them, and who vouches for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from onrecord.errors import ExtraMissing, SettingsError, StampRefused

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID
except ImportError as error:
    raise ExtraMissing("a time stamp", error.name or "cryptography", "stamps") from error

UNREADABLE: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What reading raises that no authority wrote."""
DEEPEST: Final = 8
"""Certificates between a signer and who is trusted."""
_KNOWN: Final = frozenset((ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE))


def trusted_in(path: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file.

    Raises:
        SettingsError: when there are none.
    """
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it holds no certificate in PEM"
        raise SettingsError(f"{path} cannot be trusted: {why}") from error


def fit_for_stamps(signer: x509.Certificate, at: datetime) -> None:
    """Passes a certificate that was valid at a time and is for time stamps alone (RFC 3161, 2.3).

    Raises:
        StampRefused
    """
    if not _valid(signer, at):
        since, until = signer.not_valid_before_utc.date(), signer.not_valid_after_utc.date()
        raise StampRefused(f"was signed with a certificate that was not valid then: it is from {since} to {until}")
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        usage = None
    if usage is None or not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise StampRefused("is signed with a certificate that is not for time stamps alone")


def vouched_by(
    signer: x509.Certificate, enclosed: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate], at: datetime
) -> x509.Certificate | None:
    """Who of the trusted vouches for a signer: itself, or one that a chain of enclosed certificates leads to."""
    reached, waiting = {signer}, [signer]
    for _ in range(DEEPEST):
        further: list[x509.Certificate] = []
        for one in waiting:
            if one in trusted:
                return one
            for issuer in (*trusted, *enclosed):
                if issuer not in reached and _issued(one, issuer, at):
                    reached.add(issuer)
                    further.append(issuer)
        waiting = further
    return None


def _issued(one: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    """Whether an authority that was valid then, and may issue certificates, issued this one."""
    try:
        one.verify_directly_issued_by(issuer)
        if any(extension.critical and extension.oid not in _KNOWN for extension in issuer.extensions):
            return False
        basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = [each.value for each in issuer.extensions if isinstance(each.value, x509.KeyUsage)]
    except (InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound, *UNREADABLE):
        return False
    return basic.ca and all(each.key_cert_sign for each in usage) and _valid(issuer, at)


def _valid(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
