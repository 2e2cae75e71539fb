/* The answers in the URL, as a page sees them. What a page shows depends on its URL alone. Nothing is stored, so Back,
   Forward, reload and a mailed link show the same.

   The fragment is a list of `node=answer`, joined by `&`, in the order of the answers. A checklist's answer `unmet`
   may name the items that are met: `list=unmet.1a2b3c.4d5e6f`. Nodes of other trees are named `tree:node`. At the end
   may be an anchor, the part of the page to show: `&map-node`. Anything else is ignored and reported. Of a question of
   several answers, those that are chosen are joined by `.`, in the tree's order: `topics=a.b`.

   A step is {key, answer, ticks, chosen?}: the answer at a node. Where several can be chosen, `answer` is SEVERAL, and
   `chosen` are their ids, if they are known. If only one answer leads to a page and the reader has not given
   it, the step is `implied`: the page presumes it, and it is never written into a URL. Neither is the way on from a node
   that asks nothing (a step of the tree language), whose answer is ONWARD: every reader takes it. */

const PAIR = /^((?:[a-z0-9-]+:)?[a-z0-9-]+)=([a-z0-9-]+)((?:\.[a-z0-9-]+)*)$/;
const ANCHOR = /(?:^|&)((?:map|list)-[a-z0-9-]+)$/;
const MET = "met";
const UNMET = "unmet";
const ONWARD = "go_on";
const SEVERAL = "some_answers";

/** The tree of a page, from the data that tree_data.py writes. */
function readTree(data) {
  const answer = ([id, words, cases]) => [id, { words, cases: cases.map(([target, startPage, when]) => ({ target, startPage, when })) }];
  const node = ({ answers = [], ...rest }) => ({ ...rest, answers: new Map(answers.map(answer)) });
  const nodes = new Map(Object.entries(data.nodes).map(([key, value]) => [key, node(value)]));
  const onward = [...nodes.keys()].filter((key) => nodes.get(key).answers.has(ONWARD));
  return { ...data, nodes, onward: onward.map((key) => [key, { key, answer: ONWARD, ticks: [] }]) };
}

/** The view of a page: the steps that led here, the step at this node, and the later steps that the URL also has.
    `here` is a node's key. It is empty on a start page, whose first node is a later step. */
function see(tree, here, fragment) {
  const { given, invalid } = read(tree, fragment);
  const at = here || tree.start;
  const past = stepsTo(tree, at, given);
  const ahead = stepsFrom(tree, at, given, past);
  const [own, later] = here && ahead.length ? [ahead[0], ahead.slice(1)] : [null, ahead];
  const used = [...past, ...ahead].filter((step) => isGiven(step) && given.get(step.key) === step).length;
  return { tree, here, past, own, later, given, misfit: invalid || used < given.size - tree.onward.length };
}

/** The steps in a fragment that the tree has, by node, and the ways on from nodes that ask nothing; and whether the
    fragment has anything else. */
function read(tree, fragment) {
  const given = new Map(tree.onward);
  if (!fragment.includes("=")) return { given, invalid: false }; // the id of a heading or a card
  let invalid = false;
  for (const part of repaired(fragment).replace(ANCHOR, "").split("&")) {
    const step = readStep(tree, part);
    invalid ||= !step || step.invalid || given.has(step.key);
    if (step && !given.has(step.key)) given.set(step.key, step);
  }
  return { given, invalid };
}

/** A fragment without what mail programs change: they add what follows a URL, or write `&` as in HTML. */
function repaired(fragment) {
  return fragment.replaceAll("&amp;", "&").replace(/[^a-z0-9]+$/, "");
}

function anchorIn(fragment) {
  return ANCHOR.exec(repaired(fragment))?.[1];
}

