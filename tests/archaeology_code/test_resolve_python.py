"""Python: packages, roots that nobody declares, namespaces, and modules named like somebody else's."""

from __future__ import annotations

import pytest

from archaeology.code import extract
from archaeology.facts import File
from archaeology.imports import resolve_imports
from fixtures.import_trees import external, internal, resolve


class TestPython:
    def test_modules_packages_submodules_and_names(self) -> None:
        graph = resolve({
            "shop/__init__.py": "from shop.pay import charge\n",
            "shop/pay.py": "from shop import models\nfrom shop.models import Order\nimport shop.util.text\n",
            "shop/models/__init__.py": "",
            "shop/util/__init__.py": "",
            "shop/util/text.py": "from ..pay import charge\nfrom . import nothing\nfrom .. import models as m\n",
        })  # fmt: skip
        assert internal(graph) == {
            ("shop/__init__.py", "shop/pay.py"),
            ("shop/pay.py", "shop/models/__init__.py"),
            ("shop/pay.py", "shop/util/text.py"),
            ("shop/util/text.py", "shop/pay.py"),
            ("shop/util/text.py", "shop/util/__init__.py"),
            ("shop/util/text.py", "shop/models/__init__.py"),
        }
        assert graph.modules["shop/util/text.py"] == "shop.util.text"
        assert graph.modules["shop/models/__init__.py"] == "shop.models"

    def test_a_folder_with_an_init_file_that_is_put_on_the_path(self) -> None:
        graph = resolve({
            "src/__init__.py": "",
            "src/core/__init__.py": "",
            "src/core/rules.py": "",
            "src/web/__init__.py": "",
            "src/web/views.py": "from core.rules import decide\nimport django\n",
            "src/manage.py": "from web.views import index\n",
        })  # fmt: skip
        assert internal(graph) == {("src/web/views.py", "src/core/rules.py"), ("src/manage.py", "src/web/views.py")}
        assert external(graph) == {"django"}
        assert graph.modules["src/core/rules.py"] == "core.rules"

    def test_one_child_that_has_the_name_of_a_distribution_makes_no_root(self) -> None:
        graph = resolve({
            "app/__init__.py": "",
            "app/redis/__init__.py": "from redis.client import Redis\n",
            "app/main.py": "from app.redis import cache\n",
        })  # fmt: skip
        assert internal(graph) == {("app/main.py", "app/redis/__init__.py")}
        assert external(graph) == {"redis"}

    def test_src_layout_and_tests_beside_it(self) -> None:
        graph = resolve({
            "pyproject.toml": "[project]\nname = 'shop'\n",
            "src/shop/__init__.py": "",
            "src/shop/pay.py": "",
            "tests/helpers.py": "",
            "tests/test_pay.py": "import pytest\nfrom shop import pay\nimport helpers\nfrom tests import helpers\n",
        })  # fmt: skip
        assert internal(graph) == {("tests/test_pay.py", "src/shop/pay.py"), ("tests/test_pay.py", "tests/helpers.py")}
        assert "src/" in graph.roots
        assert external(graph) == {"pytest"}

    def test_a_project_in_a_subfolder_is_found_by_what_is_imported(self) -> None:
        graph = resolve({
            "backend/app/__init__.py": "",
            "backend/app/main.py": "from app.pay import go\n",
            "backend/app/pay.py": "",
        })  # fmt: skip
        assert internal(graph) == {("backend/app/main.py", "backend/app/pay.py")}
        assert graph.modules["backend/app/pay.py"] == "app.pay"

    def test_namespace_packages(self) -> None:
        graph = resolve({
            "src/corp/billing/core.py": "from corp.shared import money\nfrom corp.shared.money import Money\n",
            "src/corp/shared/money.py": "",
            "pyproject.toml": "",
        })  # fmt: skip
        assert internal(graph) == {("src/corp/billing/core.py", "src/corp/shared/money.py")}
        assert graph.modules["src/corp/shared/money.py"] == "corp.shared.money"

    def test_two_projects_with_modules_of_one_name(self) -> None:
        graph = resolve({
            "a/pyproject.toml": "", "a/core/__init__.py": "", "a/core/x.py": "", "a/main.py": "from core import x\n",
            "b/pyproject.toml": "", "b/core/__init__.py": "", "b/core/x.py": "", "b/main.py": "from core import x\n",
        })  # fmt: skip
        assert internal(graph) == {("a/main.py", "a/core/x.py"), ("b/main.py", "b/core/x.py")}

    def test_a_helper_of_the_tests_does_not_hide_a_distribution(self) -> None:
        graph = resolve({
            "shop/__init__.py": "",
            "shop/pay.py": "import requests\n",
            "tests/requests/__init__.py": "",
            "tests/requests/test_x.py": "from requests.adapters import HTTPAdapter\n",
        })  # fmt: skip
        assert not internal(graph, "shop/pay.py")
        assert "requests" in external(graph)

    def test_standard_library_and_namespaces_of_distributions(self) -> None:
        graph = resolve({
            "a.py": "import os.path, tomllib, yaml, google.cloud.storage, google.protobuf.message\nfrom __future__ import annotations\n",
        })  # fmt: skip
        assert external(graph, stdlib=True) == {"os", "tomllib", "__future__"}
        assert external(graph) == {"yaml", "google.cloud.storage", "google.protobuf"}

    def test_a_module_named_like_one_of_the_standard_library(self) -> None:
        graph = resolve(
            {
                "shop/__init__.py": "",
                "shop/types.py": "import types\nfrom shop import types as own\n",
                "shop/a.py": "from . import types\n",
            }
        )
        assert internal(graph) == {("shop/a.py", "shop/types.py")}
        assert external(graph, stdlib=True) == {"types"}

    def test_what_looks_internal_and_is_not_there_is_counted(self) -> None:
        graph = resolve(
            {"shop/__init__.py": "from shop._version import v\nfrom .gone import x\nfrom ....far import y\n"}
        )
        assert graph.edges == ()
        assert graph.unresolved == 3

    def test_flags_are_kept_and_a_package_file_hands_on(self) -> None:
        graph = resolve({
            "shop/__init__.py": "from shop.pay import charge\nif TYPE_CHECKING:\n    from shop.model import Order\n",
            "shop/pay.py": "def f():\n    from shop import model\ntry:\n    import shop.model\nexcept ImportError: pass\n",
            "shop/model.py": "",
        })  # fmt: skip
        flags = {(e.source, e.line): (e.type_checking, e.lazy, e.conditional, e.reexport) for e in graph.edges}
        assert flags == {
            ("shop/__init__.py", 1): (False, False, False, True),
            ("shop/__init__.py", 3): (True, False, False, False),
            ("shop/pay.py", 2): (False, True, False, False),
            ("shop/pay.py", 4): (False, False, True, False),
        }

    def test_settings_name_roots(self) -> None:
        graph = resolve({
            "pyproject.toml": "[tool.setuptools.packages.find]\nwhere = ['code/lib']\n",
            "code/lib/alone.py": "",
            "main.py": "import alone\n",
        })  # fmt: skip
        assert internal(graph) == {("main.py", "code/lib/alone.py")}

    def test_a_script_without_an_ending_imports_too(self) -> None:
        files = {
            "bin/run": File("bin/run", "b", 9, "python"),
            "shop/__init__.py": File("shop/__init__.py", "b", 0, "python"),
        }
        code = {"bin/run": extract("python", b"import shop\n"), "shop/__init__.py": extract("python", b"")}
        graph = resolve_imports(files, code, lambda _: None)
        assert internal(graph) == {("bin/run", "shop/__init__.py")}

    @pytest.mark.parametrize(
        "settings", ["not = [toml", "[tool]\nsetuptools = 3\n", "[tool.poetry]\npackages = ['x']\n", "tool = 1\n"]
    )
    def test_odd_settings_are_passed_over(self, settings: str) -> None:
        assert internal(resolve({"pyproject.toml": settings, "a.py": "import b\n", "b.py": ""})) == {("a.py", "b.py")}
