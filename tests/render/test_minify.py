"""Scripts and styles as browsers get them: without comments and needless white space, and otherwise as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from pygments.lexers.css import CssLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Text, is_token_subtype

from guidetrees.render.minify import minified

FILES = [
    path
    for path in sorted((ROOT / "hooks/guidetrees").rglob("*.*s"))
    if path.suffix in (".js", ".css") and "vendor" not in path.parts
]


def tokens(path: Path, text: str) -> list[str]:
    """The pieces of a file, without white space, and without what begins as comments do."""
    lexer = CssLexer() if path.suffix == ".css" else JavascriptLexer()
    return [
        word
        for kind, word in lexer.get_tokens(text)
        if word and not word.startswith(("/*", "//")) and not (is_token_subtype(kind, Text) and word.isspace())
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_left_out_says_nothing(path: Path) -> None:
    """Also holds the rule that files obey (render/minify.py): a lexer finds the same pieces."""
    written = path.read_text("utf-8")
    sent = minified(path)
    assert len(sent) < len(written)
    assert tokens(path, sent) == tokens(path, written)


SCRIPT = """\
// a comment
const a = "x // y  z",  b = `p  ${ "/* q */" } r`; /* another */
const c = /[a]+\\s/g;
let d = 1 + +a
let e = d - -1, f = a in b;
"""


def test_texts_templates_and_patterns_stay(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(SCRIPT, "utf-8")
    assert minified(tmp_path / "a.js") == (
        'const a="x // y  z",b=`p  ${ "/* q */" } r`;const c=/[a]+\\s/g;let d=1+ +a\nlet e=d- -1,f=a in b;\n'
    )
    (tmp_path / "b.css").write_text(
        '/* c */\n.a :is(.b, .c)::before {\n  content:" ; } " !important;\n}\n', "utf-8"
    )
    assert minified(tmp_path / "b.css") == '.a :is(.b,.c)::before{content:" ; } " !important;}\n'
