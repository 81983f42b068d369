"""Sending one signed request to an address we do not trust: what may be called, and how it proves to be us.

An address is resolved here, judged, and then called by that very number, so that a name cannot mean a public address
when it is judged and a private one when it is called. Redirects are not followed, answers are not read.
"""

import asyncio
import hashlib
import hmac
import socket
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

from core.kernel.settings import Settings
from core.notices.model import WrongAddress

SIGNATURE = "Lixiang-Signature"
_TIMEOUT = httpx.Timeout(5.0)
_Address = IPv4Address | IPv6Address


class NotDelivered(Exception):
    """The receiver did not take a message, or may not be called."""


def sign(secret: str, body: bytes, *, at: int) -> str:
    """The value of `Lixiang-Signature`; the receiver makes it again from the time in it and the body it got."""
    signature = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signature}"


class Poster:
    """What a deployment allows to be called, and the connection pool for calling it."""

    def __init__(self, settings: Settings) -> None:
        self._private = settings.webhooks_to_private
        self._loopback = not settings.in_production
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)

    async def close(self) -> None:
        await self._client.aclose()

    def check(self, url: str) -> SplitResult:
        """Judge an address before anything is resolved: form, scheme, numbers in it.

        Raises: WrongAddress.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError as error:
            raise WrongAddress("url", "推送地址格式不正确。") from error
        if not host or parts.username or parts.fragment or not url.isprintable():
            raise WrongAddress("url", "推送地址格式不正确；地址中不得带用户名或密码。")
        if parts.scheme != "https" and not (parts.scheme == "http" and self._loopback and _is_loopback(host)):
            raise WrongAddress("url", "推送地址应以 https:// 开头；仅开发环境可推送到本机 http:// 地址。")
        number = _number(host)
        if number is not None:
            self._judge([number])
        return parts

    def _judge(self, numbers: Iterable[_Address]) -> None:
        for number in numbers:
            mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
            plain = mapped or number
            if plain.is_multicast or plain.is_unspecified or plain.is_link_local:
                raise WrongAddress("url", "推送地址不可用。")
            if plain.is_loopback and self._loopback:
                continue
            if not plain.is_global and not self._private:
                raise WrongAddress(
                    "url", "推送地址指向内部网络；确需推送的，由部署方设置 LIXIANG_WEBHOOKS_TO_PRIVATE。"
                )

    async def post(self, url: str, secret: str, body: bytes) -> None:
        """Send one message.

        Raises: NotDelivered with the reason, for any answer but 2xx and for no answer.
        """
        try:
            parts = self.check(url)
            number = await self._resolve(parts)
        except WrongAddress as error:
            raise NotDelivered(error.message) from error
        host = parts.hostname or ""
        shown = f"[{number}]" if isinstance(number, IPv6Address) else str(number)
        port = f":{parts.port}" if parts.port else ""
        target = parts._replace(netloc=f"{shown}{port}").geturl()
        headers = {
            "Host": parts.netloc,
            "Content-Type": "application/json",
            "User-Agent": "lixiang-webhook/1",
            SIGNATURE: sign(secret, body, at=int(time.time())),
        }
        try:
            request = self._client.build_request(
                "POST", target, content=body, headers=headers, extensions={"sni_hostname": host}
            )
            answer = await self._client.send(request, stream=True)
            await answer.aclose()
        except (httpx.HTTPError, OSError) as error:
            raise NotDelivered(f"{type(error).__name__}: {error}") from error
        if not answer.is_success:
            raise NotDelivered(f"HTTP {answer.status_code}")

    async def _resolve(self, parts: SplitResult) -> _Address:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            loop = asyncio.get_running_loop()
            found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NotDelivered(f"无法解析推送地址的域名：{error}") from error
        numbers = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        self._judge(numbers)
        return numbers[0]


def _number(host: str) -> _Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    number = _number(host)
    return host == "localhost" or (number is not None and number.is_loopback)
