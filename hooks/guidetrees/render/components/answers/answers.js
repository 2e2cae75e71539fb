/** The links of answers, and the way on from a step, keep the answers so far. An answer given earlier is marked. */
function showAnswers(view, root) {
  const { tree, here, past, own } = view;
  const checklist = root.classList.contains("gt-checklist");
  for (const frame of root.querySelectorAll("[data-answer]")) {
    const { answer } = frame.dataset;
    const chosen = own?.answer === answer;
    const step = chosen ? own : { key: here, answer, ticks: [], implied: answer === SEVERAL };
    const found = casesOf(tree, step, past);
    const open = step.implied ? found.slice(0, 1) : found;
    const one = tree.nodes.get(here).answers.get(answer).cases[frame.dataset.case ?? 0];
    const link = frame.querySelector("a");
    link.href = follow(view, past, step, one).href;
    frame.hidden = !open.includes(one);
    const when = frame.querySelector(".gt-answer__when");
    if (when) when.hidden = open.length === 1;
    describe(link, [checklist && "progress", when && !when.hidden && when.id, frame.querySelector(".gt-hint")?.id]);
    if ([ONWARD, SEVERAL].includes(answer)) link.id = one === open[0] ? "next" : "";
    else if (!checklist) markGiven(frame, link, chosen);
  }
}

function describe(link, ids) {
  const named = ids.filter(Boolean).join(" ");
  if (named) link.setAttribute("aria-describedby", named);
  else link.removeAttribute("aria-describedby");
}

function markGiven(frame, link, chosen) {
  frame.classList.toggle("gt-answer--given", chosen);
  frame.querySelector(".gt-answer__given")?.remove();
  link.removeAttribute("aria-current");
  if (!chosen) return;
  frame.append(make("p", "gt-answer__given", words.given));
  link.setAttribute("aria-current", "true");
}

/** The number of this question, if the earlier answers are known, before the number of questions that may follow. */
function showLeft(view, root) {
  const line = root.querySelector(".gt-left");
  if (!line) return;
  const plain = (line.dataset.plain ??= line.textContent);
  const known = view.past.length && view.tree.nodes.get(view.past[0].key).start;
  const first = view.tree.nodes.get(view.here).start;
  const number = first ? 1 : known ? view.past.filter(isAnswer).length + 1 : 0;
  line.textContent = number ? `${say(words.step_number, { number })}. ${plain}` : plain;
}
