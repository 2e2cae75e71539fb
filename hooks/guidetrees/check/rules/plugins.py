"""The rule on other plugins of the site builder: what one cannot do beside the trees is said at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import about, say
from guidetrees.project.options import named_entries
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, cited
from guidetrees.source.foreign_yaml import Setting
from guidetrees.source.location import Problem

MACRO = re.compile(r"\{\{|\{%")
"""Begins what the plugin `macros` replaces, where nobody has chosen other signs."""


@shown_by("""
# mkdocs.yml
  site_name: The library
  extra:
    guidetrees:
      owner: The library
      feedback: desk@library.example
      accessibility_statement: https://library.example/accessibility
- plugins: [guidetrees, i18n]
+ plugins: [guidetrees, redirects]
""")
def plugins_fit(project: Project) -> Iterator[Problem]:
    """Every other plugin of the site builder works beside the trees."""
    for name, options in named_entries(project.settings.written.at("plugins")):
        if name.text == "i18n":
            fault = say(
                "i18n: it builds the site once for each language, and trees are in one: delete it, and build each "
                "language with a file of settings of its own"
            )
            yield Problem(name.location, about("plugins", fault))
        if name.text == "glightbox" and project.settings.policy:
            fault = say(
                "glightbox: the policy of pages forbids the script and the style that it writes into them: delete "
                "it, or write `policy: false` under `{options}:`",
                options=project.settings.options,
            )
            yield Problem(name.location, about("plugins", fault))
        if name.text == "macros":
            yield from _quoted_macros(project, options)


def _quoted_macros(project: Project, options: Setting) -> Iterator[Problem]:
    """The sections that trees quote as they are written, and that another plugin makes something else of."""
    by_default = options.at("render_by_default")
    if by_default and not by_default.is_true:
        return
    for reference in dict.fromkeys(str(name) for _, node in all_nodes(project) for name in cited(node)):
        section = project.section(reference)
        if section and MACRO.search(section.html):
            fault = say(
                "trees quote this section as it is written, and it has a macro ({signs}): write what that says",
                signs="{{ … }}",
            )
            yield Problem(section.location, fault)
