"""Every text of the language, with everything hostile in it, in a real browser: nothing runs, loads or is lost.

What random tries have found stands in the lists of this module and in `cases/invalid`, under its name.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from browser import Log
from conftest import run, serve
from copies import site_of_base
from helpers import problems_of, write
from playwright.sync_api import Browser, Dialog, Error, Response
from playwright.sync_api import Page as BrowserPage
from searching import search
from site_reader import Site

from guidetrees.parse import readers as parse
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.forms import Table
from guidetrees.parse.tables import TABLES, nodes, registers, tree

# Every text of the language, with everything hostile in it, in a real browser

RUN = "window.hacked=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'"onmouseover="{RUN}" x="',
    f"'onfocus='{RUN}' autofocus='",
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x](java&#115;cript:{RUN})",
    f"[x](&#x6A;avascript:{RUN})",
    f"[x](<javascript:{RUN}>)",
    f"[x]( javascript:{RUN})",
    f"<javascript:{RUN}>",
    f"[x](vbscript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f"![x](javascript:{RUN})",
    f'![x](x" onerror="{RUN})',
    f'[x](y "t" onclick={RUN})',
    "[x](//outside.example/y)",
    "![x](https://outside.example/x.png)",
    "<img src=https://outside.example/x.png>",
    "<link rel=stylesheet href=https://outside.example/x.css>",
    "<style>@import 'https://outside.example/y.css'; * { display: none }</style>",
    "<iframe src=https://outside.example>",
    f"<details open ontoggle={RUN}>",
    '<b style="background:url(https://outside.example/z)">',
    "<base href=//x/>",
    "<meta http-equiv=refresh content=0;url=https://outside.example>",
    "]]>",
    "-->",
    "<!--",
    "<![CDATA[",
    "</title>",
    "</textarea>",
    "</style>",
    f"{{: onclick={RUN} }}",
    "{: #id .class style=x }",
    f"{{ onclick={RUN} }}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# x #}",
    "${7*7}",
    "{0}",
    "%s",
    "$&",
    r"\1",
    "&lt;script&gt;",
    "&amp;",
    "&#60;b&#62;",
    "&quot;",
    "` `` ```",
    "~~~",
    "*x* **y** __z__",
    "# x",
    "[TOC]",
    "[x]: javascript:y",
    "wzxhzdk:0",
    "\\",
    "\\u2028",
    "🙂",
    "שלום",
]
LINE = " ".join(PAYLOADS)
# In Markdown what is hostile is refused, or put between backticks or written as signs: then it is a text.
AS_CODE = [p for p in PAYLOADS if "`" not in p]
MARKDOWN = (
    "Word.\n\n"
    + "\n\n".join(f"`` {payload} ``" for payload in AS_CODE)
    + "\n\n"
    + "\n\n".join(f"    {payload}" for payload in AS_CODE)
    + "\n"
)
REAL_VALUES: dict[str, Any] = {
    "reviewed": "2026-11-24",
    "from": "2027-01-01",
    "seen": "2026-11-24",
    "checked": "2026-11-24",
    "review_months": 12,
    "order": 1,
    "strictness": ["info", "no"],
    "short": "said",
    "verdict": "info",
    "start": "q",
    "goto": "list",
    "met": "end",
    "unmet": "end",
    "next": ["hostile:q"],
    "graver": "true",
    "alone": "true",
    "choose": "one",
    "until": "2099-12-31",
    "then": "desk",
    "url": "https://library.example/a?b=%22%3E'onmouseover='x",
    "email": "a'onclick=b@library.example",
    "phone": "+45 1234 5678",
    "guide": ["rules.md#scope", "rules.md#time"],
    "contacts": ["bad"],
    "updates": ["bad"],
    "first": "guide",
}


def values(table: Table, **given: object) -> dict[str, Any]:
    """A mapping with every key of a table: texts hold everything hostile, marked with the key's name."""
    found: dict[str, Any] = {}
    for key in table.keys:
        mark = f"{table.kind} {key.name}"
        if key.name in given:
            value = given[key.name]
        elif key.name in REAL_VALUES:
            value = REAL_VALUES[key.name]
        elif key.read is parse.text:
            value = f"{mark}\n\n{MARKDOWN}"
        elif key.read is parse.line:
            value = f"{mark} {LINE}"
        elif isinstance(key.read.schema, dict) and key.read.schema.get("items") is parse.line.schema:
            value = [f"{mark} {LINE}"]
        else:
            raise AssertionError(f"say what stands in {mark}")
        if value is not None:
            found[key.name] = value
    return found


