"""Formats of CRDs, as JSON Schema says them: those that the server checks (k8s.io/kube-openapi/pkg/validation/strfmt).

Where a server is laxer than JSON Schema is about a format of the same name, a pattern says what it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itdo_platform_gen.schema.violation import Json

_HEX = "[0-9a-fA-F]"
_AMOUNT = r"([0-9]+\.?[0-9]*|\.[0-9]+)"
_LONG = "(ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|week|wk|D|W|H|M|S)[a-z]*"
_UUID = rf"^{_HEX}{{8}}-?{_HEX}{{4}}-?%s-?%s-?{_HEX}{{12}}$"
_IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
_WORD = r"[A-Za-z0-9\p{S}\p{L}]"
# JSON Schema allows for leap seconds.
_MOMENT: dict[str, Json] = {"format": "date-time", "allOf": [{"pattern": "^.{0,17}$|^.{17}[0-5]"}]}


def _text(pattern: str) -> dict[str, Json]:
    return {"allOf": [{"pattern": pattern}]}


FORMATS: dict[str, dict[str, Json]] = {
    "byte": {"format": "byte", "allOf": [{"minLength": 1}]},
    "date": {"format": "date"},
    "date-time": _MOMENT,
    "datetime": _MOMENT,
    "cidr": _text(rf"^([0-9.]+/0*(3[0-2]|[12]?[0-9])|{_IPV6}/0*(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$"),
    "email": _text(r'^([^@:]+|[^@]*["(<][^@]*)@[^@]+$'),
    "hexcolor": _text(rf"^#?({_HEX}{{3}}|{_HEX}{{6}})$"),
    # A name without dots may have one dash, as its second character.
    "hostname": _text(
        rf"^({_WORD}-?{_WORD}{{0,62}}|({_WORD}([-{_WORD[1:]}{{0,61}}{_WORD})?\.)+[A-Za-z\p{{L}}]{{2,63}})$"
    ),
    # Of units longer than a letter the server looks for one anywhere in the text.
    "duration": _text(rf"^[+-]?({_AMOUNT}(ns|us|µs|μs|ms|s|m|h))+$|[0-9] *{_LONG}|^[+-]?0$"),
    "int32": {"allOf": [{"maximum": 2**31 - 1, "minimum": -(2**31)}]},
    "ipv4": _text(r"^([0-9A-Fa-f:]*:)?[0-9]{1,3}(\.[0-9]{1,3}){3}$"),
    "ipv6": {"format": "ipv6"},
    "mac": _text(rf"^({_HEX}{{2}}([:-]{_HEX}{{2}}){{5}}(([:-]{_HEX}{{2}}){{2}})?|({_HEX}{{4}}\.){{2,3}}{_HEX}{{4}})$"),
    "uri": _text(r"^(/|[A-Za-z][A-Za-z0-9+.-]*:)"),
    "uuid": _text(_UUID % (f"{_HEX}{{4}}", f"{_HEX}{{4}}")),
    "uuid3": _text(_UUID % (f"3{_HEX}{{3}}", f"{_HEX}{{4}}")),
    "uuid4": _text(_UUID % (f"4{_HEX}{{3}}", f"[89abAB]{_HEX}{{3}}")),
    "uuid5": _text(_UUID % (f"5{_HEX}{{3}}", f"[89abAB]{_HEX}{{3}}")),
}
"""The keywords that stand for each format; a format that is not here is not checked."""
