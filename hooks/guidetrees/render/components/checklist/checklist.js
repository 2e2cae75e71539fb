/** The items as checkboxes. The URL contains the ticks, also on the pages after the answer `unmet`. If all items are
    ticked, the answer is `met`. */
function showChecklist(view, root) {
  if (!root.classList.contains("gt-checklist")) return;
  const list = root.querySelector(".gt-items");
  const { tree, here, own } = view;
  const { items } = tree.nodes.get(here);
  const ticked = own?.answer === MET ? items : (own?.ticks ?? []);
  for (const item of list.children) {
    const input = box(item, () => answerChecklist(view, tickedIn(list)));
    // WebKit resets a checkbox to its default when it restores a page.
    input.checked = input.defaultChecked = ticked.includes(item.dataset.item);
  }
  const progress = root.querySelector(".gt-progress");
  progress.setAttribute("role", "status");
  progress.textContent = say(words.progress, { met: ticked.length, all: items.length });
  showNext(view, root, ticked);
}

/** With ticks, one button replaces the two answers. If its target depends on unknown answers, the cases of that answer
    stay instead. */
function showNext(view, root, ticked) {
  const { tree, here, past } = view;
  const bar = root.querySelector(".gt-bar");
  bar.querySelector("#next")?.remove();
  const list = root.querySelector(".gt-answers");
  list.hidden = false;
  if (!ticked.length) return;
  const step = stepOf(tree, here, ticked);
  const known = casesOf(tree, step, past).length === 1;
  list.hidden = known;
  for (const frame of list.children) frame.hidden ||= frame.dataset.answer !== step.answer;
  if (!known) return;
  const next = makeLink(follow(view, past, step).href, "gt-button", words.see_answer);
  next.id = "next";
  bar.append(next);
}

/** The step with these ticks. */
function stepOf(tree, here, ticks) {
  const all = ticks.length === tree.nodes.get(here).items.length;
  return { key: here, answer: all ? MET : UNMET, ticks: all ? [] : ticks };
}

/** The checkbox of an item, whose words become its label. */
function box(item, changed) {
  let input = item.querySelector("input");
  if (!input) {
    const text = item.querySelector(".gt-item__words");
    input = make("input", "gt-item__box");
    input.type = "checkbox";
    input.autocomplete = "off"; // the ticks come from the URL, not from the browser
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

function answerChecklist(view, ticks) {
  answerHere(view, ticks.length && stepOf(view.tree, view.here, ticks));
}

/** Replaces the answer to this node in the URL, or deletes it. The history stays the same, so Back leads to the page
    before. */
function answerHere(view, step) {
  const { tree, past } = view;
  const steps = step ? follow(view, past, step).steps : past;
  history.replaceState(null, "", write(tree, steps, tree.tree) || location.pathname + location.search);
  sync();
}
