/* Search: the site's terms and texts are in files, of which a query reads a few (see inverted_index.py, which has all
   weights). The files are scripts: a page that is opened from a folder can load nothing else. */

const MAX_WORDS = 24; // of a query
const MAX_FORM_FILES = 12; // files that are read for the other forms of a word
const MAX_TEXT_FILES = 20; // files that are read for the texts of results
const MAX_RESULTS = 200; // documents

const TERM = new RegExp(`([^${index.separators}]+)`);
const DIGIT = new Uint8Array(128);
[...index.digits].forEach((character, digit) => (DIGIT[character.charCodeAt(0)] = digit));
const WEIGHT = Float64Array.from(index.digits, (_, level) => index.minWeight * 2 ** (level / index.levelsPerDoubling));
const stopWords = new Set(index.stopWords);
const folder = new URL("search/", document.currentScript.src);
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

/** As many of the first documents as can be shown. */
function limit(found) {
  const files = new Set();
  const end = found.findIndex(([number], position) => {
    files.add(fileOf(number, index.firstDocuments));
    return files.size > MAX_TEXT_FILES || position === MAX_RESULTS;
  });
  return end < 0 ? found : found.slice(0, end);
}

async function documentOf(number) {
  const file = fileOf(number, index.firstDocuments);
  const [location, title, text, back = 0] = (await read(`e${file}`))[number - index.firstDocuments[file]];
  return { location, title, text, page: number - back };
}

/** A document in the form of the theme's results. */
async function resultOf([number, score], matches) {
  const { title, text, ...rest } = await documentOf(number);
  const isHit = (term) => matches.some(({ marks }) => marks(term));
  const terms = matches.map(({ word, scores, isPartial }) => [word, isPartial || scores[number] > 0]);
  const shown = { title: marked(title, isHit).innerHTML, text: teaser(text, isHit) };
  return { ...rest, ...shown, number, score, terms: Object.fromEntries(terms) };
}

/** HTML with marks around the hits. As the content of a template it neither runs nor loads anything. */
function marked(html, isHit) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const texts = [];
  const walk = document.createTreeWalker(holder.content, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    const pieces = text.data.split(TERM);
    text.replaceWith(...pieces.map((piece, at) => (at % 2 && isHit(piece.toLowerCase()) ? mark(piece) : piece)));
  }
  return holder;
}

function mark(words) {
  const element = document.createElement("mark");
  element.textContent = words;
  return element;
}

/** The first two paragraphs and lists of a text with hits; the whole text if no paragraph or list has any. */
function teaser(html, isHit) {
  const holder = marked(html, isHit);
  const blocks = [...holder.content.children].filter((element) => element.querySelector("mark"));
  if (blocks.length) holder.content.replaceChildren(...blocks.slice(0, 2));
  return holder.innerHTML;
}

function wordsIn(query) {
  const terms = query.toLowerCase().split(TERM).filter((_, at) => at % 2);
  return [...new Set(terms)].filter((word) => !stopWords.has(word)).slice(0, MAX_WORDS);
}

/** The results for the theme: its documents by page, the highest score first, and a message if there are more. */
async function find(query) {
  const matches = await Promise.all(wordsIn(query).map(match));
  const found = rank(matches);
  const shown = limit(found);
  const results = await Promise.all(shown.map((one) => resultOf(one, matches)));
  const pages = new Map(results.map((result) => [result.page, []]));
  for (const result of results) pages.get(result.page).push(result);
  // The theme shows a section below its page, which may not have been found itself.
  const items = [...pages].map(async ([page, results]) =>
    results.some(({ number }) => number === page)
      ? results
      : [...results, { ...(await documentOf(page)), score: 0, terms: {} }],
  );
  return { items: await Promise.all(items), said: shown.length < found.length ? limitMessage(shown.length, found.length) : "" };
}
