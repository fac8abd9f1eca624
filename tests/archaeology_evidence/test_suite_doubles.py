"""Test doubles with what they stand for, and what keeps tests off the world, with its line."""

from __future__ import annotations

import pytest

from archaeology.facts import Definition, FileFacts
from fixtures.suites import read


@pytest.mark.parametrize(
    ("path", "text", "double"),
    [
        ("tests/fakes.py", "class FakeGateway(Gateway):\n    pass\n", ("FakeGateway", "fake", "Gateway")),
        ("tests/fakes.py", "class InMemoryOrders:\n    pass\n", ("InMemoryOrders", "fake", "Orders")),
        ("tests/fakes.py", "class StubRates(Protocol):\n    pass\n", ("StubRates", "stub", "Rates")),
        (
            "tests/test_a.py",
            "def test_a(mocker):\n    mocker.patch('shop.web.send')\n",
            ("mocker.patch", "mock", "shop.web.send"),
        ),
        ("tests/test_a.py", "x = create_autospec(Gateway)\n", ("create_autospec", "mock", "Gateway")),
        ("a.test.ts", "vi.mock('../stripe')\n", ("vi.mock", "mock", "../stripe")),
        ("a_test.go", "m := NewMockGateway(ctrl)\n", ("NewMockGateway", "mock", "Gateway")),
        ("src/test/ATest.java", "Gateway g = Mockito.mock(Gateway.class);\n", ("Mockito.mock", "mock", "Gateway")),
        ("tests/ATests.cs", "var g = Substitute.For<IGateway>();\n", ("Substitute.For<IGateway", "mock", "IGateway")),
        (
            "tests/ATests.cs",
            "private Mock<IGateway> _gateway = new();\n",
            ("Mock<IGateway", "mock", "IGateway"),
        ),
        ("tests/test_a.py", "g = mocker.Mock(name='g', spec=Gateway)\n", ("spec=Gateway", "mock", "Gateway")),
        ("a.test.ts", "let gateway: jest.Mocked<Gateway>\n", ("Mocked<Gateway", "mock", "Gateway")),
        ("a.test.ts", "const g = mock<Gateway>()\n", ("mock<Gateway", "mock", "Gateway")),
        ("a.test.js", "const g = sinon.createStubInstance(Gateway)\n", ("createStubInstance", "mock", "Gateway")),
        ("a_test.go", "g := mocks.NewGateway(t)\n", ("mocks.NewGateway", "mock", "Gateway")),
        ("a_test.go", "g := &payfakes.FakeGateway{}\n", ("payfakes.FakeGateway", "mock", "Gateway")),
        ("src/test/ATest.kt", "val gateway: Gateway = mock()\n", (": Gateway = mock", "mock", "Gateway")),
        ("tests/ATest.php", "$g = $this->createMock(Gateway::class);\n", ("createMock", "mock", "Gateway")),
        ("spec/a_spec.rb", "g = instance_double('Gateway')\n", ("instance_double", "mock", "Gateway")),
        ("test/a_test.exs", "Mox.defmock(GatewayMock, for: Shop.Gateway)\n", ("defmock", "mock", "Shop.Gateway")),
        ("tests/test_a.py", "@pytest.mark.vcr\ndef test_a(): ...\n", ("@pytest.mark.vcr", "recorded", None)),
    ],
)
def test_doubles_and_what_they_stand_for(path: str, text: str, double: tuple[str, str, str | None]) -> None:
    (found,) = read({path: text}).fakes
    assert (found.name, found.kind, found.stands_for) == double


def test_a_double_is_matched_with_the_products_own_type() -> None:
    code = {
        "src/ports.py": FileFacts("python", definitions=(Definition("PaymentGateway", "protocol", "public", 1, 2),))
    }
    suite = read(
        {"tests/fakes.py": "class FakeGateway:\n    pass\n", "src/ports.py": "class PaymentGateway: ...\n"}, code
    )
    assert suite.fakes[0].stands_for == "PaymentGateway"


@pytest.mark.parametrize(
    ("path", "text", "device", "line"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\naddopts = "--disable-socket"\n', "pytest-socket", 2),
        ("tests/test_a.py", "from freezegun import freeze_time\n", "freezegun", 1),
        ("tests/conftest.py", "\nengine = create_engine('sqlite:///:memory:')\n", "in-memory SQLite", 2),
        ("tests/test_a.py", "@responses.activate\ndef test_a(): ...\n", "responses", 1),
        ("a.test.ts", "import nock from 'nock'\n", "nock", 1),
        ("a.test.ts", "vi.useFakeTimers()\n", "fake timers", 1),
        ("a_test.go", "s := httptest.NewServer(h)\n", "httptest", 1),
        ("src/test/ATest.java", "import org.testcontainers.X;\n", "testcontainers", 1),
        ("test/test_helper.rb", "require 'webmock'\nWebMock.enable!\n", "WebMock", 2),
    ],
)
def test_isolation_is_found_with_its_line(path: str, text: str, device: str, line: int) -> None:
    assert (device, path, line) in read({path: text}).isolation
