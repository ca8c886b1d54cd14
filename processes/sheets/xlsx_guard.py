"""Looks at a workbook's parts before anything unpacks or parses them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from processes.sheets.errors import SheetError
from processes.sheets.limits import MIB, MOST_PACKING, MOST_PARTS, MOST_UNPACKED_BYTES

ZIP_MAGIC = b"PK\x03\x04"
#: The container of .xls files and of workbooks with a password.
OLE_MAGIC = b"\xd0\xcf\x11\xe0"

_ENCRYPTED = 0x1
#: How much of a part is looked at at once.
CHUNK = 256 * 1024
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
_DECLARATIONS = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_DECLARATION = len(b"<!DOCTYPE")


def guarded(data: bytes) -> zipfile.ZipFile:
    """The workbook's archive, when nothing in it is meant to harm: SheetError names what is wrong otherwise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_directory(archive.infolist())
        for part in archive.infolist():
            _check_part(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise broken(str(error)) from None
    return archive


def broken(detail: str) -> SheetError:
    """The file is a workbook by its first bytes only."""
    return SheetError(
        "broken_workbook", f"文件不是完好的 XLSX：{detail[:200]}", f"the file is not a sound XLSX: {detail[:200]}"
    )


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) != len(parts):
        raise _hostile("部件过多或重名", "too many parts or parts of the same name")
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise SheetError(
            "unpacks_too_large",
            f"解压后超过 {MOST_UNPACKED_BYTES // MIB} MiB",
            f"the workbook unpacks to more than {MOST_UNPACKED_BYTES // MIB} MiB",
        )
    for part in parts:
        _check_entry(part)


def _check_entry(part: zipfile.ZipInfo) -> None:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise _hostile(f"部件路径“{path}”越界", f"the part path {str(path)!r} leaves the workbook")
    if part.flag_bits & _ENCRYPTED:
        raise SheetError("encrypted", "工作簿已加密，请去掉密码", "the workbook is encrypted; remove its password")
    if part.file_size > MIB and part.file_size > MOST_PACKING * max(part.compress_size, 1):
        raise SheetError(
            "zip_bomb",
            f"部件“{path}”的压缩比超过 {MOST_PACKING}",
            f"the part {str(path)!r} is packed more than {MOST_PACKING} times",
        )
    if "externalLinks" in path.parts or path.name == "vbaProject.bin":
        raise _hostile(
            "工作簿含外部链接或宏，请删除后再导入", "the workbook has external links or macros; remove them first"
        )


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if not part.filename.lower().endswith(_XML_SUFFIXES):
        return
    with archive.open(part) as stream:
        chunk = stream.read(CHUNK)
        _check_encoding(chunk, part.filename)
        tail = b""
        while chunk:
            if _DECLARATIONS.search(tail + chunk):
                raise SheetError(
                    "doctype", f"部件“{part.filename}”含 DOCTYPE", f"the part {part.filename!r} contains a DOCTYPE"
                )
            tail = chunk[-_LONGEST_DECLARATION:]
            chunk = stream.read(CHUNK)


def _check_encoding(beginning: bytes, name: str) -> None:
    """Only UTF-8: any other encoding could hide a declaration from the search for it."""
    declared = _DECLARED_ENCODING.search(beginning)
    is_utf8 = declared is None or declared.group(1).lower() in (b"utf-8", b"us-ascii")
    if b"\x00" in beginning or not is_utf8 or not beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise broken(f"{name} is not UTF-8 XML")


def _hostile(zh: str, en: str) -> SheetError:
    return SheetError("hostile_workbook", zh, en)
