"""Models that do what they should not, from the command line to a server and back: what a person then reads on the screen."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alloy_assist.cli.app import main
from alloy_assist.cli.exits import ExitCode
from fixtures.model_server import Behaviour, Exchange, ModelServer, model_server
from fixtures.repositories import build_checkout

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    # Libraries that we do not own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

THREAD = "mara: checkout must never call the vendor directly.\ntomasz: agreed, it goes through the gateway.\n"
ANSWERS = json.dumps([{"match": {}, "answer": "We can change the vendor in a week."}] * 6)
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkout(tmp_path_factory.mktemp("bad_models") / "checkout")


@pytest.fixture
def serving(folder: Path) -> Iterator[Callable[[Behaviour], ModelServer]]:
    """Serve one behaviour, and let the project use it as a large model, which is shown all tools."""
    opened = []

    def serve(behaviour: Behaviour) -> ModelServer:
        context = model_server(behaviour)
        server = context.__enter__()
        opened.append(context)
        (folder / ".alloy").mkdir(exist_ok=True)
        (folder / ".alloy" / "config.toml").write_text(
            f'[model]\nchoice = "local"\nname = "openai/local"\nbase_url = "{server.url}"\n'
            'structured_mode = "json"\nsize = "large"\n',
            encoding="utf-8",
        )
        assert main(["--repo", str(folder), "model", "allow", "--yes", "--quiet"]) == ExitCode.DONE
        return server

    yield serve
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture
def ask(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    (tmp_path / "thread.txt").write_text(THREAD)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        words = [str(tmp_path / "thread.txt") if word == "THREAD" else word for word in arguments]
        code = main(["--repo", str(folder), *words])
        shown = capsys.readouterr()
        return code, " ".join(shown.out.split()), " ".join(shown.err.split())

    return run


def remark(exchange: Exchange) -> tuple[str, str]:
    """The first remark that the request tells of: where it stands, and its words."""
    data = exchange.body["messages"][1]["content"]
    found = re.search(r"remarks>>>\n(?P<where>[^\s:]+):\d+: (?P<words>.{20,60}?)[,.:;]", data)
    assert found is not None, data
    return found["where"], found["words"]


def idea(exchange: Exchange, **other: str) -> str:
    where, words = remark(exchange)
    made = {"where": where, "quote": words, "title": f"{words}, always", "capability": "", "threat": "", **other}
    return json.dumps({"hypotheses": [made]})


def wants_tools(exchange: Exchange) -> bool:
    return bool(exchange.body.get("tools"))


def test_a_model_that_ignores_the_tools_answers_from_what_it_was_given(
    serving: Callable[[Behaviour], ModelServer], ask: Ask
) -> None:
    server = serving(
        lambda exchange: exchange.stream("I do not need to look." if wants_tools(exchange) else idea(exchange))
    )
    code, out, err = ask("model", "propose")

    assert code == ExitCode.DONE
    assert "strategy:" in out
    assert "0 of 1 citations did not resolve; 0 claims were dropped. 2 requests" in out
    assert "looks at" not in err
    assert server.count == 2


def test_a_model_that_looks_at_the_same_thing_for_ever_is_brought_to_an_answer(
    serving: Callable[[Behaviour], ModelServer], ask: Ask
) -> None:
    def loops(exchange: Exchange) -> None:
        if wants_tools(exchange):
            exchange.call("search", '{"text": "gateway"}')
        else:
            exchange.stream(idea(exchange))

    server = serving(loops)
    code, out, err = ask("model", "propose")

    assert code == ExitCode.DONE
    assert "strategy:" in out
    assert err.count("looks at search") == 3
    assert "called search with these arguments already" in json.dumps(server.exchanges[-1].body)
    assert server.count == 4


def test_a_model_that_answers_in_another_language_has_nothing_shown_of_what_no_text_says(
    serving: Callable[[Behaviour], ModelServer], ask: Ask
) -> None:
    said = [{"slot": "strategy", "words": "Der Bezahlvorgang ruft den Anbieter niemals selbst auf"}]
    serving(lambda exchange: exchange.stream(json.dumps({"agreed": "agreed", "facets": said})))
    code, out, _ = ask("model", "draft", "THREAD")

    assert code == ExitCode.DONE
    assert "The model said nothing that its sources bear out." in out
    assert "'pasted text' does not say 'Der Bezahlvorgang" in out
    assert "1 of 2 citations did not resolve; 1 claims were dropped." in out


def test_a_question_in_another_language_is_not_put_above_the_plain_one(
    serving: Callable[[Behaviour], ModelServer], ask: Ask, tmp_path: Path
) -> None:
    serving(lambda exchange: exchange.stream(json.dumps({"question": "Was hast du davon?", "pieces": []})))
    (tmp_path / "answers.json").write_text(ANSWERS)
    _, out, err = ask("interview", "--mode", "reject", "--answers", str(tmp_path / "answers.json"), "--json")

    assert "Was hast du" not in out + err
    assert re.search(r"openai/local: 0 of \d wordings used", err)


@pytest.mark.parametrize("whole", [True, False], ids=["all of it", "a sentence of it as its own"])
def test_a_model_that_echoes_the_prompt_is_told_so_and_nothing_of_it_is_a_claim(
    serving: Callable[[Behaviour], ModelServer], ask: Ask, *, whole: bool
) -> None:
    def echoes(exchange: Exchange) -> None:
        ours = exchange.body["messages"][0]["content"]
        sentence = "a failure that must not come back, a promise to users"
        assert wants_tools(exchange) or sentence in " ".join(ours.split())
        exchange.stream(ours if whole or wants_tools(exchange) else idea(exchange, title=sentence))

    serving(echoes)
    code, out, err = ask("model", "propose")

    assert "promise to users" not in out
    if whole:
        assert code == ExitCode.OUTSIDE_FAILED
        assert "is not what was asked for" in err
    else:
        assert code == ExitCode.DONE
        assert "dropped: strategy: it repeats what it was told to do" in out


@pytest.mark.parametrize(
    ("where", "quote", "reason"),
    [
        ("src/checkout/nowhere.py", "class Nowhere:", "there is no file, commit or text"),
        ("/etc/passwd", "root:x:0:0:root:/root", "there is no file, commit or text"),
        ("deadbeefdeadbeef", "because we said so", "there is no file, commit or text"),
        ("README.md", "words that nobody ever wrote", "does not hold"),
    ],
)
def test_a_model_that_cites_what_does_not_exist_has_its_claim_dropped_and_counted(
    serving: Callable[[Behaviour], ModelServer], ask: Ask, where: str, quote: str, reason: str
) -> None:
    serving(
        lambda exchange: exchange.stream(
            "no" if wants_tools(exchange) else idea(exchange, where=where, quote=quote, title="Nothing is ever shown")
        )
    )
    code, out, _ = ask("model", "propose")

    assert code == ExitCode.DONE
    assert "The model said nothing that its sources bear out." in out
    assert reason in out
    assert "Nothing is ever shown" not in out
    assert "1 of 1 citations did not resolve; 1 claims were dropped." in out


def test_a_model_that_never_ends_is_cut_off_and_what_was_whole_is_shown(
    serving: Callable[[Behaviour], ModelServer], ask: Ask
) -> None:
    def rambles(exchange: Exchange) -> None:
        if wants_tools(exchange):
            exchange.stream("no")
        else:
            exchange.stream(idea(exchange)[:-2] + ', {"where": "README.md", "quote": "and on and on', finish="length")

    server = serving(rambles)
    code, out, _ = ask("model", "propose")

    assert code == ExitCode.DONE
    assert "strategy:" in out
    assert "did not come to its end (its answer broke off, or was too long)" in out
    assert server.count == 2


def test_a_dry_run_of_an_interview_shows_its_first_request_and_neither_sends_nor_keeps_anything(
    serving: Callable[[Behaviour], ModelServer], ask: Ask, tmp_path: Path
) -> None:
    server = serving(lambda exchange: exchange.stream("never"))
    _, before, _ = ask("interview", "--list")
    key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    (tmp_path / "answers.json").write_text(ANSWERS)
    code, out, _ = ask("interview", "--dry-run", "--principle", f"Nobody commits {key}", "--no-input")
    _, as_data, _ = ask("interview", "--dry-run", "--mode", "reject", "--json")
    _, listed, _ = ask("interview", "--list")

    assert code == ExitCode.DONE
    assert "This would be sent to openai/local at http://127.0.0.1" in out
    assert key not in out
    assert "redacted: 1 × github key" in out or "[redacted: github key]" in out
    assert re.search(r"[\d,]+ characters, about [\d,]+ tokens", out)
    body = json.loads(as_data)
    assert body["purpose"] == "phrase_question"
    assert body["characters"] == sum(len(message["text"]) for message in body["messages"])
    assert listed == before
    assert server.count == 0


def test_a_dry_run_without_a_model_says_that_nothing_is_ever_sent(folder: Path, ask: Ask) -> None:
    (folder / ".alloy").mkdir(exist_ok=True)
    (folder / ".alloy" / "config.toml").write_text('[model]\nchoice = "offline"\n', encoding="utf-8")
    code, _, err = ask("interview", "--dry-run", "--mode", "reject")

    assert code == ExitCode.REFUSED
    assert "nothing is ever sent" in err
