"""JavaScript and TypeScript: endings and index files, what a tsconfig maps, workspaces and their exports."""

from __future__ import annotations

import pytest

from fixtures.import_trees import external, internal, resolve


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
