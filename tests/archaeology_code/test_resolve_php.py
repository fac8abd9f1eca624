"""PHP: declared classes, the rules of Composer, groups, and vendors."""

from __future__ import annotations

from fixtures.import_trees import external, internal, resolve


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
