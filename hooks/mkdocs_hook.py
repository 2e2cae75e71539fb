"""The hook that mkdocs.yml names: it gives MkDocs the events of the adapter.

MkDocs can import from a hook's folder only while it loads the hook, so everything is imported here.
"""

from guidetrees_mkdocs.plugin import GuideTrees

_plugin = GuideTrees()

on_startup = _plugin.on_startup
on_config = _plugin.on_config
on_files = _plugin.on_files
on_env = _plugin.on_env
on_serve = _plugin.on_serve
