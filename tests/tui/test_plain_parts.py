"""The parts without a screen: themes, next step, filters, search, settings file, editor, the door of the browser."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request
from textual.color import Color
from textual.theme import Theme

from alloy_assist.errors import OutsideError, SettingsError
from alloy_assist.operations.setting import change_setting
from alloy_assist.project_folder import ProjectPaths
from alloy_assist.tui.app import AlloyApp
from alloy_assist.tui.editor import editor_command, inside
from alloy_assist.tui.fuzzy import best
from alloy_assist.tui.keymap import key_bindings
from alloy_assist.tui.known import Known, next_step
from alloy_assist.tui.plain import flow
from alloy_assist.tui.present.records import difference
from alloy_assist.tui.scan_state import ScanState
from alloy_assist.tui.serve import Door
from alloy_assist.tui.themes import THEMES
from archaeology.progress import Progress
from store.interviews import HypothesisDecision, InterviewInfo
from store.records import Facets, IntentRecord, RecordState
from store.runs import BriefRow, ScanRow

TEXTS = (
    "text",
    "text-muted",
    "text-disabled",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-success",
    "text-warning",
    "text-error",
    "foreground-muted",
)
PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("footer-description-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
)
AA = 4.5


def contrast(front: str, back: str) -> float:
    """The contrast ratio of WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(name: str) -> float:
        parts = [value / 255 for value in Color.parse(name).rgb]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(front), luminance(back)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_has_aa_contrast_on_every_ground_it_stands_on(theme: Theme) -> None:
    grounds = [
        theme.background,
        theme.surface,
        theme.panel,
        theme.variables["block-cursor-background"],
        theme.variables["cited-line"],
    ]
    for name in TEXTS:
        for ground in grounds:
            assert contrast(theme.variables[name], ground or "") >= AA, (name, ground)
    for front, back in PAIRS:
        assert contrast(theme.variables[front], theme.variables[back]) >= AA, front


SCAN = ScanRow(id="s", at="2026-01-05T09:00:00", head="abc")
PAUSED = InterviewInfo(id="i", mode="why", subject_kind="nothing", subject="x", started_at="", updated_at="")
DRAFT = BriefRow(id="b", slug="s", objective="Add Klarna", created_at="", created_by="", updated_at="")


@pytest.mark.parametrize(
    ("known", "head", "action"),
    [
        (Known(), "abc", "scan"),
        (Known(interviews=(PAUSED,)), "abc", "resume"),
        (Known(scan=SCAN), "moved", "scan"),
        (Known(scan=SCAN, briefs=(DRAFT,)), "abc", "briefs"),
        (Known(scan=SCAN, records=Counter({RecordState.ACCEPTED: 1})), "abc", "brief"),
        (Known(scan=SCAN, decisions=Counter({HypothesisDecision.OPEN: 2})), "abc", "hypotheses"),
        (Known(scan=SCAN), "abc", "interview"),
        (Known(scan=SCAN), None, "interview"),
    ],
)
def test_there_is_always_one_next_step(known: Known, head: str | None, action: str) -> None:
    assert next_step(known, head).action == action


def test_a_scan_state_follows_progress_and_closes_the_stage_before() -> None:
    state = (
        ScanState(phase="running").advanced(Progress("parse", 0, 10, "files"), 1.0).advanced(Progress("parse", 4), 2.0)
    )
    state = state.advanced(Progress("history", 1), 3.0)
    parse, history = state.stages
    assert (parse.done, parse.total, parse.seconds(9.0)) == (4, 10, 2.0)
    assert history.ended is None
    assert [stage.ended for stage in state.failed("stopped", "", 5.0).stages] == [3.0, 5.0]


def test_fuzzy_search_prefers_whole_words_and_file_names() -> None:
    names = ["src/payments/gateway_test.py", "src/ports/payment_gateway.py", "docs/pay.md", "a/p/a/y/g"]
    assert best("payment_gateway", names, 5)[0] == "src/ports/payment_gateway.py"
    assert best("paygat", names, 5)[:2] == ["src/ports/payment_gateway.py", "src/payments/gateway_test.py"] or best(
        "paygat", names, 5
    )
    assert best("zzz", names, 5) == []
    assert best("(.*", names, 5) == []
    assert best("", names, 2) == names[:2]


def test_a_changed_setting_keeps_the_comments_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    paths = ProjectPaths(tmp_path)
    paths.create()
    paths.config.write_text("# ours\n[interview] # how long\nmax_questions = 5\nnewer = 1\n", encoding="utf-8")
    assert change_setting(paths, "interview", "max_questions", 7).interview.max_questions == 7
    words = paths.config.read_text(encoding="utf-8")
    assert words == "# ours\n[interview] # how long\nmax_questions = 7\nnewer = 1\n"
    with pytest.raises(SettingsError):
        change_setting(paths, "interview", "max_questions", 99)
    assert paths.config.read_text(encoding="utf-8") == words
    assert change_setting(paths, "ui.keys", "app.quit", "Q").ui.keys == {"app.quit": "Q"}
    assert change_setting(paths, "ui.keys", "app.quit", None).ui.keys == {}
    paths.config.write_text("[[[", encoding="utf-8")
    with pytest.raises(SettingsError):
        change_setting(paths, "ui", "theme", "alloy-light")


