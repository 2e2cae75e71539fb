/* Search: the site's terms and texts are in files, of which a query reads a few (see inverted_index.py, which has all
   weights). The files are scripts: a page that is opened from a folder can load nothing else. */

const MAX_WORDS = 24; // of a query
const MAX_COMPOUND_FILES = 12; // files that are read for compounds that end with a word
const MAX_SPELLING_FILES = 8; // files that are read for a misspelt word
const MAX_PART_FILES = 8; // files that are read for the parts of a compound
const MAX_SUGGESTED = 3; // words in place of one that the site does not have
const MAX_TEXT_FILES = 20; // files that are read for the texts of results
const MAX_PAGES = 50; // that are shown
const MAX_SECTIONS = 3; // of a page
const MAX_SNIPPET = 180; // characters of a text that are shown
const BEFORE_HIT = 40; // characters of them before the first hit, at most
const NEAR = 0.8; // the share of a page's score that its tree's start page needs to come before it

const TERM = new RegExp(`([^${index.separators}]+)`);
const WEIGHT = Array.from({ length: index.levels }, (_, level) => index.minWeight * 2 ** (level / index.levelsPerDoubling));
const stopWords = new Set(index.stopWords);
const endings = new Set(index.endings);
const UNSEEN = new RegExp(`[${index.unseen}]`, "g");
const SINGLE = new RegExp(index.single, "g");
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
  const pages = Array.from({ length: index.count }, (_, number) => number);
  for (const section of decode(index.sections)) pages[section] = pages[section - 1];
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

/** Ascending numbers, each written as the difference to the one before. */
function decode(cell) {
  let last = 0;
  return cell ? cell.split(" ").map((difference) => (last += Number(difference))) : [];
}

function termOf([name, titles, texts, compounds, written], number) {
  const term = { name, number, titles: decode(titles), texts: decode(texts), compounds };
  return { ...term, written: written || name, count: term.titles.length + term.texts.length };
}

/** A word in the one spelling by which it is found, as word_forms.py folds the site's. */
function fold(word) {
  let folded = word.normalize("NFKC").toLowerCase().replace(UNSEEN, "");
  for (const [letter, other] of index.replaced) folded = folded.replaceAll(letter, other);
  return folded.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}

/** The files between those of two names, each as [its lines, the number of its first line]. */
async function linesBetween(from, to) {
  const [first, last] = [from, to].map((name) => fileOf(name, index.firstTerms));
  const files = Array.from({ length: last - first + 1 }, (_, file) => first + file);
  return Promise.all(files.map(async (file) => [await read(`t${file}`), index.firstLines[file]]));
}

/** The terms between two names that `is` accepts. */
async function termsBetween(from, to, is) {
  const found = (await linesBetween(from, to)).flatMap(([lines, first]) =>
    lines.map((line, at) => is(line[0]) && termOf(line, first + at)),
  );
  return found.filter((term) => term && term.count);
}

/** The terms that begin with a word (or are it, if `isWhole`), its other forms, and the compounds that end with either.
    For a prefix with too many postings, its top documents instead. */
async function beginningWith(word, isWhole) {
  if (!index.firstTerms.length) return { terms: [], forms: [] };
  const topName = word + index.topSuffix;
  for (const [name, postings] of await read(`t${fileOf(topName, index.firstTerms)}`)) {
    if (name === topName && !isWhole) return { top: decode(postings) };
  }
  const terms = await termsBetween(word, word + "\uffff", (name) => name === word || (!isWhole && name.startsWith(word)));
  const forms = await formsOf(word, new Set(terms.map(({ name }) => name)));
  const compounds = await compoundsOf([...terms.filter(({ name }) => isForm(name, word)), ...forms]);
  return { terms, forms: [...forms, ...compounds] };
}

/** What a word is without each of its endings. */
function stemsOf(word) {
  const stems = [];
  for (let length = index.minStem; length <= word.length; length++) {
    if (endings.has(word.slice(length))) stems.push(word.slice(0, length));
  }
  return stems;
}

