/* The answers in the address, seen from a page. Everything that a page shows follows from the address alone:
   nothing is stored, so Back, Forward, reload and a mailed link show the same.

   The fragment is a list of `node=answer`, joined by `&`, in the order they were given. A checklist's answer
   that something is missing may name the items that are met: `list=unmet.1a2b3c.4d5e6f`. Nodes of other
   trees are named `tree:node`. At its end may stand where on the page a reader is shown to: `&map-node`. What
   does not fit the tree is left out and reported, never shown.

   A step is {key, answer, ticks}: the answer given at a node. One that nobody has given, and that the page presumes
   as nothing else leads there, is `implied`: it is never written into an address. */

const PAIR = /^((?:[a-z0-9-]+:)?[a-z0-9-]+)=([a-z0-9-]+)((?:\.[a-z0-9]+)*)$/;
const PLACE = /(?:^|&)((?:map|list)-[a-z0-9-]+)$/;
const MET = "met";
const UNMET = "unmet";

/** The tree of a page, from the data that script.py writes. */
function readTree(data) {
  const answer = ([id, words, cases]) => [id, { words, cases: cases.map(([target, startPage, when]) => ({ target, startPage, when })) }];
  const node = ({ answers = [], ...rest }) => ({ ...rest, answers: new Map(answers.map(answer)) });
  return { ...data, nodes: new Map(Object.entries(data.nodes).map(([key, value]) => [key, node(value)])) };
}

/** What a page shows: the steps that led here, the one given here, and the later ones still in the address.
    `here` is a node's key, empty on a start page: that stands before its first node, which is a later step. */
function see(tree, here, fragment) {
  const { given, odd } = read(tree, fragment);
  const at = here || tree.start;
  const past = before(tree, at, given);
  const ahead = after(tree, at, given, past);
  const [own, later] = here && ahead.length ? [ahead[0], ahead.slice(1)] : [null, ahead];
  const used = past.filter((step) => given.get(step.key) === step).length + ahead.length;
  return { tree, here, past, own, later, given, misfit: odd || used < given.size };
}

/** The answers that a fragment names and the tree has, by node, and whether it names anything else. */
function read(tree, fragment) {
  const given = new Map();
  if (!fragment.includes("=")) return { given, odd: false }; // a heading's or a card's name
  let odd = false;
  for (const part of repaired(fragment).replace(PLACE, "").split("&")) {
    const step = readStep(tree, part);
    odd ||= !step || step.odd || given.has(step.key);
    if (step && !given.has(step.key)) given.set(step.key, step);
  }
  return { given, odd };
}

/** The fragment as it was before a mail program took a full stop along or wrote `&` as HTML does. */
function repaired(fragment) {
  return fragment.replaceAll("&amp;", "&").replace(/[.&]+$/, "");
}

/** The place on the page that a fragment names at its end. */
function placeIn(fragment) {
  return PLACE.exec(repaired(fragment))?.[1];
}

function readStep(tree, part) {
  const [, key, answer, rest] = PAIR.exec(part) ?? [];
  const node = tree.nodes.get(key);
  if (!node?.answers.has(answer)) return null;
  const named = rest.split(".").slice(1);
  const known = (node.items ?? []).filter((item) => named.includes(item));
  // "Something is missing" with every item ticked says nothing of what is missing.
  const ticks = answer === UNMET && known.length < (node.items ?? []).length ? known : [];
  return { key, answer, ticks, odd: ticks.length !== named.length };
}

/** Whether `when` fits what has been answered before a node; undefined where that cannot be known, as the address
    does not begin at a tree's start. */
function fit(tree, when, past, at) {
  let known = true;
  for (const [key, answers] of Object.entries(when)) {
    const step = past.find((step) => step.key === key);
    if (step && !answers.includes(step.answer)) return false;
    known &&= Boolean(step);
  }
  const begins = past.length ? past.some(({ key }) => tree.nodes.get(key).start) : tree.nodes.get(at).start;
  return known || (begins ? false : undefined);
}

/** The cases of an answer that readers may be led by who have answered `past` before: one, where that is known. */
function possible(tree, { key, answer }, past) {
  const found = [];
  for (const one of tree.nodes.get(key).answers.get(answer).cases) {
    const fits = one.when ? fit(tree, one.when, past, key) : true;
    if (fits !== false) found.push(one);
    if (fits) break;
  }
  return found;
}

/** Where the step at `index` leads. */
function led(tree, steps, index) {
  const found = possible(tree, steps[index], steps.slice(0, index));
  return found.find(({ target }) => target === steps[index + 1]?.key) ?? found[0];
}

