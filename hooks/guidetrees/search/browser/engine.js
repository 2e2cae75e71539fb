/* Search: the site's terms and texts are in files, of which a query reads a few (see inverted_index.py, which has all
   weights). The files are scripts: a page that is opened from a folder can load nothing else. */

const MAX_WORDS = 24; // of a query
const MAX_FORM_FILES = 12; // files that are read for the other forms of a word
const MAX_TEXT_FILES = 20; // files that are read for the texts of results
const MAX_PAGES = 50; // that are shown
const MAX_SECTIONS = 3; // of a page
const MAX_SNIPPET = 180; // characters of a text that are shown
const BEFORE_HIT = 40; // characters of them before the first hit, at most
const NEAR = 0.8; // the share of a page's score that its tree's start page needs to come before it

const TERM = new RegExp(`([^${index.separators}]+)`);
const DIGIT = new Uint8Array(128);
[...index.digits].forEach((character, digit) => (DIGIT[character.charCodeAt(0)] = digit));
const WEIGHT = Float64Array.from(index.digits, (_, level) => index.minWeight * 2 ** (level / index.levelsPerDoubling));
const stopWords = new Set(index.stopWords);
const folder = new URL("search/", document.currentScript.src);
const PAGE = pageNumbers();
const contents = new Map();
const reads = new Map();

/** The lines of a file, each as its cells. A file that could not be read is requested again the next time. */
function read(name) {
  if (!reads.has(name)) {
    const reading = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => (contents.has(name) ? resolve(contents.get(name)) : reject(new Error(name)));
      script.onerror = () => reject(new Error(name));
      script.src = new URL(`${name}.${index.build}.min.js`, folder);
      document.head.append(script);
    });
    reads.set(name, reading);
    reading.catch(() => reads.delete(name));
  }
  return reads.get(name);
}

/** Called by each file with its content. */
function take(name, text) {
  contents.set(name, text.split("\n").map((line) => line.split("\t")));
}

/** The number of the page of each document. A section comes after its page. */
function pageNumbers() {
  const pages = new Int32Array(index.count);
  for (let number = 0; number < index.count; number++) {
    const isSection = (DIGIT[index.sections.charCodeAt(number / 6)] >> (number % 6)) & 1;
    pages[number] = isSection ? pages[number - 1] : number;
  }
  return pages;
}

/** The number of the file that contains `item` (a term or a line number); `firsts` are the files' first items. */
function fileOf(item, firsts) {
  let [low, high] = [0, firsts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= item) low = middle;
    else high = middle;
  }
  return low;
}

/** The numbers of a cell, each encoded as the difference to the one before. In a posting list a level follows, which
    becomes the last six bits of the number. */
function decode(cell = "", isPostings) {
  const numbers = [];
  for (let at = 0, last = 0; at < cell.length; ) {
    let digit;
    let shift = 0;
    do {
      digit = DIGIT[cell.charCodeAt(at++)];
      last += (digit & 31) << shift;
      shift += 5;
    } while (digit > 31);
    numbers.push(isPostings ? last * 64 + DIGIT[cell.charCodeAt(at++)] : last);
  }
  return numbers;
}

function termOf([name, titles, texts, formOf], number) {
  const term = { name, number, titles: decode(titles, true), texts: decode(texts, true), formOf };
  return { ...term, count: term.titles.length + term.texts.length };
}

/** The terms that begin with a word, and the words that they are other forms of. For a prefix with too many postings,
    its top documents instead. */
async function beginningWith(word) {
  if (!index.firstTerms.length) return { terms: [], forms: [] };
  const topName = word + index.topSuffix;
  for (const [name, postings] of await read(`t${fileOf(topName, index.firstTerms)}`)) {
    if (name === topName) return { top: decode(postings, true) };
  }
  const [from, to] = [word, word + "\uffff"].map((name) => fileOf(name, index.firstTerms));
  const files = Array.from({ length: to - from + 1 }, (_, file) => from + file);
  const lines = (await Promise.all(files.map((file) => read(`t${file}`)))).flatMap((lines, file) =>
    lines.map((line, at) => [line, index.firstLines[from + file] + at]),
  );
  const found = lines.filter(([line]) => line[0].startsWith(word)).map(([line, number]) => termOf(line, number));
  return { terms: found.filter((term) => term.count), forms: await wordsOf(found) };
}

