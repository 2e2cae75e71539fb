/* The frame: what the theme leaves to the mouse, and a search that works only when someone searches. */

/** In place of the theme's worker: it reads the whole index as soon as a page opens, from a folder even in the
    page's own time. Here it is started when the search gets the focus, and then told what it missed. */
class Waiting extends EventTarget {
  static Real = window.Worker;
  static all = [];

  constructor(...address) {
    super();
    // Zensical's search is a dialog of its own, with no field before it is opened (docs/decisions/0006).
    if (!document.querySelector(".md-search__input")) return new Waiting.Real(...address);
    this.address = address;
    this.missed = [];
    Waiting.all.push(this);
  }

  postMessage(message) {
    if (this.real) this.real.postMessage(message);
    else this.missed.push(message);
  }

  start() {
    if (this.real) return;
    this.real = new Waiting.Real(...this.address);
    this.real.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
    for (const message of this.missed) this.real.postMessage(message);
  }
}

window.Worker = Waiting;

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

const openWindow = document.currentScript.dataset.openWindow;

function inOwnWindow(link) {
  link.target = "_blank";
  link.rel = "noopener";
}

/** The way out of the frame, to this page with its answers. */
function addWayOut() {
  const link = document.createElement("a");
  link.textContent = openWindow;
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
  if (!field) return;
  searchByKeyboard(searchButton);

  const wake = () => Waiting.all.forEach((worker) => worker.start());
  field.addEventListener("focus", wake);
  if (document.activeElement === field) wake(); // the theme has opened it, for a search in the address
});
