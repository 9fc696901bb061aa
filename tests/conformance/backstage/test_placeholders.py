"""What the catalog reads in place of a placeholder, and what it refuses to: both are asked about the same files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.backstage.scaffolder import ask_catalog
from itdo_platform_gen.checks.entities.entity import OWNED
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.git_files import repository_of
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = """\
https://github.com/acme/shop/blob/main/a.yaml
https://github.com/acme/shop.git/blob/main/a.yaml
https://GitHub.com/acme/Shop/blob/main/a.yaml
https://github.com/acme/shop/blob/main
https://github.com/acme/shop/raw/main/a/b.yaml
https://github.com/acme/shop/edit/main/a.yaml
https://raw.githubusercontent.com/acme/shop/main/a.yaml
https://gitlab.com/group/sub/shop/-/blob/main/a.yaml
https://gitlab.com/group/sub/shop/-/raw/main/a.yaml
https://gitlab.com/group/shop/blob/main/a.yaml
https://bitbucket.org/acme/shop/src/main/a.yaml
https://git.acme.com/projects/SHOP/repos/orders/browse/a.yaml?at=main
https://git.acme.com/projects/SHOP/repos/orders/raw/a.yaml
https://git.acme.com/users/alice/repos/orders/browse/a.yaml
https://git.acme.com/bitbucket/projects/SHOP/repos/orders/browse/a.yaml
https://dev.azure.com/acme/shop/_git/orders?path=/a.yaml
https://dev.azure.com/acme/shop/_git/orders?path=%2Fa.yaml&version=GBmain
https://dev.azure.com/acme/_git/orders?path=/a.yaml
https://dev.azure.com/acme/shop/_git/orders
https://gitea.acme.com/acme/shop/src/branch/main/a.yaml
https://gitea.acme.com/acme/shop/raw/branch/main/a.yaml
https://example.com/a/b/c.yaml
https://example.com/x/blob/y/z.json
https://example.com/x/y/blob/z/a.json
https://api.github.com/repos/acme/shop/contents/a.yaml
https://acme.visualstudio.com/shop/_git/orders?path=/a.yaml
https://github.com:8443/acme/shop/blob/main/a.yaml
https://u@github.com/acme/shop/blob/main/a.yaml
https://github.com/acme/shop/blob/main/tree/a.yaml
https://github.com/acme/shop/tree/main/blob/a.yaml
https://github.com/acme/blob/blob/main/a.yaml
https://github.com/acme/my%20shop/blob/main/a.yaml
https://github.com/acme/shop/blob/feature/x/a.yaml
https://github.com/acme/shop/blob/main/a.yaml?x=1#L3
https://codecommit.acme.com/a/b/commit/blob/x/y
""".splitlines()
CONTENTS = [
    ("$json", '{"a": 1}\n'),
    ("$json", "[1, 2]"),
    ("$json", '"x"'),
    ("$json", "-0.5e3"),
    ("$json", ""),
    ("$json", "{a: 1}"),
    ("$json", '{"a": 1,}'),
    ("$json", '{"a": NaN}'),
    ("$json", "-Infinity"),
    ("$json", "{'a': 1}"),
    ("$json", '{"a": 1} {}'),
    ("$json", '"a\tb"'),
    ("$yaml", "a: 1\n"),
    ("$yaml", "- a\n"),
    ("$yaml", "a: 0o7\nb: yes\n"),
    ("$yaml", "%YAML 1.1\n---\na: yes\n"),
    ("$yaml", "a: &x 1\nb: *x\n"),
    ("$yaml", "a: {b: c}\n...\n"),
    ("$yaml", "a: [b:c]\n"),
    ("$yaml", ""),
    ("$yaml", "# nothing\n"),
    ("$yaml", "a: 1\n---\nb: 2\n"),
    ("$yaml", "a: [1\n"),
    ("$yaml", "a: 1\na: 2\n"),
    ("$yaml", "a: b: c\n"),
    ("$yaml", "a:\n\t- 1\n"),
    ("$yaml", "b: *x\n"),
    ("$yaml", "a: @b\n"),
    ("$yaml", 'a: "b\n'),
    ("$yaml", "a: !Ref b\n"),
    ("$text", ""),
    ("$text", "a: ["),
]


def test_files_are_read_alike(modules: Path) -> None:
    jobs, ours = [], []
    for key, content in CONTENTS:
        text = OWNED.replace("owner: platform", f"owner: platform\n  acme: {{{key}: ./file}}")
        jobs.append({"kind": "entity", "text": text, "files": {"file": content}})
        found = validate([Text("catalog-info.yaml", text)], files=GivenFiles({"file": content}))[1]
        ours.append([d.code for d in found if d.is_error] == [])
    real = [told["accepted"] for told in ask_catalog(modules, jobs)]
    assert [each for each, a, b in zip(CONTENTS, real, ours, strict=True) if a is not b] == []
    assert min(real.count(True), real.count(False)) > 10


def test_repositories_are_told_apart_alike(modules: Path) -> None:
    told = ask_catalog(modules, [{"kind": "repository", "text": address} for address in ADDRESSES])
    assert [(a, repository_of(a)) for a in ADDRESSES] == [
        (a, each["repository"]) for a, each in zip(ADDRESSES, told, strict=True)
    ]


def test_a_file_of_another_repository_is_refused_where_the_address_shows_one(modules: Path) -> None:
    addresses = [address for address in ADDRESSES if "gitlab" in address or "example" in address]
    jobs = [
        {
            "kind": "entity",
            "text": OWNED.replace("owner: platform", f"owner: platform\n  acme: {{$text: {address!r}}}"),
            "files": {address: "text", address.replace("/blob/", "/tree/"): "text"},
        }
        for address in addresses
    ]
    taken = {address: told["accepted"] for address, told in zip(addresses, ask_catalog(modules, jobs), strict=True)}
    assert taken == {address: repository_of(address) is None for address in addresses}
    assert True in taken.values()
