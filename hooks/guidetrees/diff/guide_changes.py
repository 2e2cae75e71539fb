"""What has changed in the guide's words, and which nodes quote it. The site's own wording does not count."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.diff.changes import Comparison, Lines
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import NodeRef
from guidetrees.parse.guide import GuidePage
from guidetrees.parse.html_tree import paragraphs
from guidetrees.project.references import cited, readable_nodes


def page_changes(comparison: Comparison, path: str) -> Lines:
    """The changes of the page of the guide at `path`."""
    before, now = comparison.versions.before.pages.get(path), comparison.versions.now.pages.get(path)
    if before and now:
        titles = comparison.text("title", before.title, now.title)
        return [*titles, *comparison.text("text", _text(before), _text(now))]
    page = now or before
    assert page
    name = f"{comparison.words['diff_page']} {comparison.now.quoted(page.title)}"
    return [comparison.new_or_gone(name, is_new=before is None)]


def _text(page: GuidePage) -> str:
    """All that can be quoted of a page, once, as paragraphs of plain text."""
    pieces = [section.html for section in page.sections.values() if not section.above]
    return "\n\n".join(text for piece in pieces for text in paragraphs(piece))


def quoting_nodes(versions: Versions, path: str) -> Iterator[NodeRef]:
    """The current nodes that quote a section of the page whose words have changed."""
    page = versions.now.pages.get(path)
    sections = {f"{path}#{id}": section for id, section in (page.sections if page else {}).items()}
    former = {reference: versions.before.section(reference) for reference in sections}
    changed = {name for name, was in former.items() if was and was.html != sections[name].html}
    for tree in versions.now.trees.values():
        nodes = (node for node in readable_nodes(tree) if changed.intersection(cited(node)))
        yield from (NodeRef(tree.id, str(node.id)) for node in nodes)
