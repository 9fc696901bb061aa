"""Names, references and expressions are read as Backstage reads them."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.entities.expressions import read_expression, read_text
from itdo_platform_gen.checks.entities.names import is_entity_name, is_key, is_namespace, is_tag, is_url
from itdo_platform_gen.checks.entities.refs import EntityRef, read_ref
from itdo_platform_gen.checks.entities.skeletons import foreign_in, values_in


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("platform", EntityRef("Group", "shop", "platform")),
        ("user:alice", EntityRef("User", "shop", "alice")),
        ("default/platform", EntityRef("Group", "default", "platform")),
        ("GROUP:default/platform", EntityRef("Group", "default", "platform")),
        ("team:a", EntityRef("team", "shop", "a")),
        ("a/b:c", EntityRef("Group", "a", "b:c")),
        ("a:b:c", EntityRef("a", "shop", "b:c")),
        *((text, None) for text in (":a", "group:", "group:/a", "/", "/a", "a/", ":")),
    ],
)
def test_references(text: str, ref: EntityRef | None) -> None:
    assert read_ref(text, "Group", "shop") == ref


def test_a_reference_is_the_same_in_any_case() -> None:
    assert EntityRef("Group", "Default", "Platform").key == EntityRef("group", "default", "platform").key
    assert str(EntityRef("Group", "default", "platform")) == "Group:default/platform"


@pytest.mark.parametrize("name", ["a", "A_b.c-d", "a" * 63, "0"])
def test_names(name: str) -> None:
    assert is_entity_name(name)
    assert is_key(f"acme.com/{name}")


@pytest.mark.parametrize("name", ["", "a" * 64, "-a", "a-", "a b", "é", "a/b"])
def test_no_names(name: str) -> None:
    assert not is_entity_name(name)
    assert not is_key(f"acme.com/{name}")


def test_other_forms() -> None:
    assert [is_namespace(name) for name in ("a--b", "a.b", "A", "a-", "a" * 63)] == [True, False, False, False, True]
    assert [is_tag(tag) for tag in ("c++", "c#", "a:b", "a--b", "A", "a_b", "a" * 64)] == [*[True] * 3, *[False] * 4]
    assert [is_key(key) for key in ("Acme.com/a", "a..b/c", "a/b/c", "a", "a_b")] == [False, False, False, True, True]


@pytest.mark.parametrize("url", ["https://example.com", "mailto:a@b", "HTTP://x", "https:example.com", "ftp://a/b c"])
def test_urls(url: str) -> None:
    assert is_url(url)


@pytest.mark.parametrize("url", ["example.com", "/a", "https://", "https://a b", "", "1http://a", "http://[::1"])
def test_no_urls(url: str) -> None:
    assert not is_url(url)


def test_what_expressions_look_up() -> None:
    reading = read_expression("(parameters.a or steps['b-c'].output.d) | default(secrets.e)")
    assert [str(read) for read in reading.reads] == ["parameters.a", "steps.b-c.output.d", "secrets.e"]
    assert reading.guarded == {"parameters.a", "steps.b-c.output.d"}
    assert read_expression("parameters.a &&").hint == "write and in place of &&"
    assert read_text("{% for x in parameters.l %}${{ x }}{% endfor %}").reads[0].path == ("l",)
    assert not read_text("{% nothing %}").is_known


def test_what_files_look_up() -> None:
    content = "a ${{ values.x }}\n{% if values['y-z'] and 'values.no' %}${{ github.ref }}{% endif %}\n${{ range(3) }}"
    assert list(values_in(content)) == [("x", 1), ("y-z", 2)]
    assert list(foreign_in(content)) == [("github.ref", 2)]
    assert list(foreign_in("{% set t = values.x %}${{ t }} ${{ _copier_answers._commit or 'x' }}")) == []
    assert list(values_in("${{ values.open")) == []
