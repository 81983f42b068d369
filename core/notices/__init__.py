"""Notices (通知): people are told in the application and by mail, other systems by webhook; all from the journal.

Consumers of the journal write down what is to be told, each in one transaction with its confirmation; mail and
webhooks are sent from there and repeated until they arrive or are given up, visibly.
"""

from core.notices.desk_notices import (
    UNREAD_CAP,
    choose_preference,
    count_unread,
    get_preference,
    list_notices,
    mark_all_read,
    mark_read,
    write_notices,
)
from core.notices.digest import write_digests
from core.notices.elsewhere import tell, told_elsewhere
from core.notices.emailing import Mailer, write_mails
from core.notices.mails import list_failures as list_failed_mails
from core.notices.model import (
    TOPIC_TITLES,
    MailMode,
    Notice,
    NoticeMissing,
    Preference,
    Subscription,
    SubscriptionMissing,
    Topic,
    WrongAddress,
    WrongEvents,
)

__all__ = [
    "TOPIC_TITLES",
    "UNREAD_CAP",
    "MailMode",
    "Mailer",
    "Notice",
    "NoticeMissing",
    "Preference",
    "Subscription",
    "SubscriptionMissing",
    "Topic",
    "WrongAddress",
    "WrongEvents",
    "choose_preference",
    "count_unread",
    "get_preference",
    "list_failed_mails",
    "list_notices",
    "mark_all_read",
    "mark_read",
    "tell",
    "told_elsewhere",
    "write_digests",
    "write_mails",
    "write_notices",
]
