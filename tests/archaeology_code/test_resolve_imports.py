"""Imports resolved to files, to packages and to the standard library, on small made-up trees."""

from __future__ import annotations

from typing import ClassVar

import pytest

from archaeology.code import LANGUAGES, extract
from archaeology.facts import File, ImportGraph
from archaeology.imports import resolve_imports

ENDINGS = {"py": "python", "ts": "typescript", "tsx": "tsx", "js": "javascript", "go": "go", "rs": "rust", "java": "java", "kt": "kotlin",
           "cs": "csharp", "php": "php", "rb": "ruby", "ex": "elixir", "exs": "elixir"}  # fmt: skip


def resolve(tree: dict[str, str]) -> ImportGraph:
    files = {}
    code = {}
    for path, text in tree.items():
        language = ENDINGS.get(path.rpartition(".")[2])
        files[path] = File(path, "b", len(text), language)
        if language in LANGUAGES:
            code[path] = extract(language, text.encode())
    return resolve_imports(files, code, tree.get)


def internal(graph: ImportGraph, source: str | None = None) -> set[tuple[str, str]]:
    return {(e.source, e.target) for e in graph.edges if e.target is not None and source in {None, e.source}}


def external(graph: ImportGraph, *, stdlib: bool = False) -> set[str]:
    return {e.external for e in graph.edges if e.external is not None and e.stdlib is stdlib}


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


class TestJavaScript:
    def test_relative_files_index_files_and_endings(self) -> None:
        graph = resolve({
            "src/a.ts": "import './b'; import './dir'; import './c.js'; import '../data.json'; import './view';",
            "src/b.tsx": "", "src/dir/index.ts": "", "src/c.ts": "", "data.json": "{}", "src/view.d.ts": "",
        })  # fmt: skip
        assert internal(graph) == {
            ("src/a.ts", t) for t in ("src/b.tsx", "src/dir/index.ts", "src/c.ts", "data.json", "src/view.d.ts")
        }

    def test_tsconfig_paths_base_url_and_extends(self) -> None:
        graph = resolve({
            "tsconfig.base.json": '{ // base\n "compilerOptions": {"paths": {"@core/*": ["libs/core/src/*"], "@exact": ["libs/exact.ts"],}, }}',
            "app/tsconfig.json": '{"extends": "../tsconfig.base", "compilerOptions": {"baseUrl": "./src"}}',
            "app/src/main.ts": 'import "@core/money"; import "@exact"; import "features/pay"; import "@core-js/x";',
            "app/src/features/pay.ts": "", "libs/core/src/money.ts": "", "libs/exact.ts": "",
        })  # fmt: skip
        assert internal(graph) == {
            ("app/src/main.ts", "libs/core/src/money.ts"),
            ("app/src/main.ts", "libs/exact.ts"),
            ("app/src/main.ts", "app/src/features/pay.ts"),
        }
        assert external(graph) == {"@core-js/x"}

    def test_a_config_that_only_refers_to_others(self) -> None:
        graph = resolve({
            "tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
            "tsconfig.app.json": '{"compilerOptions": {"paths": {"~/*": ["./app/*"]}}}',
            "app/a.ts": 'import "~/b";', "app/b.ts": "",
        })  # fmt: skip
        assert internal(graph) == {("app/a.ts", "app/b.ts")}

    def test_workspace_packages_and_their_exports(self) -> None:
        graph = resolve({
            "package.json": '{"workspaces": ["packages/*"]}',
            "packages/ui/package.json": '{"name": "@shop/ui", "main": "dist/index.js"}',
            "packages/ui/src/index.ts": "", "packages/ui/src/button.ts": "",
            "packages/api/package.json": '{"name": "api", "exports": {".": {"types": "./x.d.ts", "import": "./main.ts"}, "./deep/*": "./lib/*.ts"},'
            ' "imports": {"#inner": "./inner.ts"}}',
            "packages/api/main.ts": 'import "#inner";', "packages/api/inner.ts": "", "packages/api/lib/one.ts": "",
            "packages/web/a.ts": 'import "@shop/ui"; import "@shop/ui/button"; import "api"; import "api/deep/one"; import "react/jsx-runtime";',
        })  # fmt: skip
        assert internal(graph) == {
            ("packages/web/a.ts", "packages/ui/src/index.ts"),
            ("packages/web/a.ts", "packages/ui/src/button.ts"),
            ("packages/web/a.ts", "packages/api/main.ts"),
            ("packages/web/a.ts", "packages/api/lib/one.ts"),
            ("packages/api/main.ts", "packages/api/inner.ts"),
        }
        assert external(graph) == {"react"}

    def test_builtins_scopes_and_lost_files(self) -> None:
        graph = resolve(
            {
                "a.js": 'require("fs/promises"); import "node:test"; import "@scope/pkg/x"; import "./gone"; import x from "lodash/get";'
            }
        )
        assert external(graph, stdlib=True) == {"fs/promises", "test"}
        assert external(graph) == {"@scope/pkg", "lodash"}
        assert graph.unresolved == 1

    @pytest.mark.parametrize(
        "config",
        ["[]", "{", '{"compilerOptions": 3}', '{"extends": "./tsconfig.json"}', '{"compilerOptions": {"paths": []}}'],
    )
    def test_odd_configs_are_passed_over(self, config: str) -> None:
        assert internal(resolve({"tsconfig.json": config, "a.ts": "import './b'", "b.ts": ""})) == {("a.ts", "b.ts")}


