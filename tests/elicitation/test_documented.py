"""What the code around words is for is offered where the repository tells it in plain words: documentation, and the repair that wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.choices import choices_for
from alloy_assist.elicitation.documented import does_as_told
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.grammar import after_preserve
from alloy_assist.elicitation.repairs import ended_by, ensured, works_since
from alloy_assist.elicitation.subject import Heard
from alloy_assist.operations.documented import first_sentence
from alloy_assist.operations.evidence import Evidence
from alloy_assist.operations.interview_lookups import told_of_function
from archaeology.model import Category, PossibleIntent
from fixtures.builder import RepositoryBuilder

PYTHON = '''
class Pool:
    """A pool."""

    @retry
    async def borrow(
        self, wait: float = 1.0,  # seconds
    ) -> Conn:
        """Hand out a connection, and wait for one if all are taken. Raises PoolTimeout.

        :param wait: how long.
        """
        return await self._one()

    def give(self): return None
'''
GO = """package pool

// Shutdown gracefully closes the pool without losing
// work that was accepted. It returns an error otherwise.
func (p *Pool) Shutdown() error {
"""
RUST = """/// Waits until `all` are [`Done`](Done).
///
/// # Panics
#[inline]
pub fn wait_all() {}
"""
ELIXIR = '''  @doc """
  Renders the page for everybody who asks.

  More.
  """
  @spec render(t) :: t
  def render(page), do: page
'''
CSHARP = """    /// <summary>
    /// Sends the message to <see cref="Queue"/> once it was kept.
    /// </summary>
    [Obsolete]
    public void Send() {}
"""


@pytest.mark.parametrize(
    ("language", "text", "start", "said"),
    [
        ("python", PYTHON, 5, "Hand out a connection, and wait for one if all are taken."),
        ("python", PYTHON, 14, ""),
        ("go", GO, 5, "Shutdown gracefully closes the pool without losing work that was accepted."),
        ("rust", RUST, 5, "Waits until `all` are `Done`."),
        ("elixir", ELIXIR, 7, "Renders the page for everybody who asks."),
        ("csharp", CSHARP, 5, "Sends the message to  once it was kept."),
        ("go", "func f() {}\n", 1, ""),
        ("python", "def f(:\n", 1, ""),
    ],
)
def test_the_first_sentence_that_documents_a_definition_is_found(
    language: str, text: str, start: int, said: str
) -> None:
    lines = text.splitlines()
    assert first_sentence(language, lines, start, len(lines)) == said


@pytest.mark.parametrize(
    ("symbol", "sentence", "does"),
    [
        (
            "Server.Shutdown",
            "Shutdown gracefully shuts down the server without losing work.",
            "gracefully shuts down the server without losing work",
        ),
        ("Timeout.clone", "Create a copy of the timeout object", "creates a copy of the timeout object"),
        ("f", "Read the file and return its lines.", "reads the file and returns its lines"),
        ("f", "Read the file and return bytes.", "reads the file"),
        (
            "f",
            "Try all of the mirrors, then fetch from the origin",
            "tries all of the mirrors, then fetches from the origin",
        ),
        ("HTTPResponse", "HTTP Response object.", ""),
        ("Pool", "A pool of connections to the server.", ""),
        ("start", "start starts the handler with HTTP", ""),
        ("Composer.render_frame", "Renders the next frame.", ""),
        ("f", "Set the given response cookie on it", ""),
        ("f", "Initializes a new instance of the class", ""),
        ("f", "Returns it.", ""),
        ("f", "Sends {@code x} to http://example.org/a/b/c now", ""),
        ("f", "close " * 200, ""),
        ("", "", ""),
    ],
)
def test_documentation_that_opens_with_what_it_does_is_told_as_a_clause(symbol: str, sentence: str, does: str) -> None:
    assert does_as_told(symbol, sentence) == does


@pytest.mark.parametrize(
    ("subject", "works", "ended"),
    [
        ("fix client replay for trailers (#12)", "client replay that works for trailers", ""),
        ("[sans-io] fix HTTP/2 stream concurrency", "HTTP/2 stream concurrency that works", ""),
        ("log: Fix color logging detection", "color logging detection that works", ""),
        (
            "fix: propagate Body::size_hint when wrapping bodies (#2503)",
            "Body::size_hint is propagated when wrapping bodies",
            "",
        ),
        ("🐛 fix(run): honor the fail-fast contract, resilient teardown", "the fail-fast contract is honoured", ""),
        ("Fix data race errors", "", "data race errors"),
        ("Prevent deadlock when all clients are removed", "", "a deadlock when all clients are removed"),
        ("Fix a possible memory leak in the pool", "", "a memory leak in the pool"),
        ("Fix compatibility with OTP 27 and earlier", "compatibility with OTP 27 and earlier", ""),
        (
            "Fix imports being erased after a failed evaluation",
            "imports are never erased after a failed evaluation",
            "",
        ),
        ("Prevent reloadLogs command from hanging", "reloadLogs command is kept from hanging", ""),
        ("Fix base16, and combine alpha encodings", "", ""),
        ("Fix colour detection and combine encodings", "colour detection that works", ""),
        ("Fix bug in parser", "", ""),
        ("Fix replies might be sent twice by clients", "", ""),
        ("Fix failing tests on Windows", "", ""),
        ("fix: lenient parsing leading to issues", "", ""),
        ("Fix #123", "", ""),
        ("Merge branch 'main'", "", ""),
        ("", "", ""),
    ],
)
def test_a_repair_tells_what_works_since_or_what_it_ended(subject: str, works: str, ended: str) -> None:
    assert (works_since(subject), ended_by(subject)) == (works, ended)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (
            "fix: restore code that makes sure that operations concerning pip are executed first",
            "operations concerning pip are executed first",
        ),
        ("This change ensures that options are validated before it runs.", "options are validated before it runs"),
        ("This ensures it is so.", ""),
        ("Make sure to test", ""),
        ("", ""),
    ],
)
def test_what_a_commit_makes_sure_of_is_heard(words: str, kept: str) -> None:
    assert ensured(words) == kept


@pytest.mark.parametrize(
    ("capability", "read"),
    [
        ("`Timeout.clone` creates a copy of it", "the property that `Timeout.clone` creates a copy of it"),
        ("`stop` gracefully shuts down the server", "the property that `stop` gracefully shuts down the server"),
        ("client replay that works for trailers", "client replay that works for trailers"),
        (
            "Body::size_hint is propagated when wrapping",
            "the property that Body::size_hint is propagated when wrapping",
        ),
    ],
)
def test_what_is_offered_is_read_aloud_as_a_sentence(capability: str, read: str) -> None:
    assert after_preserve(capability) == read


def warned(sentence: str, heard: Heard, *others: m.Seen, possible: PossibleIntent | None = None) -> m.Subject:
    said = m.Seen(
        id="said",
        category=Category.TEXTUAL,
        summary=f"A comment in `Pool.shut` says: “{sentence}”",
        names=("pool.py",),
        facts={"role": "comment", "path": "pool.py", "symbol": "Pool.shut", "sentence": sentence},
        heard=heard,
    )
    return m.Subject(
        kind=m.SubjectKind.HYPOTHESIS,
        ref="hyp_1",
        family="scar_tissue",
        paths=("pool.py",),
        seen=(said, *others),
        possible=possible or PossibleIntent(),
    )


def offered(about: m.Subject) -> list[str]:
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=about))
    return [choice.label for choice in choices_for(state, m.Slot.CAPABILITY) if not choice.letter]


@pytest.mark.parametrize(
    ("sentence", "heard", "possible", "kept"),
    [
        (
            "A wait group here causes data races as it is hard to order",
            Heard(),
            {},
            "`pool.py` never leads to data races",
        ),
        (
            "We can't copy because that will also create a new object",
            Heard(rejected="copying"),
            {"threat": "copying after all, though that will also create a new object"},
            "`pool.py` will never create a new object",
        ),
        (
            "We can't raise because that would mean users could not write factorials",
            Heard(rejected="raising"),
            {"threat": "raising after all, though that would mean users could not write factorials"},
            "users can write factorials",
        ),
        (
            "One failing must not leak the resources of others",
            Heard(rule="one failing must not leak the resources of others"),
            {"strategy": "one failing must not leak the resources of others"},
            "one failing will never leak the resources of others",
        ),
    ],
)
def test_what_words_name_in_other_ways_is_promised_too(
    sentence: str, heard: Heard, possible: dict[str, str], kept: str
) -> None:
    assert offered(warned(sentence, heard, possible=PossibleIntent.model_validate(possible))) == [kept]


def test_the_repair_and_the_documentation_are_offered_where_the_words_name_nothing() -> None:
    repair = m.Seen(id="o", summary="It came with a repair", facts={"role": "origin", "subject": "Fix bug on Windows"})
    documented = m.Seen(
        id="d",
        summary="It is documented",
        facts={"role": "documented", "symbol": "Pool.shut", "sentence": "Closes the pool without losing work."},
    )
    assert offered(warned("Keep this first", Heard(rule="keep this first"), repair, documented)) == [
        "`pool.py` closes the pool without losing work"
    ]
    fixed = repair.model_copy(update={"facts": {"role": "origin", "subject": "Fix orderly shutdown on Windows"}})
    assert offered(warned("Keep this first", Heard(rule="keep this first"), fixed, documented)) == [
        "orderly shutdown that works on Windows",
        "`pool.py` closes the pool without losing work",
    ]
    assert offered(warned("Keep this first", Heard(rule="keep this first"))) == []


def test_the_documentation_is_read_from_the_repository(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.write("pool.py", 'class Pool:\n    def shut(self):\n        """Close the pool without losing work."""\n')
    builder.commit("Begin")
    about = told_of_function(Evidence(tmp_path / "shop", None), warned("Keep this first", Heard()))
    assert about.seen[-1].summary == "`Pool.shut` is documented so: “Close the pool without losing work”"
    assert offered(about) == ["`pool.py` closes the pool without losing work"]


@pytest.mark.parametrize("again", ["{@a ", "<a ", "[`", ":a:`", "``"])
def test_a_hostile_first_paragraph_is_read_in_part(again: str) -> None:
    lines = ["# " + again * 200_000, "def shut"]
    assert first_sentence("ruby", lines, 2, 2) == ""


def test_a_file_that_the_parser_gives_up_has_no_documentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.write("pool.py", 'class Pool:\n    def shut(self):\n        """Close the pool without losing work."""\n')
    builder.commit("Begin")
    monkeypatch.setattr("archaeology.code.parse.parse_files", lambda *_, **__: ({}, ()))
    assert Evidence(tmp_path / "shop", None).documentation("pool.py", "Pool.shut") == ""
