/* The frame: what the theme leaves to the mouse, and what differs in a page of others. In any theme but for the last
   part, which is Material's. */

const { dataset: said } = document.currentScript;

document.documentElement.classList.add(self === top ? "gt-searches" : "gt-framed");

function content() {
  return document.querySelector("article") ?? document.querySelector("main, [role=main]") ?? document.body;
}

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
  content().append(line);
}

document.addEventListener("DOMContentLoaded", () => {
  if (self === top) return;
  for (const link of content().querySelectorAll("a[href]:not(svg a)")) {
    const web = link.protocol.startsWith("http") && link.host !== location.host;
    const path = link.getAttribute("href").replace(/^(\.\.\/)*/, "");
    if (web || path.startsWith(`${said.guide}/`)) inOwnWindow(link);
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

/* Where the theme `mkdocs` has no search of its own, its key for one opens the engine's. */
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("#mkdocs_search_modal.gt-stands-in")?.addEventListener("show.bs.modal", (event) => {
    event.preventDefault();
    document.getElementById("search-open")?.click();
  });
});

document.addEventListener("DOMContentLoaded", () => {
  const drawer = document.getElementById("__drawer");
  if (!drawer) return;
  const menu = document.querySelector(".md-sidebar--primary");

  /** In place of the label of the hidden box, the button that it looks like. The theme's style knows it by `for`. */
  function asButton() {
    const label = document.querySelector(`.md-header__button[for=${drawer.id}]`);
    const button = document.createElement("button");
    for (const { name, value } of label.attributes) button.setAttribute(name, value);
    button.type = "button";
    button.append(...label.childNodes);
    label.replaceWith(button);
    const sync = () => button.setAttribute("aria-expanded", drawer.checked);
    drawer.addEventListener("change", sync);
    sync();
    return button;
  }

  function close() {
    if (drawer.checked) drawer.click();
  }

  /* Opened, the menu takes the focus; Escape gives it back. It closes when the focus goes on to the rest of the page. */
  const button = asButton();
  button.addEventListener("click", () => {
    drawer.click();
    if (drawer.checked) menu.querySelector("a[href]").focus();
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return;
    close();
    button.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) close();
  });

  // A link in the menu closes it, also one to a section of the same page.
  menu.addEventListener("click", ({ target }) => {
    if (target.closest("a[href]")) close();
  });

  /* The theme listens to keys at the window: there, a single letter jumps to another page, wherever the reader is. In
     its own search, they move among the results. */
  document.addEventListener("keydown", (event) => {
    if (!event.target.closest(".md-search")) event.stopPropagation();
  });
});

/* What the theme's script does for such pages, where it is left out: wide tables and code scroll, and the header and the
   list of the page's sections say where the reader is. */

/** A table that may be wider than its column scrolls in a box of its own. */
function boxed(table) {
  const box = document.createElement("div");
  box.className = "md-typeset__scrollwrap";
  const inner = document.createElement("div");
  inner.className = "md-typeset__table";
  box.append(inner);
  table.replaceWith(box);
  inner.append(table);
}

/** Code that is wider than its column takes the focus, so that arrow keys move it. */
function reachable({ target }) {
  if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
  else target.removeAttribute("tabindex");
}

/** The lists of the page's contents (in the column and in the menu): links, each with its section. */
function contents() {
  const section = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const pairs = (list) => [...list.querySelectorAll(".md-nav__link")].map((link) => [link, section(link)]);
  return [...document.querySelectorAll("[data-md-component=toc]")].map((list) => pairs(list).filter((pair) => pair[1]));
}

/** Marks the sections that begin above a line across the window: the last of them is the one that is read. */
function mark(sections, line) {
  const read = sections.filter(([, section]) => section.getBoundingClientRect().top < line).length;
  sections.forEach(([link], number) => {
    link.classList.toggle("md-nav__link--passed", number < read);
    link.classList.toggle("md-nav__link--active", number === read - 1);
  });
}

function followReader() {
  const header = document.querySelector(".md-header");
  const title = header.querySelector(".md-header__title");
  const main = document.querySelector(".md-main");
  const heading = document.querySelector(".md-content h1");
  const lists = contents();
  const show = () => {
    const edge = header.offsetHeight;
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    header.classList.toggle("md-header--shadow", main.getBoundingClientRect().top <= edge);
    title.classList.toggle("md-header__title--active", heading?.getBoundingClientRect().bottom < edge);
    for (const sections of lists) mark(sections, atEnd ? innerHeight : edge + 32);
  };
  let waits = false;
  const soon = () => {
    if (!waits) requestAnimationFrame(() => ((waits = false), show()));
    waits = true;
  };
  for (const event of ["scroll", "resize"]) addEventListener(event, soon, { passive: true });
  soon(); // not now: the page is laid out for it
}

document.addEventListener("DOMContentLoaded", () => {
  if (!("alone" in said)) return;
  document.querySelectorAll(".md-content table:not([class])").forEach(boxed);
  const sizes = new ResizeObserver((entries) => entries.forEach(reachable));
  document.querySelectorAll("pre > code").forEach((code) => sizes.observe(code));
  followReader();
});

/* On paper nothing is folded, and a place that is folded opens when it is gone to. */
addEventListener("beforeprint", () => {
  if ("alone" in said) document.querySelectorAll(".md-content details").forEach((more) => (more.open = true));
});

addEventListener("hashchange", () => {
  const folded = "alone" in said && document.getElementById(location.hash.slice(1))?.closest("details:not([open])");
  if (folded) folded.open = true;
});
