"""The corpus is the same every time, each of its documents has one fault, and each is known by one name."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.kubernetes.corpus import GOOD, Case, corpus, dumped, good_documents, namespaces, prerequisites
from conformance.kubernetes.custom_corpus import custom_corpus
from conformance.kubernetes.generated_pods import fitting, generated_pods
from conformance.kubernetes.meaning import meant
from conformance.kubernetes.mutation import DELETE, Rename, apply, dotted, mutations, parsed

if TYPE_CHECKING:
    from conformance.kubernetes.mutation import Change, Path

_FAULTY_KEYS = ("a key", "k" * 300, "a/b/c")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(corpus())


def test_the_corpus_is_the_same_every_time(cases: list[Case]) -> None:
    again = list(corpus())
    assert [case.id for case in again] == [case.id for case in cases]
    assert all(one.document == other.document for one, other in zip(again, cases, strict=True))


def test_each_case_has_a_name_of_its_own(cases: list[Case]) -> None:
    assert len({case.id for case in cases}) == len(cases)


def test_good_documents_are_known_by_their_names(cases: list[Case]) -> None:
    names = [document["metadata"]["name"] for document in good_documents()]
    assert len(set(names)) == len(names)
    assert [case.id for case in cases if case.id.endswith(f":{GOOD}")] == [f"{name}:{GOOD}" for name in names]
    assert all(case.document == case.original for case in cases if case.id.endswith(f":{GOOD}"))


def test_other_cases_differ_from_its_good_document(cases: list[Case]) -> None:
    assert [
        case.id for case in cases[::5] if case.yaml == dumped(case.original) and not case.id.endswith(f":{GOOD}")
    ] == []


def test_a_made_fault_changes_the_place_it_is_named_for_and_no_other() -> None:
    """Take the fault's place out of both documents, and the same is left."""
    wrong = []
    for original in list(good_documents())[::4]:
        before = deepcopy(original)
        for place, operator, document in mutations(original):
            path = parsed(place)
            gone = operator == "deleted" and isinstance(path[-1], int)
            if (document if gone else _without(document, path)) != _without(original, path):
                wrong.append(f"{original['metadata']['name']}/{place}:{operator}")
        assert original == before
    assert wrong == []


def _without(document: dict[str, Any], path: Path) -> Any:
    """Give a document without what stands at a path, under whichever name where a fault is one of the key."""
    if not path:
        return None
    found = deepcopy(document)
    inner: Any = found
    for part in path[:-1]:
        inner = inner[part]
    if isinstance(inner, list):
        del inner[int(path[-1])]
    else:
        for key in {path[-1], *_FAULTY_KEYS} & inner.keys():
            del inner[key]
    return found


def test_every_case_is_read_as_it_is_meant(cases: list[Case]) -> None:
    assert [case.id for case in cases[::7] if yaml.load(case.yaml, yaml.CSafeLoader) != case.document] == []


def test_cases_are_sent_to_namespaces_that_are_there(cases: list[Case]) -> None:
    assert {case.namespace for case in cases} <= {"", *namespaces()}
    assert [document["metadata"]["name"] for document in prerequisites()][: len(namespaces())] == list(namespaces())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "."),
        (("spec",), "spec"),
        (("spec", "ports", 0, "port"), "spec.ports[0].port"),
        (("metadata", "labels", "a.b/c"), 'metadata.labels["a.b/c"]'),
        (("data", "a.b", "c"), 'data["a.b"].c'),
        (("lists", 0, 12), "lists[0][12]"),
    ],
)
def test_a_path_is_read_as_it_is_written(path: Path, text: str) -> None:
    assert dotted(path) == text
    assert parsed(text) == path


def test_every_place_of_the_corpus_is_read_as_it_is_written() -> None:
    places = {place for original in good_documents() for place, _, _ in mutations(original)}
    assert [place for place in places if dotted(parsed(place)) != place] == []


