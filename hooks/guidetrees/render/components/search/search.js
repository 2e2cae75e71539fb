/* The way to the search, on every page: it loads the search's script and style when someone opens it. Without script it
   is a link to the list from A to Z, and so it is where the search cannot be loaded. */

const searchControl = document.getElementById("search-open");
const searchFolder = new URL(".", document.currentScript.src);
let searchLoading;

/** Loads a script or a style of the search. */
function loadForSearch(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

function loadSearch() {
  const style = loadForSearch("link", { rel: "stylesheet", href: new URL("search.css", searchFolder) });
  const script = loadForSearch("script", { src: new URL("search.js", searchFolder) });
  return Promise.all([style, script]);
}

async function openSearch() {
  try {
    await (searchLoading ??= loadSearch());
  } catch {
    location.href = searchControl.href;
    return;
  }
  window.guidetreesSearch.open();
}

/** The words of a search are in the state of the page's entry in the history, for those who come back to it. */
function reopenSearch({ state }) {
  if (state?.search) openSearch();
}

function isPlain({ ctrlKey, metaKey, shiftKey, altKey }) {
  return !ctrlKey && !metaKey && !shiftKey && !altKey;
}

// In a page of others there is no search: docs/decisions/0019.
if (searchControl && self === top) {
  searchControl.setAttribute("role", "button");
  searchControl.setAttribute("aria-haspopup", "dialog");
  searchControl.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  searchControl.addEventListener("keydown", (event) => {
    if (event.key === " ") event.preventDefault();
    if (event.key === " ") openSearch();
  });
  document.addEventListener("click", (event) => {
    if (!isPlain(event) || !event.target.closest?.("#search-open, .opens-search")) return;
    event.preventDefault();
    openSearch();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (event.target.matches?.("input, textarea, select") && !event.target.closest("dialog")) return;
    event.preventDefault();
    openSearch();
  });
  addEventListener("popstate", reopenSearch);
  reopenSearch(history);
}
