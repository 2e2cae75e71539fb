/* The box of the search: a dialog over the page, with a field and the results of what stands in it (engine.js).

   The results are a list of links, so it is no combobox, whose list may hold no links; the keys are those of one: the
   arrows go through the results, Enter opens one, any letter goes on in the field, Escape empties the field and then
   closes the box. The words are kept in the state of the page's entry in the browser's history, which is neither in its
   address nor sent anywhere: after Back they are there again. */

const SAVED_AFTER = 300; // milliseconds without a new letter: browsers limit how often the state may change
const STOPS = "[data-stop]"; // what the arrows go through
const site = new URL("../../", document.currentScript.src);

const field = make("input", { id: "search-query", type: "search", enterkeyhint: "search", autocomplete: "off" });
const status = make("div", { class: "gt-search__status", role: "status" });
const list = make("ol", { id: "search-results", class: "gt-search__results" });
const ways = make("div", { class: "gt-search__ways" });
const body = make("div", { class: "gt-search__body" }, status, list, ways);
const keys = make("p", { class: "gt-search__keys", id: "gt-search-keys" }, words.search_keys);
const dialog = make("dialog", { class: "gt gt-search", "aria-label": words.search_open }, bar(), body, keys);
const KEPT = "kept"; // how the box closes when it is kept for those who come back

let asked; // the query that was asked last
let saving;

function make(tag, attributes, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

function bar() {
  const close = make("button", { class: "gt-search__close", type: "button" }, words.search_close);
  close.addEventListener("click", () => dialog.close());
  const how = { placeholder: words.search, "aria-label": words.search, "aria-describedby": keys.id, "aria-controls": list.id };
  for (const [name, value] of Object.entries({ ...how, autocapitalize: "none", spellcheck: "false" })) field.setAttribute(name, value);
  return make("div", { class: "gt-search__bar", role: "search", "aria-label": words.search_open }, field, close);
}

/** An element with HTML. */
function filled(element, html) {
  element.innerHTML = html;
  return element;
}

/** A link from the site's root. */
function link(href, attributes, ...content) {
  return make("a", { ...attributes, href: new URL(href, site).href }, ...content);
}

/** Lets the arrows come to an element. */
function stop(element) {
  element.dataset.stop = "";
  return element;
}

/** `text` with its {parts} filled in: texts as they are, numbers as the language writes them. */
function say(text, parts) {
  const shown = (part) => (typeof part === "number" ? part.toLocaleString(document.documentElement.lang) : part);
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(parts[name]));
}

// What is found

/** Searches for what stands in the field, however it got there. Who goes on is not shown what came before. */
async function search() {
  const query = field.value;
  if (query === asked) return;
  asked = query;
  list.setAttribute("aria-busy", "true");
  const found = query.trim() ? await find(query).catch(() => null) : { groups: [], empty: true };
  if (query !== asked) return;
  if (!found) asked = undefined; // the next letter asks again
  show(found);
  list.setAttribute("aria-busy", "false");
}

function show(found) {
  status.replaceChildren(...sentences(found).map((text) => make("p", {}, text)));
  list.replaceChildren(...(found?.groups ?? []).map(result));
  ways.replaceChildren(...(found?.groups.length ? [] : waysOn(found)));
  body.scrollTop = 0;
}

function sentences(found) {
  if (!found) return [words.search_failed];
  if (found.empty) return [];
  if (!found.words) return [words.search_common];
  const { groups, all, instead } = found;
  const replaced = instead.map(({ word, shown }) => say(words.search_instead, { word, shown: shown.join(", ") }));
  const best = groups.length < all ? [say(words.search_best, { count: groups.length })] : [];
  return [...replaced, [...counts(found), ...best].join(" ")];
}

function counts({ words: asked, all, complete }) {
  if (!all) return [words.search_nothing];
  if (asked === 1) return [say(words.search_found, { count: all })];
  const some = all > complete ? [say(words.search_some, { count: all - complete })] : [];
  return [complete ? say(words.search_all, { count: complete }) : words.search_not_all, ...some];
}