/** The words of the site that `terms` are other forms of, without those that are in `terms`. */
async function wordsOf(terms) {
  const known = new Set(terms.map((term) => term.number));
  const files = new Map();
  for (const number of terms.flatMap((term) => decode(term.formOf))) {
    const file = fileOf(number, index.firstLines);
    if (known.has(number) || (!files.has(file) && files.size === MAX_FORM_FILES)) continue;
    known.add(number);
    files.set(file, [...(files.get(file) ?? []), number]);
  }
  const found = [...files].map(async ([file, numbers]) => {
    const lines = await read(`t${file}`);
    return numbers.map((number) => termOf(lines[number - index.firstLines[file]], number));
  });
  return (await Promise.all(found)).flat();
}

/** The weight of a term by the number of documents that have it (BM25's inverse document frequency). */
function rarity(count) {
  return Math.log(1 + Math.abs((index.count - count + 0.5) / (count + 0.5)));
}

/** The scores of all documents for a word of the query, and which terms to mark in them. */
async function match(word) {
  const { top, terms = [], forms = [] } = await beginningWith(word);
  const scores = new Float64Array(index.count);
  const add = (postings, factor) => postings.forEach((p) => (scores[Math.floor(p / 64)] += WEIGHT[p % 64] * factor));
  if (top) add(top, 1);
  const spread = Math.sqrt(terms.length + forms.length);
  for (const { name, titles, texts, count } of terms) {
    const factor = (rarity(count) * (name === word ? index.exact : 1)) / spread;
    add(titles, factor);
    add(texts, factor);
  }
  const factor = rarity(forms.reduce((sum, term) => sum + term.count, 0)) / spread;
  for (const { titles, texts } of forms) {
    add(titles, factor * index.formInTitle);
    // A word that most texts have does not distinguish them.
    if (texts.length <= Math.max(index.commonCount, index.commonShare * index.count)) add(texts, factor * index.formInText);
  }
  const names = new Set(forms.map((term) => term.name));
  return { word, scores, isPartial: Boolean(top), marks: (term) => term.startsWith(word) || names.has(term) };
}

/** The documents that have words of the query, as [number, score], the highest score first. */
function rank(matches) {
  const found = [];
  for (let number = 0; number < index.count; number++) {
    const having = matches.filter(({ scores }) => scores[number]);
    const sum = having.reduce((sum, { scores }) => sum + scores[number], 0);
    if (having.length) found.push([number, sum * (having.length / matches.length) ** index.coverage]);
  }
  return found.sort(([, one], [, other]) => other - one);
}

/** The pages of ranked documents, the best first: each with its documents and the words that it has. */
function byPage(ranked, matches) {
  const pages = new Map();
  for (const [number, score] of ranked) {
    const page = pages.get(PAGE[number]) ?? { number: PAGE[number], hits: [], score, having: new Set() };
    pages.set(page.number, page);
    page.hits.push(number);
    for (const match of matches) if (match.isPartial || match.scores[number]) page.having.add(match);
  }
  return [...pages.values()];
}

/** As many of the first pages as can be shown. */
function limit(pages) {
  const files = new Set();
  const end = pages.findIndex(({ number, hits }, position) => {
    for (const one of [number, ...hits]) files.add(fileOf(one, index.firstDocuments));
    return position && (files.size > MAX_TEXT_FILES || position === MAX_PAGES);
  });
  return end < 0 ? pages : pages.slice(0, end);
}

async function documentOf(number) {
  const file = fileOf(number, index.firstDocuments);
  const line = (await read(`e${file}`))[number - index.firstDocuments[file]];
  const [location, title, text, kind, tree, ...keywords] = line;
  return { location, title, text, kind, tree, keywords };
}