def hostile_tree() -> dict[str, Any]:
    when = {"q": "two"}
    parts = [values(nodes.PART, when=when, **{"from": "2020-01-01"})]
    answers = [
        values(nodes.ANSWER, id=id, answer=f"{id} {LINE}", graver=None, goto=goto)
        for id, goto in (("one", "list"), ("two", "list"), ("three", "other:"))
    ]
    written = {
        "q": values(nodes.QUESTION, answers=answers, parts=None, aliases=["former-q"]),
        "list": values(
            nodes.CHECKLIST,
            items=[values(nodes.ITEM) | {"item": f"{n} {LINE}"} for n in "ab"],
            unmet="some",
            parts=parts,
            aliases=["former-list"],
        ),
        "some": values(
            nodes.SELECTION,
            choose="several",
            answers=[values(nodes.CHOICE, id=id, answer=f"{id} {LINE}", alone=None) for id in ("one", "two")],
            goto="step",
            parts=parts,
            aliases=["former-some"],
        ),
        "step": values(nodes.STEP, goto="end", parts=parts, aliases=["former-step"]),
        "end": values(nodes.OUTCOME, parts=parts, aliases=["former-end"]),
    }
    scenario = values(tree.SCENARIO, answers={"q": "one", "list": "unmet", "some": ["one", "two"]}, outcome="end")
    return values(tree.TREE, nodes=written, scenarios=[scenario], aliases=["former"], strictness=None)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site whose every text is hostile."""
    folder = site_of_base(tmp_path_factory.mktemp("hostile"))
    desk = values(registers.CONTACT, name="The desk", until=None, then=None)
    for name, value in (
        ("hostile", hostile_tree()),
        ("contacts", {"bad": values(registers.CONTACT), "desk": desk}),
        ("updates", {"bad": values(registers.UPDATE), "longer-loans": values(registers.UPDATE, keywords=None)}),
    ):
        write(folder, f"decision_trees/{name}.yml", json.dumps(value, ensure_ascii=False))
    front = {
        "title": f"front title {LINE}",
        "keywords": [f"front keyword {LINE}"],
        "updates": ["bad"],
        "guide": {name: f"front {name} {LINE}" for name in ("title", "publisher", "date")},
    }
    index = (folder / "docs/guide/index.md").read_text("utf-8").split("---\n", 2)[2]
    write(folder, "docs/guide/index.md", f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{index}\n{MARKDOWN}")
    rules = (folder / "docs/guide/rules.md").read_text("utf-8")
    write(folder, "docs/guide/rules.md", rules.replace("A loan lasts four weeks.", f"A loan.\n\n{MARKDOWN}\n"))
    assert problems_of(folder) == []
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


HANDLERS = """() => [...document.querySelectorAll("*")]
  .flatMap((one) => one.getAttributeNames().filter((name) => /^on|^srcdoc$/.test(name)))"""
PROTOCOLS = """() => [...document.querySelectorAll("a[href]")]
  .map((one) => new URL(one.getAttribute("href"), document.baseURI).protocol)"""
CLICK = "() => document.querySelectorAll('article input, article button').forEach((one) => one.click())"
ASKING = [f"hostile/{node}.html" for node in ("list", "some", "end")]
# The pages of former names redirect by themselves: one of a tree, one of a node, and one of both.
REDIRECTS = ["former/index.html", "former/former-list.html", "hostile/former-end.html"]
ANSWERS = ["", "#q=two&list=met", "#q=one&list=unmet", "#q=two&list=unmet&some=one.two"]


def test_no_text_of_the_language_runs_or_loads_anything(hostile: Path, browser: Browser) -> None:
    shown = set(Site(hostile / "site").shown)
    assert {"hostile/index.html", "hostile/list.html", "review/hostile.html"} <= shown
    with serve(hostile / "site") as base:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        dialogs: list[Dialog] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog))  # stays open, so that the test ends
        page.add_init_script("window.print = () => {}; navigator.clipboard.writeText = async () => {};")
        log = Log(page)
        answers_got: list[Response] = []
        context.on("response", lambda answer: answers_got.append(answer))
        for path in sorted(shown):
            for fragment in ANSWERS if path in ASKING else [""]:
                page.goto(base + path + fragment)
                nothing_runs_on(page, path)
        for path in REDIRECTS:
            page.goto(base + path)
            page.wait_for_url(lambda url: "former" not in url)
            assert page.evaluate("window.hacked") is None, path
        page.goto(base + "hostile/index.html")
        for _ in range(3):
            page.locator("article .gt-button, article .gt-answer a, article .gt-action a").first.click()
        assert page.url == base + "hostile/end.html#q=one&list=met"
        page.goto(base + "index.html")
        for words in ("onerror hacked", "<script>", "front keyword", "shows as"):
            search(page, words)
            assert page.evaluate("window.hacked") is None
        assert (dialogs, log.outside(base), context.pages) == ([], [], [page])
        missing = [answer.url for answer in answers_got if answer.status >= 400]
        assert [url for url in missing if not url.endswith("/favicon.ico")] == []
        assert [line for line in log.complaints if "Failed to load resource" not in line] == []
        context.close()


def nothing_runs_on(page: BrowserPage, path: str) -> None:
    """On a page that has just been opened, and when all that it offers has been clicked."""
    assert page.evaluate(HANDLERS) == [], path
    with suppress(Error):  # a button may lead to another page
        page.evaluate(CLICK)
    page.wait_for_load_state()
    assert page.evaluate("window.hacked") is None, path
    links = page.evaluate(PROTOCOLS)
    own = {"blob:"} if path == "share.html" else set()  # the codes to download are made on their page
    assert set(links) <= {"http:", "https:", "mailto:", "tel:", *own}, path


REDIRECT = "html head meta meta meta meta link script noscript meta title body main h1 p a"
SCRIPT = 'location.replace(document.querySelector("link").href + location.hash)'


def test_a_redirect_has_its_own_elements_and_script_only(hostile: Path) -> None:
    site = Site(hostile / "site")
    redirects = set(site.pages) - set(site.shown)
    assert {"former/list.html", "hostile/former-q.html", "said/index.html", *REDIRECTS} <= redirects
    for path in redirects:
        page = site.pages[path]
        assert [element.tag for element in page.all("//*")] == REDIRECT.split(), path
        assert page.text("//script") == SCRIPT, path
        names = {name for element in page.all("//*") for name in element.attrib}
        assert names == {"lang", "charset", "name", "content", "rel", "href", "http-equiv"}, path
        (refresh,) = page.all("//meta[@http-equiv='refresh']/@content")
        targets = [str(refresh).partition("url=")[2], *page.all("//link/@href"), *page.all("//a/@href")]
        assert {page.target(str(target)) for target in targets} <= set(site.shown), path


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_text_of_the_language_shows_as_it_is_written(hostile: Path) -> None:
    site = Site(hostile / "site")
    shown = "\n".join(folded(str(page.tree.text_content())) for page in site.pages.values())
    marks = [(f"{table.kind} {key.name}", key.read) for table in TABLES for key in table.keys]
    lines = [mark for mark, read in marks if read is parse.line and mark.split()[-1] not in REAL_VALUES]
    given = {"an answer answer", "an answer among several answer", "a checklist's item item"}
    unseen = {*given, "a scenario outcome", "a case to"}
    assert [mark for mark in lines if mark not in unseen and f"{mark} {LINE}" not in shown] == []
    texts = [mark for mark, read in marks if read is parse.text]
    assert len(texts) >= 6
    assert [mark for mark in texts if mark not in shown] == []
    for words in (f"one {LINE}", f"a {LINE}", f"front title {LINE}", f"front keyword {LINE}", *AS_CODE):
        assert folded(words) in shown, words


LINKS = [payload for payload in PAYLOADS if re.search(r"script:|data:|onclick|<", payload)]


@pytest.mark.parametrize("payload", LINKS)
def test_hostile_markdown_is_refused_or_a_text(payload: str) -> None:
    found = render_author_markdown(f"Word {payload}", lambda _: None)
    assert not re.search(r"<(?!/?(?:p|a|code|em|strong|img)\b)", found.html)
    assert not re.search(r"<[^>]*\ssrc=", found.html)
    assert not re.search(r"<[^>]*\son\w+=", found.html)
    assert not re.search(r"href=\"(?!https?:|mailto:|tel:)", found.html)


REFUSED = {
    "url": [
        f"javascript:{RUN}",
        'https://a.b/"onclick=x',
        "data:text/html,x",
        "//a.b",
        "https://a.b/ x",
        "https://.",
        "https://a.b/<script>",
        "JAVASCRIPT:x//https://a.b",
        "https://\u202ea.b",
    ],
    "email": ["a@b", 'a@b.c"onclick=x', "<a@b.c>", "a b@c.d", "a@b.c d"],
    "phone": ["tel:1234", '1234"x', "+45 <b>", "javascript", "1" * 40, "+"],
    "checked": ["2026-11-24x", "0000-00-00", "<b>", "２０２６-11-24"],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, some in REFUSED.items() for value in some])
def test_addresses_and_numbers_of_another_form_are_refused(root: Path, key: str, value: str) -> None:
    desk = {"name": "The desk", "url": "https://library.example/"} | {key: value}
    write(root, "decision_trees/contacts.yml", json.dumps({"desk": desk}, ensure_ascii=False))
    lines = problems_of(root)
    assert any(f": {key}: " in line or "cannot be seen" in line for line in lines)
    assert all(line.isprintable() for line in lines)


GUIDES = {
    "<script>alert(1)</script>": "holds <script>",
    "<img src=x onerror=y>": "holds the attribute 'onerror'",
    "a\n{: onclick=y }": "holds the attribute 'onclick'",
    "[x](javascript:y)": "begins with 'javascript:'",
    "[x](&#106;avascript:y)": "begins with 'javascript:'",
    "<a href='java\tscript:y'>x</a>": "begins with",
    "[x](data:text/html,y)": "begins with 'data:'",
    "<svg onload=y>": "holds <svg>",
    "<iframe src=x></iframe>": "<iframe>",
    "<b style='background:url(//x)'>y</b>": "holds the attribute 'style'",
    "![x](https://a.b/c.png)": "another host",
    "![x](//a.b/c.png)": "another host",
    "<!--><img src=x onerror=y>-->": "holds an odd comment",
    "<form action=x>": "holds <form>",
    "<style>a</style>": "holds <style>",
    "<base href=x>": "holds <base>",
    "<meta http-equiv=refresh>": "holds <meta>",
    "<?x ><b onclick=y>?>": "holds",
    "x <title><!--</title>": "holds <title>",
}


@pytest.mark.parametrize("text", GUIDES)
def test_a_page_of_the_guide_holds_nothing_that_runs(root: Path, text: str) -> None:
    write(root, "docs/guide/more.md", f"# More {{ #more }}\n\n{text}\n")
    lines = problems_of(root)
    assert any(GUIDES[text] in line for line in lines), lines
    assert all(line.startswith("docs/guide/more.md:") for line in lines)