class TestGo:
    def test_modules_packages_and_requirements(self) -> None:
        graph = resolve({
            "go.mod": "module example.com/shop\n\nrequire (\n\tgithub.com/stripe/stripe-go/v72 v72.1.0 // indirect\n)\nrequire go.uber.org/zap v1.0.0\n",
            "main.go": 'package main\nimport (\n"fmt"\n"net/http"\n"example.com/shop/internal/pay"\n"github.com/stripe/stripe-go/v72/charge"\n"go.uber.org/zap/zapcore"\n)\n',
            "internal/pay/a_test.go": "package pay\n", "internal/pay/pay.go": 'package pay\nimport "example.com/shop/gone"\n',
            "tools/go.mod": "module example.com/shop/tools\n", "tools/gen/gen.go": 'package gen\nimport "example.com/shop/internal/pay"\n',
        })  # fmt: skip
        assert internal(graph) == {("main.go", "internal/pay/pay.go"), ("tools/gen/gen.go", "internal/pay/pay.go")}
        assert external(graph) == {"github.com/stripe/stripe-go/v72", "go.uber.org/zap"}
        assert external(graph, stdlib=True) == {"fmt", "net/http"}
        assert graph.unresolved == 1
        assert graph.modules["internal/pay/pay.go"] == "example.com/shop/internal/pay"

    def test_without_a_requirement_the_host_decides(self) -> None:
        graph = resolve({"a.go": 'package a\nimport (\n"github.com/x/y/z"\n"k8s.io/api/core/v1"\n)\n'})
        assert external(graph) == {"github.com/x/y", "k8s.io/api"}


