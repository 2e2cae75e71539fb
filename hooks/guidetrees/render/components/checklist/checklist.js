/** The items as boxes to tick. What is ticked stands in the address, so the answer that something is missing
    takes it along; every item ticked is the answer that all is met. */
function showChecklist(view, root) {
  if (!root.classList.contains("gt-checklist")) return;
  const list = root.querySelector(".gt-items");
  const { tree, here, own } = view;
  const { items } = tree.nodes.get(here);
  const ticked = own?.answer === MET ? items : (own?.ticks ?? []);
  for (const item of list.children) {
    const input = box(item, () => answerChecklist(view, tickedIn(list)));
    // WebKit resets a box to its default when it shows a page again that it has kept.
    input.checked = input.defaultChecked = ticked.includes(item.dataset.item);
  }
  const progress = root.querySelector(".gt-progress");
  progress.setAttribute("role", "status");
  progress.textContent = say(words.progress, { met: ticked.length, all: items.length });
  showNext(view, root, ticked);
}

/** With ticks, the way on is what they say: one control in place of the two answers. Where it depends on answers that
    are not known, the cases of that answer stay. */
function showNext(view, root, ticked) {
  const { tree, here, past } = view;
  const bar = root.querySelector(".gt-bar");
  bar.querySelector("#next")?.remove();
  const list = root.querySelector(".gt-answers");
  list.hidden = false;
  if (!ticked.length) return;
  const step = stepOf(tree, here, ticked);
  const known = possible(tree, step, past).length === 1;
  list.hidden = known;
  for (const frame of list.children) frame.hidden ||= frame.dataset.answer !== step.answer;
  if (!known) return;
  const next = make("a", "gt-button", words.see_answer);
  next.id = "next";
  next.href = follow(view, past, step).href;
  bar.append(next);
}

/** The answer that ticks are. */
function stepOf(tree, here, ticks) {
  const all = ticks.length === tree.nodes.get(here).items.length;
  return { key: here, answer: all ? MET : UNMET, ticks: all ? [] : ticks };
}

/** The box of an item; its words become the label. */
function box(item, changed) {
  let input = item.querySelector("input");
  if (!input) {
    const text = item.querySelector(".gt-item__words");
    input = make("input", "gt-item__box");
    input.type = "checkbox";
    input.autocomplete = "off"; // the address says what is ticked, not the browser's memory
    const hint = item.querySelector(".gt-hint");
    if (hint) input.setAttribute("aria-describedby", (hint.id = `hint-${item.dataset.item}`));
    const label = make("label", "gt-item__label", input, ...text.childNodes);
    text.append(label);
    item.classList.add("gt-item--box");
  }
  input.onchange = changed;
  return input;
}

function tickedIn(list) {
  return [...list.children].filter((item) => item.querySelector("input").checked).map((item) => item.dataset.item);
}

/** Puts the ticks into the address, in place of the former ones: Back leads to the page before. */
function answerChecklist(view, ticks) {
  const { tree, here, past } = view;
  const steps = ticks.length ? follow(view, past, stepOf(tree, here, ticks)).steps : past;
  history.replaceState(null, "", write(tree, steps, tree.tree) || location.pathname + location.search);
  sync();
}
