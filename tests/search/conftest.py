"""The browser that searches small sites."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from browser import Complaints
from playwright.sync_api import Browser
from small_searches import Find, write_site

from guidetrees.search.documents import Document


@pytest.fixture(scope="module")
def find(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Find]:
    """Calls the search in a browser: the results on a site with these documents, for each query."""
    page = browser.new_page()
    complaints = Complaints(page)
    folders = count()
    parent = tmp_path_factory.mktemp("searches")

    def call(documents: list[Document], *queries: str, **how: Any) -> list[Any]:
        folder = write_site(parent / str(next(folders)), documents, **how)
        page.goto(f"{folder.as_uri()}/index.html")
        result = page.evaluate("(all) => Promise.all(all.map((one) => guidetreesSearch.find(one)))", list(queries))
        assert complaints.complaints == []
        return list(result)

    yield call
    page.close()
