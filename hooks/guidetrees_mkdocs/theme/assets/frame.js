/* The frame: what the theme leaves to the mouse, and a search that works only when someone searches. */

const { src, dataset: said } = document.currentScript;
// Before anything is seen: in a page of others the search is left away with the frame.
if (self === top) document.documentElement.classList.add("site-searches");

const [INDEX, READY, QUERY, RESULT] = [0, 1, 2, 3]; // the theme's messages

/** In place of the theme's worker, which reads the whole site as soon as a page opens: the theme's messages, answered
    by the engine's search. That is loaded when the field gets the focus, and reads what a query needs. */
class Search extends EventTarget {
  static all = [];

  constructor() {
    super();
    Search.all.push(this);
  }

  start() {
    this.engine ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => resolve(window.guidetreesSearch);
      script.onerror = reject;
      script.src = new URL("guidetrees/search.js", src);
      document.head.append(script);
    }).finally(() => this.tell(READY));
  }

  /** Only the latest query matters: who types on is answered when the search has caught up. */
  async postMessage({ type, data }) {
    if (type === INDEX && data.items) this.inDialog(data.items);
    if (type !== QUERY) return;
    this.query = data;
    const query = this.index ? unescaped(data.input) : data;
    const found = await this.find(query).catch(() => ({ items: [], said: said.searchFailed }));
    if (this.query !== data) return;
    this.tell(RESULT, this.index ? this.numbered(found) : found);
    if (found.said && !this.index) document.querySelector(".md-search-result__meta").textContent = found.said;
  }

  async find(query) {
    return (await this.engine).find(query);
  }

  tell(type, data) {
    const event = new MessageEvent("message", { data: { type, data } });
    this.dispatchEvent(event);
    this.onmessage?.(event);
  }

  /* Zensical's search is a dialog over the page (docs/decisions/0006). It hands its own index over, and is told of
     results as numbers of entries there, which may be new to it. */

  inDialog(index) {
    this.index = index;
    this.start();
  }

  numbered({ items }) {
    const shown = items.slice(0, MOST_IN_DIALOG).map(([best]) => ({ id: this.index.push(entry(best)) - 1, matches: [] }));
    return { items: shown, pagination: { total: shown.length } };
  }

  terminate() {}
}

const MOST_IN_DIALOG = 30;

function entry({ location, title, text }) {
  return { location: new URL(location, new URL("..", src)).href, title, text, path: [], tags: [] };
}

function unescaped(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

window.Worker = Search;

/** The policy lets no style in that a script writes, as Zensical's search does. The same text may be a sheet. */
ShadowRoot.prototype.appendChild = function (node) {
  if (node.localName !== "style") return Node.prototype.appendChild.call(this, node);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(node.textContent);
  this.adoptedStyleSheets = [...this.adoptedStyleSheets, sheet];
  return node;
};

/** A section that has moved is gone to at once; the note at its former place leads there too. */
function followMoved() {
  const now = document.getElementById(location.hash.slice(1))?.closest(".gt-moved p")?.querySelector("a");
  if (now) location.replace(now.href);
}

addEventListener("hashchange", followMoved);
document.addEventListener("DOMContentLoaded", followMoved);

/* In a page of others (a learning platform): the site's frame is left away by the style, and what leads out of the
   trees, to the guide or to other sites, leaves that page alone. */

function inOwnWindow(link) {
  link.target = "_blank";
  link.rel = "noopener";
}

/** The way out of the frame, to this page with its answers. */
function addWayOut() {
  const link = document.createElement("a");
  link.textContent = said.openWindow;
  inOwnWindow(link);
  const sync = () => (link.href = location.href);
  sync();
  // The answers change without a word to anyone, so the address is taken when the link is.
  for (const event of ["pointerenter", "focus", "click", "auxclick", "contextmenu"]) link.addEventListener(event, sync);
  const line = document.createElement("p");
  line.className = "open-window";
  line.append(link);
  document.querySelector("article").append(line);
}

document.addEventListener("DOMContentLoaded", () => {
  if (self === top) return;
  for (const link of document.querySelectorAll("article a[href]:not(svg a)")) {
    const web = link.protocol.startsWith("http") && link.host !== location.host;
    if (web || /^(\.\.\/)*guide\//.test(link.getAttribute("href"))) inOwnWindow(link);
  }
  addWayOut();
});

/** What links to a heading is for the mouse; who hears it, hears where it leads. */
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll(".headerlink")) {
    const title = [...link.parentElement.childNodes].map((node) => (node === link ? "" : node.textContent)).join("").trim();
    link.setAttribute("aria-label", said.linkTo.replace("{title}", () => title));
    link.removeAttribute("title");
    link.tabIndex = -1;
  }
});

