/** The answers so far, each with its way to change it; on an outcome with the guide's words behind the question
    and where other answers lead. Without answers in the address the section stays as it was written. */
function showTrail(view, root) {
  const { here, past, later, misfit } = view;
  const answered = here ? past : [...past, ...later];
  const section = root.querySelector(".gt-trail");
  section.written ??= { content: [...section.childNodes], hidden: section.hidden };
  const heading = section.querySelector("h2");
  const shown = [heading];
  if (answered.length) shown.push(stepList(view, answered, root, section.written.content));
  if (here && later.length) {
    shown.push(make("h3", "gt-trail__later", words.later), make("p", "gt-hint", words.later_help));
    shown.push(stepList(view, later, root, []));
  }
  section.replaceChildren(...(shown.length > 1 ? shown : section.written.content));
  // Written are the only answers that lead here, which may not be the reader's, or all ways, which stay true.
  const untrue = misfit && !section.querySelector(".gt-ways");
  section.hidden = shown.length === 1 && (section.written.hidden || untrue);
}

function stepList(view, steps, root, written) {
  const detailed = root.classList.contains("gt-outcome");
  const quoted = new Set();
  const rows = steps.map((step, i) => row(view, step, detailed && reasons(view, i, written, quoted)));
  const list = make("ol", "gt-steps", ...rows);
  list.setAttribute("role", "list");
  return list;
}

function row(view, step, more) {
  const { tree } = view;
  const { title } = tree.nodes.get(step.key);
  const change = make("a", "gt-step__change", words.change);
  change.href = address(tree, step.key, allSteps(view));
  change.setAttribute("aria-label", say(words.change_what, { question: title }));
  const question = make("span", "gt-step__question", title);
  const answer = make("span", "gt-step__answer", answered(tree, step));
  return make("li", "gt-step", question, answer, change, ...(more ? [more] : []));
}

/** What stands behind the step at `index`: the guide's words as the page has them, and the other answers. */
function reasons(view, index, written, quoted) {
  const { tree, past } = view;
  const step = past[index];
  const behind = written.map((part) => part.querySelector?.(`[data-node="${step.key}"]`)).find(Boolean);
  const summary = make("summary", "", behind ? words.behind_step : words.other_answers);
  const more = make("details", "gt-details gt-step__more", summary);
  if (behind) more.append(once(behind.cloneNode(true), quoted));
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

/** The guide's words with just the name of what a step before has quoted. */
function once(behind, quoted) {
  for (const figure of behind.querySelectorAll("figure")) {
    const { cite } = figure.querySelector("blockquote");
    if (quoted.has(cite)) figure.replaceWith(make("p", "", `${words.quote_from} `, figure.querySelector("figcaption a")));
    quoted.add(cite);
  }
  return behind;
}
