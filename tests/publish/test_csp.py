"""The policy of pages: it names the scripts that browsers run, as far as they are the theme's and the engine's."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from helpers import script_hashes
from playwright.sync_api import Browser
from site_reader import Site

from guidetrees.parse.html_tree import inline_scripts
from guidetrees.publish.csp import KnownScripts, csp, csp_header, with_policy

# The pages of this site


def test_every_page_carries_its_policy_before_all_that_it_is_about(site: Site) -> None:
    for page in site.pages.values():
        text = (site.folder / page.path).read_text("utf-8")
        (meta,) = page.all("//meta[@http-equiv='Content-Security-Policy']")
        assert meta.get("content") == csp(script_hashes(text)), page.path
        before, _, _ = text.partition('<meta http-equiv="Content-Security-Policy"')
        assert not re.search("<(script|link|style|img|body)", before), page.path


def test_the_policy_allows_nothing_by_name_and_no_one_else(site: Site) -> None:
    sent = re.findall(
        r'Content-Security-Policy "([^"]*)"', (site.folder / "hosting/nginx-headers.conf").read_text("utf-8")
    )
    every = set().union(
        *(script_hashes((site.folder / page.path).read_text("utf-8")) for page in site.pages.values())
    )
    assert sent == [csp(every)]
    assert csp_header(every) == f"{sent[0]}; frame-ancestors 'self'"
    assert "unsafe" not in sent[0] and "*" not in sent[0] and "http" not in sent[0]
    assert len(every) == 2, "the frame's and that of redirects"


def test_no_page_has_what_the_policy_would_stop(site: Site) -> None:
    for page in site.pages.values():
        assert page.all("//*[@style] | //style | //iframe | //object | //embed | //base") == [], page.path
        assert [a for e in page.all("//*") for a in e.attrib if str(a).startswith("on")] == [], page.path
        assert page.all("//*[starts-with(@href, 'javascript:')]") == [], page.path


# Which scripts are known


def test_scripts_are_known_by_their_text() -> None:
    known = KnownScripts()
    known.learn('<script>a("..")</script>')
    data = '<script type="application/json">{}</script>'
    page = f'<meta charset="utf-8"><script>a("..")</script><script src="b.js"></script>{data}'
    # echo -n 'a("..")' | openssl dgst -sha256 -binary | base64
    assert known.hashes(page) == {"'sha256-jblraJX0WdgOaJ1XRC0CTYi+WMLkCFjVrm9QEGDPtMc='"}
    assert known.hashes(page) == script_hashes(page)
    assert known.hashes('<SCRIPT TYPE=module>a("..")</SCRIPT>') == known.hashes(page)
    assert with_policy(page, ()).startswith(
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="'
    )


def test_line_breaks_of_a_script_are_read_as_browsers_read_them() -> None:
    known = KnownScripts()
    known.learn("<script>\na\n</script>")
    assert known.hashes("<script>a</script>") == frozenset()
    assert known.hashes("<script>\r\na\r</script>") == known.hashes("<script>\na\n</script>")


@pytest.mark.parametrize("root", ['".."', '"."', '"../.."', '"/"', '"/a/b-c/"', '""'])
def test_a_script_may_know_how_deep_its_page_lies(root: str) -> None:
    known = KnownScripts()
    known.learn('<script>s=new URL(".",location)</script>')
    assert len(known.hashes(f"<script>s=new URL({root},location)</script>")) == 1


@pytest.mark.parametrize(
    "script",
    [
        's=new URL("https://outside.example/",location)',
        's=new URL("//outside.example/",location)',
        's=new URL("/\\\\outside.example/",location)',
        's=new URL(".",location);x()',
        "x()",
        "",
    ],
)
def test_a_script_that_the_theme_does_not_bring_is_in_no_policy(script: str) -> None:
    known = KnownScripts()
    known.learn('<script>s=new URL(".",location)</script>')
    for text in (
        f"<script>{script}</script>",
        f"</title><script>{script}</script>",
        f"</article><script>{script}",
    ):
        assert known.hashes(text) == frozenset()


def test_the_script_that_a_preview_adds_is_known_by_what_it_is_like() -> None:
    known = KnownScripts(reload=re.compile("reload\\([0-9]+\\)"))
    assert len(known.hashes("<script>reload(12)</script>")) == 1
    assert known.hashes("<script>reload(12);x()</script>") == frozenset()


# Where the policy stands

META = '\n<meta http-equiv="Content-Security-Policy" content="'


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ('<head>\r\n<meta charset="utf-8">', "<script>x</script>"),
        ("<head><title>é</title><META CHARSET=UTF-8 />", "<body>"),
        ('<head><!-- <meta charset="utf-8"> --><meta charset="utf-8">', "<body>"),
        ("<head><title><meta charset=utf-8></title><meta charset='utf-8'>", "<body>"),
    ],
)
def test_the_policy_follows_the_encoding(before: str, behind: str) -> None:
    once = with_policy(before + behind, ["'sha256-a'"])
    assert once.startswith(before + META) and once.endswith(f'">{behind}')
    assert with_policy(once, ["'sha256-a'"]) == once
    assert with_policy(once, ()) == with_policy(before + behind, ())


@pytest.mark.parametrize("page", ["<p>x</p>", "<body><p><meta charset=utf-8>", ""])
def test_a_page_that_does_not_say_its_encoding_has_none(page: str) -> None:
    assert with_policy(page, ()) == page


# What browsers run

SCRIPTS = {
    "plain": "<script>hit()</script>",
    "uppercase": "<SCRIPT TYPE=TEXT/JavaScript>hit()</SCRIPT>",
    "slash": "<script/>hit()</script>",
    "> in an attribute": "<script title='>'>hit()</script>",
    "quotes in quotes": """<script title='"'>hit()</script>""",
    "src in a value": '<script title="x src=y">hit()</script>',
    "data-src": "<script data-src=x>hit()</script>",
    "src": "<script src=x.js>hit()</script>",
    "empty src": "<script src>hit()</script>",
    "empty": "<script></script>",
    "blank": "<script> </script>",
    "line breaks": "<script>\r\nhit()\r</script>",
    "null": "<script>/*\0*/hit()</script>",
    "entity": "<script>hit('&amp;')</script>",
    "space in the end tag": "<script>hit()</script \n>",
    "attribute in the end tag": "<script>hit()</script x=y>",
    "unclosed": "<script>hit()",
    "end tag unclosed": "<script>hit()</script ",
    "end tag in a string": "<script>hit('</script>')</script>",
    "comment in a script": "<script><!--\nhit()\n//--></script>",
    "escaped script": "<script><!--<script></script>hit()</script>",
    "comment": "<!-- <script>hit()</script> -->",
    "comment that ends at once": "<!--><script>hit()</script> -->",
    "comment that ends oddly": "<!-- --!><script>hit()</script> -->",
    "declaration": "<!x <script>hit()</script>",
    "instruction": "<?x ?><script>hit()</script>",
    "other name": "<scripts>hit()</scripts><x:script>hit()</x:script>",
    "in an attribute": "<p title='<script>hit()</script>'>",
    "behind the page": "</body></html><script>hit()</script>",
    # Types
    "json": "<script type=application/json>hit()</script>",
    "json with an entity": "<script type='application&#47;json'>hit()</script>",
    "json behind a form feed": "<script\ftype=application/json\f>hit()</script>",
    "data-type": "<script data-type=application/json>hit()</script>",
    "first of two types": "<script type=application/json type=module>hit()</script>",
    "first of two types runs": "<script type=module type=application/json>hit()</script>",
    "no type": "<script type>hit()</script>",
    "empty type": "<script type='' language=vbscript>hit()</script>",
    "blank type": "<script type=' '>hit()</script>",
    "spaces around the type": "<script type=' text/javascript\n'>hit()</script>",
    "parameter of the type": "<script type='text/javascript;charset=utf-8'>hit()</script>",
    "old type": "<script type=text/jscript>hit()</script>",
    "language": "<script language=JavaScript>hit()</script>",
    "other language": "<script language=vbscript>hit()</script>",
    "module": "<script type=Module>hit()</script>",
    "spaces around module": "<script type=' module '>hit()</script>",
    "import map": '<script type=importmap>{"imports": {}}</script>',
    "speculation rules": '<script type=speculationrules>{"prefetch": []}</script>',
    "for another event": "<script for=a event=b>hit()</script>",
    # Elements around it
    "textarea": "<textarea><script>hit()</script></textarea>",
    "title": "<title><script>hit()</script></title>",
    "style": "<style><script>hit()</script></style>",
    "xmp": "<xmp><script>hit()</script></xmp>",
    "iframe": "<iframe><script>hit()</script></iframe>",
    "plaintext": "<plaintext><script>hit()</script>",
    "noscript": "<noscript><script>hit()</script></noscript>",
    "comment in noscript": "<noscript><!-- </noscript><script>hit()</script> -->",
    "template": "<template><script>hit()</script></template>",
    "shadow tree": "<div><template shadowrootmode=open><script>hit()</script></template></div>",
    "template in a template": "<template><div><template shadowrootmode=open><script>hit()</script></template>",
    "select": "<select><option><script>hit()</script></select>",
    "table": "<table><script>hit()</script><tr><td></table>",
    "object": "<object><script>hit()</script></object>",
    "misnested": "<b><p><script>hit()</b></script></p>",
    # SVG and MathML
    "svg": "<svg><script>hit(&quot;&quot;)</script></svg>",
    "svg with src": "<svg><script src=x.js>hit()</script></svg>",
    "svg with href": "<svg><script href=data:,>hit()</script></svg>",
    "svg with xlink:href": "<svg><script xlink:href=data:,>hit()</script></svg>",
    "svg with a language": "<svg><script language=vbscript>hit()</script></svg>",
    "svg with data": "<svg><script type=application/json>hit()</script></svg>",
    "svg that is closed": "<svg><script/></svg><script>hit()</script>",
    "svg in parts": "<svg><script>hit(<g>0</g>)</script></svg>",
    "svg with CDATA": "<svg><script><![CDATA[hit(0 < 1)]]></script></svg>",
    "svg unclosed": "<svg><script>hit()</svg>",
    "style in svg": "<svg><style><script>hit()</script></style></svg>",
    "html in svg": "<svg><foreignObject><script href=x>hit()</script></foreignObject></svg>",
    "html in a title of svg": "<svg><title><script>hit()</script></title></svg>",
    "math": "<math><script>hit()</script></math>",
    "html in math": "<math><mi><script>hit()</script></mi></math>",
}
"""Pages from their bodies on, and how they try to be read wrongly."""
POLICIES = ("free", "closed", "named")
"""No policy, one that allows no script, and one that allows those that the engine finds."""
LISTEN = """
    if (window.frameElement) {
        window.hit = () => top.ran.push(frameElement.name);
        document.addEventListener("securitypolicyviolation", event => {
            const ofScript = event.effectiveDirective.startsWith("script") && event.blockedURI === "inline";
            if (ofScript) top.stopped.push(frameElement.name);
        });
    }
