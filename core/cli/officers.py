"""Who sends requests when a scenario is played over HTTP: officers of any tenant, and outside parties."""

from collections.abc import Collection
from datetime import date
from typing import Any, Protocol
from uuid import UUID

import httpx

from core.stages.seating import Tree

AT_THE_DOOR = (403, 404)


class LiveError(Exception):
    """The service answered something no scenario can go on from."""


class TurnedAwayError(LiveError):
    """Refused before the rules were asked: to whom a project is closed, it says nothing of itself."""


class Officer:
    """Somebody signed in over HTTP, who sends each change with its CSRF token, its key and its day.

    `entry` is set for an outside party: the entry it has, which is all it is told of.
    """

    entry: str | None = None

    def __init__(self, client: httpx.Client, *, tenant: str, login: str, password: str) -> None:
        answer = client.post("/api/v1/session", json={"login": login, "password": password, "tenant": tenant})
        if not answer.is_success:
            raise LiveError(f"{login}: {answer.text}")
        self.client = client
        self.tenant = tenant
        self.login = login
        self.sent = 0
        self._enter(answer)

    def _enter(self, answer: httpx.Response) -> None:
        self.csrf = answer.json()["csrf"]
        self.cookies = "; ".join(f"{k}={v}" for k, v in answer.cookies.items())
        self.client.cookies.clear()

    def send(self, method: str, path: str, day: date, **values: Any) -> httpx.Response:
        """One request on a day."""
        self.sent += 1
        headers = {
            "Cookie": self.cookies,
            "X-CSRF-Token": self.csrf,
            "X-Lixiang-Date": day.isoformat(),
            "Idempotency-Key": f"{self.csrf[:12]}-{self.sent}",
        }
        return self.client.request(method, f"/api/v1{path}", headers=headers | values.pop("headers", {}), **values)

    def ask(self, method: str, path: str, day: date, **values: Any) -> Any:
        """One request that must succeed, and what it answers.

        Raises: LiveError, TurnedAwayError.
        """
        answer = self.send(method, path, day, **values)
        if not answer.is_success:
            turned_away = answer.status_code in AT_THE_DOOR
            raise (TurnedAwayError if turned_away else LiveError)(f"{self.login} {method} {path}: {answer.text}")
        return answer.json()

    def change_password(self, day: date, *, present: str, wanted: str) -> None:
        """Change the initial password, as everybody must; the session goes on under a new cookie.

        Raises: LiveError.
        """
        answer = self.send("POST", "/session/password", day, json={"present": present, "wanted": wanted})
        if not answer.is_success:
            raise LiveError(f"{self.login}: {answer.text}")
        self._enter(answer)

    def name_of(self, owner: str, code: str) -> str:
        """What a project is called from here: by its number alone at home."""
        return code if self.tenant == owner else f"{owner}:{code}"


class Cast(Protocol):
    """Everybody who acts in one scenario, in the tenants its project belongs to."""

    @property
    def tree(self) -> Tree:
        """The tenants, as the project's own one sees them."""
        ...

    def officer(self, role: str, tenant: UUID | None = None) -> Officer:
        """Whoever acts in a role, in the project's own tenant or another one."""
        ...

    def outside(self, roles: Collection[str], entry: str, project: str, day: date) -> Officer:
        """The outside party that has this entry of a project, let in by the administrators when it first acts."""
        ...

    def relay(self) -> None:
        """Let what has happened reach the other tenants."""
        ...
