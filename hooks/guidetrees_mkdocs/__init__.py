"""The MkDocs adapter: gives MkDocs the engine's pages, and publishes only whole sites.

Modules, in the order of a build:

    plugin          the events of one process: reads and checks the project, adds the plugins of one build
    problems_site   what a preview builds in place of a site with problems
    hosts           the themes of the pages
    theme_files     what pages need of the settings and the theme
    theme_templates what a build reads of the theme's templates
    frame           what is around the content of pages, whatever the theme makes
    docs_pages      the pages of docs/
    tree_pages      the pages that the engine makes
    other_plugins   what other plugins say of these
    site_search     the site's own search, where it is listed
    csp_plugin      the Content-Security-Policy in every page
    atomic_publish  the new site takes the place of the former one
    preview         the server of `mkdocs serve`
"""