/** A page: its title first, then what it is, a text, and its sections. */
function result({ location, title, kind, tree, text, because, sections, more }) {
  const name = stop(filled(link(location, { class: "gt-result__title" }), title));
  const about = [kind, tree === name.textContent ? "" : tree].filter(Boolean).join(" · ");
  const lines = [
    about && make("p", { class: "gt-result__kind" }, about),
    text && filled(make("p", { class: "gt-result__text" }), text),
    because && make("p", { class: "gt-result__because" }, say(words.search_because, { keyword: because })),
    sections.length && parts(sections, more),
  ];
  return make("li", { class: "gt-result" }, name, ...lines.filter(Boolean));
}

function parts(sections, more) {
  const entries = sections.map(({ location, title }) => make("li", {}, filled(link(location), title)));
  if (more) entries.push(make("li", {}, say(words.search_sections, { count: more })));
  return make("ul", { class: "gt-result__sections" }, ...entries);
}

/** For one who has found nothing, or has not begun: near words, the trees, the list from A to Z, and whom to ask. */
function waysOn(found) {
  const { trees, list, ask } = index;
  const near = (found?.nearest ?? []).map(nearWord);
  const named = trees.map(([title, href]) => link(href, {}, title));
  const others = [link(list, {}, words.look_up)];
  if (ask && !found?.empty) others.push(link(ask[1], {}, say(words.search_ask, { name: ask[0] })));
  return [[words.search_nearest, near], [words.all_trees, named], [words.search_else, others]]
    .filter(([, entries]) => entries.length)
    .map(([heading, entries]) => make("section", {}, make("h2", {}, heading), entryList(entries)));
}

function nearWord(word) {
  const button = make("button", { type: "button" }, word);
  button.addEventListener("click", () => put(word));
  return button;
}

function entryList(entries) {
  return make("ul", {}, ...entries.map((entry) => make("li", {}, stop(entry))));
}

function put(text) {
  field.value = text;
  field.focus();
  changed();
}

// Keys

function stops() {
  return [...body.querySelectorAll(STOPS)];
}

/** The place among the stops that has the focus, or of the result around it; -1 in the field. */
function place() {
  const here = document.activeElement;
  return stops().indexOf(here.closest(STOPS) ?? here.closest(".gt-result")?.querySelector(STOPS));
}

/** Moves the focus to a stop, or to the field in front of them. */
function move(to) {
  const target = to < 0 ? field : stops()[to];
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const { key, target } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "ArrowDown") move(place() + 1);
  else if (key === "ArrowUp" && target !== field) move(place() - 1);
  else if (key === "Enter" && target === field) move(0);
  else if (key === "Escape" && field.value) put("");
  else {
    if (target !== field && (key === "Backspace" || (key.length === 1 && key !== " "))) field.focus(); // which takes the key
    return;
  }
  event.preventDefault();
}

// Open and closed

function changed() {
  search();
  clearTimeout(saving);
  saving = setTimeout(save, SAVED_AFTER);
}

/** Keeps the words, and the place among the results, for those who come back to this page. */
function save() {
  clearTimeout(saving);
  history.replaceState({ ...history.state, search: dialog.open ? { query: field.value, place: place() } : undefined }, "");
}

/** Opens the box, with what was kept of it. */
async function open() {
  if (dialog.open) return;
  if (!dialog.isConnected) document.body.append(dialog);
  const { query = "", place = -1 } = history.state?.search ?? {};
  field.value = query;
  asked = undefined;
  dialog.showModal();
  field.focus();
  field.select();
  await search();
  if (place >= 0) move(place);
  save();
}

function closed() {
  if (dialog.returnValue !== KEPT) save();
  dialog.returnValue = "";
  if (document.activeElement === document.body) document.getElementById("search-open")?.focus({ preventScroll: true });
}

/** A link to a part of this page closes the box. One to another page leaves it as it is for those who come back. */
function onClick(event) {
  if (event.target === dialog) dialog.close(); // beside the box
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  save();
  if (link.hash && samePage(link)) dialog.close(KEPT);
}

function samePage({ href }) {
  return href.split("#")[0] === location.href.split("#")[0];
}

for (const name of ["input", "change", "compositionend"]) field.addEventListener(name, changed);
dialog.addEventListener("keydown", onKey);
dialog.addEventListener("click", onClick);
dialog.addEventListener("close", closed);
addEventListener("popstate", ({ state }) => {
  if (!state?.search && dialog.open) dialog.close();
});

window.guidetreesSearch = { take, find, open };
