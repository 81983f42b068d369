"""Webhooks (事件推送): other systems are told what happens to projects, signed, at least once, in each project's order.

The receiver tells repetitions by `id`, and whether it is us by `Lixiang-Signature`: HMAC-SHA256, with the secret shown
once, over the time and the body. One receiver that is down holds back neither the others nor anybody here.
"""

from core.notices.webhooks.posting import Poster, sign
from core.notices.webhooks.sending import send_due, write_messages
from core.notices.webhooks.subscribing import (
    NewSubscription,
    list_subscriptions,
    pause_subscription,
    resume_subscription,
    subscribe,
)

__all__ = [
    "NewSubscription",
    "Poster",
    "list_subscriptions",
    "pause_subscription",
    "resume_subscription",
    "send_due",
    "sign",
    "subscribe",
    "write_messages",
]