"""
READ = """async pages => {
    window.ran = []; window.stopped = [];
    await Promise.all(Object.entries(pages).map(([name, srcdoc]) => new Promise(read => {
        const frame = Object.assign(document.createElement("iframe"), {name, srcdoc, onload: read});
        document.body.append(frame);
    })));
    await new Promise(done => setTimeout(done, 100));  // what is stopped is told later
    return [ran, stopped];
}"""


def page_under(policy: str, body: str) -> str:
    """A page with the body of a case, under one of POLICIES."""
    page = f"<!doctype html><html><head><meta charset=utf-8></head><body>{body}"
    known = KnownScripts()
    known.learn(page)
    return page if policy == "free" else with_policy(page, known.hashes(page) if policy == "named" else ())


def test_what_a_policy_names_is_what_a_browser_runs(browser: Browser) -> None:
    """A browser reads each case under each policy and says which scripts it runs and which the policy stops."""
    pages = {
        f"{policy}: {name}": page_under(policy, body) for name, body in SCRIPTS.items() for policy in POLICIES
    }
    context = browser.new_context()
    try:
        context.add_init_script(LISTEN)
        found = context.new_page().evaluate(READ, pages)
    finally:
        context.close()
    ran, stopped = (Counter[str](names) for names in found)
    for name, body in SCRIPTS.items():
        scripts = list(inline_scripts(page_under("free", body)))
        assert stopped[f"closed: {name}"] == len(scripts), name
        assert stopped[f"named: {name}"] == 0, name
        assert ran[f"named: {name}"] == ran[f"free: {name}"], name
        assert ran[f"closed: {name}"] == 0, name
    assert ran.total() > 60
