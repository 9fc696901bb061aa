"""The text and the JSON of a diagnostic."""

from __future__ import annotations

from itdo_platform_gen.diagnostics import Diagnostic, Excerpt, Related, has_errors, in_order, place, summary

QUOTA = Diagnostic(
    "K8S001",
    'expected a string or integer quantity, got "fifty"',
    "manifests/quota.yaml",
    8,
    11,
    hint="a quantity is a number with an optional suffix, such as 50 or 2k",
    resource="ResourceQuota/dev-quota",
    path="spec.hard.pods",
    related=(
        Related("environments/alice.yaml", 4, 7, "value from"),
        Related("platform.yaml", 12, None, "for the rendering at"),
    ),
    excerpt=Excerpt("    pods: ${{ values.pods }}", 10, 18),
)


def test_text_shows_place_subject_excerpt_and_the_way_out() -> None:
    assert str(QUOTA) == (
        "manifests/quota.yaml:8:11: error[K8S001] ResourceQuota/dev-quota spec.hard.pods\n"
        '  expected a string or integer quantity, got "fifty"\n'
        "  8 |     pods: ${{ values.pods }}\n"
        "    |           ^^^^^^^^^^^^^^^^^^ value from environments/alice.yaml:4:7\n"
        "    |           for the rendering at platform.yaml:12\n"
        "  hint: a quantity is a number with an optional suffix, such as 50 or 2k"
    )


def test_text_leaves_out_what_is_not_known() -> None:
    assert str(Diagnostic("FILE001", "no such file", "a.yaml")) == "a.yaml: error[FILE001] no such file"
    assert str(Diagnostic("BLP009", "no blueprint", hint="look")) == "error[BLP009] no blueprint\n  hint: look"
    related = (Related("a.yaml", 1, 1, "first one at"),)
    assert str(Diagnostic("X001", "twice", related=related)) == "error[X001] twice\n  first one at a.yaml:1:1"


def test_a_mark_without_width_has_a_caret_still() -> None:
    text = str(Diagnostic("YAML001", "not valid YAML", "a.yaml", 10, 4, excerpt=Excerpt("a: [", 4, 0)))
    assert text == "a.yaml:10:4: error[YAML001] not valid YAML\n  10 | a: [\n     |     ^"


def test_carets_stand_below_wide_characters() -> None:
    excerpt = Excerpt("名前: 注文 # été", 4, 2)
    text = str(Diagnostic("VAL003", "expected text", "a.yaml", 1, 5, excerpt=excerpt))
    assert text.splitlines()[-2:] == ["  1 | 名前: 注文 # été", "    |       ^^^^"]


def test_text_of_a_file_does_nothing_to_the_terminal() -> None:
    text = str(
        Diagnostic("A001", "got \x1b[2J", "a\n.yaml", 1, 1, hint="b\x9b", excerpt=Excerpt("\x1b]0;x\u202e", 0, 1))
    )
    assert text == "a�.yaml:1:1: error[A001] got �[2J\n  1 | �]0;x�\n    | ^\n  hint: b�"


def test_json_has_every_field() -> None:
    assert QUOTA.to_dict() == {
        "file": "manifests/quota.yaml",
        "line": 8,
        "column": 11,
        "code": "K8S001",
        "effect": "refused",
        "severity": "error",
        "message": 'expected a string or integer quantity, got "fifty"',
        "hint": "a quantity is a number with an optional suffix, such as 50 or 2k",
        "resource": "ResourceQuota/dev-quota",
        "path": "spec.hard.pods",
        "related": [
            {"file": "environments/alice.yaml", "line": 4, "column": 7, "message": "value from"},
            {"file": "platform.yaml", "line": 12, "column": None, "message": "for the rendering at"},
        ],
    }


def test_order_is_by_place_then_severity_and_each_comes_once() -> None:
    first = Diagnostic("B001", "", "a.yaml", 2, 1)
    same_place = Diagnostic("A001", "", "a.yaml", 2, 1, severity="warning")
    later = Diagnostic("A001", "", "a.yaml", 10, 1)
    other = Diagnostic("A001", "", "b.yaml", 1, 1)
    nowhere = Diagnostic("A001", "")
    assert in_order([other, later, same_place, first, later, nowhere]) == [nowhere, first, same_place, later, other]


def test_only_errors_are_errors() -> None:
    advice = [Diagnostic("A001", "", severity="warning"), Diagnostic("A001", "", severity="notice")]
    assert not has_errors(advice)
    assert has_errors([*advice, QUOTA])
    assert summary([*advice, QUOTA]) == {"errors": 1, "warnings": 1, "notices": 1}


def test_a_place_is_as_long_as_it_is_known() -> None:
    assert [place("a", 1, 2), place("a", 1, None), place("a", None, None)] == ["a:1:2", "a:1", "a"]


def test_a_name_without_end_is_cut() -> None:
    """A document may call itself anything; the whole name is in the data."""
    found = Diagnostic("K8S101", "no name", "a.yaml", 1, 1, resource=f"Pod/{'a' * 500_000}", path="b" * 500_000)
    assert len(str(found)) < 1000
    assert str(found).splitlines()[0].endswith("…")
    assert len(str(found.to_dict()["resource"])) == 500_004
