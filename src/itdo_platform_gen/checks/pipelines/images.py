"""Images: the names of container images in steps, and what is known to be missing in some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HOST = r"(?:[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])"
_PART = r"[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*"
_IMAGE = re.compile(
    rf"(?P<name>(?:{_HOST}(?::[0-9]+)?/)?{_PART}(?:/{_PART})*)"
    r"(?::(?P<tag>[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}))?"
)
_LONGEST = 1024
_HUB = ("docker.io/", "index.docker.io/", "registry-1.docker.io/", "mirror.gcr.io/")

# Images of Docker's library that come with Alpine when a tag says so, which has no bash.
_LIBRARY = {"python", "node", "golang", "rust", "ruby", "nginx", "docker", "php", "maven", "gradle"}
_BASHLESS = {"alpine", "busybox", "alpine/git", "alpine/curl", "curlimages/curl", "owasp/dependency-check"}
_SHELL_LESS = (
    "gcr.io/distroless/",
    "gcr.io/kaniko-project/",
    "gcr.io/projectsigstore/cosign",
    "ghcr.io/sigstore/cosign/cosign",
    "ghcr.io/anchore/syft",
    "anchore/syft",
    "ghcr.io/anchore/grype",
    "anchore/grype",
)
_BARE = {"alpine", "busybox"}
_LANGUAGES = {"python", "python3", "node", "ruby", "perl"}
_TOOLS = {"owasp/dependency-check": frozenset({"jq"})}


@dataclass(frozen=True, slots=True)
class Image:
    """An image's name with its registry, its tag and its digest."""

    name: str
    tag: str
    digest: str

    @property
    def short(self) -> str:
        """The name as one writes it for Docker's hub: `alpine` for `docker.io/library/alpine`."""
        name = self.name
        for host in _HUB:
            name = name.removeprefix(host)
        return name.removeprefix("library/")

    @property
    def has_no_shell(self) -> bool:
        """Whether it is one of those known to have no shell at all."""
        return self.short.startswith(_SHELL_LESS) and "debug" not in self.tag

    def lacks(self, interpreter: str) -> bool:
        """Tell whether it is known to lack an interpreter, such as bash."""
        if self.has_no_shell:
            return True
        if interpreter == "bash":
            return self.short in _BASHLESS or (self.short in _LIBRARY and "alpine" in self.tag)
        return interpreter in _LANGUAGES and self.short in _BARE

    @property
    def missing_tools(self) -> frozenset[str]:
        """The tools that scripts often call and that are known not to be in it."""
        return _TOOLS.get(self.short, frozenset())


def image_of(written: object) -> Image | None:
    """Read an image's name, None where it is none or has a variable in it."""
    if not isinstance(written, str) or len(written) > _LONGEST:
        return None
    match = _IMAGE.fullmatch(written)
    return Image(match["name"], match["tag"] or "", match["digest"] or "") if match else None
