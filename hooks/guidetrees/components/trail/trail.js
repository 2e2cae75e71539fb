/** The answers so far, each with its way to change it; on an outcome with the guide's words behind the question
    and where other answers lead. Without answers in the address the section stays as it was written. */
function showTrail(view, root) {
  const { here, past, later, misfit } = view;
  const section = root.querySelector(".gt-trail");
  section.written ??= { content: [...section.childNodes], hidden: section.hidden };
  const heading = section.querySelector("h2");
  const answered = here ? past : later;
  const shown = [heading];
  if (answered.length) shown.push(stepList(view, answered, root, section.written.content));
  if (answered.length && !here) shown.push(goOn(view));
  if (here && later.length) {
    shown.push(make("h3", "gt-trail__later", words.later), make("p", "gt-hint", words.later_help));
    shown.push(stepList(view, later, root, []));
  }
  section.replaceChildren(...(shown.length > 1 ? shown : section.written.content));
  section.hidden = shown.length === 1 && (section.written.hidden || misfit); // what is written may not be so
}

function stepList(view, steps, root, written) {
  const detailed = root.classList.contains("gt-outcome");
  return make("ol", "gt-steps", ...steps.map((step, i) => row(view, step, detailed && reasons(view, i, written))));
}

function row(view, step, more) {
  const { tree } = view;
  const { title, items } = tree.nodes.get(step.key);
  const answer = answerWords(tree, step);
  const met = step.ticks.length ? ` (${say(words.progress, { met: step.ticks.length, all: items.length })})` : "";
  const change = make("a", "gt-step__change", words.change);
  change.href = address(tree, step.key, allSteps(view));
  change.setAttribute("aria-label", say(words.change_what, { question: title }));
  const question = make("span", "gt-step__question", title);
  const answered = make("span", "gt-step__answer", say(words.answered, { answer }) + met);
  return make("li", "gt-step", question, answered, change, ...(more ? [more] : []));
}

/** What stands behind the step at `index`: the guide's words as the page has them, and the other answers. */
function reasons(view, index, written) {
  const { tree, past } = view;
  const step = past[index];
  const more = make("details", "gt-details gt-step__more", make("summary", "", words.behind_step));
  const behind = written.map((part) => part.querySelector?.(`[data-node="${step.key}"]`)).find(Boolean);
  if (behind) more.append(behind.cloneNode(true));
  const others = [...tree.nodes.get(step.key).answers.keys()].filter((answer) => answer !== step.answer);
  const list = others.map((answer) => {
    const { title, href } = follow({ ...view, later: past.slice(index + 1) }, past.slice(0, index), { key: step.key, answer, ticks: [] });
    const link = make("a", "", title);
    link.href = href;
    return make("li", "", `${say(words.had_you, { answer: answerWords(tree, { key: step.key, answer }) })} `, link);
  });
  more.append(make("ul", "gt-others", ...list));
  return more;
}

/** On a start page: the link to where the answers lead. */
function goOn({ tree, later }) {
  const link = make("a", "gt-button", words.continue);
  link.href = landing(tree, later).href;
  return make("p", "gt-action", link);
}
