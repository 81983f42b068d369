"""`make faults`: every fault with its control run, on one seed; prints what was hurt, acknowledged and found."""

import argparse
import random
import sys
import time

from tests.faults.faults import FAULTS
from tests.faults.playing import Outcome, play


def main() -> int:
    """Play; the answer is the exit status."""
    parser = argparse.ArgumentParser(description="Hurt an installation and reckon up afterwards.")
    parser.add_argument("--seed", default="20250902", help="a number, or random")
    parser.add_argument("--minutes", type=float, default=0.0, help="go round until so long has passed")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long one fault lasts")
    parser.add_argument("--only", nargs="*", default=[], help="names of faults")
    given = parser.parse_args()
    seed = random.randrange(2**32) if given.seed == "random" else int(given.seed)
    chosen = [fault for fault in FAULTS if not given.only or fault.name in given.only]
    tell_line(f"seed {seed}")
    until = time.monotonic() + given.minutes * 60
    strikes = acts = broken = rounds = 0
    while not rounds or time.monotonic() < until:
        for fault in chosen:
            outcome = play(fault, seed=seed + rounds, seconds=given.seconds)
            strikes, acts = strikes + outcome.strikes, acts + outcome.acknowledged
            broken += tell(fault.title, outcome, good=not outcome.wrong)
            if fault.control is not None and not rounds:
                spoilt = play(fault, seed=seed, seconds=given.seconds, controlled=True)
                found = any(sentence.startswith(fault.control.finds) for sentence in spoilt.wrong)
                broken += tell(f"  control of it must find '{fault.control.finds}'", spoilt, good=found)
        rounds += 1
    tell_line(f"{strikes} strikes, {acts} acknowledged acts, {broken} runs not as they should be")
    return 1 if broken else 0


def tell(title: str, outcome: Outcome, *, good: bool) -> int:
    """Print a run; 1 when it is not as it should be."""
    mark = "ok " if good else "BAD"
    figures = f"{outcome.strikes:>4} strikes {outcome.acknowledged:>6} acts, back in {outcome.recovered_in:.1f} s"
    tell_line(f"{mark} {title:<64} {figures}")
    for sentence in outcome.wrong[:3]:
        tell_line(f"      {sentence[:200]}")
    return 0 if good else 1


def tell_line(line: str) -> None:
    """Print at once: a run takes minutes, and whoever waits wants to see it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