class TestRust:
    TREE: ClassVar[dict[str, str]] = {
        "Cargo.toml": "[workspace]\nmembers = ['shop', 'money']\n",
        "shop/Cargo.toml": "[package]\nname = 'shop'\n[dependencies]\nserde_json = '1'\nmoney-core = { path = '../money' }\nyaml = { package = 'serde_yaml', version = '1' }\n",
        "shop/src/lib.rs": "mod pay;\npub mod model;\npub use pay::Pay;\nuse serde_json::Value;\nuse yaml::to_string;\n",
        "shop/src/pay/mod.rs": "mod gateway;\nuse crate::model::Order;\nuse self::gateway::Gateway;\nuse money_core::Money;\nuse std::collections::HashMap;\n",
        "shop/src/pay/gateway.rs": "use super::Pay;\nuse super::super::model;\nfn f() { serde_json::to_string(&x); }\nmod tests { use super::*; use crate::pay; }\n",
        "shop/src/model.rs": "use Kind::*;\nuse unknown_thing::X;\n",
        "shop/tests/it.rs": "use shop::model::Order;\nmod common;\nuse common::help;\n",
        "shop/tests/common/mod.rs": "",
        "money/Cargo.toml": "[package]\nname = 'money-core'\n",
        "money/src/lib.rs": "",
    }  # fmt: skip

    def test_module_tree_workspace_and_tests(self) -> None:
        assert internal(resolve(self.TREE)) == {
            ("shop/src/lib.rs", "shop/src/pay/mod.rs"),
            ("shop/src/pay/mod.rs", "shop/src/model.rs"),
            ("shop/src/pay/mod.rs", "shop/src/pay/gateway.rs"),
            ("shop/src/pay/mod.rs", "money/src/lib.rs"),
            ("shop/src/pay/gateway.rs", "shop/src/pay/mod.rs"),
            ("shop/src/pay/gateway.rs", "shop/src/model.rs"),
            ("shop/tests/it.rs", "shop/src/model.rs"),
            ("shop/tests/it.rs", "shop/tests/common/mod.rs"),
        }

    def test_crates_and_standard_library(self) -> None:
        graph = resolve(self.TREE)
        assert {(e.source, e.external) for e in graph.edges if e.external and not e.stdlib} == {
            ("shop/src/lib.rs", "serde_json"),
            ("shop/src/lib.rs", "serde_yaml"),
            ("shop/src/pay/gateway.rs", "serde_json"),
        }
        assert external(graph, stdlib=True) == {"std::collections"}
        assert graph.modules["shop/src/pay/gateway.rs"] == "shop::pay::gateway"

    @pytest.mark.parametrize(
        ("head", "is_of_tests"),
        [
            ("#[cfg(test)]\nmod tests", True),
            ('#[cfg(all(test, feature = "slow"))]\n#[allow(dead_code)]\npub mod slow_tests', True),
            ("#[cfg(not(test))]\nmod tests", False),
            ("mod tests", False),
            ("#[cfg(test)]\nuse crate::pay;\nmod contest", False),
        ],
    )
    def test_what_a_files_own_tests_import_is_no_import_of_the_file(self, head: str, is_of_tests: bool) -> None:
        body = "{\n    use crate::model::Order;\n    fn f() { serde_json::to_string(&x); }\n}\n"
        tree = self.TREE | {"shop/src/pay/gateway.rs": f"use super::Pay;\n{head} {body}"}
        edges = [edge for edge in resolve(tree).edges if edge.source == "shop/src/pay/gateway.rs"]
        reached = {edge.target or edge.external for edge in edges}
        assert "shop/src/pay/mod.rs" in reached
        assert bool(reached & {"shop/src/model.rs", "serde_json"}) is not is_of_tests


class TestJvm:
    def test_classes_wildcards_static_imports_and_owners(self) -> None:
        graph = resolve({
            "src/main/java/shop/Pay.java": "package shop;\nimport shop.model.Order;\nimport shop.util.*;\nimport static shop.Money.of;\n"
            "import java.util.List;\nimport org.springframework.boot.App;\nimport com.google.common.collect.Lists;\nimport shop.model.Order.Kind;\nclass Pay {}\n",
            "src/main/java/shop/model/Order.java": "package shop.model;\npublic class Order { enum Kind {} }\n",
            "src/main/java/shop/util/Text.java": "package shop.util;\nclass Text {}\n",
            "src/main/kotlin/shop/Money.kt": "package shop\nimport okio.buffer\nimport kotlin.math.abs\nimport shop.model.Order\nclass Money\n",
        })  # fmt: skip
        pay = "src/main/java/shop/Pay.java"
        assert internal(graph) == {
            (pay, "src/main/java/shop/model/Order.java"),
            (pay, "src/main/java/shop/util/Text.java"),
            (pay, "src/main/kotlin/shop/Money.kt"),
            ("src/main/kotlin/shop/Money.kt", "src/main/java/shop/model/Order.java"),
        }
        assert external(graph) == {"org.springframework", "com.google.common", "okio"}
        assert external(graph, stdlib=True) == {"java.util", "kotlin.math"}

    def test_a_wildcard_reaches_the_files_whose_names_are_used(self) -> None:
        graph = resolve({
            "one/src/shop/util/Text.java": "package shop.util;\npublic class Text {}\n",
            "two/src/shop/util/Money.java": "package shop.util;\npublic class Money {}\n",
            "two/src/shop/util/Round.kt": "package shop.util\nfun rounded(x: Int) = x\n",
            "app/src/shop/Pay.java": "package shop;\nimport shop.util.*;\n/* not a Text */\nclass Pay { Money m; }\n",
            "app/src/shop/Ship.kt": "package shop\nimport shop.util.*\nclass Ship { val x = rounded(1) // Money\n}\n",
            "app/src/shop/Idle.java": 'package shop;\nimport shop.util.*;\nclass Idle { String s = "Money"; }\n',
        })  # fmt: skip
        assert internal(graph) == {
            ("app/src/shop/Pay.java", "two/src/shop/util/Money.java"),
            ("app/src/shop/Ship.kt", "two/src/shop/util/Round.kt"),
        }
        assert graph.unresolved == 1

    def test_what_a_build_generates_in_our_own_packages_is_nobody_elses(self) -> None:
        graph = resolve({
            "app/src/Pay.kt": "package org.shop.pay\nimport org.shop.app.R\nimport org.shop.ui.databinding.PayBinding\nimport okio.Buffer\nclass Pay\n",
        })  # fmt: skip
        assert external(graph) == {"okio"}
        assert graph.unresolved == 2


