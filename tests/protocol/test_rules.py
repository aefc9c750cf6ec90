"""The rules of docs/protocol.md and the tests that quote them belong together."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent.parent
PROTOCOL = TESTS.parent / "docs" / "protocol.md"
QUOTE = re.compile(r"\bRules? ((?:[A-Z]\d+(?:, )?)+)")


def rules() -> list[str]:
    return re.findall(r"^- \*\*([A-Z]\d+)\*\*", PROTOCOL.read_text("utf-8"), re.MULTILINE)


def quotes() -> Iterator[str]:
    for folder in ("protocol", "adversary", "domain"):
        for file in sorted((TESTS / folder).rglob("test_*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                    for found in QUOTE.findall(ast.get_docstring(node) or ""):
                        yield from re.findall(r"[A-Z]\d+", found)


def test_rules_are_numbered_without_a_gap() -> None:
    numbered: dict[str, list[int]] = {}
    for rule in rules():
        numbered.setdefault(rule[0], []).append(int(rule[1:]))
    assert numbered
    for section, numbers in numbered.items():
        assert numbers == list(range(1, len(numbers) + 1)), section


def test_every_rule_is_quoted_by_a_test() -> None:
    assert set(rules()) - set(quotes()) == set()


def test_every_quote_is_of_a_rule() -> None:
    assert set(quotes()) - set(rules()) == set()
    assert max(Counter(rules()).values()) == 1


def test_what_one_rule_says_of_another_is_there() -> None:
    named = set(re.findall(r"\(([A-Z]\d+)\)", PROTOCOL.read_text("utf-8")))
    assert named <= set(rules())