function readStep(tree, part) {
  const [, name, answer, rest] = PAIR.exec(part) ?? [];
  const key = tree.nodes.has(name) ? name : tree.former?.[name];
  const { answers, items = [], choices } = tree.nodes.get(key) ?? {};
  if (choices) return chosenStep(key, choices, [answer, ...rest.split(".").slice(1)]);
  if (!answers?.has(answer)) return null;
  const named = rest.split(".").slice(1);
  const known = items.filter((item) => named.includes(item));
  // If all items were met, the answer would not be `unmet`.
  const ticks = answer === UNMET && known.length < items.length ? known : [];
  return { key, answer, ticks, invalid: ticks.length !== named.length };
}

/** The step with these answers among `choices`. One that is chosen alone is left out beside others. */
function chosenStep(key, choices, ids) {
  const known = choices.filter(([id]) => ids.includes(id));
  const some = known.length > 1 ? known.filter(([, , alone]) => !alone) : known;
  const chosen = some.map(([id]) => id);
  return chosen.length ? { key, answer: SEVERAL, ticks: [], chosen, invalid: chosen.length < ids.length } : null;
}

/** Whether the condition `when` of the node `at` holds after the steps `past`; undefined if that is unknown, as the
    URL has no step of a tree's start, or as only one choice among several led here, which may be any. */
function holds(tree, when, past, at) {
  const begins = past.length ? past.some(({ key }) => tree.nodes.get(key).start) : tree.nodes.get(at).start;
  let known = true;
  for (const [key, answers] of when) {
    const step = past.find((step) => step.key === key);
    const given = step && (step.answer === SEVERAL ? step.chosen : [step.answer]);
    if (given ? !given.some((id) => answers.includes(id)) : begins && !step) return false;
    known &&= Boolean(given);
  }
  return known || undefined;
}

/** The cases of a step that may apply after the steps `past`: one, if it is known which. */
function casesOf(tree, step, past) {
  const { key, answer } = step;
  const found = [];
  for (const one of tree.nodes.get(key).answers.get(answer).cases) {
    const applies = one.when ? holds(tree, one.when, [...past, step], key) : true;
    if (applies !== false) found.push(one);
    if (applies) break;
  }
  return found;
}

/** The case of the step at `index`. */
function caseOf(tree, steps, index) {
  const found = casesOf(tree, steps[index], steps.slice(0, index));
  return found.find(({ target }) => target === steps[index + 1]?.key) ?? found[0];
}

/** The steps that lead to the node `at`: the longest path from a start, or from any other node. */
function stepsTo(tree, at, given) {
  const starts = [...given.keys()].filter((key) => key !== at && tree.nodes.get(key).start);
  const paths = starts.map((key) => {
    const path = walk(tree, key, given, []);
    return path.slice(0, 1 + path.findIndex((_, i) => caseOf(tree, path, i).target === at));
  });
  paths.push(stepsBack(tree, at, given));
  return paths.reduce((longest, path) => (path.length > longest.length ? path : longest));
}

/** The steps that lead to the node `at`, searched backwards. If no given step leads to a node but only one answer
    does, that one is implied. Empty if a different answer was given there: then the reader's path is unknown. */
function stepsBack(tree, at, given) {
  const past = [];
  const all = [...given.values()].filter(isGiven).flatMap(({ key }) => walk(tree, key, given, []));
  for (let to = at; past.length <= tree.nodes.size; to = past[0].key) {
    const step = all.find((step) => casesOf(tree, step, all).some(({ target }) => target === to)) ?? onlyStep(tree, to);
    if (!step) break;
    if (isAnswer(step) && given.has(step.key) && given.get(step.key) !== step) return [];
    past.unshift(step);
  }
  // By the conditions of cases, the path may be impossible.
  const possible = past.every((step, i) =>
    casesOf(tree, step, past.slice(0, i)).some(({ target }) => target === (past[i + 1]?.key ?? at)));
  return possible ? past : [];
}

