"""App-configs are found, merged and judged together, each fault told in the file that it comes from."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.check import check
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.settings import Setting, Settings
from itdo_platform_gen.checks.validate import examine, validate
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.schema.store import Schemas
from itdo_platform_gen.syntax.mark import Text

BASE = portal()


def _found(files: dict[str, str], **named: object) -> list[tuple[str, int | None, str]]:
    texts = [Text(name, text) for name, text in files.items()]
    found = examine(texts, ("1.36",), **named)  # type: ignore[arg-type]  # whatever the test is about
    return [(d.file, d.line, d.code) for d in found.diagnostics]


def _worlds(files: dict[str, str]) -> World:
    return World(validate([Text(name, text) for name, text in files.items()])[0], "1.36")


def test_a_file_is_known_by_its_name() -> None:
    assert _found({"app-config.yaml": "organization: {nam: a}\n"}) == [
        ("app-config.yaml", 1, "BST100"),
        ("app-config.yaml", 1, "BST100"),
        ("app-config.yaml", 1, "BST100"),
    ]


def test_a_file_of_another_name_is_known_by_what_it_says() -> None:
    assert _found({"portal.yaml": BASE + "organisation: {}\n"}) == [("portal.yaml", 15, "BST100")]


def test_something_else_is_still_no_resource() -> None:
    assert _found({"values.yaml": "app: {name: a}\nbackend: {replicas: 1}\n"}) == [("values.yaml", 1, "K8S002")]


def test_a_resource_is_one_whatever_its_file_is_called() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    assert _found({"app-config.yaml": text}) == []


def test_what_is_found_in_a_folder_is_checked_as_well() -> None:
    files = {"deploy/app-config.yaml": BASE + "organisation: {}\n"}
    assert _found(files, walked=files.keys()) == [("deploy/app-config.yaml", 15, "BST100")]


def test_a_file_lies_over_the_base() -> None:
    """What the base has wrong is told once, and what the other adds is told where it stands."""
    files = {
        "app-config.yaml": BASE + "scaffolder: {concurrentTasksLimit: five}\n",
        "app-config.production.yaml": "organization: {title: a}\n",
    }
    assert _found(files) == [("app-config.production.yaml", 1, "BST100"), ("app-config.yaml", 15, "BST100")]


def test_what_the_base_lacks_another_file_may_have() -> None:
    files = {"app-config.yaml": "app: {baseUrl: 'http://a'}\n", "app-config.local.yaml": BASE}
    assert _found(files) == []
    assert [code for *_, code in _found({"app-config.yaml": "app: {baseUrl: 'http://a'}\n"})] == ["BST100"]


def test_a_file_corrects_the_base() -> None:
    files = {
        "app-config.yaml": BASE.replace("  providers:\n", "  providers:\n    guest: {}\n"),
        "app-config.production.yaml": "auth: {environment: production, providers: {guest: null, github: null}}\n",
    }
    assert _found(files) == []
    files["app-config.production.yaml"] = "auth: {environment: development}\n"
    assert _found(files) == [("app-config.yaml", 10, "BST125")]


def test_without_the_base_nothing_is_missing() -> None:
    files = {"app-config.production.yaml": "backend: {listen: 7007}\nauth: {providers: {github: {a: {}}}}\n"}
    assert _found(files) == [("app-config.production.yaml", 1, "BST105")]


def test_folders_are_portals_of_their_own() -> None:
    files = {"a/app-config.yaml": BASE, "b/app-config.local.yaml": "organization: {name: b}\n"}
    portals = _worlds(files).portals
    assert [(found.files[0].file, found.is_whole) for found in portals] == [
        ("a/app-config.yaml", True),
        ("b/app-config.local.yaml", False),
    ]


def test_a_local_file_of_an_environment_lies_over_that_of_the_environment() -> None:
    names = ["app-config.yaml", "app-config.production.yaml", "app-config.production.local.yaml"]
    portals = _worlds(dict.fromkeys(names, "organization: {name: a}\n")).portals
    assert [len(found.files) for found in portals] == [1, 3, 2]


@pytest.mark.parametrize(
    ("above", "merged"),
    [
        ("a: {c: 2}", {"b": 1, "c": 2}),
        ("a: {b: null}", {}),
        ("a: [1]", [1]),
        ("a: {b: [2]}", {"b": [2]}),
        ("a: {b: {$env: B}}", {"b": {"$env": "B"}}),
        ("a: {$include: a.yaml}", {"$include": "a.yaml"}),
        ("c: 1", {"b": 1}),
    ],
)
def test_merging(above: str, merged: object) -> None:
    files = {"app-config.yaml": "a: {b: 1}\n", "app-config.local.yaml": above}
    assert _worlds(files).portals[1].data["a"] == merged


def test_a_platform_can_turn_a_rule_off_for_some_files() -> None:
    files = {"a/app-config.yaml": BASE + "organisation: {}\n"}
    entry = Setting("BST100", "off", "known", paths=("a/*",))
    assert _found(files, settings=Settings((entry,))) == []


def test_it_is_read_as_yaml_1_2() -> None:
    """`on` is a text there, and an address in a flow list needs no quotes."""
    files = {"app-config.yaml": BASE + "events: {http: {topics: [on, https://a.example.com]}}\n"}
    assert _found(files) == []


def test_what_is_rendered_is_checked_as_well() -> None:
    """A document of a bundle is known by its path, where most are no resources and nobody minds."""
    documents, _ = validate([Text("portal/app-config.yaml", BASE + "organisation: {}\n"), Text("b.yaml", "c: d\n")])
    found = check(World(documents, "1.36"), Schemas("1.36")).diagnostics
    assert [(d.file, d.code) for d in found] == [("portal/app-config.yaml", "BST100")]


def test_what_is_included_is_looked_for() -> None:
    text = BASE + "kubernetes: {$include: parts/kubernetes.yaml}\n"
    for files, codes in (({}, ["BST103"]), ({"deploy/parts/kubernetes.yaml": ""}, [])):
        found = validate([Text("deploy/app-config.yaml", text)], files=GivenFiles(files))[1]
        assert [d.code for d in found] == codes


def _including(files: dict[str, str]) -> list[tuple[str, str, int | None]]:
    text = BASE + "kubernetes: {$include: parts/kubernetes.yaml}\n"
    around = GivenFiles({f"deploy/{name}": content for name, content in files.items()})
    found = validate([Text("deploy/app-config.yaml", text)], files=around)[1]
    return [(d.code, d.message, d.line) for d in found]


CLUSTERS = "serviceLocatorMethod: {type: multiTenant}\nclusterLocatorMethods: []\n"


def test_what_is_included_is_checked_with_the_rest() -> None:
    line = BASE.count("\n") + 1
    assert _including({"parts/kubernetes.yaml": CLUSTERS}) == []
    [(code, message, at)] = _including({"parts/kubernetes.yaml": CLUSTERS + "clusters: []\n"})
    assert (code, at) == ("BST100", line)
    assert "clusters" in message
    unclosed = _including({"parts/kubernetes.yaml": CLUSTERS.replace("multiTenant", "'${TENANT'")})
    assert ("BST101", line) in [(code, at) for code, _, at in unclosed]
    nested = CLUSTERS.replace("[]", "[{$include: ../methods.json#one.two}]")
    method = '{"one": {"two": {"type": "config", "clusters": [{"name": "a", "url": "https://a"}]}}}'
    found = _including({"parts/kubernetes.yaml": nested, "methods.json": method})
    assert [(code, at) for code, _, at in found] == [("BST110", line)]
    assert "authProvider" in found[0][1]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"parts/kubernetes.yaml": "a: [\n"}, "parts/kubernetes.yaml cannot be read: not valid YAML"),
        ({"parts/kubernetes.yaml": "a: 1\n---\nb: 2\n"}, "cannot be read: expected one document, got 2"),
        ({"parts/kubernetes.yaml": "a: {$include: b.json}\n"}, "b.json in deploy/parts/kubernetes.yaml is not there"),
        ({"parts/kubernetes.yaml": "a: {$include: b.json}\n", "parts/b.json": "{a: 1}"}, "b.json in deploy/parts"),
        (
            {"parts/kubernetes.yaml": "a: {$include: kubernetes.yaml}\n"},
            "kubernetes.yaml in deploy/parts/kubernetes.yaml",
        ),
        (
            {"parts/kubernetes.yaml": "a: {$include: b.json#c.d}\n", "parts/b.json": '{"c": 1}'},
            "b.json#c.d in deploy/parts/kubernetes.yaml cannot be read: c is no mapping",
        ),
    ],
)
def test_what_cannot_be_included_stops_the_portal(files: dict[str, str], message: str) -> None:
    found = [(told, at) for code, told, at in _including(files) if code == "BST103"]
    assert [at for _, at in found] == [BASE.count("\n") + 1]
    assert message in found[0][0]


def test_files_around_the_portal_are_not_read() -> None:
    """Nor do inclusions that grow without end take forever."""
    around = GivenFiles({"secret.yaml": "a: [", "/etc/secret.yaml": "a: ["})
    for target in ("../secret.yaml", "/etc/secret.yaml", "x/../../secret.yaml"):
        text = f"{BASE}kubernetes: {{$include: {target}}}\n"
        found = validate([Text("deploy/app-config.yaml", text)], files=around)[1]
        assert [d for d in found if "cannot be read" in d.message] == []
    bomb = {f"parts/{n}.yaml": "".join(f"{k}: {{$include: {n + 1}.yaml}}\n" for k in "abcd") for n in range(20)}
    assert _including({"parts/kubernetes.yaml": "a: {$include: 0.yaml}\n", **bomb})


@pytest.mark.parametrize(
    "files",
    [
        {"parts/kubernetes.yaml": "a: {$include: b.json}\n", "parts/b.json": "[" * 100_000 + "]" * 100_000},
        {"parts/kubernetes.yaml": "a: {$include: b.json}\n", "parts/b.json": '{"a":' * 800 + "1" + "}" * 800},
        {"parts/kubernetes.yaml": "a: {$include: b.json}\n", "parts/b.json": "[" + "1" * 6000 + "]"},
        {
            "parts/kubernetes.yaml": "a: {$include: 0.yaml}\n",
            **{f"parts/{n}.yaml": "{a: " * 90 + f"{{$include: {n + 1}.yaml}}" + "}" * 90 for n in range(30)},
        },
    ],
    ids=["deep", "less deep", "long", "chain"],
)
def test_what_is_included_may_be_of_any_size(files: dict[str, str]) -> None:
    assert {code for code, *_ in _including(files)} <= {"BST100", "BST103"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{$include: ../kubernetes.yaml}", "BST103"),
        ("{$include: [a]}", "BST103"),
        ("{$include: a.yaml, b: c}", "BST103"),
        ("{$include: /etc/portal/kubernetes.yaml}", None),
        ("{$include: '${FILE}'}", None),
    ],
)
def test_forms_of_inclusions(value: str, code: str | None) -> None:
    found = validate([Text("app-config.yaml", f"{BASE}kubernetes: {value}\n")])[1]
    assert {d.code for d in found} - {"BST100"} == ({code} if code else set())


def test_what_is_no_mapping_is_no_portal() -> None:
    assert _found({"app-config.yaml": "- a\n"}) == [("app-config.yaml", 1, "K8S002")]
