"""The history of small repositories with known stories, and of ones that nobody sane would write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from archaeology.git import open_repository
from archaeology.history import read_history, read_log
from archaeology.history.log import oldest_since
from archaeology.history.model import History
from archaeology.inventory import take_inventory
from archaeology.model import Limit
from fixtures.builder import RepositoryBuilder
from fixtures.hostile import head_of

Git = Callable[..., bytes]


def history_of(folder: Path, since: str | None = None) -> tuple[History, tuple[Limit, ...]]:
    with open_repository(folder) as repository:
        head = head_of(repository)
        files = take_inventory(repository, head).files
        return read_history(repository, head, files, since=since)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people and a bot; a fix, a move, a revert, a merge and files that change together."""
    builder = RepositoryBuilder(tmp_path_factory.mktemp("story"))
    builder.write("shop/pay.py", "a = 0\n").write("shop/rate.py", "r = 0\n").write("old/tool.py", "tool = 1\n")
    builder.write("README.md", "# Shop\n").commit("Start the shop", author="mara")
    for number in range(1, 7):
        builder.write("shop/pay.py", f"a = {number}\n").write("shop/rate.py", f"r = {number}\n")
        builder.commit(f"Change payment {number}", author="tomasz" if number % 2 else "mara")
    builder.delete("old/tool.py").write("new/tool.py", "tool = 1\n").commit("Move the tool", author="ines")
    builder.write("new/tool.py", "tool = 2\n")
    builder.commit(
        "Isolate the tool\n\nThe gateway is isolated so that tests need no network.\n\nSigned-off-by: A <a@b.c>",
        author="ines",
    )
    builder.write("shop/pay.py", "a = 'broken'\n").commit("Charge twice", author="tomasz")
    builder.write("shop/pay.py", "a = 6\n")
    builder.commit('Revert "Charge twice"\n\nCustomers were charged two times in production.', author="mara")
    builder.write("shop/pay.py", "a = 7\n").commit("Fix a crash in payment", author="mara")
    builder.write("README.md", "# Shop!\n").commit("Fix typo in readme", author="mara")
    builder.write("requirements.txt", "x==2\n").commit("Bump x because it is new", author="bot")
    builder.branch("side")
    builder.write("side.py", "s = 1\n").commit("Add side", author="ines")
    builder.git("checkout", "-q", "main")
    builder.merge("side")
    return builder.folder


def test_commits_people_and_flags(story: Path) -> None:
    history, limits = history_of(story)

    by_subject = {commit.subject: commit for commit in history.commits}
    assert len(history.commits) == len(by_subject) == 16
    assert limits == ()
    assert history.partial == ""
    assert history.authors >= 4
    assert by_subject["Bump x because it is new"].bot
    assert by_subject["Fix a crash in payment"].fix
    assert not by_subject["Fix typo in readme"].fix
    assert history.commits[0].merge
    assert history.commits[-1].subject == "Start the shop"
    assert [commit.subject for commit in history.commits[-2:]] == ["Change payment 1", "Start the shop"]
    assert (history.first_time or 0) < (history.last_time or 0)
    with pytest.raises(IndexError):
        history.commits[99]


def test_files_are_counted_under_their_present_names_and_merges_once(story: Path) -> None:
    history, _ = history_of(story)

    pay, tool, side = history.files["shop/pay.py"], history.files["new/tool.py"], history.files["side.py"]
    assert (pay.revisions, pay.authors, pay.fixes) == (10, 2, 1)
    assert (tool.revisions, tool.authors) == (3, 2)
    assert history.renames == {"new/tool.py": "old/tool.py"}
    assert side.revisions == 1
    assert "old/tool.py" not in history.files
    assert tool.first_time == history.first_time


def test_files_that_change_together(story: Path) -> None:
    history, _ = history_of(story)

    (pair,) = history.cochanges
    assert (pair.a, pair.b, pair.together) == ("shop/pay.py", "shop/rate.py", 7)
    assert (pair.revisions_a, pair.revisions_b) == (10, 7)


