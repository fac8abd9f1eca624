"""A comment whose author does not know why is told in its words, as a question and as nothing else."""

from pathlib import Path

from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.unknown_reasons import detect_unknown_reasons
from archaeology.hypotheses.unknown_reasons import propose_unknown_reasons
from archaeology.model import Hypothesis
from archaeology.survey import ScanOptions, reading
from fixtures import RepositoryBuilder

BEFORE = "class Client:\n    def retry(self):\n        return self.connection\n"
AFTER = (
    "class Client:\n    def retry(self):\n        # I don't know why we have to flush twice.\n"
    "        self.flush(twice=True)\n        return self.connection\n"
)


def proposed(folder: Path, path: str = "src/net/client.py") -> list[Hypothesis]:
    repository = RepositoryBuilder(folder)
    repository.write(path, BEFORE).commit("Retry once")
    repository.write(path, AFTER).commit("Flush before a retry")
    repository.append(path, "LIMIT = 1\n").commit("Limit the retries")
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        assert not [item for item in detect_cautions(facts) if item.data["role"] == "comment"]
        return list(propose_unknown_reasons(facts, tuple(detect_unknown_reasons(facts))))


def test_it_is_told_literally_with_place_line_and_year(tmp_path: Path) -> None:
    (found,) = proposed(tmp_path)
    assert found.title.startswith(
        "“I don't know why we have to flush twice.”, says a comment above `self.flush(twice=True)` in `Client.retry`, since 20"
    )
    assert found.title.endswith(": does anybody know by now?")
    assert "What breaks in `Client.retry` without `self.flush(twice=True)`" in found.questions[1]
    assert found.check is None
    assert not any(value for _, value in found.possible_intent)


def test_examples_and_tests_are_left_alone(tmp_path: Path) -> None:
    assert proposed(tmp_path, "examples/client.py") == []
