"""Files made on the spot: honest ones of each kind, and the ways in which a file can lie."""

import io
import stat
import struct
import zipfile

PDF = b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 20 + b"%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00" + b"\0" * 64


def zipped(files: dict[str, bytes], *, packed: bool = True) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return kept.getvalue()


def office(folder: str = "word", types: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An office file of the new kind, with further parts."""
    parts = {"[Content_Types].xml": f"<Types>{types}</Types>".encode(), f"{folder}/document.xml": b"<w:document/>"}
    return zipped(parts | (more or {}))


def ofd() -> bytes:
    return zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"})


def compound(*names: str) -> bytes:
    """An office file of the old kind: a header, one allocation sector, one directory sector."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<II", header, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    allocation = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name in ("Root Entry", *names)[:4]:
        text = (name + "\0").encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<HB", len(text), 2) + b"\0" * 61
    return bytes(header) + allocation + directory.ljust(512, b"\0")


def circular_compound() -> bytes:
    """A directory chain that leads back to itself."""
    data = bytearray(compound("Other"))
    struct.pack_into("<I", data, 512 + 4, 1)
    return bytes(data)


def linked() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        link = zipfile.ZipInfo("附件/口令")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return kept.getvalue()


def encrypted() -> bytes:
    """An archive whose flags say that its entry needs a password."""
    data = bytearray(zipped({"预算.txt": b"1"}, packed=False))
    data[6] |= 1
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def declaring(size: int) -> bytes:
    """An archive whose directory claims that its entry becomes this large."""
    data = bytearray(zipped({"表.txt": b"1" * 100}))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, size)
    return bytes(data)


def overlapping() -> bytes:
    """Two directory records that name one and the same place, so that bytes unpack twice."""
    data = zipped({"a.txt": b"x" * 1000})
    central = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    record = data[central:end]
    other = record.replace(b"a.txt", b"b.txt")
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 2, 2, len(record) * 2)
    return data[:central] + record + other + bytes(tail)


def crowded(entries: int) -> bytes:
    """An archive of very many empty files; built by hand, because zipfile takes its time."""
    local, central = bytearray(), bytearray()
    for number in range(entries):
        name = b"%06d" % number
        central += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, len(local)
        )
        central += name
        local += struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 6, 0) + name
    few = min(entries, 0xFFFF)
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, len(central), len(local))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(local) + len(central), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, few, few, len(central), len(local), 0)
    return bytes(local + central) + (end64 + locator if entries > 0xFFFF else b"") + end
