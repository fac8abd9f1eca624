"""Fakes, stubs, mocks and recorded traffic, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from archaeology.facts import Fake
from archaeology.suite.texts import TestText

_PREFIXES = "Fake|Stub(?:bed)?|Mock(?:ed)?|Dummy|InMemory|Memory|Spy|Null|Noop|NoOp|Recording|Fixed|Frozen|Scripted|Failing|Broken|Canned"
_SUFFIXES = "Fake|Stub|Mock|Dummy|Spy|Double"
_WORDS = tuple(dict.fromkeys(re.sub(r"\(.*?\)", "", f"{_PREFIXES}|{_SUFFIXES}").replace("?", "").split("|")))
_KINDS = {
    "stub": "stub",
    "stubbed": "stub",
    "dummy": "stub",
    "null": "stub",
    "noop": "stub",
    "canned": "stub",
    "failing": "stub",
    "broken": "stub",
    "mock": "mock",
    "mocked": "mock",
    "spy": "spy",
    "recording": "spy",
}
_CLASS = re.compile(
    rf"^[ \t]*(?:(?:export|public|private|internal|protected|static|final|abstract|sealed|open|data|default|pub(?:\([^)]*\))?)[ \t]+)*"
    rf"(?:class|struct|object|type|defmodule|interface)[ \t]+(?:[\w.]+\.)?_?((?:{_PREFIXES})[A-Z]?\w*|\w+?(?:{_SUFFIXES}))\b([^\n{{:]*(?:\([^)\n]*\))?[^\n{{]*)",
    re.MULTILINE,
)
_DECLARED = re.compile(r"(?:class|struct|object|type|defmodule|interface)[ \t]")
_BASE_WORDS = re.compile(r"[A-Z][\w.]*")
_TEST_OF = re.compile(r"(?:Tests?|TestCase|Specs?|Benchmark)$")  # a test of a mock, and no mock
_NO_BASES = frozenset(
    {
        "Mock",
        "MagicMock",
        "AsyncMock",
        "Object",
        "Protocol",
        "ABC",
        "NamedTuple",
        "TypedDict",
        "BaseModel",
        "Exception",
        "Enum",
        "Generic",
        "TestCase",
        "GenServer",
        "T",
    }
)
_NOISE_TARGETS = re.compile(r"^(?:os\.environ|sys\.|builtins\.|self\.|\W*$)")
# What is replaced is named by a text or by a type; the one group that matched tells it. Words of which one must be there come first:
# finding them is a hundred times cheaper than matching.
_MOCKS: dict[str, tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = {
    "python": (
        (
            "mock",
            ("patch", "mocker.spy"),
            re.compile(
                # Every way begins with a letter of its own: it is sought a hundred times faster than a place between words.
                r"(?:p(?<=\bp)atch(?:\.object|\.dict)?|mocker\.patch(?:\.object)?|mocker\.spy|monkeypatch\.setattr)\(\s*(?:[\"']([\w.]+)[\"']|([A-Za-z_][\w.]*)\s*,\s*[\"'](\w+)[\"'])"
            ),
        ),
        (
            "mock",
            ("create_autospec", "Mock("),
            re.compile(
                r"(?:c(?<=\bc)reate_autospec|M(?<=\bM)(?:agicM)?ock|A(?<=\bA)syncMock|N(?<=\bN)onCallableMock)\(\s*(?:spec(?:_set)?\s*=\s*)?([A-Z][\w.]*)"
            ),
        ),
        ("mock", ("spec=", "spec_set="), re.compile(r"s(?<=\bs)pec(?:_set)?=([A-Z][\w.]*)")),
    ),
    "script": (
        (
            "mock",
            ("mock(", "Mock("),
            re.compile(r"\b(?:jest|vi)\.(?:do)?[mM]ock\(\s*(?:import\()?['\"]([^'\"\n]+)['\"]"),
        ),
        (
            "spy",
            ("spyOn(", "stub(", "spy("),
            re.compile(r"\b(?:jest|vi|sinon)\.(?:spyOn|stub|spy)\(\s*([A-Za-z_][\w.]*)\s*,\s*['\"](\w+)['\"]"),
        ),
        (
            "mock",
            ("Mock", "mock", "stub", "Substitute", "Stubbed"),
            re.compile(
                r"\b(?:Mocked|MockProxy|DeepMockProxy|MockedObject|mock|mockDeep|createMock|Substitute\.for|stubInterface|StubbedInstance)<(?:typeof )?([A-Z]\w*)"
            ),
        ),
        ("mock", ("createStubInstance(", "mock("), re.compile(r"\b(?:createStubInstance|mock)\(\s*([A-Z]\w*)\s*[,)]")),
    ),
    "go": (
        ("mock", ("NewMock",), re.compile(r"\b(?:\w+\.)?NewMock(\w+)\(")),
        ("fake", ("NewFake",), re.compile(r"\b(?:\w+\.)?NewFake(\w+)\(")),
        # What mockery and counterfeiter write lies in packages of such names.
        (
            "mock",
            ("mocks.", "fakes.", "mock_"),
            re.compile(r"\b(?:\w*mocks|\w*fakes|mock_\w+)\.(?:New)?(?:Mock|Fake)?([A-Z]\w*)"),
        ),
    ),
    "rust": (
        ("mock", ("mock!",), re.compile(r"\bmock!\s*\{\s*(?:pub\s+)?(\w+)")),
        ("mock", ("Mock",), re.compile(r"\bMock(\w+)::(?:new|default)\(")),
    ),
    "jvm": (
        ("mock", ("mock(", "spy("), re.compile(r"\b(?:Mockito\.)?(?:mock|spy)\(\s*([A-Z]\w*)(?:\.class|::class)")),
        (
            "mock",
            ("@Mock", "@Spy", "@Relaxed"),
            re.compile(
                r"@(?:Mock|MockBean|MockitoBean|Spy|SpyBean|MockK|RelaxedMockK)\b[^;=\n]*?\s(?:(?:private|lateinit|var|val|final)\s+)*(?:\w+\s*:\s*)?([A-Z]\w*)"
            ),
        ),
        ("mock", ("mock<", "mockk<"), re.compile(r"\bmockk?<([A-Z]\w*)>\(")),
        ("mock", ("= mock", "= spy"), re.compile(r":\s*([A-Z]\w*)\s*=\s*(?:mock|spy)k?\(")),
    ),
    "csharp": (
        (
            "mock",
            ("Mock<", "For<", "Fake<", "Of<"),
            re.compile(r"\b(?:Mock|Substitute\.For|A\.Fake|Mock\.Of)<([A-Z]\w*)"),
        ),
    ),
    "php": (
        (
            "mock",
            ("create", "getMockBuilder", "prophesize", "mock"),
            re.compile(
                r"(?:createMock|createStub|getMockBuilder|prophesize|Mockery::mock|->mock|mock)\(\s*\\?([A-Z][\w\\]*)::class"
            ),
        ),
    ),
    "ruby": (
        (
            "mock",
            ("_double(",),
            re.compile(r"\b(?:instance_double|class_double|object_double)\(\s*['\"]?([A-Z][\w:]*)"),
        ),
    ),
    "elixir": (("mock", ("defmock(",), re.compile(r"\bdefmock\(\s*[\w.]+,\s*for:\s*\[?([A-Z][\w.]*)")),),
}
_FAMILIES = {"javascript": "script", "typescript": "script", "tsx": "script", "java": "jvm", "kotlin": "jvm"}
_RECORDED = re.compile(
    r"@pytest\.mark\.(?:vcr|recorded)\b|\b(?:use_cassette|VCR\.use_cassette|vcr\.use_cassette|betamax)\b"
)
_RECORDING = ("pytest.mark.", "use_cassette", "betamax")
MAX_A_FILE = 60
_SHORTEST = 4  # letters; shorter names fit everywhere


def doubles_of(text: TestText, known: Collection[str]) -> Iterator[Fake]:
    """Yield the test doubles of a file, each thing that is replaced once. ``known`` are the type names of the product."""
    seen: set[tuple[str, str | None]] = set()
    for fake in sorted(_found(text, known), key=lambda fake: fake.line):
        key = (fake.name if fake.kind == "fake" else "", fake.stands_for)
        if key not in seen and len(seen) < MAX_A_FILE:
            seen.add(key)
            yield fake


def _found(text: TestText, known: Collection[str]) -> Iterator[Fake]:
    for found in _classes(text.text) if any(word in text.text for word in _WORDS) else ():
        name = found.group(1)
        if _TEST_OF.search(name):
            continue
        yield Fake(name, text.path, text.line_of(found.start(1)), _kind(name), _stands_for(name, found.group(2), known))
    for kind, words, pattern in _MOCKS.get(_FAMILIES.get(text.language, text.language), ()):
        for mock in pattern.finditer(text.text) if any(word in text.text for word in words) else ():
            target = ".".join(group for group in mock.groups() if group)
            if not _NOISE_TARGETS.match(target):
                yield Fake(mock.group().split("(", 1)[0].strip(), text.path, text.line_of(mock.start()), kind, target)
    if any(word in text.text for word in _RECORDING) and (recorded := _RECORDED.search(text.text)):
        yield Fake(recorded.group(), text.path, text.line_of(recorded.start()), "recorded")


def _classes(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that declare a double; only those are matched that declare something."""
    for begin in dict.fromkeys(text.rfind("\n", 0, found.start()) + 1 for found in _DECLARED.finditer(text)):
        declared = _CLASS.match(text, begin)
        if declared is not None:
            yield declared


def _kind(name: str) -> str:
    prefix = re.match(rf"({_PREFIXES})", name)
    suffix = re.search(rf"({_SUFFIXES})$", name)
    word = prefix.group(1) if prefix else suffix.group(1) if suffix else ""
    return _KINDS.get(word.lower(), "fake")


def _stands_for(name: str, rest: str, known: Collection[str]) -> str | None:
    """Return the type that a double replaces: a base that the product knows, its own name without the prefix, or a base."""
    bases: list[str] = [base for base in _BASE_WORDS.findall(rest) if base.rsplit(".", 1)[-1] not in _NO_BASES]
    plain = re.sub(rf"^(?:{_PREFIXES})|(?:{_SUFFIXES})$", "", name)
    candidates = [*bases, plain, f"I{plain}"]
    for candidate in candidates:
        if candidate.rsplit(".", 1)[-1] in known:
            return candidate
    longer = sorted(
        word for word in known if plain and len(plain) >= _SHORTEST and (word.endswith(plain) or word.startswith(plain))
    )
    return longer[0] if len(longer) == 1 else bases[0] if bases else plain or None