document.addEventListener("DOMContentLoaded", () => {
  const search = document.getElementById("__search");
  const drawer = document.getElementById("__drawer");
  const phone = matchMedia("(max-width: 59.984375em)"); // where the theme hides the search behind an icon
  const field = document.querySelector(".md-search__input");
  const menu = document.querySelector(".md-sidebar--primary");

  /** In place of the label of a hidden box, the button that it looks like. The theme's style knows it by `for`. */
  function asButton(toggle) {
    const label = document.querySelector(`.md-header__button[for=${toggle.id}]`);
    const button = document.createElement("button");
    for (const { name, value } of label.attributes) button.setAttribute(name, value);
    button.type = "button";
    button.append(...label.childNodes);
    button.addEventListener("click", () => toggle.click());
    label.replaceWith(button);
    const sync = () => button.setAttribute("aria-expanded", toggle.checked);
    toggle.addEventListener("change", sync);
    sync();
    return button;
  }

  function close(toggle) {
    if (toggle.checked) toggle.click();
  }

  /** What is open closes when the focus goes on to the rest of the page. */
  function closeBehind(element, toggle) {
    element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !element.contains(relatedTarget)) close(toggle);
    });
  }

  /** Opened, the menu takes the focus; Escape gives it back. */
  function menuByKeyboard(button) {
    button.addEventListener("click", () => {
      if (drawer.checked) menu.querySelector("a[href]").focus();
    });
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !drawer.checked) return;
      close(drawer);
      button.focus();
    });
    closeBehind(menu, drawer);
  }

  let used = new URLSearchParams(location.search).has("q"); // the theme's search in the address

  /** The theme opens the search for the focus, which Tab brings by the way. It stays closed until it is used. */
  function openByUse(area, button) {
    search.addEventListener("click", (event) => {
      if (search.checked && !used) event.preventDefault();
    });
    search.addEventListener("change", () => (used = search.checked));
    area.addEventListener("pointerdown", () => (used = true));
    button.addEventListener("click", () => (used = true), { capture: true });
    for (const use of ["input", "click"]) field.addEventListener(use, open);
  }

  function open() {
    used = true;
    if (!search.checked) search.click();
  }

  /** Closed behind its icon, the field is no stop on the way through the page; opened, it takes the focus. */
  function searchByKeyboard(button) {
    button.addEventListener("click", () => {
      if (search.checked) field.focus();
    });
    const sync = () => {
      field.tabIndex = phone.matches && !search.checked ? -1 : 0;
    };
    search.addEventListener("change", sync);
    phone.addEventListener("change", sync);
    sync();
    const area = document.querySelector(".md-search");
    openByUse(area, button);
    area.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && phone.matches) setTimeout(() => button.focus());
    });
    closeBehind(area, search);
    reachable(area.querySelector(".md-search-result__list"));
  }

  /** The theme takes its results out of the way of Tab as it makes them. */
  function reachable(list) {
    const links = () => list.querySelectorAll("a[tabindex]");
    new MutationObserver(() => links().forEach((link) => link.removeAttribute("tabindex"))).observe(list, {
      childList: true,
      subtree: true,
    });
  }

  /* The theme listens at the window: there, a single letter jumps to the search or to another page, wherever the
     reader is, and Tab throws the search away before its results are reached. It gets to see the keys that do
     neither. */
  const THEMES_KEYS = ["Escape", "Enter", "ArrowUp", "ArrowDown"];

  document.addEventListener("keydown", (event) => {
    if (!THEMES_KEYS.includes(event.key) && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  });

  menuByKeyboard(asButton(drawer));
  const searchButton = asButton(search);
  if (!field) return; // another builder's box
  searchByKeyboard(searchButton);

  // The front page's way to search: without script, and in a page of others, it leads to the list from A to Z.
  document.querySelector(".front-search")?.addEventListener("click", (event) => {
    if (field.closest(".gt-framed")) return;
    event.preventDefault();
    open();
    field.focus();
  });

  const wake = () => Search.all.forEach((search) => search.start());
  field.addEventListener("focus", wake);
  if (document.activeElement === field) wake(); // the theme has opened it, for a search in the address
});
