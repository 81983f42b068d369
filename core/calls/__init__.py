"""Calls (发榜、公示、公告): what is published to everybody, and what people send in about it.

A plugin says per stage what may be public; the journal's consumer puts it at a permanent address in a table of its own
that has no wall and holds nothing else. Offices publish texts of their own, such as the notice of a yearly round.
Objections and answers to calls come in without an account and wait for the office.
"""

from core.calls.drafting import (
    Correction,
    NewPosting,
    correct_posting,
    follow_rounds,
    list_drafts,
    publish_draft,
    withdraw_posting,
    write_draft,
)
from core.calls.handling import Admission, admit, list_submissions, refuse, uphold
from core.calls.model import (
    KIND_TITLES,
    DraftMissing,
    Happening,
    Line,
    NotTaken,
    PostedPaper,
    Posting,
    PostingDraft,
    PostingFilter,
    PostingMissing,
    PostingPage,
    PostingState,
    Sender,
    Submission,
    SubmissionKind,
    SubmissionMissing,
    SubmissionState,
    SubmissionWrong,
    TooManySubmissions,
    WrongState,
)
from core.calls.publishing import publish_cases
from core.calls.reading import get_posting, list_postings, posted_file
from core.calls.sending_in import NewSubmission, lodge_answer, lodge_objection

__all__ = [
    "KIND_TITLES",
    "Admission",
    "Correction",
    "DraftMissing",
    "Happening",
    "Line",
    "NewPosting",
    "NewSubmission",
    "NotTaken",
    "PostedPaper",
    "Posting",
    "PostingDraft",
    "PostingFilter",
    "PostingMissing",
    "PostingPage",
    "PostingState",
    "Sender",
    "Submission",
    "SubmissionKind",
    "SubmissionMissing",
    "SubmissionState",
    "SubmissionWrong",
    "TooManySubmissions",
    "WrongState",
    "admit",
    "correct_posting",
    "follow_rounds",
    "get_posting",
    "list_drafts",
    "list_postings",
    "list_submissions",
    "lodge_answer",
    "lodge_objection",
    "posted_file",
    "publish_cases",
    "publish_draft",
    "refuse",
    "uphold",
    "withdraw_posting",
    "write_draft",
]
