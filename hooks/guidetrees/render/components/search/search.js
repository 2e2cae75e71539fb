/* The way to the search, on every page: it loads the search's style and script when someone opens it. Without script it
   is a link to the list from A to Z, and so it is where the search cannot be loaded. */

const searchControl = document.getElementById("search-open");
const searchFolder = new URL(".", document.currentScript.src);
let searchLoading;

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(make(tag), attributes, { onload: resolve, onerror: reject }));
  });
}

async function openSearch(event) {
  event?.preventDefault();
  let typed = ""; // until there is a field to type in
  const keep = ({ key, ctrlKey, metaKey }) => (typed += key.length > 1 || ctrlKey || metaKey ? "" : key);
  document.addEventListener("keydown", keep);
  try {
    await (searchLoading ??= Promise.all([
      load("link", { rel: "stylesheet", href: `${searchFolder}search.css` }),
      load("script", { src: `${searchFolder}search.js` }),
    ]));
    guidetreesSearch.open(typed);
  } catch {
    location.href = searchControl.href;
  }
  document.removeEventListener("keydown", keep);
}

/** The words of a search are in the state of the page's entry in the history, for those who come back to it. */
function reopenSearch({ state }) {
  if (state?.search) openSearch();
}

function onSearchKey(event) {
  const { key, target, ctrlKey, metaKey } = event;
  const isShortcut = key === "k" && (ctrlKey || metaKey) && !target.matches("input, textarea, select");
  if (isShortcut || (key === " " && target === searchControl)) openSearch(event);
}

// In a page of others there is no search.
if (searchControl && self === top) {
  searchControl.setAttribute("role", "button");
  searchControl.setAttribute("aria-haspopup", "dialog");
  searchControl.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  document.addEventListener("click", (event) => {
    if (event.target.closest("#search-open, .opens-search")) openSearch(event);
  });
  document.addEventListener("keydown", onSearchKey);
  addEventListener("popstate", reopenSearch);
  reopenSearch(history);
}