function isForm(name, word) {
  return stemsOf(word).some((stem) => name.startsWith(stem) && endings.has(name.slice(stem.length)));
}

/** The terms that are `word` with another ending, without those that begin with it. */
async function formsOf(word, known) {
  const [shortest] = stemsOf(word);
  if (!shortest) return [];
  const names = [...endings].flatMap((ending) => stemsOf(word).map((stem) => stem + ending)).sort();
  const is = (name) => !known.has(name) && name.startsWith(shortest) && isForm(name, word);
  return termsBetween(names[0], names.at(-1), is);
}

/** The compounds that end with `terms`. */
async function compoundsOf(terms) {
  const known = new Set(terms.map((term) => term.number));
  const files = new Map();
  for (const number of terms.flatMap((term) => decode(term.compounds))) {
    const file = fileOf(number, index.firstLines);
    if (known.has(number) || (!files.has(file) && files.size === MAX_COMPOUND_FILES)) continue;
    known.add(number);
    files.set(file, [...(files.get(file) ?? []), number]);
  }
  const found = [...files].map(async ([file, numbers]) => {
    const lines = await read(`t${file}`);
    return numbers.map((number) => termOf(lines[number - index.firstLines[file]], number));
  });
  return (await Promise.all(found)).flat();
}

// What a word that the site does not have may be

/** The terms, as the site writes them, of which at most so many letters differ from a word, the nearest first. */
async function similarTo(word, most) {
  if (!index.firstSpelled.length || word.length < index.minPart) return [];
  const key = (letter, length) => letter + String(Math.min(length, 99)).padStart(2, "0");
  const files = new Set();
  for (const letter of new Set([...word].slice(0, 2))) {
    const [from, to] = [word.length - most - 1, word.length + most].map((n) => fileOf(key(letter, Math.max(0, n)), index.firstSpelled));
    for (let file = from; file <= to && files.size < MAX_SPELLING_FILES; file++) files.add(file);
  }
  const lines = (await Promise.all([...files].map((file) => read(`s${file}`)))).flat();
  const found = lines.map(([written]) => ({ written, name: fold(written) })).map((term) => ({ ...term, letters: distance(word, term.name, most) }));
  const rank = ({ name, letters }) => letters + (name[0] === word[0] ? 0 : 0.5);
  return found.filter(({ letters }) => letters <= most).sort((one, other) => rank(one) - rank(other));
}

/** How many letters differ: one too many, one too few, another one, or two exchanged. More than `most` is not counted. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !isSame);
      if (!isSame && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last.at(-1);
}

/** Whether the site has a word, perhaps with another ending. */
async function has(word, files) {
  if (word.length < index.minPart) return false;
  files.add(fileOf(word, index.firstTerms));
  if (files.size > MAX_PART_FILES) return false;
  return (await formsOf(word, new Set())).length > 0;
}

/** The parts of a compound that the site has: its longest beginning and the rest, or a part that says enough alone. */
async function partsOf(word) {
  const files = new Set();
  const half = Math.max(index.minPart + 1, Math.ceil(word.length / 2));
  for (let length = word.length - 1; length >= index.minPart; length--) {
    const head = word.slice(0, length);
    if (!(await has(head, files))) continue;
    const rests = [word.slice(length), ...(index.linking.includes(word[length]) ? [word.slice(length + 1)] : [])];
    for (const rest of rests) if (await has(rest, files)) return [head, rest];
    if (length >= Math.min(half, index.longPart)) return [head];
    break;
  }
  for (let at = 1; at <= word.length - half; at++) if (await has(word.slice(at), files)) return [word.slice(at)];
  return [];
}

/** The site's words in place of one that it does not have, or words that are less near. */
async function insteadOf(word) {
  const most = word.length < index.longWord ? 1 : 2;
  const similar = await similarTo(word, most + (word.length < index.longWord - 2 ? 0 : 1));
  const [first] = similar;
  const nearest = similar.filter(({ letters }) => letters === first.letters).slice(0, MAX_SUGGESTED).map(({ name }) => name);
  if (first?.letters === 1) return { names: nearest, nearest: [] };
  const parts = await partsOf(word);
  const isNear = first?.letters <= most;
  const names = parts.length > 1 || !isNear ? parts : nearest;
  return { names, nearest: names.length ? [] : similar.slice(0, MAX_SUGGESTED).map(({ written }) => written) };
}