/** The given steps that lead to a node: the way from a start, else what can be told of it. */
function before(tree, at, given) {
  const starts = [...given.keys()].filter((key) => key !== at && tree.nodes.get(key).start);
  const ways = starts.map((key) => {
    const way = after(tree, key, given, []);
    return way.slice(0, 1 + way.findIndex((_, i) => led(tree, way, i).target === at));
  });
  ways.push(behind(tree, at, given));
  return ways.reduce((longest, way) => (way.length > longest.length ? way : longest));
}

/** The given steps from a node back; where none was given but only one answer leads there, that one. Where the
    address says that another was given, nothing is known of how the reader came here. */
function behind(tree, at, given) {
  const past = [];
  const all = [...given.values()];
  for (let to = at; past.length <= tree.nodes.size; to = past[0].key) {
    const step = all.find((step) => possible(tree, step, all).some(({ target }) => target === to)) ?? onlyWay(tree, to);
    if (!step) break;
    if (given.has(step.key) && given.get(step.key) !== step) return [];
    past.unshift(step);
  }
  // Cases that depend on answers can tell that nobody came this way.
  const came = past.every((step, i) =>
    possible(tree, step, past.slice(0, i)).some(({ target }) => target === (past[i + 1]?.key ?? at)));
  return came ? past : [];
}

function onlyWay(tree, at) {
  const ways = [];
  for (const [key, node] of tree.nodes) {
    for (const [answer, { cases }] of node.answers) {
      ways.push(...cases.filter(({ target }) => target === at).map(() => ({ key, answer, ticks: [], implied: true })));
    }
  }
  return ways.length === 1 && !tree.nodes.get(at).start ? ways[0] : null;
}

/** The given steps from a node on, as far as they follow each other after `past`. */
function after(tree, at, given, past) {
  const ahead = [];
  for (let step = given.get(at); step && ahead.length < tree.nodes.size; ) {
    const found = possible(tree, step, [...past, ...ahead]);
    ahead.push(step);
    step = given.get((found.find(({ target }) => given.has(target)) ?? found[0]).target);
  }
  return ahead;
}

/** Where the view leads when `step` is answered after `past`: on by the later answers that still lie on the
    way, the rest dropped; by the given case, where it is not known which fits. Returns {key, title, href}. */
function follow(view, past, step, one = possible(view.tree, step, past)[0]) {
  const { tree } = view;
  const kept = new Map([view.own, ...view.later].filter(Boolean).map((step) => [step.key, step]));
  kept.delete(step.key);
  const ahead = after(tree, one.target, kept, [...past, step]);
  const steps = [...past, step, ...ahead];
  return { ...landing(tree, steps, ahead.length ? undefined : one), steps };
}

/** The page that a list of steps leads to. */
function landing(tree, steps, one = led(tree, steps, steps.length - 1)) {
  const { target: key, startPage } = one;
  return { key, title: tree.nodes.get(key).title, href: address(tree, key, steps, startPage) };
}

/** The address of a node's page, or of its tree's start page, with steps in its fragment. */
function address(tree, key, steps, startPage = false) {
  const [node, other] = key.split(":").reverse();
  const folder = other ? `../${other}/` : "";
  return `${folder}${startPage ? "index" : node}.html${write(tree, steps, other ?? tree.tree)}`;
}

/** Steps as a fragment that pages of the tree `reader` read. */
function write(tree, steps, reader) {
  const name = (key) => {
    const [node, other = tree.tree] = key.split(":").reverse();
    return other === reader ? node : `${other}:${node}`;
  };
  const pairs = steps.filter(isGiven).map(({ key, answer, ticks }) => [`${name(key)}=${answer}`, ...ticks].join("."));
  return pairs.length ? `#${pairs.join("&")}` : "";
}

function isGiven({ implied }) {
  return !implied;
}

/** Whether the reader has answered anything. */
function hasAnswered(view) {
  return allSteps(view).some(isGiven);
}

/** All steps of a view: what the address of the same state on another page holds. */
function allSteps({ past, own, later }) {
  return [...past, ...(own ? [own] : []), ...later];
}

/** The answer of a step in the reader's words. */
function answerWords(tree, { key, answer }) {
  return tree.nodes.get(key).answers.get(answer).words;
}

/** What is said of a step: its answer, and how much of a checklist is met. */
function answered(tree, step) {
  const { items } = tree.nodes.get(step.key);
  const met = step.ticks.length ? ` (${say(words.progress, { met: step.ticks.length, all: items.length })})` : "";
  return say(step.implied ? words.presumed_answer : words.answered, { answer: answerWords(tree, step) }) + met;
}
