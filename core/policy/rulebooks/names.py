"""The keys a plugin declares, by kind: what every check of a reference is held against."""

from core.policy.rulebooks.answers import Answers


class Names:
    """What one place has a name for; `facts` are amounts too, `results` pairs of a stage and one of its outcomes."""

    def __init__(self, answers: Answers) -> None:
        """Gather them once."""
        self.stages = {stage.key for stage in answers.stages}
        self.results = {(stage.key, outcome.key) for stage in answers.stages for outcome in stage.outcomes}
        self.segments = {segment.key for segment in answers.segments}
        self.gates = {gate.key for gate in answers.gates}
        self.roles = {role.key for role in answers.roles}
        self.facts = {fact.key for fact in answers.facts} | {amount.key for amount in answers.amounts}
        self.papers = {paper.key for paper in answers.papers}
        self.registers = {register.key for register in answers.registers}
        self.limits = {limit.key for limit in answers.limits}
        self.options = {option.key for option in answers.openings.options}
