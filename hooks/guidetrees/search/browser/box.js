/* The box of the search: a dialog over the page, with a field and the results of the query in it (engine.js).

   The results are a list of links, so it is no combobox, whose list may hold no links; the keys are those of one: the
   arrows go through the results, Enter opens one, any letter goes on in the field, Escape empties the field and then
   closes the box. The words are kept in the state of the page's entry in the browser's history, which is neither in its
   address nor sent anywhere: after Back they are there again. */

const SAVED_AFTER = 300; // milliseconds without a new letter: browsers limit how often the state may change
const STOPS = ".gt-result__title, section a, section button"; // what the arrows go through
const site = new URL("../../", document.currentScript.src);

const keys = make("p", { id: "gt-search-keys" }, words.search_keys);
const field = make("input", {
  id: "search-query",
  type: "search",
  placeholder: words.search,
  "aria-label": words.search,
  "aria-describedby": keys.id,
  autocomplete: "off",
  enterkeyhint: "search",
});
const close = make("button", { type: "button" }, words.search_close);
const bar = make("div", { class: "gt-search__bar", role: "search", "aria-label": words.search_open }, field, close);
const status = make("div", { role: "status" });
const list = make("ol", { id: "search-results" });
const ways = make("div", {});
const body = make("div", { class: "gt-search__body" }, status, list, ways);
const dialog = make("dialog", { class: "gt gt-search", "aria-label": words.search_open }, bar, body, keys);
const KEPT = "kept"; // how the box closes when it is kept for those who come back

let asked; // the query that was asked last
let saving;

function make(tag, attributes, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** A link from the site's root. */
function link(href, attributes, ...content) {
  return make("a", { ...attributes, href: new URL(href, site).href }, ...content);
}

/** `text` with its {parts} filled in: texts as they are, numbers as the language writes them. */
function say(text, parts) {
  const shown = (part) => (typeof part === "number" ? part.toLocaleString(document.documentElement.lang) : part);
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(parts[name]));
}

// What is found

/** Searches for the text in the field, however it got there. Only the results of the latest query are shown. */
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
  const name = link(location, { class: "gt-result__title" }, parsed(title));
  const item = make("li", { class: "gt-result" }, name);
  const line = (part, content) => content && item.append(make("p", { class: `gt-result__${part}` }, content));
  line("kind", [kind, tree === name.textContent ? "" : tree].filter(Boolean).join(" · "));
  line("text", text && parsed(text));
  line("because", because && say(words.search_because, { keyword: because }));
  const parts = sections.map(({ location, title }) => link(location, {}, parsed(title)));
  if (more) parts.push(say(words.search_sections, { count: more }));
  if (parts.length) item.append(entries(parts, "gt-result__sections"));
  return item;
}

/** For one who has found nothing, or has not begun: near words, the trees, the list from A to Z, and whom to ask. */
function waysOn(found) {
  const { trees, list, ask } = index;
  const near = (found?.nearest ?? []).map(nearWord);
  const named = trees.map(([title, href]) => link(href, {}, title));
  const others = list ? [link(list, {}, words.look_up)] : [];
  if (!found?.empty) others.push(...ask.map(([name, href]) => link(href, {}, say(words.search_ask, { name }))));
  return [[words.search_nearest, near], [words.all_trees, named], [words.search_else, others]]
    .filter(([, ways]) => ways.length)
    .map(([heading, ways]) => make("section", {}, make("h2", {}, heading), entries(ways)));
}

function nearWord(word) {
  const button = make("button", { type: "button" }, word);
  button.addEventListener("click", () => put(word));
  return button;
}

function entries(contents, name = "") {
  return make("ul", { class: name }, ...contents.map((content) => make("li", {}, content)));
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
  return stops().indexOf(here.closest(STOPS) ?? here.closest(".gt-result")?.firstChild);
}

/** Moves the focus to a stop, or to the field in front of them. */
function move(to) {
  (to < 0 ? field : stops()[to])?.focus();
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

/** Opens the box, with what was typed before it was there or what was kept of it. */
async function open(typed) {
  if (dialog.open) return;
  if (!dialog.isConnected) document.body.append(dialog);
  const { query = field.value, place = -1 } = history.state?.search ?? {};
  field.value = typed || query;
  asked = undefined;
  dialog.showModal();
  field.focus();
  if (!typed) field.select();
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
  if (!link) return;
  save();
  const [here, there] = [location, link].map(({ href }) => href.split("#")[0]);
  if (link.hash && here === there) dialog.close(KEPT);
}

close.addEventListener("click", () => dialog.close());
for (const name of ["input", "change", "compositionend"]) field.addEventListener(name, changed);
dialog.addEventListener("keydown", onKey);
dialog.addEventListener("click", onClick);
dialog.addEventListener("close", closed);
addEventListener("popstate", ({ state }) => {
  if (!state?.search && dialog.open) dialog.close();
});

window.guidetreesSearch = { take, find, open };
