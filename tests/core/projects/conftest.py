"""The village of the stages' tests: projects come into being only through stages."""

from tests.core.stages.conftest import village

__all__ = ["village"]
