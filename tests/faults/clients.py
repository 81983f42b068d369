"""Clients that never give up: each act is sent with its key until it is acknowledged, and every answer is written down.

A client plays one unit and the office: it begins projects, hands in the application and decides on it. When a fault
takes an answer away, the same request goes out again under the same key, as a good client does. `fresh_keys` makes a
bad client of it, for control runs.
"""

import json
import random
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from core.cli.live import PDF
from core.kernel.identity import new_id
from tenants.demo.world import PASSWORD

DAY = "2025-09-02"
# The rest waits on the desk of the office, which must have been told of it.
DECIDED = 0.8
APPLICATION: dict[str, Any] = {
    "act": "submit",
    "stage": "plan_application",
    "facts": {"project_kind": "om", "funding_source": "district_general_budget", "declared": 29_650_000},
}


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One act that the service has said is done."""

    key: str
    code: str
    version: int


class GaveUpError(Exception):
    """A client was refused for a reason no client can cure, or waited too long."""


@dataclass
class Habits:
    """How clients behave: how often they hang up before the answer, and whether they forget their keys."""

    hang_up: float = 0.0
    fresh_keys: bool = False
    patience: float = 90.0


@dataclass
class Client:
    """One client with its own unit; `acknowledged` grows while it runs."""

    address: str
    tenant: str
    unit: str
    decision: dict[str, Any]
    dice: random.Random
    habits: Habits
    acknowledged: list[Acknowledged] = field(default_factory=list)
    failure: Exception | None = None

    def run(self, stopping: threading.Event) -> None:
        """Work until told to stop; what was begun is finished first."""
        try:
            with httpx.Client(base_url=self.address, timeout=10) as self.http:
                self.sessions: dict[str, dict[str, str]] = {}
                while not stopping.is_set():
                    self._one_project()
        except Exception as error:  # noqa: BLE001 - handed to the main thread, which raises it
            self.failure = error

    def _one_project(self) -> None:
        title = new_id().hex
        begun = self._act(self.unit, "/projects", {"title": title})
        upload = self._upload(self.unit)
        paper = {"type": "application_form", "upload_id": upload, "sealed": True}
        code, version = begun["code"], begun["version"]
        body = APPLICATION | {"papers": [paper], "version": version}
        version = self._act(self.unit, f"/projects/{code}/acts", body)["version"]
        if self.dice.random() < DECIDED:
            self._act("data_bureau", f"/projects/{code}/acts", self.decision | {"version": version})

    def _act(self, who: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One act, under one key, until it is acknowledged."""
        key = new_id().hex
        until = time.monotonic() + self.habits.patience
        while time.monotonic() < until:
            if self.dice.random() < self.habits.hang_up:
                self._hang_up(who, path, body, key)
                key = new_id().hex if self.habits.fresh_keys else key
            answer = self._send(who, "POST", path, {"Idempotency-Key": key}, json=body)
            if answer is not None and answer.is_success:
                found: dict[str, Any] = answer.json()
                self.acknowledged.append(Acknowledged(key, found["code"], found["version"]))
                return found
            if answer is not None and answer.status_code == httpx.codes.UNAUTHORIZED:
                self.sessions.pop(who, None)
            elif answer is not None and not _may_pass(answer):
                raise GaveUpError(f"{path}: {answer.status_code} {answer.text}")
            if self.habits.fresh_keys:
                key = new_id().hex
            time.sleep(0.05)
        raise GaveUpError(f"{path}: no answer for {self.habits.patience} s")

    def _upload(self, who: str) -> str:
        until = time.monotonic() + self.habits.patience
        while time.monotonic() < until:
            answer = self._send(who, "POST", "/uploads?name=a.pdf", {"Idempotency-Key": new_id().hex}, content=PDF)
            if answer is not None and answer.is_success:
                found: str = answer.json()["id"]
                return found
            if answer is not None and not _may_pass(answer):
                raise GaveUpError(f"upload: {answer.status_code} {answer.text}")
            time.sleep(0.05)
        raise GaveUpError(f"upload: no answer for {self.habits.patience} s")

    def _send(self, who: str, method: str, path: str, extra: dict[str, str], **values: Any) -> httpx.Response | None:
        """One request; None when no answer came."""
        try:
            headers = self._session(who) | extra
            return self.http.request(method, f"/api/v1{path}", headers=headers, **values)
        except httpx.HTTPError:
            return None

    def _session(self, who: str) -> dict[str, str]:
        if who not in self.sessions:
            body = {"login": who, "password": PASSWORD, "tenant": self.tenant}
            answer = self.http.post("/api/v1/session", json=body)
            if not answer.is_success:
                raise httpx.ConnectError("no session")
            cookies = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
            self.http.cookies.clear()
            self.sessions[who] = {"Cookie": cookies, "X-CSRF-Token": answer.json()["csrf"], "X-Lixiang-Date": DAY}
        return self.sessions[who]

    def _hang_up(self, who: str, path: str, body: dict[str, Any], key: str) -> None:
        """Send the request whole, and leave before the answer: sometimes at once, sometimes while it is worked on."""
        parts = urlsplit(self.address)
        try:
            headers = self._session(who) | {"Idempotency-Key": key, "Host": parts.netloc}
            content = json.dumps(body).encode()
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as wire:
                wire.sendall(f"POST /api/v1{path} HTTP/1.1\r\n{head}\r\n".encode() + content)
                time.sleep(self.dice.choice((0.0, 0.005, 0.02, 0.1)))
        except (OSError, httpx.HTTPError):
            return


def _may_pass(answer: httpx.Response) -> bool:
    """Whether the refusal is one of those that go away: the service is busy, starting, or out of reach."""
    passing = (httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS)
    return answer.is_server_error or answer.status_code in passing


class Load:
    """Several clients in threads of their own."""

    def __init__(self, clients: list[Client]) -> None:
        self.clients = clients
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=client.run, args=(self._stopping,)) for client in clients]

    @property
    def acknowledged(self) -> list[Acknowledged]:
        """Everything acknowledged so far."""
        return [one for client in self.clients for one in client.acknowledged]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(120)

    def failures(self) -> list[str]:
        """What made clients give up."""
        return [repr(client.failure) for client in self.clients if client.failure is not None]