class TestCSharp:
    def test_using_reaches_the_files_whose_types_are_used(self) -> None:
        graph = resolve({
            "Pay.cs": "using System.Linq;\nusing Shop.Model;\nusing Shop.Util;\nusing Microsoft.Extensions.Logging;\nusing Stripe;\n"
            "namespace Shop.Web { class Pay : OrderBase { void F() { new Money(1); } } }",
            "Model/Money.cs": "namespace Shop.Model;\npublic class Money {}",
            "Model/OrderBase.cs": "namespace Shop.Model;\npublic class OrderBase {}",
            "Model/Unused.cs": "namespace Shop.Model;\npublic class Unused {}",
            "Util/Text.cs": "namespace Shop.Util;\npublic class Text {}",
        })  # fmt: skip
        assert internal(graph) == {
            ("Pay.cs", "Model/Money.cs"),
            ("Pay.cs", "Model/OrderBase.cs"),
            ("Pay.cs", "Util/Text.cs"),
        }
        assert external(graph) == {"Microsoft.Extensions", "Stripe"}
        assert external(graph, stdlib=True) == {"System"}

    def test_only_a_type_that_is_named_tells_which_folder_of_a_namespace_is_meant(self) -> None:
        graph = resolve({
            "Common/Job.cs": "using Shop.Server;\nnamespace Shop.Common { class Job { List<IFilter> filters; } }",
            "Common/Text.cs": 'using Shop.Server;\nnamespace Shop.Common {\n/// <see cref="Worker"/>\nclass Text { string s = "Worker"; } }',
            "Common/Call.cs": "using Shop.Server;\nnamespace Shop.Common { class Call { void F(Job j) { j.Enqueue(); } } }",
            "Dashboard/Page.cs": "namespace Shop.Server { class Page {} }",
            "Server/IFilter.cs": "namespace Shop.Server { interface IFilter {} }",
            "Server/Worker.cs": "namespace Shop.Server { class Worker {} }",
            "Server/More.cs": "namespace Shop.Server { static class WorkerExtensions { public static void Enqueue(this object o) {} } }",
        })  # fmt: skip
        assert internal(graph) == {
            ("Common/Job.cs", "Server/IFilter.cs"),
            ("Common/Call.cs", "Server/More.cs"),
        }
        assert graph.unresolved == 1  # the directive that serves documentation only

    def test_types_around_and_types_named_by_the_end_of_their_namespace_need_no_directive(self) -> None:
        graph = resolve({
            "Processing/Loop.cs": "namespace Shop.Processing;\nclass Loop {\n  void F() { Server.Worker.Run(); Clock c; }\n}",
            "Processing/Other.cs": "namespace Shop.Processing;\nclass Other { Loop l; int Clocks; void G() { this.Worker(); } }",
            "Server/Worker.cs": "namespace Shop.Server;\nclass Worker {}",
            "Core/Clock.cs": "namespace Shop;\nclass Clock {}",
        })  # fmt: skip
        assert internal(graph) == {
            ("Processing/Loop.cs", "Server/Worker.cs"),
            ("Processing/Loop.cs", "Core/Clock.cs"),
        }
        assert {edge.line for edge in graph.edges if edge.target} == {3}

    def test_what_a_whole_project_uses_reaches_every_file_that_mentions_its_types(self) -> None:
        graph = resolve({
            "src/Shop/Shop.csproj": "<Project/>",
            "src/Shop/GlobalUsings.cs": "global using System.Text;\nglobal using Shop.Events;\nglobal using Stripe;",
            "src/Shop/Core/Sink.cs": 'namespace Shop.Core;\n// not a Money\nclass Sink {\n  void Emit(LogEvent e) { Write("Level"); }\n}',
            "src/Shop/Core/Quiet.cs": "namespace Shop.Core;\nclass Quiet { Level.Value x; class Money {} }",
            "src/Shop/Core/Level.cs": "namespace Shop.Core;\nclass Level {}",
            "src/Shop/Events/LogEvent.cs": "namespace Shop.Events;\npublic class LogEvent { Money m; }",
            "src/Shop/Events/Money.cs": "namespace Shop.Events;\npublic class Money {}",
            "src/Shop/Events/Level.cs": "namespace Shop.Events;\npublic enum Level {}",
            "src/Other/Other.csproj": "<Project/>",
            "src/Other/Sink.cs": "namespace Other;\nclass Sink { LogEvent e; }",
        })  # fmt: skip
        assert internal(graph) == {("src/Shop/Core/Sink.cs", "src/Shop/Events/LogEvent.cs")}
        assert [edge.line for edge in graph.edges if edge.target] == [4]
        assert external(graph) == {"Stripe"}

    def test_what_the_build_makes_all_projects_below_use(self) -> None:
        graph = resolve({
            "Directory.Build.targets": '<Project><ItemGroup><Using Include="Shop.Retry" /></ItemGroup></Project>',
            "src/Shop/Shop.csproj": '<Project><Using Include="Shop.Cache" Alias="C"/><Using Remove="Shop.Bulk" /></Project>',
            "src/Shop/Pay.cs": "namespace Shop.Web;\nclass Pay { Policy p;\n Store s; Limit l; }",
            "src/Shop/Policy.cs": "namespace Shop.Retry;\nclass Policy {}",
            "src/Shop/Store.cs": "namespace Shop.Cache;\nclass Store {}",
            "src/Shop/Limit.cs": "namespace Shop.Bulk;\nclass Limit {}",
        })  # fmt: skip
        assert internal(graph) == {("src/Shop/Pay.cs", "src/Shop/Policy.cs"), ("src/Shop/Pay.cs", "src/Shop/Store.cs")}


