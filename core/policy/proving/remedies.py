"""What to do about each problem a plugin is refused for, so that nobody has to know the engine to mend it."""

import re

_REMEDIES = (
    (r"hook .* raised", "mend the hook; it takes no argument and answers with typed rule objects"),
    (r"cannot be imported", "install what it imports, or correct the entry point"),
    (r"Plugin .* for hook|unknown hook|does not match|hookimpl", "spell the hook as docs/hooks.md does"),
    (r"hook .*: ", "answer with the type docs/hooks.md declares for this hook"),
    (r"cites unknown row", "list the row in rule_index, or cite the one that is meant"),
    (r"(declared|listed) \d+ times", "give each its own key, or delete one"),
    (r"unknown kind", "use one of the kinds of rows that docs/plugins.md lists"),
    (r"unknown (\w+)", "declare it in its hook, or correct the key"),
    (r"title is missing", "give it a title an officer can read"),
    (r"partition .*(gap|overlap|cut at)", "correct comparator or value, so that each figure falls on one side"),
    (r"partition", "correct the threshold or the condition of the track"),
    (r"^threshold .*(comparator|unit|dated values)", "write comparator, unit and dated values as docs/hooks.md says"),
    (r"its check raises UndeclaredNeedError|without declaring", "name what the gate reads in its needs"),
    (r"raise", "mend the function; it must judge every case, and may only say that a fact is unknown"),
    (r"imports|calls|asks a clock", "read what the case offers instead; a rule is pure"),
    (r"outside thresholds", "put the number into thresholds.py with its citation"),
    (r"cites nothing|no rows", "cite the rows it rests on, or CORE_DEFAULT"),
)
_OTHERWISE = "correct the object named"


def remedy(problem: str) -> str:
    """What to do about one problem."""
    return next((what for pattern, what in _REMEDIES if re.search(pattern, problem)), _OTHERWISE)