@pytest.mark.parametrize(
    ("editor", "ends"),
    [("vi -e", ["-e", "+7", "/x/a.py"]), ("code --wait", ["--wait", "--goto", "/x/a.py:7"]), ("hx", ["/x/a.py:7"])],
)
def test_each_editor_is_told_the_line_in_its_own_way(
    editor: str, ends: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / editor.split(maxsplit=1)[0]
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.delenv("VISUAL", raising=False)
    assert editor_command(Path("/x/a.py"), 7)[1:] == ends
    monkeypatch.setenv("EDITOR", "nobody-has-this")
    with pytest.raises(OutsideError):
        editor_command(Path("/x/a.py"), 7)


def test_no_file_outside_the_repository_is_opened(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    (tmp_path / "secret").write_text("x")
    (root / "link").symlink_to(tmp_path / "secret")
    for path in ("../secret", "link", "missing", "a\0b", str(tmp_path / "secret")):
        with pytest.raises(OutsideError):
            inside(root, path)


def test_the_difference_of_versions_is_marked_by_signs() -> None:
    before = IntentRecord(id="a", title="T", facets=Facets(threat="we call Stripe directly"))
    after = before.model_copy(update={"version": 2, "facets": Facets(threat="we call Klarna directly")})
    assert flow(difference(before, after), 80).plain == "threat\n  we call [-Stripe-] {+Klarna+} directly"
    narrow = flow(difference(before, after), 24).plain
    assert narrow == "threat\n  we call [-Stripe-]\n  {+Klarna+} directly"


def test_every_action_with_a_key_can_be_given_another_and_is_in_the_documentation() -> None:
    bindings = key_bindings(AlloyApp.MODES)
    assert len({item.id for item in bindings}) == len(bindings) > 60
    documented = (Path(__file__).parent.parent.parent / "docs" / "keys.md").read_text(encoding="utf-8")
    missing = [item.id for item in bindings if f"`{item.id}`" not in documented]
    assert missing == []


async def _nothing(_request: object) -> object:
    from aiohttp import web

    return web.Response(text="in")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "127.0.0.1:8042"}),
        ("/?token=wrong", {"Host": "127.0.0.1:8042"}),
        ("/?token=TOKEN", {"Host": "evil.example"}),
        ("/?token=TOKEN", {"Host": "127.0.0.1:8042", "Origin": "http://evil.example"}),
        ("/ws", {"Host": "127.0.0.1:8042", "Cookie": "alloy=guess"}),
    ],
)
async def test_the_door_stays_shut_without_the_token(path: str, headers: dict[str, str]) -> None:
    from aiohttp import web

    door = Door("127.0.0.1", 8042)
    request = make_mocked_request("GET", path.replace("TOKEN", door.token), headers=headers)
    with pytest.raises(web.HTTPForbidden):
        await door.guard(request, _nothing)  # type: ignore[arg-type]


async def test_the_token_opens_the_door_once_and_the_cookie_from_then_on() -> None:
    from aiohttp import web

    door = Door("127.0.0.1", 8042)
    address, host = f"/?token={door.token}", {"Host": "127.0.0.1:8042"}
    with pytest.raises(web.HTTPSeeOther) as answer:
        await door.guard(make_mocked_request("GET", address, headers=host), _nothing)  # type: ignore[arg-type]
    cookie = answer.value.cookies["alloy"]
    assert cookie["httponly"]
    with pytest.raises(web.HTTPForbidden):
        await door.guard(make_mocked_request("GET", address, headers=host), _nothing)  # type: ignore[arg-type]
    request = make_mocked_request("GET", "/", headers={**host, "Cookie": f"alloy={cookie.value}"})
    page = await door.guard(request, _nothing)  # type: ignore[arg-type]
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


async def test_the_page_gives_its_terminal_the_keys_and_nothing_else_is_changed() -> None:
    from aiohttp import web

    async def page(_request: object) -> object:
        return web.Response(text="<html><body><p>in</p></body></html>", content_type="text/html")

    door = Door("127.0.0.1", 8042)
    host = {"Host": "127.0.0.1:8042"}
    with pytest.raises(web.HTTPSeeOther) as answer:
        await door.guard(make_mocked_request("GET", f"/?token={door.token}", headers=host), _nothing)  # type: ignore[arg-type]
    request = make_mocked_request(
        "GET", "/", headers={**host, "Cookie": f"alloy={answer.value.cookies['alloy'].value}"}
    )
    shown = await door.guard(request, page)  # type: ignore[arg-type]
    assert isinstance(shown, web.Response)
    assert shown.text is not None
    assert shown.text.startswith("<html><body><p>in</p><script>")
    assert "focus()" in shown.text
    plain = await door.guard(request, _nothing)  # type: ignore[arg-type]
    assert isinstance(plain, web.Response)
    assert plain.text == "in"


def test_the_application_is_imported_without_a_model_or_the_code_readers() -> None:
    script = "import sys, alloy_assist.tui.app; print([n for n in ('litellm', 'instructor', 'numpy', 'networkx', 'sqlite3', 'tree_sitter_python') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_widget_reads_strings_as_markup_but_its_own() -> None:
    folder = Path(__file__).parent.parent.parent / "alloy_assist" / "tui"
    for source in folder.rglob("*.py"):
        words = source.read_text(encoding="utf-8")
        assert "from_markup" not in words, source
        assert not re.search(r"(?:Static|Label|Button)\(f?[\"'][^\"')]*\{", words), source
        assert words.count(".notify(") == len(re.findall(r"markup=False\s*\)", words)) - words.count(
            "id=id, markup=False"
        ), source
