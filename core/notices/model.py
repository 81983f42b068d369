"""What people are told: notices, how each wants to hear of them, mails, and subscriptions of other systems."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.kernel.errors import Invalid, NotFound, Problem


class Topic(StrEnum):
    """What a notice is about (通知类型)."""

    TASK = "task"
    DECISION = "decision"
    RETURNED = "returned"
    DEFECTS = "defects"
    ENDED = "ended"
    COPY = "copy"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_MOVED = "deadline_moved"
    PAUSED = "paused"
    EFFECT = "effect"
    LISTING = "listing"
    SYSTEM = "system"


TOPIC_TITLES = {
    Topic.TASK: "待办",
    Topic.DECISION: "审核结果",
    Topic.RETURNED: "退回",
    Topic.DEFECTS: "需补正",
    Topic.ENDED: "办结",
    Topic.COPY: "抄送",
    Topic.DEADLINE_NEAR: "即将到期",
    Topic.DEADLINE_PASSED: "已逾期",
    Topic.DEADLINE_MOVED: "期限调整",
    Topic.PAUSED: "期限中止",
    Topic.EFFECT: "联动后果",
    Topic.LISTING: "上架",
    Topic.SYSTEM: "系统",
}

# Administrators belong to no body and hold no role of the regulation; notices to them name their office instead.
ADMINISTRATION = "admin:"


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a notice is for: one body, or whatever body holds the role, or one of the three administrations.

    `tenant_id` is the tenant where the role sits for this project, None where that is the project's own.
    """

    role: str
    organisation_id: UUID | None = None
    tenant_id: UUID | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One notice as composed from an entry. `effect` tells it from the entry's other notices, whenever composed."""

    effect: str
    topic: Topic
    to: Recipient
    subject: str
    body: str
    article: str = ""
    stage: str = ""
    due_on: date | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The notices of one entry, with the entry and the project they are about."""

    entry_id: UUID
    on: date
    project_id: UUID | None
    code: str
    title: str
    drafts: tuple[Draft, ...]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice as somebody reads it (通知)."""

    id: UUID
    topic: Topic
    organisation_id: UUID | None
    role: str
    project_id: UUID | None
    code: str
    title: str
    subject: str
    body: str
    article: str
    stage: str
    due_on: date | None
    on_date: date
    created_at: datetime
    is_read: bool


class MailMode(StrEnum):
    """When somebody is written to (邮件提醒): at once, once a day at eight, or never."""

    IMMEDIATE = "immediate"
    DIGEST = "digest"
    NONE = "none"


class Preference(msgspec.Struct, frozen=True, kw_only=True):
    """How one account wants to be told."""

    email: str = ""
    mode: MailMode = MailMode.NONE


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail that is to be sent, leased for this attempt."""

    id: UUID
    address: str
    subject: str
    body: str
    attempts: int


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """One address of another system that is told of projects (事件订阅). Its secret is shown once and never again."""

    id: UUID
    title: str
    url: str
    events: tuple[str, ...]
    active: bool
    failures: int
    disabled_at: datetime | None
    last_error: str | None
    created_at: datetime


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One entry owed to one subscription, leased for this attempt."""

    subscription_id: UUID
    chain_id: UUID
    seq: int
    entry_id: UUID
    body: str
    attempts: int
    url: str
    secret: str


class NoticeMissing(NotFound):
    """No such notice for this person."""

    default_message = "没有该通知"


class SubscriptionMissing(NotFound):
    """No such subscription in this tenant."""

    default_message = "没有该事件订阅"


class WrongAddress(Invalid):
    """An address that cannot or must not be written to."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, details=[Problem(field=field, message=message)])


class WrongEvents(Invalid):
    """Events that are no kind of entry and no family of kinds."""

    default_message = "订阅的事件应为“*”“stage:*”或具体事件代码"