class TestPhp:
    def test_declared_classes_composer_rules_and_vendors(self) -> None:
        graph = resolve({
            "composer.json": '{"autoload": {"psr-4": {"Shop\\\\": "src/"}}}',
            "src/Pay.php": "<?php namespace Shop;\nuse Shop\\Model\\Order; use Stripe\\Charge; use Shop\\Sdk\\Client; use Exception;\nrequire 'lib.php';\nclass Pay {}",
            "src/Model/Order.php": "<?php namespace Shop\\Model;\nclass Order { function f() { \\Shop\\Pay::go(); } }",
            "src/lib.php": "<?php",
        })  # fmt: skip
        assert internal(graph) == {
            ("src/Pay.php", "src/Model/Order.php"),
            ("src/Pay.php", "src/lib.php"),
            ("src/Model/Order.php", "src/Pay.php"),
        }
        assert external(graph) == {"Stripe", "Shop\\Sdk"}
        assert external(graph, stdlib=True) == {"php"}

    def test_a_group_reaches_each_of_its_classes(self) -> None:
        graph = resolve({
            "src/Pay.php": "<?php namespace Shop;\nuse Shop\\Model\\{Order, Sub\\Line as L};\nclass Pay {}",
            "src/A/Order.php": "<?php namespace Shop\\Model;\nclass Order {}",
            "src/B/Line.php": "<?php namespace Shop\\Model\\Sub;\nclass Line {}",
        })  # fmt: skip
        assert internal(graph) == {("src/Pay.php", "src/A/Order.php"), ("src/Pay.php", "src/B/Line.php")}


