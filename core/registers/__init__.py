"""Registers (登记簿), unit findings, yearly rounds, expert draws, and what a tenant chooses for itself.

Who keeps what is read from the rulebook. Each act is dated and journalled on the tenant's chain, draws on their
project's. `panel_of` lets stages believe a random panel only where a completed draw stands behind it.
"""

from core.registers.calendars import (
    CalendarPreview,
    DayChange,
    MovedDeadline,
    amend_calendar,
    calendar_of,
    confirm_year,
    moves_between,
    preview_amendment,
)
from core.registers.choosing import (
    ChoiceUnknown,
    NotOpen,
    Setting,
    choose_option,
    options_on,
    parameters_on,
    set_parameter,
)
from core.registers.experts import panel_of
from core.registers.findings import NewFinding, lift_finding, list_findings, record_finding, unit_findings
from core.registers.keeping import office_roles
from core.registers.lodging import Lodging, lodge_entry, mark_adjusted, withdraw_entry
from core.registers.model import (
    Entry,
    EntryMissing,
    EntryPage,
    Finding,
    FindingMissing,
    NotKeeper,
    OpenedRound,
    RegisterDerived,
    RegisterUnknown,
    RoundExists,
    RoundMissing,
)
from core.registers.reading import current_entry, history, list_entries, unit_registers
from core.registers.renewing import (
    RENEWED,
    NewRenewal,
    RegulationUnknown,
    adopt_renewal,
    record_renewal,
    renewal_of,
)
from core.registers.rounds import NewRound, change_round, current_round, list_rounds, open_round
from core.registers.sharing import close, publish, seen_from

__all__ = [
    "RENEWED",
    "CalendarPreview",
    "ChoiceUnknown",
    "DayChange",
    "Entry",
    "EntryMissing",
    "EntryPage",
    "Finding",
    "FindingMissing",
    "Lodging",
    "MovedDeadline",
    "NewFinding",
    "NewRenewal",
    "NewRound",
    "NotKeeper",
    "NotOpen",
    "OpenedRound",
    "RegisterDerived",
    "RegisterUnknown",
    "RegulationUnknown",
    "RoundExists",
    "RoundMissing",
    "Setting",
    "adopt_renewal",
    "amend_calendar",
    "calendar_of",
    "change_round",
    "choose_option",
    "close",
    "confirm_year",
    "current_entry",
    "current_round",
    "history",
    "lift_finding",
    "list_entries",
    "list_findings",
    "list_rounds",
    "lodge_entry",
    "mark_adjusted",
    "moves_between",
    "office_roles",
    "open_round",
    "options_on",
    "panel_of",
    "parameters_on",
    "preview_amendment",
    "publish",
    "record_finding",
    "record_renewal",
    "renewal_of",
    "seen_from",
    "set_parameter",
    "unit_findings",
    "unit_registers",
    "withdraw_entry",
]
