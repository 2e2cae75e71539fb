/** The items as boxes to tick. What is ticked stands in the address, so the answer that something is missing
    takes it along; every item ticked is the answer that all is met. */
function showChecklist(view, root) {
  if (!root.classList.contains("gt-checklist")) return;
  const list = root.querySelector(".gt-items");
  const { tree, here, own } = view;
  const { items } = tree.nodes.get(here);
  const ticked = own?.answer === MET ? items : (own?.ticks ?? []);
  for (const item of list.children) {
    box(item, () => answerChecklist(view, tickedIn(list))).checked = ticked.includes(item.dataset.item);
  }
  const progress = root.querySelector(".gt-progress");
  progress.setAttribute("role", "status");
  progress.textContent = say(words.progress, { met: ticked.length, all: items.length });
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
  const { tree, here, past, own } = view;
  const all = ticks.length === tree.nodes.get(here).items.length;
  const step = { key: here, answer: all ? MET : UNMET, ticks: all ? [] : ticks };
  const steps = ticks.length ? follow(view, past, step).steps : past;
  history.replaceState(null, "", write(tree, steps, tree.tree) || location.pathname + location.search);
  sync();
}
