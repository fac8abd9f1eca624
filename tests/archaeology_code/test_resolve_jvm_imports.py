"""Java and Kotlin: classes, wildcards, static imports, and what only a build generates."""

from __future__ import annotations

from fixtures.import_trees import external, internal, resolve


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
