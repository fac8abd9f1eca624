"""Which tests are about a function: a name that several of them bear is not enough."""

import pytest

from archaeology.detectors.caution_witnesses import Warned, heard_in
from archaeology.detectors.named_tests import NamedTests
from archaeology.detectors.sentences import caution_of
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Comment, Definition, FileFacts, TestCase
from fixtures import FactsBuilder

TESTS = "tests/test_widgets.py"


def widgets(*owners: str) -> FactsBuilder:
    """A module in which each owner has a method ``keypress``, and a test module that imports it."""
    found = [Definition(f"{owner}.keypress", "method", "public", line, line) for line, owner in enumerate(owners, 1)]
    code = FileFacts("python", lines=10, definitions=tuple(found))
    builder = FactsBuilder().module("src/widgets.py", "\n" * 10, code=code)
    return builder.module(TESTS, "import widgets\n", imports=("src/widgets.py",))


def case(owner: str) -> TestCase:
    return TestCase(f"{TESTS}::{owner}::test_keypress_enter", TESTS, 1, 1)


@pytest.mark.parametrize(
    ("owners", "named", "about"),
    [
        (("Button",), "TestOther", True),
        (("Button", "Box"), "TestButton", True),
        (("Button", "Box"), "TestBox", False),
        (("Button", "Box"), "TestMessageView", False),
    ],
)
def test_a_test_of_another_owners_method_is_not_about_it(owners: tuple[str, ...], named: str, *, about: bool) -> None:
    facts = widgets(*owners).test_case(case(named)).build()
    found = NamedTests(facts).tests("src/widgets.py", "Button.keypress", (), "Enter must not be taken twice.")
    assert [one.id for one in found] == ([case(named).id] if about else [])


def test_which_functions_share_a_name_is_the_same_however_many_are_asked_about_at_once() -> None:
    facts = widgets("Button", "Box").test_case(case("TestButton")).test_case(case("TestOther")).build()
    for expected in ((), ("Other.run", None, "Button.keypress"), ("Box.key_press",)):
        named = NamedTests(facts)
        named.expect(expected)
        found = named.tests("src/widgets.py", "Button.keypress", (), "Enter must not be taken twice.")
        assert [one.id for one in found] == [case("TestButton").id]


def test_an_issue_is_enough_whatever_the_owner() -> None:
    known = TestCase(f"{TESTS}::TestBox::test_keypress_twice", TESTS, 1, 1, issue="#41")
    facts = widgets("Button", "Box").test_case(known).build()
    assert NamedTests(facts).tests("src/widgets.py", "Button.keypress", ("41",), "") == [known]
    assert NamedTests(facts).case_about(TESTS, ("src/widgets.py", "Button.keypress"), ("41",), "") == known
    assert NamedTests(facts).case_about(TESTS, ("src/widgets.py", "Button.keypress"), (), "twice") is None


def test_a_test_that_only_calls_the_function_says_nothing_of_the_warning() -> None:
    facts = widgets("Button").test_case(case("TestButton")).build()
    assert NamedTests(facts).tests("src/widgets.py", "Button.keypress", (), "The focus must be restored first.") == []


def test_the_files_of_the_tests_that_speak_are_told_before_any_is_read() -> None:
    said = "Enter must not be taken twice, because the dialog would be closed and its answer lost."
    caution = caution_of(Comment(said, 1, 1, "ban", "Button.keypress"))
    assert caution is not None
    warned = Warned("src/widgets.py", "Button.keypress", caution, "group")
    facts = widgets("Button").test_case(TestCase(f"{TESTS}::test_keypress_enter_twice", TESTS, 1, 1)).build()
    assert heard_in(Witnesses(facts), [warned, warned]) == [TESTS]
    assert heard_in(Witnesses(widgets("Button").build()), [warned]) == []
