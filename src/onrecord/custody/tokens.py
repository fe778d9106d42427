"""Time stamps of RFC 3161: what an authority is asked, and what its answer proves; no network.

An answer says that a hash existed at a time, signed by the authority (CMS, RFC 5652) with a certificate that is for
nothing else. Answers are hostile: their size is limited and whatever cannot be read is told as `StampRefused`. A
certificate that was revoked cannot be told offline.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from onrecord.errors import ExtraMissing, StampRefused

try:
    from asn1crypto import cms, core, tsp
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
    from cryptography.hazmat.primitives.serialization import Encoding
except ImportError as error:
    raise ExtraMissing("a time stamp", error.name or "asn1crypto", "stamps") from error

from onrecord.custody.authorities import UNREADABLE, fit_for_stamps, vouched_by
from onrecord.custody.stamps import LARGEST_ANSWER

_HASHES: Final[dict[str, type[hashes.SHA256] | type[hashes.SHA384] | type[hashes.SHA512]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class _Response(core.Sequence):  # type: ignore[misc]  # the library has no types
    """TimeStampResp: asn1crypto's own wants a token in every answer, and a refusal has none (RFC 3161, 2.4.2)."""

    _fields: ClassVar[list[tuple[Any, ...]]] = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Token:
    """What an answer proves: the hash existed at `at`, as `signer` says; `vouched` names who is trusted for that."""

    at: datetime
    signer: str
    vouched: str | None
    expires: datetime
    """When the signer's certificate ends."""


def asked(message: bytes, nonce: int) -> bytes:
    """The request for a stamp on the SHA-256 of a message, with the certificates of the authority."""
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(message).digest()}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    return bytes(request.dump())


def checked(answer: bytes, message: bytes, trusted: Sequence[x509.Certificate] = (), nonce: int | None = None) -> Token:
    """What an answer proves of a message, when all of it holds.

    With `trusted` some of these must vouch for the signer: its own certificate, or one that leads to it.

    Raises:
        StampRefused: in words, when anything of it does not hold.
    """
    if len(answer) > LARGEST_ANSWER:
        raise StampRefused(f"is larger than any stamp: {len(answer):,} bytes")
    try:
        return _checked(answer, message, trusted, nonce)
    except InvalidSignature as error:
        raise StampRefused("was altered: its signature does not fit what it says") from error
    except UnsupportedAlgorithm as error:
        raise StampRefused(f"is signed in a way that is not known here ({str(error)[:100]})") from error
    except UNREADABLE as error:
        raise StampRefused("is no answer of an authority for time stamps") from error


def _checked(answer: bytes, message: bytes, trusted: Sequence[x509.Certificate], nonce: int | None) -> Token:
    response = _Response.load(answer, strict=True)
    status = response["status"]
    if status["status"].native not in ("granted", "granted_with_mods"):
        reasons = [*(status["status_string"].native or ()), *sorted(status["fail_info"].native or ())]
        told = "; ".join(" ".join(str(one).split())[:100] for one in reasons) or "no reason is given"
        raise StampRefused(f"is a refusal of the authority: {told}")
    signed = response["time_stamp_token"]["content"]
    enclosed = signed["encap_content_info"]
    if response["time_stamp_token"]["content_type"].native != "signed_data" or (
        enclosed["content_type"].native != "tst_info"
    ):
        raise StampRefused("is no time stamp, but something else that is signed")
    content = bytes(enclosed["content"])
    said = tsp.TSTInfo.load(content, strict=True)
    signer, certificates = _signer(signed)
    _signature_holds(signed["signer_infos"][0], signer, content)
    imprint = said["message_imprint"]
    if (
        imprint["hash_algorithm"]["algorithm"].native != "sha256"
        or imprint["hashed_message"].native != hashlib.sha256(message).digest()
    ):
        raise StampRefused("is for something else: what it stamps is not the SHA-256 of this head")
    if nonce is not None and said["nonce"].native != nonce:
        raise StampRefused("answers another request: its nonce is not the one that was sent")
    at: datetime = said["gen_time"].native
    fit_for_stamps(signer, at)
    vouched = vouched_by(signer, certificates, trusted, at)
    if trusted and vouched is None:
        raise StampRefused(f"is signed by {_named(signer)}, and none of those that are trusted vouches for that")
    return Token(at, _named(signer), None if vouched is None else _named(vouched), signer.not_valid_after_utc)


def _signer(signed: Any) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The certificate that the one signature names, and all that are enclosed."""
    if len(signed["signer_infos"]) != 1:
        raise StampRefused("has not one signature, as a time stamp must")
    certificates = [
        x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"] if one.name == "certificate"
    ]
    named = signed["signer_infos"][0]["sid"]
    for one in certificates:
        if named.name == "subject_key_identifier":
            key = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
            if key.digest == named.chosen.native:
                return one, certificates
        elif (
            one.serial_number == named.chosen["serial_number"].native
            and one.issuer.public_bytes() == named.chosen["issuer"].dump()
        ):
            return one, certificates
    raise StampRefused("does not enclose the certificate of who signed it")


def _signature_holds(info: Any, signer: x509.Certificate, content: bytes) -> None:
    """Holds the signature to the signed attributes, and these to the content and the certificate.

    Raises:
        InvalidSignature, StampRefused
    """
    attributes = {one["type"].native: one["values"] for one in info["signed_attrs"]}
    name = info["digest_algorithm"]["algorithm"].native
    if name not in _HASHES:
        raise StampRefused(f"is signed over a hash that is not taken any more: {name}")
    if attributes["content_type"][0].native != "tst_info":
        raise StampRefused("has a signature that is not over a time stamp")
    if attributes["message_digest"][0].native != hashlib.new(name, content).digest():
        raise StampRefused("was altered: what is signed is not what it says")
    _names_its_certificate(attributes, signer)
    # What is signed is the set of attributes with the tag of a set (RFC 5652, 5.4).
    over = b"\x31" + info["signed_attrs"].dump()[1:]
    key, signature, hash_ = signer.public_key(), info["signature"].native, _HASHES[name]()
    if isinstance(key, rsa.RSAPublicKey):
        is_pss = info["signature_algorithm"]["algorithm"].native == "rsassa_pss"
        pss = padding.PSS(padding.MGF1(hash_), padding.PSS.AUTO)
        key.verify(signature, over, pss if is_pss else padding.PKCS1v15(), hash_)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, over, ec.ECDSA(hash_))
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, over)
    else:
        raise UnsupportedAlgorithm(type(key).__name__)


def _names_its_certificate(attributes: dict[str, Any], signer: x509.Certificate) -> None:
    """Holds the certificate to its hash among the signed attributes, so that none of the same key takes its place."""
    der = signer.public_bytes(Encoding.DER)
    for attribute, usual in (("signing_certificate_v2", "sha256"), ("signing_certificate", "sha1")):
        if attribute in attributes:
            first = attributes[attribute][0]["certs"][0]
            name = first["hash_algorithm"]["algorithm"].native if usual == "sha256" else usual
            if hashlib.new(name, der, usedforsecurity=False).digest() != first["cert_hash"].native:
                raise StampRefused("encloses another certificate than the one that signed it")
            return
    raise StampRefused("does not say which certificate signed it")


def _named(certificate: x509.Certificate) -> str:
    """Who a certificate names, on one line."""
    return " ".join(certificate.subject.rfc4514_string()[:300].split()) or "nobody that it names"
