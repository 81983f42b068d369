"""Reading YAML so that every value knows its line, and every problem of a file is told at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a scenario file, where, and what to do about it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ScenarioError(Exception):
    """A scenario that cannot be read or bound to its rulebook; carries all its problems, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, in the order of the lines."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Block(dict[str, Any]):
    """A mapping out of a file. `line_of` says where one of its keys stands, for messages."""

    def __init__(self, file: str, line: int) -> None:
        """Start an empty block at a line."""
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def put(self, key: str, value: Any, line: int) -> None:
        """Add a key found at a line."""
        self[key] = value
        self.lines[key] = line

    def problem(self, message: str, key: str = "") -> Problem:
        """A problem with a key of this block, or with the block itself."""
        return Problem(self.file, self.lines.get(key, self.line), message)


def empty_like(block: Block) -> Block:
    """An empty block at the same place."""
    return Block(block.file, block.line)


def read(path: Path) -> tuple[Block, ...]:
    """The documents of a file.

    Raises: ScenarioError when it is no YAML, when a document is no mapping, or when a key is given twice.
    """
    problems: list[Problem] = []
    blocks: list[Block] = []
    name = str(path)
    try:
        loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
        while loader.check_node():
            node = loader.get_node()
            value = _value(loader, node, name, problems)
            if isinstance(value, Block):
                blocks.append(value)
            elif value is not None:
                problems.append(Problem(name, node.start_mark.line + 1, "每份情景应为“键: 值”的结构。"))
    except OSError as error:
        problems.append(Problem(name, 1, f"无法读取文件:{error.strerror}。"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problems.append(Problem(name, line, f"不是有效的 YAML:{getattr(error, 'problem', error)}。"))
    if problems:
        raise ScenarioError(problems)
    return tuple(blocks)


def _value(loader: yaml.SafeLoader, node: yaml.Node, file: str, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.MappingNode):
        block = Block(file, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key, line = str(loader.construct_object(key_node)), key_node.start_mark.line + 1
            if key in block:
                problems.append(Problem(file, line, f"“{key}”出现了两次。"))
            block.put(key, _value(loader, value_node, file, problems), line)
        return block
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, file, problems) for item in node.value]
    return loader.construct_object(node)
