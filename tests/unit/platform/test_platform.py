"""A platform file is read and rendered. What is wrong with one is in `tests/cases/errors/platform-*`."""

from __future__ import annotations

from pathlib import Path

import pytest

from greeter import PLATFORM, RENDERED_CONFIGMAP, write
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.platform import Platform, load_platform


def _load(here: Path, renderings: str, head: str = "") -> Platform:
    text = PLATFORM[: PLATFORM.index("  renderings:")]
    write(here, {"platform.yaml": f"{text}{head}  renderings:\n{renderings}"})
    return load_platform(here / "platform.yaml")


def _fails(here: Path, renderings: str, head: str = "") -> list[str]:
    with pytest.raises(DiagnosticsError) as caught:
        _load(here, renderings, head).render()
    return [f"{diagnostic.code} {diagnostic.message}" for diagnostic in caught.value.diagnostics]


def test_files_stand_in_the_folder_of_their_rendering(here: Path) -> None:
    platform = load_platform(Path("platform.yaml"))
    assert (platform.name, platform.kubernetes, platform.root) == ("demo", "1.34", Path())
    assert platform.lock_file == Path("platform.lock")
    rendered = platform.render()
    assert list(rendered.files) == ["deploy/alice/configmap.yaml", "deploy/alice/services/web.yaml"]
    assert rendered.files["deploy/alice/configmap.yaml"].text == RENDERED_CONFIGMAP
    again = load_platform(here / "platform.yaml").render()
    assert {path: file.content for path, file in again.files.items()} == {
        path: file.content for path, file in rendered.files.items()
    }
    assert again.lock == rendered.lock


def test_values_of_the_rendering_go_before_those_of_its_file_and_the_shared_ones(here: Path) -> None:
    shared = "  values: {name: shared, ports: [{name: shared}]}\n"
    entry = "    - {blueprint: greeter, to: %s}\n"
    assert "to/services/shared.yaml" in _load(here, entry % "to", shared).render().files
    entry = "    - {blueprint: greeter, to: '${{ values.name }}', from: alice.yaml, values: {name: own}}\n"
    assert list(_load(here, entry, shared).render().files) == ["own/configmap.yaml", "own/services/web.yaml"]


@pytest.mark.parametrize(
    ("to", "first"),
    [
        (".", "configmap.yaml"),
        ("./", "configmap.yaml"),
        ("./deploy/", "deploy/configmap.yaml"),
        ("a/${{ values.name }}/b", "a/x/b/configmap.yaml"),
    ],
)
def test_a_folder_may_be_written_in_several_ways(to: str, first: str, here: Path) -> None:
    entry = f"    - {{blueprint: greeter, to: '{to}', values: {{name: x}}}}\n"
    assert next(iter(_load(here, entry).render().files)) == first


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        ("a", "./a/", 'PLT003 two renderings go to "a"'),
        (
            ".",
            "configmap.yaml",
            'PLT003 a folder on the way to "configmap.yaml/configmap.yaml" is another rendering\'s file',
        ),
        ("configmap.yaml", ".", 'PLT003 "configmap.yaml" is the folder of another rendering\'s files'),
    ],
)
def test_no_two_renderings_claim_one_path(first: str, second: str, fault: str, here: Path) -> None:
    entries = "".join(f"    - {{blueprint: greeter, to: {to}, values: {{name: x}}}}\n" for to in (first, second))
    assert _fails(here, entries) == [fault]


def test_two_renderings_may_fill_one_folder_but_no_file_twice(here: Path) -> None:
    entries = (
        "    - {blueprint: greeter, to: ., values: {name: x, ports: [{name: a/services/%s}]}}\n"
        "    - {blueprint: greeter, to: services/a, values: {name: x, ports: [{name: b}]}}\n"
    )
    names = "  checks: [{code: K8S101, severity: off, reason: the names are those of files here}]\n"
    assert "services/a/services/b.yaml" in _load(here, entries % "c", names).render().files
    assert _fails(here, entries % "b", names) == ['PLT003 two renderings make "services/a/services/b.yaml"']


def test_a_fault_of_a_rendering_does_not_hide_those_of_others(here: Path) -> None:
    entry = "    - {blueprint: greeter, to: %s, values: {name: %s}}\n"
    assert len(_fails(here, "".join(entry % (name, name) for name in ("A", "b", "C")))) == 2


