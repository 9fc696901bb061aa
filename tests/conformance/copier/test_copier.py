"""Copier makes of a blueprint what this library makes, and updates it later: from git, whichever door made it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.backstage.scaffolder import scaffold
from conformance.repositories import (
    ANSWERS,
    FOLDERS,
    SAMPLE,
    blueprint_in,
    differences,
    examples,
    tree_of,
    without_origin,
)
from conformance.toolchain import need
from itdo_platform_gen.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.repositories import Tree

GIVEN = {"name": "orders", "description": 'It\'s "quoted": # no ${{ x }}', "port": 8080, "repo_name": "orders"}
_AUTHOR = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")


@pytest.fixture(scope="module", autouse=True)
def _toolchain() -> None:
    need("git", modules=("copier",))


def _copied(folder: str, destination: str, data: dict[str, Any]) -> str:
    from copier import run_copy  # noqa: PLC0415  it may not be installed

    try:
        run_copy(folder, destination, data=data, defaults=True, quiet=True)
    except Exception as error:  # noqa: BLE001  what any is, the test tells
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_copy_gives_our_bytes(folder: Path, scratch: Path) -> None:
    """Answers in, and the tree; defaults and derived values come from the derived questions."""
    found = {}
    all_examples = examples(folder)
    places = [str(scratch / example.name) for example in all_examples]
    with ProcessPoolExecutor(2) as pool:
        told = pool.map(_copied, [str(folder)] * len(places), places, [example.given for example in all_examples])
        for example, error in zip(all_examples, told, strict=True):
            theirs = without_origin(tree_of(scratch / example.name))
            differing = [error] if error else differences(without_origin(example.tree), theirs)
            if differing:
                found[example.name] = (example.given, *differing)
    assert not found, "\n".join(f"{name}: {told[0]}\n{told[1]}" for name, told in list(found.items())[:5])


@pytest.mark.parametrize(
    ("name", "said"),
    [("Orders", "expected text like"), ("a" * 41, "at most 40"), ("orders\n", "expected text like"), ("", "expected")],
)
def test_copy_refuses_what_we_refuse(name: str, said: str, tmp_path: Path) -> None:
    """The validators come from the parameters' schemas."""
    assert said in _copied(str(SAMPLE), str(tmp_path / "x"), {**GIVEN, "name": name})
    assert "at most 65535" in _copied(str(SAMPLE), str(tmp_path / "x"), {**GIVEN, "port": 65536})


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *_AUTHOR, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _commit(folder: Path, tag: str | None = None) -> None:
    if not (folder / ".git").exists():
        _git(folder, "init", "-q", "-b", "main")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", tag or "made")
    if tag:
        _git(folder, "tag", tag)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a git repository of two blueprints with a joint copier.yml: v1.0.0, and v2.0.0 with a changed one."""
    root = tmp_path_factory.mktemp("templates")
    shutil.copytree(SAMPLE, root / "blueprints/sample", symlinks=True)
    other = root / "blueprints/other"
    (other / "content").mkdir(parents=True)
    (other / "content/only.txt.jinja").write_text("${{ values.name }} ${{ values.colour }}\n")
    (other / f"content/{ANSWERS}.jinja").write_text(
        "_commit: ${{ _copier_answers._commit or '' }}\n_src_path: ${{ _copier_answers._src_path or '' }}\n"
        "blueprint: other\nname: ${{ values.name }}\ncolour: ${{ values.colour }}\n"
    )
    (other / "blueprint.yaml").write_text(
        "apiVersion: blueprints.itdo-erp.com/v1\nkind: Blueprint\n"
        "metadata: {name: other, title: Other, description: Another., version: 1.0.0, owner: us}\n"
        "spec:\n  type: service\n  parameters:\n    required: [colour]\n    properties:\n"
        "      name: {type: string, default: nobody, maxLength: 8}\n      colour: {type: string, enum: [red, blue]}\n"
    )
    _derive(root)
    _commit(root, "v1.0.0")
    texts = root / "blueprints/sample/content/newlines/one.txt.jinja"
    texts.write_text(f"{texts.read_text()}second version\n")
    answers = root / f"blueprints/sample/content/{ANSWERS}.jinja"
    answers.write_text(answers.read_text().replace("'1.0.0'", "'v2.0.0'"))
    _derive(root)
    _commit(root, "v2.0.0")
    return root


def _derive(root: Path) -> None:
    assert main(["derive", str(root / "blueprints"), "--together", str(root / "copier.yml")]) == 0
    assert main(["derive", str(root / "blueprints"), "--together", str(root / "copier.yml"), "--check"]) == 0


def _from_git(root: Path, destination: Path, version: str, **data: Any) -> Tree:
    from copier import run_copy  # noqa: PLC0415

    run_copy(f"git+file://{root}", destination, data=data, defaults=True, quiet=True, vcs_ref=version)
    return without_origin(tree_of(destination))


def _ours(root: Path, name: str, data: dict[str, Any]) -> Tree:
    from itdo_platform_gen.blueprint.loader import load_blueprint  # noqa: PLC0415
    from itdo_platform_gen.blueprint.values import taken  # noqa: PLC0415
    from itdo_platform_gen.render.render import render_files  # noqa: PLC0415

    blueprint = load_blueprint(root / "blueprints" / name)
    files = render_files(blueprint, blueprint.values((taken(data),)))
    return without_origin(
        {
            path: ("link", file.link.encode()) if file.link is not None else (f"{file.mode:o}", file.content)
            for path, file in files.items()
        }
    )


def test_each_of_several_blueprints_can_be_copied_from_git(templates: Path, tmp_path: Path) -> None:
    """The root's questions ask which, and then its own alone."""
    made = _from_git(templates, tmp_path / "a", "v2.0.0", blueprint="sample", **GIVEN)
    assert made == _ours(templates, "sample", GIVEN)
    made = _from_git(templates, tmp_path / "b", "v2.0.0", blueprint="other", colour="red")
    assert made == _ours(templates, "other", {"colour": "red"})
    with pytest.raises(ValueError, match="at most 8 characters"):
        _from_git(templates, tmp_path / "c", "v2.0.0", blueprint="other", name="much-too-long", colour="red")
    with pytest.raises(ValueError, match='"blueprint" is required'):
        _from_git(templates, tmp_path / "d", "v2.0.0", **GIVEN)