def test_reverts_are_linked_and_reasons_quoted(story: Path) -> None:
    history, _ = history_of(story)
    ids = {commit.subject: commit.oid for commit in history.commits}

    (revert,) = history.reverts
    assert revert.undone == ids["Charge twice"]
    assert revert.reason == "Customers were charged two times in production."
    assert revert.paths == ("shop/pay.py",)
    assert [(reason.sentence, reason.marker) for reason in history.reasons] == [
        ("The gateway is isolated so that tests need no network.", "so that"),
    ]
    assert history.reasons[0].paths == ("new/tool.py",)


def test_since_leaves_out_older_commits_and_says_so(story: Path) -> None:
    history, limits = history_of(story, since="2022-03-10T00:00:00Z")

    assert 0 < len(history.commits) < 16
    assert "since" in history.partial
    assert [limit.kind for limit in limits] == ["history"]


def test_reading_twice_gives_the_same(story: Path) -> None:
    first, second = history_of(story)[0], history_of(story)[0]

    assert list(first.commits) == list(second.commits)
    assert (first.files, first.cochanges, first.reverts, first.reasons) == (
        second.files,
        second.cochanges,
        second.reverts,
        second.reasons,
    )


def test_the_packed_log_gives_changes_with_blobs(story: Path) -> None:
    with open_repository(story) as repository:
        head = head_of(repository)
        log = read_log(repository, head)
        packed = {
            (log.oid(commit), change)
            for commit, changes in log.changes(lambda path: path.endswith(".py"))
            for change in changes
        }
        streamed = {
            (commit.oid, change)
            for commit in repository.raw_log(head)
            for change in commit.changes()
            if change.path.endswith(".py")
        }

    assert packed == streamed
    assert len(packed) > 15


def test_what_was_there_before_a_change_is_known_also_where_a_merge_put_it_there(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path)
    lines = [f"line {number}\n" for number in range(9)]
    builder.write("a.py", "".join(lines)).write("b.py", "b\n").commit("Begin")
    builder.branch("side")
    builder.write("a.py", "".join(["first\n", *lines[1:]])).commit("Change the first line")
    builder.git("checkout", "-q", "main")
    builder.write("a.py", "".join([*lines[:-1], "last\n"])).delete("b.py").commit("Change the last line")
    builder.merge("side")
    builder.write("a.py", "rest\n").write("b.py", "again\n").commit("Change what the merge made")
    with open_repository(tmp_path) as repository:
        head = head_of(repository)
        log = read_log(repository, head)
        told = [change for _, changes in log.changes(lambda _: True) for change in changes]
        assert told == [change for commit in repository.raw_log(head) for change in commit.changes()]
    assert len({change.old_blob for change in told if change.path == "a.py"}) == 3


def test_a_message_of_one_line_is_known_whole_and_git_is_asked_for_others(tmp_path: Path) -> None:
    messages = ["One line\n", "No newline", "Three lines\n\n\n", "A body\n\nbelow\n", "Two\nlines\n", "Café\n", ""]
    repository = RepositoryBuilder(tmp_path / "a")
    (tmp_path / "message").touch()
    for number, message in enumerate(messages):
        repository.write("a.txt", str(number)).git("add", "-A")
        (tmp_path / "message").write_text(message, encoding="utf-8")
        repository.git("commit", "-q", "--cleanup=verbatim", "--allow-empty-message", "-F", str(tmp_path / "message"))
    with open_repository(repository.folder) as opened:
        head = opened.resolve("HEAD") or ""
        log = read_log(opened, head)
        known = [log.message(number) for number in range(len(log))][::-1]
        whole = [message for _, message in opened.messages([log.oid(number) for number in range(len(log))], 1000)][::-1]
    assert known == ["One line", "No newline", "Three lines", None, None, None, ""]
    assert [message for message, said in zip(whole, known, strict=True) if said is not None] == [*known[:3], ""]


