"""Why a process cannot start, said so that whoever started it knows what to do."""


class CannotStart(Exception):
    """A start that must not go on: one sentence per cause, each with the way out.

    Not one of the six kinds of error: those answer a person's request, this ends a process. Only the command
    line meets it, prints the sentences without a traceback and exits with status 2.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
