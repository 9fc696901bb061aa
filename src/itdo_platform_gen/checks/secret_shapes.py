"""Secret shapes: what tells a secret from other text, by its form, by the name it is given, or by chance."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_TOKENS = {
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,})",
    "a GitLab token": r"\bgl(?:pat|ptt|rt|dt|cbt)-[0-9A-Za-z_-]{20,}",
    "a Slack token": r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}|hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{20,}",
    "a Google API key": r"\bAIza[0-9A-Za-z_-]{35}",
    "a Stripe key": r"\b[rs]k_(?:live|test)_[0-9A-Za-z]{16,}",
    "an npm token": r"\bnpm_[0-9A-Za-z]{36}",
    "a PyPI token": r"\bpypi-AgE[0-9A-Za-z_-]{30,}",
    "a Vault token": r"\bhvs\.[0-9A-Za-z_-]{24,}",
    "a SendGrid key": r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}",
    "an Anthropic key": r"\bsk-ant-[0-9A-Za-z_-]{24,}",
    "an OpenAI key": r"\bsk-(?:proj-)?[0-9A-Za-z]{40,}",
    "a DigitalOcean token": r"\bdop_v1_[0-9a-f]{64}",
    "an age key": r"\bAGE-SECRET-KEY-1[0-9A-Z]{50,}",
    "an Azure key": r"\b(?:AccountKey|SharedAccessKey)=[0-9A-Za-z+/]{43,86}=",
    "a private key": r"-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
    "a JSON web token": r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{16,}",
    "a registry's credentials": r'"auth"\s{0,8}:\s{0,8}"[0-9A-Za-z+/]{8,}={0,2}"',
}
_ANY_TOKEN = re.compile("|".join(f"(?P<t{index}>{pattern})" for index, pattern in enumerate(_TOKENS.values())))
# What at least one of must be in a text with a token: to look for them takes no time, and most texts have none.
_SIGNS = (
    *("AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "glptt-", "glrt-", "gldt-"),
    *("glcbt-", "xox", "hooks.slack.com", "AIza", "k_live_", "k_test_", "npm_", "pypi-", "hvs.", "SG.", "sk-"),
    *("dop_v1_", "AGE-SECRET-KEY-", "AccountKey=", "AccessKey=", "PRIVATE KEY", "eyJ", '"auth"'),
)
_SHORTEST = 15
_URL_PASSWORD = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^/\s:@]{0,64}:([^@/\s]{1,128})@")

_NAME_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SENSITIVE = re.compile(r"password|passwd|passphrase|secret|token|credential|apikey|(?:^| )pwd(?: |$)")
_KEYS = re.compile(r"(?:secret|access|private|signing|encryption|api|auth) ?key$")
# Words that make a name one of something about a secret, or of where it is: the last word, and the first.
_ABOUT = re.compile(
    "file|path|dir|names?|namespace|url|uri|endpoint|host|port|refs?|reference|ids?|type|kind|length|size|count|limit"
    "|max|min|ttl|expiry|expires|expiration|in|lifetime|duration|timeout|age|seconds|minutes|hours|days|interval"
    "|period|rotation|enabled|disabled|required|allowed|policy|provider|store|backend|manager|driver|class|header"
    "|cookie|claims?|scopes?|audience|issuer|algorithm|alg|format|encoding|prefix|suffix|field|keys?|labels?|selector"
    "|version|method|mode|env|mount|tokens|secrets|passwords|hash|tokenizer|validation|verification|rules|regex|pattern"
)
_ASKING = re.compile(
    "existing.*|allow|use|enable|disable|require|has|is|max|min|enforce|automount|image|pull|imagepull.*"
)
_WORDS = re.compile(
    "true|false|yes|no|on|off|none|null|nil|undefined|enabled|disabled|required|optional|string|str|bytes|int|text"
    "|auto|automatic|generated?|random|default",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[$<{%]|^(?:/|\./|~|vault:|secret:|ref\+|arn:|op://|env:|file:|projects/|sm://|kms:|k8s:|ENC\[)|^(.)\1*$"
    r"|change.?(?:me|it|this)|replace|redacted|placeholder|example|dummy|\btodo\b|\byour[-_ ]|xxxx|\*\*\*|^\.\.\.$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-?[0-9.]+(?:ms|s|m|h|d|[kKMG]i?)?")
_REFERENCE = re.compile(r"[a-z]+(?:[-./][a-z0-9]+)*")
_RANDOM = re.compile(r"[0-9A-Za-z+/_-]{20,128}={0,2}")
_LEAST_SWITCHES = 0.42
_SHOWN = 4
_SHORT = 12


class Token(NamedTuple):
    """A text with the form of a credential that some service gives out."""

    kind: str
    text: str


def token_in(text: str) -> Token | None:
    """Give the first token of a known form in a text."""
    if len(text) < _SHORTEST or not any(sign in text for sign in _SIGNS):
        return None
    for match in _ANY_TOKEN.finditer(text):
        if not _is_example(match.group()):
            return Token(list(_TOKENS)[int(str(match.lastgroup)[1:])], match.group())
    return None


def password_in_url(text: str) -> str | None:
    """Give the password of the first URL in a text that has one."""
    for match in _URL_PASSWORD.finditer(text) if "://" in text and "@" in text else ():
        if not is_placeholder(match[1]):
            return match[1]
    return None


def is_sensitive(name: str) -> bool:
    """Tell whether what has a name is a secret, and not something about one."""
    words = [word.lower() for word in _NAME_WORDS.findall(name)]
    plain = " ".join(words)
    if _KEYS.search(plain) is not None:
        return True
    if _SENSITIVE.search(plain) is None:
        return False
    return _ABOUT.fullmatch(words[-1]) is None and _ASKING.fullmatch(words[0]) is None


def is_secret(name: str, value: str) -> bool:
    """Tell whether a value is a secret, after the name it is given."""
    if not value or not is_sensitive(name) or is_placeholder(value) or "://" in value:
        return False
    surely = "pass" in name.lower() or "pwd" in name.lower()
    return surely or not (_NUMBER.fullmatch(value) or _REFERENCE.fullmatch(value))


def is_placeholder(value: str) -> bool:
    """Tell whether a value only holds the place of a secret, or says where it is."""
    return _WORDS.fullmatch(value) is not None or _PLACEHOLDER.search(value) is not None


def is_random(value: str) -> bool:
    """Tell whether a text looks thrown together by chance, as keys are.

    Capitals, small letters and digits follow each other without order in it; in words, even in ThoseWrittenSo, they
    stand in rows. What is only of hexadecimal digits is more often a digest than a key.
    """
    if _RANDOM.fullmatch(value) is None or value.startswith(("MII", "LS0tLS1CRUdJTi", "AAAA")):
        return False
    kinds = ["A" if c.isupper() else "a" if c.islower() else "0" if c.isdigit() else "-" for c in value]
    if not {"A", "a", "0"} <= set(kinds) or kinds.count("-") > len(value) // 8:
        return False
    return sum(one != other for one, other in pairwise(kinds)) / len(value) >= _LEAST_SWITCHES


def hide(secret: str) -> str:
    """Write as much of a secret as one needs to find it: where it starts, and how long it is."""
    start = secret[:_SHOWN] if len(secret) >= _SHORT else ""
    return f"{start}… ({len(secret)} characters)"


def _is_example(text: str) -> bool:
    return "EXAMPLE" in text or re.search(r"(.)\1{7}", text) is not None