/** A page in the form of a result. */
async function groupOf({ number, hits, score }, isHit) {
  const inSections = hits.filter((hit) => hit !== number);
  const found = await Promise.all([number, ...inSections.slice(0, MAX_SECTIONS)].map(documentOf));
  const [page, ...sections] = found.map((one) => ({
    ...one,
    title: marked(parsed(one.title).textContent, isHit),
    text: marked(snippet(parsed(one.text), isHit), isHit),
  }));
  const { text } = [page, ...sections].find((one) => hasMark(one.text)) ?? page;
  const isMarked = hasMark(text) || [page, ...sections].some(({ title }) => hasMark(title));
  const because = isMarked ? "" : mostHits(found.flatMap(({ keywords }) => keywords), isHit);
  return { ...page, text, because, sections, more: inSections.length - sections.length, score };
}

function hasMark(html) {
  return html.includes("<mark>");
}

/** A tree's start page comes before its other pages, unless one of them has a much higher score. */
function startsFirst(groups) {
  const ordered = [...groups];
  for (const start of groups.filter(({ location, tree }) => tree && location.endsWith("/index.html"))) {
    const folder = start.location.replace("index.html", "");
    const first = ordered.findIndex(({ location, score }) => location.startsWith(folder) && score * NEAR <= start.score);
    ordered.splice(ordered.indexOf(start), 1);
    ordered.splice(first, 0, start);
  }
  return ordered;
}

/** The first of `texts` with the most different hits; empty if none has any. */
function mostHits(texts, isHit) {
  let best = "";
  let most = 0;
  for (const text of texts) {
    const { size } = new Set(text.toLowerCase().split(TERM).filter((piece, at) => at % 2 && isHit(piece)));
    if (size > most) [best, most] = [text, size];
  }
  return best;
}

/** HTML as the content of a template, where it neither runs nor loads anything. */
function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** A text as HTML with marks around the hits. */
function marked(text, isHit) {
  const holder = document.createElement("p");
  for (const [at, piece] of text.split(TERM).entries()) {
    const mark = document.createElement("mark");
    mark.textContent = piece;
    holder.append(at % 2 && isHit(piece.toLowerCase()) ? mark : piece);
  }
  return holder.innerHTML;
}

/** Some words around the first hit in a text; its first words if it has no hits. */
function snippet(content, isHit) {
  const blocks = [...content.querySelectorAll("p, li, pre")].filter((block) => !block.querySelector("p, li, pre"));
  const texts = (blocks.length ? blocks : [content]).map(({ textContent }) => textContent.trim().replace(/\s+/g, " "));
  return cut(mostHits(texts, isHit) || texts.find(Boolean) || "", isHit);
}

/** A text cut between words, before its first hit and at its end. */
function cut(text, isHit) {
  const pieces = text.split(TERM);
  const hit = pieces.findIndex((piece, at) => at % 2 && isHit(piece.toLowerCase()));
  const before = pieces.slice(0, Math.max(hit, 0)).join("").length;
  const from = before > MAX_SNIPPET / 2 ? text.indexOf(" ", before - BEFORE_HIT) + 1 : 0;
  const end = from + MAX_SNIPPET;
  const to = end < text.length ? Math.max(text.lastIndexOf(" ", end), from + BEFORE_HIT) : text.length;
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

function wordsIn(query) {
  const terms = query.toLowerCase().split(TERM).filter((_, at) => at % 2);
  return [...new Set(terms)].filter((word) => !stopWords.has(word)).slice(0, MAX_WORDS);
}

/** The best pages for a query. `words` is how many words were searched for, `all` how many pages have any of them, and
    `complete` how many have all. A group is a page; its `title` and `text` are HTML with marks. `because` is the
    author's keyword that it was found by, if nothing on show is marked. */
async function find(query) {
  const matches = await Promise.all(wordsIn(query).map(match));
  const pages = byPage(rank(matches), matches);
  const isHit = (term) => matches.some(({ marks }) => marks(term));
  const groups = await Promise.all(limit(pages).map((page) => groupOf(page, isHit)));
  const complete = pages.filter(({ having }) => having.size === matches.length).length;
  return { groups: startsFirst(groups), words: matches.length, all: pages.length, complete, instead: [], nearest: [] };
}
