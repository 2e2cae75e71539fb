"""Decision trees in YAML, turned into Markdown pages that carry the words of the guide they rest on.

A project goes one way through the modules:

    source   files → YAML values that know their place
    parse    values → the model (trees, contacts, updates), by the tables in `language`
    guide    docs/guide/*.md → the sections that trees quote
    check    the rules over the whole project → problems
    graph    trees → edges, trails
    overview a tree as a whole → its outline, the pictures it is drawn in, the ways through it
    render   trees → pages and assets
    frame    what the site builder makes around a page, once for all pages of a tree → whole pages
    entries  pages → what search knows of them
    postings entries → the small files that a search in the browser reads
    publish  pages and frames → the site's files, written while others are made
    portable the project → Markdown and files for any site builder

Nothing here knows MkDocs: `hooks/mkdocs_hook.py` asks it for frames, and hands over the pages that fill them.
"""
