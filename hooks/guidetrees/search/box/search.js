/* Search: the site's terms and texts lie in files, of which a query reads a few (see postings.py, where all weights
   are). They are scripts, as a page that is opened from a folder can load nothing else. */

const MOST_WORDS = 24; // of a query
const MOST_FORMS = 12; // files that are read for the other forms of a word
const MOST_TEXTS = 20; // files that results are read from
const MOST_SHOWN = 200; // entries

const TERM = new RegExp(`([^${index.signs}]+)`);
const DIGIT = new Uint8Array(128);
[...index.digits].forEach((sign, digit) => (DIGIT[sign.charCodeAt(0)] = digit));
const VALUE = Float64Array.from(index.digits, (_, level) => index.least * 2 ** (level / index.steps));
const particles = new Set(index.particles);
const folder = new URL("search/", document.currentScript.src);
const arrived = new Map();
const parts = new Map();

/** The lines of a file, each with its cells. A file that could not be read is asked for again the next time. */
function read(name) {
  if (!parts.has(name)) {
    const part = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(name)));
      script.onerror = () => reject(new Error(name));
      script.src = new URL(`${name}.${index.mark}.min.js`, folder);
      document.head.append(script);
    });
    parts.set(name, part);
    part.catch(() => parts.delete(name));
  }
  return parts.get(name);
}

function take(name, text) {
  arrived.set(name, text.split("\n").map((line) => line.split("\t")));
}

/** The number of the file that has `place`, a name or the number of a line, where files start with `starts`. */
function fileOf(place, starts) {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** The numbers in a cell, each the step from the last. Postings have a level behind it, which goes in six bits. */
function numbersIn(cell = "", postings) {
  const numbers = [];
  for (let at = 0, last = 0; at < cell.length; ) {
    let digit;
    let shift = 0;
    do {
      digit = DIGIT[cell.charCodeAt(at++)];
      last += (digit & 31) << shift;
      shift += 5;
    } while (digit > 31);
    numbers.push(postings ? last * 64 + DIGIT[cell.charCodeAt(at++)] : last);
  }
  return numbers;
}

function termOf([name, strong, weak, formOf], number) {
  const term = { name, number, strong: numbersIn(strong, true), weak: numbersIn(weak, true), formOf };
  return { ...term, found: term.strong.length + term.weak.length };
}

/** The terms that begin with a word; of a beginning that too many have, its best entries in their place. */
async function beginningWith(word) {
  if (!index.first.length) return { own: [], forms: [] };
  const best = word + index.best;
  for (const line of await read(`t${fileOf(best, index.first)}`)) {
    if (line[0] === best) return { best: numbersIn(line[1], true) };
  }
  const [from, to] = [word, word + "\uffff"].map((name) => fileOf(name, index.first));
  const files = Array.from({ length: to - from + 1 }, (_, file) => from + file);
  const lines = (await Promise.all(files.map((file) => read(`t${file}`)))).flatMap((lines, file) =>
    lines.map((line, at) => [line, index.lines[from + file] + at]),
  );
  const terms = lines.filter(([line]) => line[0].startsWith(word)).map(([line, number]) => termOf(line, number));
  return { own: terms.filter((term) => term.found), forms: await wordsOf(terms) };
}

/** The words of the site that the terms are other forms of, and that are none of them. */
async function wordsOf(terms) {
  const known = new Set(terms.map((term) => term.number));
  const files = new Map();
  for (const number of terms.flatMap((term) => numbersIn(term.formOf))) {
    const file = fileOf(number, index.lines);
    if (known.has(number) || (!files.has(file) && files.size === MOST_FORMS)) continue;
    known.add(number);
    files.set(file, [...(files.get(file) ?? []), number]);
  }
  const found = [...files].map(async ([file, numbers]) => {
    const lines = await read(`t${file}`);
    return numbers.map((number) => termOf(lines[number - index.lines[file]], number));
  });
  return (await Promise.all(found)).flat();
}

/** What a term counts that is found so often. */
function rarity(found) {
  return Math.log(1 + Math.abs((index.count - found + 0.5) / (found + 0.5)));
}

/** What entries have of a word of the query: a sum for each, and which terms to mark in them. */
async function match(word) {
  const { best, own = [], forms = [] } = await beginningWith(word);
  const sums = new Float64Array(index.count);
  const add = (postings, factor) => postings.forEach((p) => (sums[Math.floor(p / 64)] += VALUE[p % 64] * factor));
  if (best) add(best, 1);
  const spread = Math.sqrt(own.length + forms.length);
  for (const { name, strong, weak, found } of own) {
    const factor = (rarity(found) * (name === word ? index.whole : 1)) / spread;
    add(strong, factor);
    add(weak, factor);
  }
  const rare = rarity(forms.reduce((sum, term) => sum + term.found, 0)) / spread;
  for (const { strong, weak } of forms) {
    add(strong, rare * index.formInTitle);
    // Words that stand everywhere tell no text from another.
    if (weak.length <= Math.max(index.few, index.common * index.count)) add(weak, rare * index.formInText);
  }
  const names = new Set(forms.map((term) => term.name));
  return { word, sums, unsure: Boolean(best), marks: (term) => term.startsWith(word) || names.has(term) };
}

/** The entries that have words of the query, those first that have most: [number, what it counts]. */
function ranked(matches) {
  const found = [];
  for (let number = 0; number < index.count; number++) {
    const had = matches.filter(({ sums }) => sums[number]);
    const sum = had.reduce((sum, { sums }) => sum + sums[number], 0);
    if (had.length) found.push([number, sum * (had.length / matches.length) ** index.all]);
  }
  return found.sort(([, one], [, other]) => other - one);
}

/** As many of the best as can be read at once. */
function readable(found) {
  const files = new Set();
  const end = found.findIndex(([number], place) => {
    files.add(fileOf(number, index.entries));
    return files.size > MOST_TEXTS || place === MOST_SHOWN;
  });
  return end < 0 ? found : found.slice(0, end);
}

async function entry(number) {
  const file = fileOf(number, index.entries);
  const [location, title, text, back = 0] = (await read(`e${file}`))[number - index.entries[file]];
  return { location, title, text, page: number - back };
}

/** An entry as the theme's results have it. */
async function itemOf([number, score], matches) {
  const { title, text, ...rest } = await entry(number);
  const hit = (term) => matches.some(({ marks }) => marks(term));
  const terms = matches.map(({ word, sums, unsure }) => [word, unsure || sums[number] > 0]);
  const shown = { title: marked(title, hit).innerHTML, text: teaser(text, hit) };
  return { ...rest, ...shown, number, score, terms: Object.fromEntries(terms) };
}

/** HTML with marks around the terms that are a hit. What it holds is neither run nor loaded. */
function marked(html, hit) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const texts = [];
  const walk = document.createTreeWalker(holder.content, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    const pieces = text.data.split(TERM);
    text.replaceWith(...pieces.map((piece, at) => (at % 2 && hit(piece.toLowerCase()) ? mark(piece) : piece)));
  }
  return holder;
}