@pytest.mark.parametrize(
    ("place", "change", "wanted"),
    [
        ("a", 5, {"a": 5, "l": [1, 2]}),
        ("a.b", DELETE, {"a": {}, "l": [1, 2]}),
        ("a", DELETE, {"l": [1, 2]}),
        ("a", Rename("z"), {"z": {"b": 1}, "l": [1, 2]}),
        ("l[0]", DELETE, {"a": {"b": 1}, "l": [2]}),
        ("l[1]", None, {"a": {"b": 1}, "l": [1, None]}),
        ("l[2]", 3, {"a": {"b": 1}, "l": [1, 2, 3]}),
        ("n.m", 1, {"a": {"b": 1}, "l": [1, 2], "n": {"m": 1}}),
        (".", {"other": 1}, {"other": 1}),
    ],
)
def test_changes_are_made_where_they_are_meant(place: str, change: Change, wanted: dict[str, Any]) -> None:
    document = {"a": {"b": 1}, "l": [1, 2]}
    apply(document, parsed(place), change)
    assert document == wanted


def test_a_key_that_is_renamed_stays_where_it_was() -> None:
    document = {"a": 1, "b": 2, "c": 3}
    apply(document, ("b",), Rename("z"))
    assert list(document) == ["a", "z", "c"]


def test_places_that_an_address_gives_are_left_alone() -> None:
    original = {"apiVersion": "v1", "kind": "X", "metadata": {"name": "x", "namespace": "n"}, "spec": {"a": "b"}}
    places = {place for place, _, _ in mutations(original, every=True)}
    assert not places & {"apiVersion", "kind", "metadata", "metadata.namespace"}
    assert {"metadata.name", "spec", "spec.a", "."} <= places


@pytest.mark.parametrize(
    ("value", "operators"),
    [
        ({"a": 1}, {"deleted", "unknown-key", "empty", "null", "text", "list"}),
        ([1], {"deleted", "empty", "null-inside", "twice", "null", "text", "unlisted", "mixed"}),
        (True, {"deleted", "opposite", "null", "number", "quoted"}),
        (5, {"deleted", "negative", "zero", "huge", "large", "null", "text", "quoted", "fraction"}),
        ("Always", {"deleted", "blank", "null", "list", "number", "bool", "junk", "lower", "spaced", "long"}),
    ],
)
def test_a_value_has_the_faults_of_its_shape(value: object, operators: set[str]) -> None:
    original = {"metadata": {"name": "x"}, "spec": {"field": value}}
    assert {operator for place, operator, _ in mutations(original, every=True) if place == "spec.field"} == operators


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("500m", "quantity-unit"),
        ("192.0.2.1", "address-over"),
        ("10.0.0.0/8", "range-over"),
        ("2026-01-01T00:00:00Z", "time-naive"),
        ("0 5 * * *", "cron-over"),
        ("25%", "percent-over"),
        ("/etc", "path-relative"),
    ],
)
def test_a_text_that_stands_for_something_has_faults_of_its_own(text: str, fault: str) -> None:
    assert fault in dict(meant(text))


def test_a_text_that_stands_for_itself_has_none() -> None:
    assert list(meant("orders")) == []


def test_documents_are_written_without_aliases() -> None:
    inner = {"a": "b"}
    assert dumped({"one": inner, "two": inner}) == "one:\n  a: b\ntwo:\n  a: b\n"


def test_custom_resources_are_the_same_every_time_and_differ() -> None:
    found = list(custom_corpus())
    assert [case.id for case in custom_corpus()] == [case.id for case in found]
    assert len({case.id for case in found}) == len({case.yaml for case in found}) == len(found)


def test_pods_are_the_same_every_time_and_differ() -> None:
    found = list(generated_pods())
    assert [(pod.id, pod.document) for pod in generated_pods()] == [(pod.id, pod.document) for pod in found]
    assert len({pod.id for pod in found}) == len(found)
    assert [pod.id for pod in found if pod.document == fitting()] == ["good"]
