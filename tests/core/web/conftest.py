"""The same district as the API's tests, asked through pages."""

from tests.core.api.conftest import district

__all__ = ["district"]
