"""A theme's style keeps every rule that may match, and what it does not understand."""

from __future__ import annotations

import pytest

from guidetrees_mkdocs.theme_style import compact, names_in_page, pruned, words_in

NAMES = {"here", "there", "dir=ltr", "data-md-toggle"}


@pytest.mark.parametrize(
    "css",
    [
        ".here{a:b}",
        ".here .there>p:first-child{a:b}",
        "p{a:b}",
        "#any{a:b}",
        "[type=checkbox]:checked~p{a:b}",
        "[dir=ltr] .here{a:b}",
        "[data-md-toggle=drawer]:checked~.here{a:b}",
        ".here:not(.gone){a:b}",
        ":is(.gone,.here) p{a:b}",
        ".here:not(.gone:is(.a,.b)){a:b}",
        ".sm\\:wide{a:b}",
        "@font-face{font-family:x}",
        "@page{margin:1cm}",
        "@keyframes turn{0%{a:b}to{a:c}}",
        "@media print{.here{a:b}}",
        "@supports (a:b){@media print{.here{a:b}}}",
        '.here:before{content:"}.gone{"}',
        ".here{background:url(\"data:image/svg+xml,<svg a='{'/>\")}",
        ".gone,.here::-webkit-scrollbar{a:b}",
    ],
)
def test_what_may_match_stays(css: str) -> None:
    assert pruned(css, NAMES) == css


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".gone{a:b}p{c:d}", "p{c:d}"),
        (".here .gone{a:b}", ""),
        (".gone,.here,p.gone{a:b}", ".here{a:b}"),
        ("[dir=rtl] .here{a:b}", ""),
        ("[data-md-color-scheme=slate]{a:b}", ""),
        ("@media print{.gone{a:b}}@media print{.gone{a:b}.here{c:d}}", "@media print{.here{c:d}}"),
        (":is(.here,p).gone{a:b}", ""),
    ],
)
def test_what_matches_nothing_goes(css: str, kept: str) -> None:
    assert pruned(css, NAMES) == kept


def test_a_variable_that_nothing_reads_goes_and_those_that_only_it_reads() -> None:
    css = ':root{--md-a:var(--md-b);--md-b:1;--md-c:url("x;}y");--md-d:2;--other:3}p{color:var(--md-d)}'
    assert pruned(css, set()) == ":root{--md-d:2;--other:3}p{color:var(--md-d)}"
    assert pruned(css, set(), ["q{a:var( --md-a )}"]) == css.replace('--md-c:url("x;}y");', "")


def test_a_compact_style_says_the_same() -> None:
    css = (
        '@charset "UTF-8";\na > b ,\n c::after {\n  content: "  /* x */ ; ";\n  margin: 0 auto;\n}\n/* "one\' */\n'
    )
    assert compact(css) == '@charset "UTF-8";a > b,c::after{content: "  /* x */ ; ";margin: 0 auto;}'


def test_a_page_names_its_classes_directions_and_attributes() -> None:
    page = '<body dir="ltr" class="a b"><input data-md-toggle="drawer"><p class="c">d</p>'
    assert names_in_page(page) == {"a", "b", "c", "dir=ltr", "data-md-toggle"}


def test_a_script_may_name_any_of_its_words() -> None:
    assert {"md-typeset__table", "toggle"} <= words_in('list.classList.toggle("md-typeset__table")')