def test_subjects_are_the_same_one_by_one_and_many_at_once(story: Path) -> None:
    with open_repository(story) as repository:
        log = read_log(repository, head_of(repository))
    numbers = np.array([3, 0, len(log) - 1, 1], np.int64)
    assert list(log.subjects_of(numbers)) == [log.subject(number) for number in numbers.tolist()]
    assert list(log.subjects_of(numbers[:0])) == []


def test_the_changes_of_each_path_stand_together_newest_first(story: Path) -> None:
    with open_repository(story) as repository:
        log = read_log(repository, head_of(repository))
    assert len(log.paths) > 2
    for index in range(len(log.paths)):
        assert log.changes_of(index).tolist() == [number for number, path in enumerate(log.path_ids) if path == index]


@pytest.mark.parametrize(
    ("message", "links"),
    [
        ('Revert "Add x (#12)" (#15)', True),
        ("Reverts the addition\n\nThis reverts commit {oid}.", True),
        ("Roll it back\n\nThis reverts commit {short}.", True),
        ("Backed out changeset {short} for failing tests", None),
        ("Revert things\n\nReverts owner/repo#12", True),
        ('Revert "Something that never was"', False),
        ("Squashed\n\n* One\n\n* Revert it\n\nThis reverts commit {oid}.", None),
        ("Explain how to revert a commit", None),
        ("Roll back a batch of migrations", None),
    ],
)
def test_the_ways_to_say_revert(message: str, links: bool | None, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path)
    builder.write("x", "1\n").commit("Add x (#12)")
    oid = builder.git("rev-parse", "HEAD").strip()
    builder.write("x", "0\n").commit(message.format(oid=oid, short=oid[:10]))

    history, _ = history_of(tmp_path)

    found = [revert.undone for revert in history.reverts]
    if "Backed out" in message:
        assert len(found) == 1
    else:
        assert found == ([] if links is None else [oid if links else None])


def test_a_reverted_pull_request_is_found_by_its_title(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path)
    builder.write("x", "1\n").commit("Begin")
    builder.branch("topic")
    builder.write("x", "2\n").commit("wip")
    builder.checkout("main")
    merged = builder.merge("topic", "Merge pull request #7 from someone/topic\n\nCharge in cents")
    builder.write("x", "1\n").commit('Revert "Charge in cents"')

    history, _ = history_of(tmp_path)

    assert [revert.undone for revert in history.reverts] == [merged]


def test_a_history_without_its_trees_keeps_its_commits(story: Path, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "-q", "--no-local", str(story), "broken")
    broken = tmp_path / "broken"
    git(broken, "unpack-objects", "-q", stdin=b"", check=False)
    pack = next((broken / ".git" / "objects" / "pack").glob("*.pack"))
    moved = tmp_path / "all.pack"
    pack.rename(moved)
    pack.with_suffix(".idx").unlink()
    git(broken, "unpack-objects", "-q", stdin=moved.read_bytes())
    trees = [git(broken, "rev-parse", f"main~{n}^{{tree}}").decode().strip() for n in (4, 5)]
    for tree in trees:
        (broken / ".git" / "objects" / tree[:2] / tree[2:]).unlink()

    history, limits = history_of(broken)

    assert len(history.commits) == 16
    assert "could not be read" in history.partial
    assert [limit.kind for limit in limits] == ["history"]


def test_the_oldest_since_a_time_is_told_by_time_and_not_by_the_order_of_the_log(story: Path) -> None:
    commits = history_of(story)[0].commits
    for plain in (commits, list(commits), sorted(commits, key=lambda one: one.oid)):
        for asked in {commit.time for commit in commits}:
            found = oldest_since(plain, asked)
            assert found is not None
            assert found.time == asked
        assert oldest_since(plain, max(commit.time for commit in commits) + 1) is None
