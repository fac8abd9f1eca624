"""Records that go out and come in: as YAML, as a block for agents, and what is refused on either way."""

from __future__ import annotations

from pathlib import Path

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import app
from fixtures.builder import RepositoryBuilder
from fixtures.commands import Alloy, create


def test_records_go_out_and_come_in(alloy: Alloy, tmp_path: Path) -> None:
    name = create(alloy)
    alloy("intent", "accept", name)
    assert "1 of 1 file(s) written" in alloy("intent", "export")
    assert "up to date" in alloy("intent", "export")
    path = alloy.root / ".alloy" / "projections" / "intent" / "payment-providers.yaml"
    text = path.read_text()
    path.write_text("# ours, do not touch\n" + text.replace("title: Payment providers", "title: Providers"))
    assert [item["action"] for item in alloy.json("intent", "import", str(path.parent), "--dry-run")["items"]] == [
        "update"
    ]
    assert alloy.json("intent", "show", name)["record"]["version"] == 2
    assert alloy.json("intent", "import", str(path))["written"] is True
    assert alloy.json("intent", "show", name)["record"]["title"] == "Providers"
    alloy("intent", "export")
    assert path.read_text().startswith("# ours, do not touch\nschema_version:")

    elsewhere = RepositoryBuilder(tmp_path / "other")
    elsewhere.write("x", "x").commit("x", "mara")
    other = tmp_path / "other"
    assert app.main(["--repo", str(other), "intent", "import", str(path.parent)]) == 0
    project = open_project(other)
    assert project.intents.show("payment").state == "accepted"
    project.close()


def test_conflicts_are_listed_and_nothing_is_written(alloy: Alloy) -> None:
    name = create(alloy)
    alloy("intent", "export")
    path = alloy.root / ".alloy" / "projections" / "intent" / "payment-providers.yaml"
    path.write_text(path.read_text().replace("title: Payment providers", "title: Theirs"))
    alloy("intent", "edit", name, "--title", "Ours")
    create(alloy, "Unrelated")
    said = alloy("intent", "import", str(path), code=4)
    for part in ("conflict", "title", "base: Payment providers", "ours: Ours", "theirs: Theirs"):
        assert part in said
    answer = alloy.json("intent", "import", str(path), code=4)
    assert answer["written"] is False
    assert answer["items"][0]["conflicts"] == [
        {"field": "title", "base": "Payment providers", "ours": "Ours", "theirs": "Theirs"}
    ]
    alloy("intent", "import", str(path), "--take", "ours")
    assert alloy.json("intent", "show", name)["record"]["title"] == "Ours"
    alloy("intent", "import", str(path), "--take", "theirs")
    assert alloy.json("intent", "show", name)["record"]["title"] == "Theirs"


def test_what_cannot_be_imported(alloy: Alloy, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    for content in (b"a: &a [*a]\n", b"", b"\xff\xfe", b"id: x\nid: y\n"):
        bad.write_bytes(content)
        alloy("intent", "import", str(bad), code=2 if content == b"\xff\xfe" else 4)
        assert "bad.yaml" in alloy.error
    alloy("intent", "import", str(tmp_path / "none.yaml"), code=3)
    assert alloy.json("intent", "list")["records"] == []


def test_the_block_for_agents_asks_before_it_writes_outside(alloy: Alloy) -> None:
    alloy("intent", "accept", create(alloy))
    target = alloy.root / "AGENTS.md"
    target.write_text("# Mine\r\n\r\nkept\r\n")
    alloy("intent", "export", "--format", "agents", "--to", str(target), code=2)
    assert "+- " in alloy.error
    assert target.read_bytes() == b"# Mine\r\n\r\nkept\r\n"
    alloy("intent", "export", "--format", "agents", "--to", str(target), "--dry-run")
    assert target.read_bytes() == b"# Mine\r\n\r\nkept\r\n"
    alloy("intent", "export", "--format", "agents", "--to", str(target), "--yes")
    assert target.read_bytes().startswith(b"# Mine\r\n\r\nkept\r\n\n<!-- alloy:intent:begin -->")
    assert "up to date" in alloy("intent", "export", "--format", "agents", "--to", str(target))
    alloy("intent", "export", "--format", "markdown")
    assert "## Payment providers" in (alloy.root / ".alloy" / "projections" / "INTENT.md").read_text()


def test_links_are_not_written_through(alloy: Alloy, tmp_path: Path) -> None:
    create(alloy)
    outside = tmp_path / "outside"
    outside.mkdir()
    (alloy.root / ".alloy" / "projections").symlink_to(outside)
    alloy("intent", "export", code=4)
    assert "leads elsewhere" in alloy.error
    assert list(outside.iterdir()) == []
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (alloy.root / "AGENTS.md").symlink_to(victim)
    alloy("intent", "export", "--format", "agents", "--to", str(alloy.root / "AGENTS.md"), "--yes", code=4)
    assert victim.read_text() == "mine"