@pytest.mark.parametrize("folder", ["nowhere", "alice.yaml", "a" * 300])
def test_a_folder_of_blueprints_must_be_one(folder: str, here: Path) -> None:
    write(here, {"platform.yaml": PLATFORM.replace("[blueprints]", f"[{folder}]")})
    with pytest.raises(DiagnosticsError, match="PLT006"):
        load_platform(here / "platform.yaml")


def test_a_shared_value_that_goes_nowhere_is_a_warning(here: Path) -> None:
    rendered = _load(here, "    - {blueprint: greeter, to: a}\n", "  values: {name: x, nam: y}\n").render()
    assert [(d.code, d.severity, d.line, d.hint) for d in rendered.diagnostics] == [
        ("PLT008", "warning", 8, "did you mean name?")
    ]


def test_an_empty_file_of_values_gives_none(here: Path) -> None:
    write(here, {"alice.yaml": "# nothing\n"})
    entry = "    - {blueprint: greeter, to: a, from: alice.yaml, values: {name: x}}\n"
    assert list(_load(here, entry).render().files) == ["a/configmap.yaml"]


def test_the_lock_remembers_what_made_each_file(here: Path) -> None:
    rendered = load_platform(here / "platform.yaml").render()
    lock = rendered.lock
    for path, file in rendered.files.items():
        assert (lock.files[path].digest, lock.files[path].mode) == (file.digest, 0o644)
        assert lock.files[path].rendering == "deploy/alice"
    provenance = lock.renderings["deploy/alice"]
    assert (provenance.blueprint, provenance.version, provenance.kubernetes) == ("greeter", "1.0.0", "1.34")
    assert provenance.blueprint_digest == load_platform(here / "platform.yaml").catalog.find("greeter").digest


def test_the_provenance_tells_values_apart(here: Path) -> None:
    entry = "    - {blueprint: greeter, to: a, values: {name: x, ports: %s}}\n"
    digests = {_load(here, entry % ports).render().renderings["a"].values_digest for ports in ("[]", "[{name: b}]")}
    assert len(digests) == 2


EACH = "    - {blueprint: greeter, each: %s, to: 'deploy/${{ values.name }}'}\n"


def test_each_file_of_values_is_a_rendering(here: Path) -> None:
    """In the order of their paths; what is no file, or has another name, is none."""
    write(here, {"fleet/b.yaml": "name: bob\n", "fleet/a.yaml": "name: ann\n", "fleet/note.txt": "x"})
    (here / "fleet/c.yaml").mkdir()
    rendered = _load(here, EACH % "fleet/*.yaml").render()
    assert [*rendered.renderings] == ["deploy/ann", "deploy/bob"]
    write(here, {"fleet/more/d.yaml": "name: dan\n"})
    assert [*_load(here, EACH % "fleet/**/*.yaml").render().renderings] == ["deploy/ann", "deploy/bob", "deploy/dan"]
    own = EACH.replace("to:", "values: {name: eve}, to:")
    assert _fails(here, own % "fleet/*.yaml") == ['PLT003 two renderings go to "deploy/eve"']


def test_a_fleet_may_be_empty(here: Path) -> None:
    (here / "fleet").mkdir()
    rendered = _load(here, EACH % "fleet/*.yaml").render()
    assert rendered.files == {}
    assert [(d.code, d.severity, d.message) for d in rendered.diagnostics] == [
        ("PLT014", "notice", 'no file is meant by "fleet/*.yaml"')
    ]


def test_what_is_wrong_with_a_file_of_a_fleet_is_told_there(here: Path) -> None:
    write(here, {"fleet/a.yaml": "name: ann\n", "fleet/b.yaml": "nam: bob\n"})
    with pytest.raises(DiagnosticsError) as caught:
        _load(here, EACH % "fleet/*.yaml").render()
    told = [f"{Path(d.file or '').name}:{d.line} {d.code} {d.message}" for d in caught.value.diagnostics]
    assert told == ['b.yaml:1 VAL001 unknown value "nam"', 'b.yaml:1 VAL002 missing value "name"']


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("flee/*.yaml", 'PLT006 no folder "flee"'),
        ("../*.yaml", 'PLT006 "../*.yaml" leaves the folder of the platform'),
        ("fleet/**a.yaml", 'PLT006 "fleet/**a.yaml" has ** beside other characters'),
        ("/etc/*.yaml", 'PLT006 "/etc/*.yaml" leaves the folder of the platform'),
        ("'*.yaml', from: alice.yaml", "PLT001 a rendering has one file of values or one for each, and not both"),
    ],
)
def test_a_pattern_that_cannot_be(pattern: str, said: str, here: Path) -> None:
    assert said in _fails(here, EACH % pattern)