class TestRuby:
    def test_requires_and_autoloaded_constants(self) -> None:
        graph = resolve({
            "Gemfile": "gem 'stripe'\ngem \"rspec-mocks\"\n",
            "app/models/billing/invoice.rb": "module Billing\n class Invoice < ApplicationRecord\n  def f; Money.new; Stripe::Charge.create; Tax::RATE; end\n end\nend\n",
            "app/models/billing/tax.rb": "module Billing\n class Tax; RATE = 1; end\nend\n",
            "app/models/application_record.rb": "class ApplicationRecord; end\n",
            "app/models/money.rb": "class Money; end\n",
            "lib/shop/http.rb": "require 'json'\nrequire 'shop/util'\nrequire_relative 'near'\nrequire 'rack'\nmodule Shop; class HTTP; end; end\n",
            "lib/shop/util.rb": "Shop::HTTP.get\n", "lib/shop/near.rb": "",
        })  # fmt: skip
        assert internal(graph) == {
            ("app/models/billing/invoice.rb", "app/models/application_record.rb"),
            ("app/models/billing/invoice.rb", "app/models/money.rb"),
            ("app/models/billing/invoice.rb", "app/models/billing/tax.rb"),
            ("lib/shop/http.rb", "lib/shop/util.rb"),
            ("lib/shop/http.rb", "lib/shop/near.rb"),
            ("lib/shop/util.rb", "lib/shop/http.rb"),
        }
        assert external(graph) == {"stripe", "rack"}
        assert external(graph, stdlib=True) == {"json"}


class TestElixir:
    def test_modules_applications_and_own_library(self) -> None:
        graph = resolve({
            "mix.exs": 'defp deps do [{:phoenix_live_view, "~> 1"}, {:ecto, "~> 3"}] end',
            "lib/shop/pay.ex": "defmodule Shop.Pay do\n alias Shop.{Model, Money}\n use Phoenix.LiveView\n import Ecto.Query\n"
            " def f, do: Shop.Bank.call(Enum.map(x, y))\n def g, do: Shop.Gone.x()\nend",
            "lib/shop/model.ex": "defmodule Shop.Model do\nend", "lib/shop/money.ex": "defmodule Shop.Money do\nend",
            "lib/shop/bank.ex": "defmodule Shop.Bank do\nend",
        })  # fmt: skip
        assert internal(graph, "lib/shop/pay.ex") == {
            ("lib/shop/pay.ex", f"lib/shop/{name}.ex") for name in ("model", "money", "bank")
        }
        assert external(graph) == {"phoenix_live_view", "ecto"}
        assert external(graph, stdlib=True) == {"Enum"}
        assert graph.unresolved == 1

    @pytest.mark.parametrize(
        "code",
        [
            "defdelegate run(x), to: Shop.Jobs.One",
            "def f, do: [Shop.Jobs.One]",
            "def f, do: [{Shop.Jobs.One, name: :one}]",
            "def f, do: %{job: Shop.Jobs.One}",
            "def f(x), do: %{x | job: Shop.Jobs.One}",
            "def f, do: apply(Shop.Jobs.One, :run, [])",
            "def f(job \\\\ Shop.Jobs.One), do: job",
            "@job Shop.Jobs.One",
            "def f do\n Shop.Jobs.One\nend",
            "alias Shop.Jobs\n def f, do: [Jobs.One]",
        ],
    )
    def test_a_module_that_is_handed_on_by_its_full_name_is_imported(self, code: str) -> None:
        jobs = {f"lib/shop/jobs/{name.lower()}.ex": f"defmodule Shop.Jobs.{name} do\nend" for name in ("One", "Two")}
        graph = resolve({"lib/shop/pay.ex": f"defmodule Shop.Pay do\n {code}\nend", **jobs})
        assert internal(graph) == {("lib/shop/pay.ex", "lib/shop/jobs/one.ex")}

    def test_what_only_begins_a_name_or_is_one_word_is_not(self) -> None:
        graph = resolve({
            "lib/shop.ex": "defmodule Shop do\nend", "lib/shop/jobs.ex": "defmodule Shop.Jobs do\nend",
            "lib/shop/jobs/one.ex": "defmodule Shop.Jobs.One do\nend",
            "lib/shop/pay.ex": 'defmodule Shop.Pay do\n alias Shop.Jobs.{One}\n @moduledoc "See Shop.Jobs."\n'
            " def f, do: [{Registry, name: Shop}]\nend",
        })  # fmt: skip
        assert internal(graph) == {("lib/shop/pay.ex", "lib/shop/jobs/one.ex")}


def test_the_order_of_files_does_not_matter() -> None:
    tree = TestRust.TREE
    assert resolve(tree) == resolve(dict(reversed(list(tree.items()))))


def test_each_edge_has_one_end() -> None:
    graph = resolve({**TestRust.TREE, "a.py": "import os, yaml, b\n", "b.py": ""})
    assert graph.edges
    assert all((edge.target is None) is not (edge.external is None) for edge in graph.edges)
