"""Checks an evidence package without this service: it needs Python 3.9 and nothing else.

A copy of this file lies in every package as `verify.py`. It imports only the standard library, on purpose repeats how
entries are hashed instead of importing it, and trusts nothing it is not told from outside: pass `--roots FILE` with
the seals somebody kept elsewhere, or the package proves only that it agrees with itself.
"""

import argparse
import hashlib
import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

GENESIS = bytes(32)
FORMAT = "lixiang-evidence/1"
FIELDS = 14
HEAD = struct.Struct(">16sq32s")


class Package:
    """The files of a package, in a folder or still in its archive."""

    def __init__(self, place: Path) -> None:
        self.archive = zipfile.ZipFile(place) if place.is_file() else None
        self.folder = place

    def read(self, name: str) -> bytes:
        """One file. Raises: KeyError or OSError when it is missing."""
        return self.archive.read(name) if self.archive is not None else (self.folder / name).read_bytes()

    def lines(self, name: str) -> list[dict[str, Any]]:
        """One JSON object a line."""
        return [json.loads(line) for line in self.read(name).decode("utf-8").splitlines() if line]


def check(package: Package, kept: dict[str, str]) -> tuple[list[str], int, int]:
    """Everything that is wrong, with the numbers of entries and files looked at."""
    manifest = json.loads(package.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        return [f"格式“{manifest.get('format')}”不是 {FORMAT}"], 0, 0
    entries = package.lines("entries.jsonl")
    seals = package.lines("seals.jsonl")
    files = named_files(entries) if manifest["with_files"] else {}
    flaws = [
        *chain_flaws(entries, manifest),
        *seal_flaws(seals, entries, manifest["project"]["id"]),
        *kept_flaws(seals, kept),
        *file_flaws(package, files),
    ]
    return flaws, len(entries), len(files)


def chain_flaws(entries: list[dict[str, Any]], manifest: dict[str, Any]) -> list[str]:
    """Every entry says what its hash says, and follows the one before it."""
    flaws, previous = [], GENESIS
    for number, entry in enumerate(entries, 1):
        fields = json.dumps(entry["fields"], ensure_ascii=False, separators=(",", ":")).encode()
        content = hashlib.sha256(fields + b"\n" + entry["detail"].encode()).digest()
        claimed = bytes.fromhex(entry["hash"])
        if entry["seq"] != number:
            flaws.append(f"第 {number} 条：序号为 {entry['seq']}，不连续")
        if bytes.fromhex(entry["previous"]) != previous:
            flaws.append(f"第 {number} 条：与前一条不衔接")
        if hashlib.sha256(previous + struct.pack(">q", number) + content).digest() != claimed:
            flaws.append(f"第 {number} 条：内容与哈希不符")
        if len(entry["fields"]) != FIELDS or entry["fields"][:2] != [
            manifest["tenant"]["id"],
            manifest["project"]["id"],
        ]:
            flaws.append(f"第 {number} 条：不属于本租户、本项目")
        previous = claimed
    if not entries or previous.hex() != manifest["head"] or len(entries) != manifest["entries"]:
        flaws.append("链尾与清单不一致，记录可能缺失")
    return flaws


def seal_flaws(seals: list[dict[str, Any]], entries: list[dict[str, Any]], project: str) -> list[str]:
    """The daily seals hang together, and what they say of this project's chain is so."""
    flaws, previous = [], seals[0]["previous"] if seals else ""
    chain = bytes.fromhex(project.replace("-", ""))
    for seal in seals:
        heads = bytes.fromhex(seal["heads"])
        root = hashlib.sha256(bytes.fromhex(previous) + seal["day"].encode() + heads).hexdigest()
        if seal["previous"] != previous or root != seal["root"]:
            flaws.append(f"{seal['day']} 的日根与前一日不衔接")
        previous = seal["root"]
        for place in range(0, len(heads) - len(heads) % HEAD.size, HEAD.size):
            of, seq, head = HEAD.unpack_from(heads, place)
            if of == chain and (seq > len(entries) or entries[seq - 1]["hash"] != head.hex()):
                flaws.append(f"第 {seq} 条：与 {seal['day']} 的日根不一致")
    return flaws


def kept_flaws(seals: list[dict[str, Any]], kept: dict[str, str]) -> list[str]:
    """The seals in the package are those somebody kept outside."""
    if not kept:
        return []
    mine = {seal["day"]: seal["root"] for seal in seals}
    wrong = [f"{day} 的日根与外部留存不一致" for day, root in kept.items() if mine.get(day, root) != root]
    return wrong if set(mine) & set(kept) else ["外部留存的日根与本证据包没有相同的日期，无从比对"]


def named_files(entries: list[dict[str, Any]]) -> dict[str, str]:
    """The files the entries speak of: SHA-256 to name."""
    details = [json.loads(entry["detail"]) for entry in entries if entry["fields"][3].startswith("document:")]
    return {detail["file"]["sha256"]: detail["file"]["name"] for detail in details if "file" in detail}


def file_flaws(package: Package, files: dict[str, str]) -> list[str]:
    """Every file is here and is the one that was handed in."""
    flaws = []
    for sha256, name in files.items():
        try:
            found = hashlib.sha256(package.read(f"files/{sha256}")).hexdigest()
        except (KeyError, OSError):
            flaws.append(f"文件缺失：{name}")
            continue
        if found != sha256:
            flaws.append(f"文件内容与日志不符：{name}")
    return flaws


def main() -> int:
    """Check the package given, or the folder this file lies in; the answer is the exit status."""
    parser = argparse.ArgumentParser(description="离线校验项目证据包")
    parser.add_argument("package", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--roots", type=Path, help="另行保存的日根（每行一个 JSON）")
    given = parser.parse_args()
    kept = {}
    try:
        if given.roots:
            lines = given.roots.read_text(encoding="utf-8").splitlines()
            kept = {line["day"]: line["root"] for line in map(json.loads, filter(None, lines))}
        flaws, entries, files = check(Package(given.package), kept)
    except (OSError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as error:
        flaws, entries, files = [f"证据包无法读取：{error!r}"], 0, 0
    told = [*flaws, f"记录 {entries} 条，文件 {files} 个，异常 {len(flaws)} 处"]
    if not kept:
        told.append("未提供另行保存的日根：只能证明证据包自身一致，不能证明整条链未被重写。")
    sys.stdout.buffer.write(("\n".join(told) + "\n").encode())
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
