import random
import string
import time

import pytest

from alloy_assist.llm.redaction import Redactor, is_secret_path

RANDOM = random.Random(7)
LETTERS = string.ascii_letters + string.digits


def made_up(length: int, alphabet: str = LETTERS) -> str:
    return "".join(RANDOM.choice(alphabet) for _ in range(length - 2)) + "7Q"


HEX = "0123456789abcdef"
SECRETS = {
    "github": (f"token: ghp_{(body := made_up(36))}", body),
    "github fine-grained": (f"github_pat_{(body := made_up(82))}", body),
    "openai": (f"key is sk-proj-{(body := made_up(60))}", body),
    "anthropic": (f"sk-ant-api03-{(body := made_up(95))}", body),
    "amazon id": (f"AKIA{(body := 'QWERTYUIOPASDF23')}", body),
    "amazon secret": (f"aws_secret_access_key = {(body := made_up(40))}", body),
    "google": (f"AIza{(body := made_up(35))}", body),
    "slack": (f"xoxb-{(body := '263594206564-2343594206574-' + made_up(24))}", body),
    "stripe": (f"sk_live_{(body := made_up(24))}", body),
    "json web token": (f"eyJhbGciOiJIUzI1NiJ9.ey{(body := made_up(40))}.{made_up(43)}", body),
    "private key": (
        f"-----BEGIN RSA PRIVATE KEY-----\n{(body := made_up(64))}\n{made_up(64)}\n-----END RSA PRIVATE KEY-----",
        body,
    ),
    "private key that was cut": (f"-----BEGIN PRIVATE KEY-----\n{(body := made_up(64))}", body),
    "address": (f"postgres://app:{(body := made_up(12))}@db.internal:5432/app", body),
    "git remote": (f"https://oauth2:{(body := made_up(20))}@git.example.com/x.git", body),
    "header": (f"Authorization: Bearer {(body := made_up(32))}", body),
    "basic": (f"authorization: Basic {(body := made_up(24))}", body),
    "curl": (f"curl -u admin:{(body := made_up(12))} https://x.example.com", body),
    "python": (f'API_TOKEN = "{(body := made_up(32))}"', body),
    "json": (f'{{"client_secret": "{(body := made_up(32))}"}}', body),
    "yaml": (f"  db_password: {(body := made_up(16))}", body),
    "shell": (f"export SERVICE_API_KEY={(body := made_up(32))}", body),
    "call": (f'System.setProperty("SERVICE_TOKEN", "{(body := made_up(32))}")', body),
    "xml": (f"<apiToken>\n  {(body := made_up(32))}\n</apiToken>", body),
    "escaped json": (f'"{{\\"token\\": \\"{(body := made_up(32))}\\"}}"', body),
    "digits": ('bot_token = "372183242709374111"', "372183242709374111"),
    "webhook": (f"https://hooks.slack.com/services/T0ABCDEF1/B0ABCDEF2/{(body := made_up(24))}", body),
    "kubernetes": (f"kind: Secret\ndata:\n  extra: {(body := made_up(22))}==\n", body),
}

