"""Ids that the application makes itself, so that a row has its id before it meets a database (标识)."""

from uuid import UUID

from uuid_utils.compat import uuid7

from core.kernel.errors import Invalid, Problem


def new_id() -> UUID:
    """Make a UUIDv7: ids of one process ascend in time, so that indexes grow at one end."""
    return uuid7()


def parse_id(text: str, *, field: str = "id") -> UUID:
    """Read an id from a path or a form.

    Raises: Invalid when it is not a UUID.
    """
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError) as error:
        raise Invalid("编号格式不正确", details=[Problem(field=field, message=f"“{text}”不是有效的编号")]) from error
