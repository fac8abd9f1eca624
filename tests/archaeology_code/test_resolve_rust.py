"""Rust: the tree of modules, crates of the workspace, and what only a file's own tests import."""

from __future__ import annotations

import pytest

from fixtures.import_trees import RUST_WORKSPACE, external, internal, resolve


class TestRust:
    def test_module_tree_workspace_and_tests(self) -> None:
        assert internal(resolve(RUST_WORKSPACE)) == {
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
        graph = resolve(RUST_WORKSPACE)
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
        tree = RUST_WORKSPACE | {"shop/src/pay/gateway.rs": f"use super::Pay;\n{head} {body}"}
        edges = [edge for edge in resolve(tree).edges if edge.source == "shop/src/pay/gateway.rs"]
        reached = {edge.target or edge.external for edge in edges}
        assert "shop/src/pay/mod.rs" in reached
        assert bool(reached & {"shop/src/model.rs", "serde_json"}) is not is_of_tests
