"""A key in a token: a USB key, a smart card, an encryption machine, by PKCS #11."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asn1crypto import x509

from evaluator.errors import EnvironmentFault, Words
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.signer import checked_certificates


class TokenKey:
    """The key with ``label`` in an open session, with every certificate that the token holds."""

    def __init__(self, session: Any, label: str) -> None:
        import pkcs11  # noqa: PLC0415 - an optional part

        held = list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}))
        own = [one for one in held if one[pkcs11.Attribute.LABEL] == label]
        wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.LABEL: label}
        keys = list(session.get_objects(wanted))
        if len(own) != 1 or len(keys) != 1:
            labels = sorted({str(one[pkcs11.Attribute.LABEL]) for one in held})
            raise NotSealed(
                "no_key",
                Words(
                    f"令牌里没有标签为“{label}”的一对私钥和证书",
                    f"the token holds no key and certificate labelled {label!r}",
                ),
                Words(
                    f"令牌里的证书：{'、'.join(labels) or '无'}",
                    f"its certificates: {', '.join(labels) or 'none'}",
                ),
            )
        values = [
            bytes(one[pkcs11.Attribute.VALUE]) for one in (*own, *(one for one in held if one not in own))
        ]
        self.certificates = checked_certificates(values)
        self._key = keys[0]
        self._is_rsa = x509.Certificate.load(values[0]).public_key.algorithm == "rsa"

    def signature(self, attributes: bytes) -> bytes:
        """As ``Key`` says."""
        import hashlib  # noqa: PLC0415

        import pkcs11  # noqa: PLC0415
        from pkcs11.util.ec import encode_ecdsa_signature  # noqa: PLC0415

        try:
            if self._is_rsa:
                return bytes(self._key.sign(attributes, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
            # Few tokens hash for ECDSA themselves.
            digest = hashlib.sha256(attributes).digest()
            return bytes(encode_ecdsa_signature(self._key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)))
        except pkcs11.PKCS11Error as fault:
            raise _refused(fault) from None


@contextmanager
def token_key(module: str, token: str, label: str, pin: str) -> Iterator[TokenKey]:
    """The key in the token with this name, while it is open.

    Raises ``EnvironmentFault`` where python-pkcs11 is missing, and ``NotSealed`` where the module, the token or the key is not
    there or the PIN is wrong.
    """
    try:
        import pkcs11  # noqa: PLC0415
    except ImportError:
        raise EnvironmentFault(
            "pkcs11_missing",
            Words("缺少 python-pkcs11，不能用令牌签章", "python-pkcs11 is missing: no token can be used"),
            Words("运行 pip install 'duibiao[pkcs11]'", "run pip install 'duibiao[pkcs11]'"),
        ) from None
    try:
        slots = pkcs11.lib(module)
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        what = Words(f"载入不了 PKCS#11 模块 {module}", f"the PKCS #11 module {module} cannot be loaded")
        mend = Words(
            "module 写令牌厂家给的 .so 或 .dll 的完整路径",
            "module is the path of the .so or .dll of the token's maker",
        )
        raise NotSealed("pkcs11_module", what, mend) from None
    try:
        with slots.get_token(token_label=token).open(user_pin=pin) as session:
            yield TokenKey(session, label)
    except pkcs11.NoSuchToken:
        names = sorted({one.label for one in slots.get_tokens()})
        raise NotSealed(
            "no_token",
            Words(f"找不到令牌“{token}”", f"there is no token {token!r}"),
            Words(
                f"插好令牌；现有的令牌：{'、'.join(names) or '无'}",
                f"plug it in; there are: {', '.join(names) or 'none'}",
            ),
        ) from None
    except pkcs11.PKCS11Error as fault:
        raise _refused(fault) from None


def _refused(fault: Exception) -> NotSealed:
    name = type(fault).__name__
    if name in ("PinIncorrect", "PinInvalid", "PinLenRange"):
        mend = Words("核对 PIN；输错几次令牌会锁定", "check the PIN: a token locks after a few wrong ones")
        return NotSealed("wrong_pin", Words("令牌的 PIN 不对", "the PIN of the token is wrong"), mend)
    what = Words(f"令牌拒绝签名（{name}）", f"the token refused to sign ({name})")
    return NotSealed(
        "token", what, Words("用令牌厂家的工具检查令牌", "check the token with its maker's tool")
    )
