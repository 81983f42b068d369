"""Words a body may hold where the database knows no empty ones: names, codes, logins, reasons."""

from typing import Annotated

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\S")]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=r"\S")]
Login = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^\s*\S+\s*$")]
Code = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="小写字母开头，含小写字母、数字和下划线")
]