/** The weight of a term by the number of documents that have it (BM25's inverse document frequency). */
function rarity(count) {
  return Math.log(1 + Math.abs((index.count - count + 0.5) / (count + 0.5)));
}

/** The scores of all documents for a word of the query, which terms to mark in them, and what was looked for instead. */
async function match({ word, typed, isWhole }) {
  const found = await beginningWith(word, isWhole);
  const isKnown = found.top || found.terms.length || found.forms.length;
  const { names, nearest } = isKnown ? { names: [], nearest: [] } : await insteadOf(word);
  const all = isKnown ? [[word, found]] : await Promise.all(names.map(async (name) => [name, await beginningWith(name, false)]));
  const scores = new Float64Array(index.count);
  for (const [name, one] of all) addScores(scores, name, one, isKnown ? 1 : index.instead);
  const marks = new Set(all.flatMap(([, { forms = [] }]) => forms.map((term) => term.name)));
  const shown = new Set(all.flatMap(([name, { terms = [], forms = [] }]) => ([...terms, ...forms].find((term) => isForm(term.name, name)) ?? {}).written ?? []));
  return {
    word,
    typed,
    scores,
    isPartial: Boolean(found.top),
    instead: isKnown ? [] : [...shown],
    nearest,
    marks: (term) => marks.has(term) || all.some(([name]) => (isWhole ? term === name : term.startsWith(name))),
  };
}

/** Adds to the scores of documents what they have of a word. */
function addScores(scores, word, { top, terms = [], forms = [] }, share) {
  const add = (postings, factor) => postings.forEach((p) => (scores[Math.floor(p / index.levels)] += WEIGHT[p % index.levels] * factor * share));
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
    holder.append(at % 2 && isHit(piece) ? mark : piece);
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
  const hit = pieces.findIndex((piece, at) => at % 2 && isHit(piece));
  const before = pieces.slice(0, Math.max(hit, 0)).join("").length;
  const from = before > MAX_SNIPPET / 2 ? text.indexOf(" ", before - BEFORE_HIT) + 1 : 0;
  const end = from + MAX_SNIPPET;
  const to = end < text.length ? Math.max(text.lastIndexOf(" ", end), from + BEFORE_HIT) : text.length;
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

/** The words of a query, folded and as typed. A letter beside other words is a word, not a beginning. */
function wordsIn(query) {
  const written = query.normalize("NFKC").replace(UNSEEN, "").replace(SINGLE, "$1$2$3 $3");
  const typed = written.split(TERM).filter((_, at) => at % 2);
  const found = [...new Map(typed.map((word) => [fold(word), word]))].filter(([word]) => !stopWords.has(word));
  const isWhole = (word) => word.length === 1 && found.length > 1;
  return found.slice(0, MAX_WORDS).map(([word, typed]) => ({ word, typed, isWhole: isWhole(word) }));
}

/** The best pages for a query. `words` is how many words were searched for, `all` how many pages have any of them, and
    `complete` how many have all. A group is a page; its `title` and `text` are HTML with marks. `because` is the
    author's keyword that it was found by, if nothing on show is marked. */
async function find(query) {
  const matches = await Promise.all(wordsIn(query).map(match));
  const pages = byPage(rank(matches), matches);
  const isHit = (piece) => matches.some(({ marks }) => marks(fold(piece)));
  const groups = await Promise.all(limit(pages).map((page) => groupOf(page, isHit)));
  const complete = pages.filter(({ having }) => having.size === matches.length).length;
  const instead = matches.flatMap(({ typed, instead }) => (instead.length ? [{ word: typed, shown: instead }] : []));
  const nearest = pages.length ? [] : matches.flatMap(({ nearest }) => nearest).slice(0, MAX_SUGGESTED);
  return { groups: startsFirst(groups), words: matches.length, all: pages.length, complete, instead, nearest };
}
