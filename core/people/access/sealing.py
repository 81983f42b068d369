"""Secrets as pure functions: session and API tokens, digests, CSRF tokens, and the vault for second factors.

A token names its tenant, because nothing can be looked up before the tenant is known; a token moved to another
tenant is found in none. Only digests are stored.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_SECRET_BYTES: Final = 32
_NONCE_BYTES: Final = 12


def digest(text: str) -> bytes:
    """SHA-256: enough for secrets of 256 random bits, which nobody can guess."""
    return hashlib.sha256(text.encode()).digest()


def login_digest(login: str) -> bytes:
    """How the global directory knows a login name without holding it."""
    return digest("login:" + login)


def new_session_token(tenant_id: UUID) -> str:
    """Make a session's secret: the tenant and 256 random bits."""
    return f"{_short(tenant_id)}.{secrets.token_urlsafe(_SECRET_BYTES)}"


def tenant_of_session(token: str) -> UUID | None:
    """Which tenant a session token claims; the claim is worth nothing until the session is found there."""
    claimed, dot, secret = token.partition(".")
    return _long(claimed) if dot and secret else None


def new_api_token(tenant_id: UUID, token_id: UUID) -> str:
    """Make an API token, `lx_<id>_<secret>`: its id names tenant and row."""
    return f"lx_{_short(tenant_id)}{_short(token_id)}_{secrets.token_hex(_SECRET_BYTES)}"


def parts_of_api_token(token: str) -> tuple[UUID, UUID] | None:
    """Tenant and row that an API token claims; None for anything else."""
    prefix, _, rest = token.partition("_")
    named, _, secret = rest.partition("_")
    if prefix != "lx" or not secret or len(named) % 2:
        return None
    tenant_id, token_id = _long(named[: len(named) // 2]), _long(named[len(named) // 2 :])
    return None if tenant_id is None or token_id is None else (tenant_id, token_id)


def issue_csrf(secret_key: str, session_id: UUID) -> str:
    """Make a CSRF token that only this session's pages can send; the same text goes into cookie and form."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_signature(secret_key, session_id, nonce)}"


def check_csrf(secret_key: str, session_id: UUID, *, sent: str, cookie: str) -> bool:
    """Answer whether form (or header) and cookie carry the same token, made here for this very session."""
    nonce, _, signature = sent.partition(".")
    same = hmac.compare_digest(sent.encode(), cookie.encode())
    ours = hmac.compare_digest(signature.encode(), _signature(secret_key, session_id, nonce).encode())
    return bool(nonce) and same and ours


class Vault:
    """Seals what must be read again (TOTP secrets) with AES-GCM under a key derived from the deployment's secret.

    Sealed text names the account as associated data: copied to another account's row it does not open.
    """

    __slots__ = ("_cipher",)

    def __init__(self, secret_key: str) -> None:
        self._cipher = AESGCM(hashlib.sha256(b"lixiang:vault:" + secret_key.encode()).digest())

    def seal(self, text: str, owner: UUID) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), owner.bytes)).decode()

    def unseal(self, sealed: str, owner: UUID) -> str | None:
        """Open; None when the key is another one or the row was tampered with."""
        raw = base64.b64decode(sealed)
        try:
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], owner.bytes).decode()
        except InvalidTag:
            return None


def _signature(secret_key: str, session_id: UUID, nonce: str) -> str:
    message = f"csrf:{session_id}:{nonce}".encode()
    return hmac.new(secret_key.encode(), message, hashlib.sha256).hexdigest()


def _short(value: UUID) -> str:
    return base64.b32encode(value.bytes).decode().rstrip("=").lower()


def _long(text: str) -> UUID | None:
    try:
        raw = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return UUID(bytes=raw) if len(raw) == 16 else None
