"""The reading of text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.source import LARGEST_FILE, decode_text, read_text

if TYPE_CHECKING:
    from pathlib import Path


def _fault(content: bytes) -> str:
    with pytest.raises(DiagnosticsError) as caught:
        decode_text(content, "t")
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        ("é🚀\r\n".encode(), "é🚀\r\n"),
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa"),
        (b"\0\t\x07", "\0\t\x07"),
    ],
)
def test_a_file_is_utf_8_with_or_without_a_byte_order_mark(content: bytes, text: str) -> None:
    """Nothing but one byte order mark is left out."""
    assert decode_text(content, "t").content == text


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (b"\xff", "t:1:1: error[FILE005] not UTF-8: byte 0xFF"),
        ("a: 1\nbé: ".encode() + b"\xe9x\n", "t:2:5: error[FILE005] not UTF-8: byte 0xE9"),
        ("\ufeffa: 1\nb: ".encode() + b"\xfcx\n", "t:2:4: error[FILE005] not UTF-8: byte 0xFC"),
        ("\ufeff".encode() + b"\xfc", "t:1:1: error[FILE005] not UTF-8: byte 0xFC"),
        ("a: \U0001f680".encode()[:-1], "t:1:4: error[FILE005] not UTF-8: byte 0xF0"),
        ("a".encode("utf-16"), "t:1:1: error[FILE005] not UTF-8: byte 0xFF"),
    ],
)
def test_the_first_byte_that_is_not_utf_8_has_a_place(content: bytes, first: str) -> None:
    """Columns count characters, also behind a byte order mark."""
    assert _fault(content).splitlines()[0] == first
    assert _fault(content).splitlines()[-1] == "  hint: save the file as UTF-8"


def test_a_file_has_a_largest_size() -> None:
    """What is larger is refused before it is decoded."""
    assert len(decode_text(b"a" * LARGEST_FILE, "t").content) == LARGEST_FILE
    assert _fault(b"\xff" * (LARGEST_FILE + 1)) == (
        "t: error[FILE004] larger than 16 MiB\n  hint: split it into several files"
    )


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A sparse file of a terabyte takes neither time nor memory."""
    file = tmp_path / "large.yaml"
    with file.open("wb") as opened:
        opened.truncate(2**40)
    with pytest.raises(DiagnosticsError, match="FILE004"):
        read_text(file, "large.yaml")


def test_what_is_no_file_is_said_so(tmp_path: Path) -> None:
    """Each way of not being there has its code, under the name that was given or the path."""
    for path, message in [
        ("none.yaml", "n: error[FILE001] no such file"),
        (".", "n: error[FILE002] a folder, not a file"),
        ("a\0b", "n: error[FILE003] cannot be read: embedded null byte"),
        ("a" * 300, "n: error[FILE003] cannot be read: File name too long"),
    ]:
        with pytest.raises(DiagnosticsError) as caught:
            read_text(tmp_path / path, "n")
        assert str(caught.value) == message
    with pytest.raises(DiagnosticsError, match=str(tmp_path / "none.yaml")):
        read_text(tmp_path / "none.yaml")


def test_a_file_is_named_as_it_is_reported(tmp_path: Path) -> None:
    """The name is the path, unless another one is given."""
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\n", encoding="utf-8")
    assert read_text(file).name == str(file)
    assert read_text(file, "a.yaml").name == "a.yaml"
