"""A platform file speaks of checks, and of what lies outside its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeter import write
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.platform import load_platform

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

OFF = 'checks: [{code: K8S001, severity: "off", reason: so, paths: [%s]}]'


def _write(here: Path, *lines: str) -> None:
    text = (here / "platform.yaml").read_text()
    write(here, {"platform.yaml": text.replace("spec:\n", "spec:\n" + "".join(f"  {line}\n" for line in lines))})


def _break(here: Path) -> None:
    template = here / "blueprints/greeter/manifests/configmap.yaml"
    write(here, {str(template): template.read_text() + "other: 1\n"})


def test_settings_are_read(here: Path) -> None:
    _write(here, OFF % "a/*", "external: [Secret/a, ConfigMap/b/c]", "podSecurity: restricted")
    settings = load_platform(here / "platform.yaml").settings
    assert [(entry.code, entry.severity, entry.paths) for entry in settings.entries] == [("K8S001", "off", ("a/*",))]
    assert settings.external == {"Secret/a", "ConfigMap/b/c"}
    assert settings.pod_security == "restricted"


@pytest.mark.parametrize("path", ["deploy/alice/*", "blueprints/*/configmap.yaml"])
def test_what_is_off_stops_no_render_and_is_counted(path: str, here: Path, run: Run) -> None:
    _break(here)
    assert run("render").code == 1
    _write(here, OFF % path)
    code, out, err = run("render")
    assert (code, err) == (0, "")
    assert out.endswith("2 files: 2 created; 1 finding turned off\n")
    assert run("check").out.endswith("2 files: 2 unchanged; 1 finding turned off\n")


def test_what_is_off_elsewhere_is_not_off_here(here: Path, run: Run) -> None:
    _break(here)
    _write(here, OFF % "deploy/bob/*")
    assert run("render").code == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('checks: [{code: K8S999, severity: "off", reason: so}]', "PLT009"),
        ('checks: [{code: K8S001, severity: "off"}]', "PLT001"),
        ("checks: [{code: K8S001, severity: off, reason: so, files: [a]}]", "PLT001"),
        ("external: [a]", "PLT001"),
        ("podSecurity: privileged", "PLT001"),
    ],
)
def test_settings_that_are_none_are_refused(line: str, code: str, here: Path) -> None:
    _write(here, line)
    with pytest.raises(DiagnosticsError) as caught:
        load_platform(here / "platform.yaml")
    assert {diagnostic.code for diagnostic in caught.value.diagnostics} == {code}
