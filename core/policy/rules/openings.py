"""The openings a text leaves: options, parameters, slots, silences, gathered in one answer."""

from dataclasses import dataclass

from core.policy.rules.values import Option, Parameter, RunningTotal, Silence, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """Everything a tenant may settle (options), set (parameters) or fill (slots), and what is left unsaid.

    `totals` are the yearly sums that a parameter or a text bounds.
    """

    options: tuple[Option, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    slots: tuple[Slot, ...] = ()
    silences: tuple[Silence, ...] = ()
    totals: tuple[RunningTotal, ...] = ()