HARMLESS = [
    "fixed in 3f786850e387550fdab836ed7e6dc881de23001b, see also 89e6c98d92887913cadf06b2adb97f26cde4849b",
    "token = get_token(request)",
    'password = os.environ["DB_PASSWORD"]',
    "def authenticate(password: str, token: Token) -> Session:",
    'raise ValueError("the secret must be at least 32 characters")',
    "api_key: ${API_KEY}",
    'API_KEY = "your-api-key-here"',
    "secret: <redacted>",
    'password = "changeme"',
    "tokenizer = AutoTokenizer.from_pretrained(name)",
    'key = "monkey_business"',
    "primary_key = uuid_generate_v4()",
    "import { SecretManager } from './secrets/manager'",
    "https://example.com/path?query=1#fragment",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "keyboard_shortcut = 'ctrl+shift+F12'",
    'fake_token = "y7x7mvfbrn0bckuh"',
    'invalidSecret: "zk20d9xq81mmc7"',
    "<meta name='csrf-token' content='Mj2qykJO5rELyHgezQ69nzUX0i3OH67V7'>",
    'publicToken = "9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit"',
    '"token": "xoxp-572370529330-573807301142-572331691188-####################"',
    'SECRET_KEY = "sk_abcdefghijklmnopqrstuvwxyz123"',
    "// io.jsonwebtoken:jjwt-jackson-0.11.2",
    '<entry key="editor.keymap.v8_search" value="on" />',
    "ACCESS_KEY: AbCeFG123",
    "the password is checked by the gateway, never by the domain",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_replaced_and_the_rest_stays(name: str) -> None:
    text, secret = SECRETS[name]
    redacted = Redactor().redact(f"before\n{text}\nafter")

    assert secret not in redacted.text
    assert "[redacted: " in redacted.text
    assert redacted.text.startswith("before\n")
    assert redacted.text.endswith("after") or "cut" in name
    assert sum(redacted.found.values()) >= 1


def test_an_example_that_is_printed_in_public_documentation_stays() -> None:
    documented = '<add key="ClearTextPassword" value="33f' + '!!lloppa" />'
    other = '<add key="ClearTextPassword" value="34g' + '!!lloppa" />'

    assert Redactor().redact(documented).found == {}
    assert Redactor().redact(other).found == {"password": 1}


# Of nobody: made by a generator of numbers, in forms that no list of issuers holds.
UNKNOWN_ISSUERS = [
    ("zkt_", "4fQ9vLx2Rm7TzKp1Wn8Bc3Yd"),
    ("", "q7vw2k9xz4m1np8rt5yh3jc6bd0fs"),
    ("key: ", "hJ4kL9mN2pQ7rS1tV6wX3yZ8aB"),
]


@pytest.mark.parametrize(("before", "value"), UNKNOWN_ISSUERS)
@pytest.mark.parametrize("around", ["{}", "use {} here", "f('{}')", "<secret>{{team {}}}</secret>", "a: {},"])
def test_what_only_looks_random_is_taken_for_a_key(before: str, value: str, around: str) -> None:
    assert value not in Redactor().redact(around.format(before + value)).text


@pytest.mark.parametrize(
    "text",
    [
        "login --user somebody --password " + "Vx4kTq9mLz2p",
        "push --api-key " + "oy2lq53fxd7x",
        "machine api.example.com login somebody password " + "7cq9z38e45e6",
        'new NetworkCredential("somebody", "' + 'Kq93mzzPw1")',
        "root:$6$" + "52450745$k5ka2p8bFuSmoVT1tzOyyuaREkkKBcCNqoDKzYiJL9",
        "postgres://somebody:bria@pass135!@db.example.net/x",
        "<account_key>" + "qYaZm3m8Z2aYAiSDzzvStkTUgZXl29U7</account_key>",
    ],
)
def test_a_secret_is_known_by_where_it_stands(text: str) -> None:
    assert "[redacted: " in Redactor().redact(text).text


@pytest.mark.parametrize(
    "name",
    [
        "session_key",
        "production_key",
        "primary_key",
        "password_hash",
        "passwordHash",
        "cron_key",
        "after ENC[a] the value",
    ],
)
def test_a_name_that_only_sounds_harmless_hides_no_secret(name: str) -> None:
    value = "hJ4kL9mN2pQ7rS1t" + "V6wX3yZ8aB"

    assert value not in Redactor().redact(f'{name} = "{value}"').text


LOOKS_RANDOM = [
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "github.com/a/b v1.2.3 h1:4Kq9vLx2Rm7TzKp1Wn8Bc3YdQx5Lm9Nv2=",
    'integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6R9GqQ8K4uxy9rx7HNQlGYl1kPzQho1wx4JwY8w"',
    "aarch64-unknown-linux-musl-20240131-nightly",
    "test_reads_utf8_and_utf16_with_bom_in_python3_and_python2",
    "getElementsByTagNameNS2AndReplaceAllOf3Html5Parsers(document)",
    "https://example.com/d/4fQ9vLx2Rm7TzKp1Wn8Bc3Yd/edit",
    "YmVkcm9jay5hbWF6b25hd3MuY29tIGlzIGEgaG9zdA",
    'public_key = "hJ4kL9mN2pQ7rS1tV6wX3yZ8aB"',
    "foreignKey=hJ4kL9mN2pQ7rS1tV6wX3yZ8aB",
    "key_down_event=hJ4kL9mN2pQ7rS1tV6wX3yZ8aB",
    "issuerKeyHash: hJ4kL9mN2pQ7rS1tV6wX3yZ8aB",
    "name: ENC[AES256_GCM,data:W3Pi,iv:hJ4kL9mN2pQ7rS1tV6wX3yZ8aB,tag:q7vw2k9xz4m1np8rt5yh3jc6bd0fs,type:str]",
    '"token1": "xoxp-1234567890"',
]


@pytest.mark.parametrize("text", LOOKS_RANDOM)
def test_digests_names_and_addresses_look_random_and_stay(text: str) -> None:
    assert Redactor().redact(text).text == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor().redact(text).text == text


def test_redacting_twice_changes_nothing_more() -> None:
    text = "\n".join(text for text, _ in SECRETS.values())
    once = Redactor().redact(text)

    assert Redactor().redact(once.text).text == once.text


def test_the_keys_of_the_environment_are_known_wherever_they_appear() -> None:
    redactor = Redactor.with_environment({"SOME_API_KEY": "plain words as key", "HOME": "/home/somebody"})

    assert redactor.redact("echo: plain words as key, /home/somebody").text == (
        "echo: [redacted: key of this program], /home/somebody"
    )


@pytest.mark.parametrize(
    "piece", ["a", "token", "ey", "-", "key=", "https://a:", "xoxb-1", "A", '"', "-----BEGIN PRIVATE KEY-----"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()
    Redactor().redact(text)

    assert time.process_time() - begun < 8


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "deploy/.env.production",
        "certs/server.pem",
        "home/.ssh/config",
        "id_rsa",
        "infra/prod.tfvars",
        "config/secrets.yml",
    ],
)
def test_some_files_are_never_read_for_a_model(path: str) -> None:
    assert is_secret_path(path)


@pytest.mark.parametrize(
    "path", ["src/env.py", ".env.example", "src/secrets.py", "docs/keys.md", "src/monkey.py", "tests/test_secret.py"]
)
def test_source_code_may_be_read(path: str) -> None:
    assert not is_secret_path(path)
