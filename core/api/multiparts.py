"""The one file of a form, read as it arrives: nothing of it is gathered in memory or on disk before the store."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from core.kernel.errors import Invalid, Problem


class FormUnreadable(Invalid):
    """The form is broken, or holds no file."""

    def __init__(self) -> None:
        message = "表单中没有文件，或表单不完整"
        super().__init__(message, details=(Problem(field="file", message=message),))


def boundary_of(content_type: str) -> bytes:
    """The boundary of a multipart form; empty for any other content."""
    kind, options = parse_options_header(content_type)
    return options.get(b"boundary", b"") if kind == b"multipart/form-data" else b""


class FormFile:
    """The first file of a form that is still arriving. `begin` reads up to its name; `portions` are its content."""

    def __init__(self, stream: AsyncIterator[bytes], boundary: bytes) -> None:
        self._stream = stream
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": lambda data, start, end: self._heading(data[start:end], is_name=True),
                "on_header_value": lambda data, start, end: self._heading(data[start:end], is_name=False),
                "on_header_end": self._header,
                "on_part_data": self._data,
                "on_part_end": self._part_end,
            },
        )
        self._field, self._value = b"", b""
        self._early: list[bytes] = []
        self._is_here = self._ended = False
        self.name = ""

    async def begin(self) -> str:
        """Read until the file's name is known.

        Raises: FormUnreadable.
        """
        async for chunk in self._stream:
            self._take(chunk)
            if self.name:
                return self.name
        raise FormUnreadable

    async def portions(self) -> AsyncIterator[bytes]:
        """The content, portion by portion.

        Raises: FormUnreadable for a form that ends too early.
        """
        for portion in self._taken():
            yield portion
        async for chunk in self._stream:
            self._take(chunk)
            for portion in self._taken():
                yield portion
        if not self._ended:
            raise FormUnreadable

    def _taken(self) -> list[bytes]:
        taken, self._early = self._early, []
        return taken

    def _take(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise FormUnreadable from error

    def _heading(self, part: bytes, *, is_name: bool) -> None:
        if is_name:
            self._field += part
        else:
            self._value += part

    def _header(self) -> None:
        if self._field.lower() == b"content-disposition" and not self.name:
            _, options = parse_options_header(self._value)
            self.name = options.get(b"filename", b"").decode("utf-8", "replace")
            self._is_here = bool(self.name)
        self._field, self._value = b"", b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_here:
            self._early.append(data[start:end])

    def _part_end(self) -> None:
        if self._is_here:
            self._is_here, self._ended = False, True
