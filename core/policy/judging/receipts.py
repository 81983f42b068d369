"""Receipts (判定凭据): what was asked, what was looked at, what was answered, so that all of it can be replayed.

A chain of receipts, folded from the creation of a case, must lead to the very state that is stored. Where it does
not, the rulebook, the surroundings or the stored case have been changed after the fact, and the replay says at
which receipt.
"""

from collections.abc import Iterable

import msgspec

from core.kernel.codec import digest
from core.policy.cases.acts import Act, Decision, Ruling
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.judging.deciding import decide
from core.policy.rulebooks.rulebook import Rulebook


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The proof of one decision. `inputs` hashes rulebook, act and surroundings; the other two hash the state.

    A receipt of a refused act has equal hashes before and after: nothing moved, and that is proved as well.
    """

    rulebook: str
    inputs: str
    act: Act
    context: Context
    decision: Decision
    before: str
    after: str


class ReplayFailedError(Exception):
    """A receipt that does not lead where it says: which one of the chain, and what differs."""

    def __init__(self, number: int, what: str) -> None:
        """Keep the number of the receipt, counted from one, and what differs."""
        super().__init__(f"receipt {number}: {what}")
        self.number = number
        self.what = what


def make_receipt(rules: Rulebook, before: CaseState, context: Context, act: Act, ruling: Ruling) -> Receipt:
    """The receipt of a ruling."""
    return Receipt(
        rulebook=rules.digest,
        inputs=inputs_of(rules.digest, act, context),
        act=act,
        context=context,
        decision=ruling.decision,
        before=digest(before),
        after=digest(ruling.after),
    )


def replay(rules: Rulebook, receipts: Iterable[Receipt], blank: CaseState) -> CaseState:
    """Fold receipts from the blank case they began with to the state they lead to.

    Raises: ReplayFailedError at the first receipt whose rulebook, inputs, decision or state is not what it says.
    """
    state = blank
    for number, receipt in enumerate(receipts, start=1):
        state = replay_one(rules, receipt, state, number)
    return state


def replay_one(rules: Rulebook, receipt: Receipt, state: CaseState, number: int) -> CaseState:
    """Judge one receipt's act again on the state before it; the answer is the state after it.

    Raises: ReplayFailedError.
    """
    if receipt.rulebook != rules.digest:
        raise ReplayFailedError(number, f"decided under rulebook {receipt.rulebook}, replayed under {rules.digest}")
    if receipt.inputs != inputs_of(receipt.rulebook, receipt.act, receipt.context):
        raise ReplayFailedError(number, "the act or the surroundings are not those that were decided on")
    if receipt.before != digest(state):
        raise ReplayFailedError(number, "the state before it is not the one it was decided on")
    ruling = decide(rules, state, receipt.context, receipt.act)
    if digest(ruling.decision) != digest(receipt.decision):
        raise ReplayFailedError(number, "the rules answer otherwise")
    if receipt.after != digest(ruling.after):
        raise ReplayFailedError(number, "the state after it is not the one it says")
    return ruling.after


def inputs_of(rulebook: str, act: Act, context: Context) -> str:
    """The hash over everything a decision looked at besides the case."""
    return digest([rulebook, act, context])