function mark(words) {
  const element = document.createElement("mark");
  element.textContent = words;
  return element;
}

/** Of a text with hits in paragraphs and lists, the first two of these. */
function teaser(html, hit) {
  const holder = marked(html, hit);
  const blocks = [...holder.content.children].filter((element) => element.querySelector("mark"));
  if (blocks.length) holder.content.replaceChildren(...blocks.slice(0, 2));
  return holder.innerHTML;
}

function wordsIn(query) {
  const typed = query.toLowerCase().split(TERM).filter((_, place) => place % 2);
  return [...new Set(typed)].filter((word) => !particles.has(word)).slice(0, MOST_WORDS);
}

/** Finds what the theme shows: by page, its entries, the best first; and what to say where these are not all. */
async function find(query) {
  const matches = await Promise.all(wordsIn(query).map(match));
  const found = ranked(matches);
  const shown = readable(found);
  const items = await Promise.all(shown.map((one) => itemOf(one, matches)));
  const pages = new Map(items.map((item) => [item.page, []]));
  for (const item of items) pages.get(item.page).push(item);
  // The theme shows a section under its page, which need not have been found.
  const whole = [...pages].map(async ([page, items]) =>
    items.some((item) => item.number === page) ? items : [...items, { ...(await entry(page)), score: 0, terms: {} }],
  );
  return { items: await Promise.all(whole), said: shown.length < found.length ? cut(shown.length, found.length) : "" };
}

function cut(shown, all) {
  const number = (count) => count.toLocaleString(document.documentElement.lang);
  return words.search_best.replace("{shown}", number(shown)).replace("{all}", number(all));
}

window.guidetreesSearch = { take, find };