function onlyStep(tree, at) {
  const steps = [...tree.nodes].flatMap(([key, { answers }]) =>
    [...answers].flatMap(([answer, { cases }]) =>
      cases.filter(({ target }) => target === at).map(() => ({ key, answer, ticks: [], implied: true }))));
  return steps.length === 1 && !tree.nodes.get(at).start ? steps[0] : null;
}

/** The given steps from the node `at` on, as long as each leads to the next, after the steps `past`. */
function stepsFrom(tree, at, given, past) {
  const ahead = walk(tree, at, given, past);
  return ahead.slice(0, 1 + ahead.findLastIndex(isGiven));
}

/** The same, with the ways on at their end. */
function walk(tree, at, given, past) {
  const ahead = [];
  for (let step = given.get(at); step && ahead.length < tree.nodes.size; ) {
    const found = casesOf(tree, step, [...past, ...ahead]);
    ahead.push(step);
    step = given.get((found.find(({ target }) => given.has(target)) ?? found[0]).target);
  }
  return ahead;
}

/** Where `step` leads after the steps `past`: along the later steps that remain on the path. The others are dropped.
    `one` is the case that applies. Returns {key, title, href, steps}. */
function follow(view, past, step, one = casesOf(view.tree, step, past)[0]) {
  const { tree } = view;
  const kept = new Map([...tree.onward, ...[view.own, ...view.later].filter(Boolean).map((step) => [step.key, step])]);
  kept.delete(step.key);
  const ahead = stepsFrom(tree, one.target, kept, [...past, step]);
  const steps = [...past, step, ...ahead];
  return { ...destination(tree, steps, ahead.length ? undefined : one), steps };
}

/** The page that steps lead to. */
function destination(tree, steps, one = caseOf(tree, steps, steps.length - 1)) {
  const { target: key, startPage } = one;
  return { key, title: tree.nodes.get(key).title, href: address(tree, key, steps, startPage) };
}

/** The URL of a node's page, or of its tree's start page, with the steps in the fragment. */
function address(tree, key, steps, startPage = false) {
  const [node, other] = key.split(":").reverse();
  const folder = other ? `../${other}/` : "";
  return `${folder}${startPage ? "index" : node}.html${write(tree, steps, other ?? tree.tree)}`;
}

/** Steps as a fragment for pages of the tree `reader`. */
function write(tree, steps, reader) {
  const name = (key) => {
    const [node, other = tree.tree] = key.split(":").reverse();
    return other === reader ? node : `${other}:${node}`;
  };
  const pairs = steps.filter(isGiven).map(({ key, answer, ticks, chosen = [answer] }) => `${name(key)}=${[...chosen, ...ticks].join(".")}`);
  return pairs.length ? `#${pairs.join("&")}` : "";
}

/** Whether a step is an answer, given or implied, and not the way on from a node that asks nothing. */
function isAnswer({ answer }) {
  return answer !== ONWARD;
}

function isGiven(step) {
  return !step.implied && isAnswer(step);
}

/** Whether the reader has given any answer. */
function hasAnswered(view) {
  return allSteps(view).some(isGiven);
}

/** All steps of a view: those that another page of the same state has in its URL. */
function allSteps({ past, own, later }) {
  return [...past, ...(own ? [own] : []), ...later];
}

/** The words of an answer, or of those that are chosen among several. */
function answerWords(tree, { key, answer, chosen }) {
  const { answers, choices } = tree.nodes.get(key);
  return chosen ? choices.filter(([id]) => chosen.includes(id)).map(([, text]) => text).join(" · ") : answers.get(answer).words;
}

/** A sentence about a step: its answer, and how many items of a checklist are met. */
function stepWords(tree, step) {
  const { items } = tree.nodes.get(step.key);
  const met = step.ticks.length ? ` (${say(words.progress, { met: step.ticks.length, all: items.length })})` : "";
  return say(step.implied ? words.presumed_answer : words.answered, { answer: answerWords(tree, step) }) + met;
}