@pytest.mark.parametrize("door", ["copier", "library", "backstage"])
def test_update_keeps_an_edit(door: str, templates: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A repository made by any door is brought to the next version, and what its owner wrote stays."""
    made = tmp_path / "made"
    old = tmp_path / "old"
    _git(tmp_path, "clone", "-q", "--branch", "v1.0.0", str(templates), str(old))
    if door == "copier":
        _from_git(templates, made, "v1.0.0", blueprint="sample", **GIVEN)
    elif door == "library":
        words = [f"--set={name}={value}" for name, value in GIVEN.items()]
        assert main(["new", "sample", str(made), "--blueprints", str(old / "blueprints"), *words]) == 0
    else:
        modules = request.getfixturevalue("modules")
        values = blueprint_in(SAMPLE).values(_given()).data
        job = {"kind": "fetch", "folder": str(old / "blueprints/sample"), "values": values, "out": str(made)}
        assert "error" not in scaffold(modules, [job])[0]
    answers = made / ANSWERS
    text = answers.read_text().replace("_commit: 1.0.0", "_commit: v1.0.0")
    answers.write_text(text.replace("https://git.example.com/blueprints", f"git+file://{templates}"))
    edited = made / "newlines/three.txt"
    edited.write_text("mine\n")
    _commit(made)
    done = _updated(made, "v2.0.0")
    assert done.returncode == 0, done.stderr
    assert edited.read_text() == "mine\n"
    assert (made / "newlines/one.txt").read_text() == "orders\nsecond version\n"
    kept = yaml.safe_load(answers.read_text())
    assert kept["_commit"] == "v2.0.0"
    assert {name: kept[name] for name in GIVEN} == GIVEN
    assert not list(made.rglob("*.rej"))


def _updated(folder: Path, version: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "copier", "update", "--defaults", "--quiet", "--vcs-ref", version]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def _given() -> Any:
    from itdo_platform_gen.blueprint.values import taken  # noqa: PLC0415

    return (taken(GIVEN),)


def test_update_takes_an_answer_by_its_old_name(templates: Path, tmp_path: Path) -> None:
    """A parameter has another name in the next version: what was answered stays."""
    root = tmp_path / "templates"
    _git(tmp_path, "clone", "-q", str(templates), str(root))
    blueprint = root / "blueprints/other/blueprint.yaml"
    content = root / "blueprints/other/content"
    text = blueprint.read_text().replace("colour", "paint").replace("1.0.0", "3.0.0")
    blueprint.write_text(f"{text}  migrations: [{{version: 3.0.0, renamed: {{colour: paint}}}}]\n")
    (content / "only.txt.jinja").write_text("${{ values.name }} ${{ values.paint }}\n")
    answers = content / f"{ANSWERS}.jinja"
    answers.write_text(answers.read_text().replace("colour", "paint"))
    _derive(root)
    _commit(root, "v3.0.0")

    made = tmp_path / "made"
    _from_git(root, made, "v2.0.0", blueprint="other", colour="red")
    assert (made / "only.txt").read_text() == "nobody red\n"
    _commit(made)
    done = _updated(made, "v3.0.0")
    assert done.returncode == 0, done.stderr
    assert (made / "only.txt").read_text() == "nobody red\n"
    kept = yaml.safe_load((made / ANSWERS).read_text())
    assert kept == {**kept, "_commit": "v3.0.0", "paint": "red"}
    assert "colour" not in kept
