"""Decision trees in YAML → Markdown pages with the words of the guide that they are based on.

Data passes through the packages in this order, in which they may import each other:

    messages  the texts of the site by language
    source    files → YAML values with their locations
    parse     values and Markdown → the model: trees, contacts, updates, the guide
    graph     the model → edges, outlines, paths, reachability
    project   all files of a project, and queries about them (references, URLs, coverage)
    check     the rules → problems
    render    a project without problems → pages and assets
    search    pages → the search index
    publish   pages and page shells → a site folder, or a project for other site builders
    diff      two versions of a project → a report of the changes
    tools     schema, new trees, link check, export, releases
    cli       the commands

The engine knows no site builder and no theme. `mkdocs_hook` and `guidetrees_mkdocs` connect it with MkDocs.
"""

__version__ = "0.1.0"
