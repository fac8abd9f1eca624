"""Small packages with a boundary that is kept or broken, one set for each language that a contract can be written for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Layers = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Case:
    """A package, the boundary in it, and whether the boundary was made to hold."""

    tool: str
    name: str
    holds: bool
    files: Mapping[str, str]
    check: dict[str, Any]
    layers: Layers = ()


def _end(path: str, module: str) -> dict[str, Any]:
    return {"module": module, "path": path, "external": False}


def _check(sources: list[Any], forbidden: list[Any], **more: Any) -> dict[str, Any]:
    return {
        "kind": "import_boundary",
        "sources": sources,
        "forbidden": forbidden,
        "except": more.pop("excepted", []),
        "indirect": False,
        "ignore_type_checking": False,
        **more,
    }


def _python() -> Iterator[tuple[str, bool, dict[str, str], dict[str, Any], Layers]]:
    files = {
        "src/shop/__init__.py": "",
        "src/shop/domain/__init__.py": "",
        "src/shop/domain/order.py": "TOTAL = 0\n",
        "src/shop/domain/legacy.py": "NAME = 'x'\n",
        "src/shop/web/__init__.py": "",
        "src/shop/web/views.py": "from shop.domain import order\n\nTOTAL = order.TOTAL\n",
        "src/shop/cli.py": "from shop.web import views\n\nSHOWN = views.TOTAL\n",
    }
    domain, web, cli = (
        _end("src/shop/domain/", "shop.domain"),
        _end("src/shop/web/", "shop.web"),
        _end("src/shop/cli.py", "shop.cli"),
    )
    wrong = {"src/shop/domain/order.py": "from shop.web import views\n\nTOTAL = views\n"}
    inner = _check([domain], [web, cli])
    yield "a boundary", True, files, inner, ()
    yield "a boundary, broken", False, files | wrong, inner, ()
    legacy = {"src/shop/domain/legacy.py": "from shop import cli\n\nNAME = cli\n"}
    yield (
        "an exception",
        True,
        files | legacy,
        _check([domain], [web, cli], excepted=[{"from": "src/shop/domain/legacy.py", "to": "src/shop/cli.py"}]),
        (),
    )
    stripe = {"module": "stripe", "path": None, "external": True}
    yield "an outside package", True, files, _check([domain], [stripe]), ()
    yield (
        "an outside package, broken",
        False,
        files | {"src/shop/domain/order.py": "import stripe\n\nTOTAL = stripe\n"},
        _check([domain], [stripe]),
        (),
    )
    stack = (("src/shop/cli.py",), ("src/shop/web/",), ("src/shop/domain/",))
    below = _check([domain, web], [web, cli])
    yield "a stack of layers", True, files, below, stack
    yield "a stack of layers, broken", False, files | wrong, below, stack


def _typescript() -> Iterator[tuple[str, bool, dict[str, str], dict[str, Any]]]:
    files = {
        "src/domain/order.js": "export const total = 0;\n",
        "src/domain/legacy.js": "export const name = 'x';\n",
        "src/web/views.js": "import { total } from '../domain/order.js';\nexport const shown = total;\n",
        "src/cli.js": "import { shown } from './web/views.js';\nexport const printed = shown;\n",
        "node_modules/stripe/package.json": '{"name": "stripe", "version": "1.0.0", "main": "index.js"}',
        "node_modules/stripe/index.js": "module.exports = {};\n",
    }
    domain, web = _end("src/domain/", "src/domain"), _end("src/web/", "src/web")
    cli = _end("src/cli.js", "src/cli.js")
    yield "a boundary", True, files, _check([domain], [web, cli])
    yield (
        "a boundary, broken",
        False,
        files | {"src/domain/order.js": "import { shown } from '../web/views.js';\nexport const total = shown;\n"},
        _check([domain], [web, cli]),
    )
    yield (
        "an exception",
        True,
        files | {"src/domain/legacy.js": "import { printed } from '../cli.js';\nexport const name = printed;\n"},
        _check([domain], [web, cli], excepted=[{"from": "src/domain/legacy.js", "to": "src/cli.js"}]),
    )
    stripe = {"module": "stripe", "path": None, "external": True}
    yield "an outside package", True, files, _check([domain], [stripe])
    yield (
        "an outside package, broken",
        False,
        files | {"src/domain/order.js": "import stripe from 'stripe';\nexport const total = stripe;\n"},
        _check([domain], [stripe]),
    )


def _php() -> Iterator[tuple[str, bool, dict[str, str], dict[str, Any]]]:
    files = {
        "composer.json": '{"name": "x/shop", "autoload": {"psr-4": {"Shop\\\\": "src/"}}}',
        "src/Domain/Order.php": "<?php\nnamespace Shop\\Domain;\nclass Order {}\n",
        "src/Web/View.php": "<?php\nnamespace Shop\\Web;\nuse Shop\\Domain\\Order;\nclass View { public function __construct(public Order $order) {} }\n",
    }
    check = _check([_end("src/Domain/", "Shop\\Domain")], [_end("src/Web/", "Shop\\Web")])
    yield "a boundary", True, files, check
    yield (
        "a boundary, broken",
        False,
        files
        | {
            "src/Domain/Order.php": "<?php\nnamespace Shop\\Domain;\nuse Shop\\Web\\View;\nclass Order { public function __construct(public View $view) {} }\n"
        },
        check,
    )
    legacy = "<?php\nnamespace Shop\\Domain;\nuse Shop\\Web\\View;\nclass Legacy { public function __construct(public View $view) {} }\n"
    yield (
        "an exception",
        True,
        files | {"src/Domain/Legacy.php": legacy},
        _check(
            [_end("src/Domain/", "Shop\\Domain")],
            [_end("src/Web/", "Shop\\Web")],
            excepted=[{"from": "src/Domain/Legacy.php", "to": "src/Web/"}],
        ),
    )
    outside = _check([_end("src/Domain/", "Shop\\Domain")], [{"module": "Stripe", "path": None, "external": True}])
    yield "an outside package", True, files, outside
    charged = "<?php\nnamespace Shop\\Domain;\nuse Stripe\\Charge;\nclass Order { public function __construct(public Charge $charge) {} }\n"
    yield "an outside package, broken", False, files | {"src/Domain/Order.php": charged}, outside


def _java() -> Iterator[tuple[str, bool, dict[str, str], dict[str, Any]]]:
    root = "src/main/java/shop/"
    files = {
        f"{root}domain/Order.java": "package shop.domain;\n\npublic class Order {}\n",
        f"{root}web/View.java": "package shop.web;\n\nimport shop.domain.Order;\n\npublic class View {\n    public Order order;\n}\n",
    }
    check = _check([_end(f"{root}domain/", "shop.domain")], [_end(f"{root}web/", "shop.web")])
    yield "a boundary", True, files, check
    broken = "package shop.domain;\n\nimport shop.web.View;\n\npublic class Order {\n    public View view;\n}\n"
    yield "a boundary, broken", False, files | {f"{root}domain/Order.java": broken}, check


CASES: tuple[Case, ...] = (
    *(Case("import-linter", *case) for case in _python()),
    *(Case("tach", name, holds, files, check) for name, holds, files, check, layers in _python() if not layers),
    *(Case("dependency-cruiser", *case) for case in _typescript()),
    *(Case("deptrac", *case) for case in _php()),
    *(Case("archunit", *case) for case in _java()),
)
