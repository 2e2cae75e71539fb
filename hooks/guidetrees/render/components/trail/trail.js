/** The answers so far, each with a link to change it. An outcome also shows the quotations of each question and where
    its other answers lead. Without answers in the URL, the section stays as it is in the HTML: the answers that would
    lead here. */
function showTrail(view, root) {
  const { here, past, later } = view;
  const section = root.querySelector(".gt-trail");
  const heading = section.querySelector("h2");
  const steps = section.querySelector(".gt-trail__steps");
  section.written ??= { steps: [...steps.childNodes], heading: [...heading.childNodes], hidden: section.hidden };
  const { written } = section;
  const answered = here ? past : [...past, ...later];
  const given = answered.some(isGiven);
  const coming = here ? later : [];
  const shown = given ? [stepList(view, answered, root, written.steps)] : [...written.steps];
  if (coming.length) {
    const title = make("h3", "gt-trail__later", words.later);
    shown.push(title, make("p", "gt-hint", words.later_help), stepList(view, coming, root, []));
  }
  steps.replaceChildren(...shown);
  const folded = section.querySelector(".gt-fold");
  const title = folded ? say(words.way_count, { count: answered.filter(isAnswer).length }) : words.your_answers;
  heading.replaceChildren(...(given || written.hidden ? [title] : written.heading));
  section.hidden = written.hidden && !given && !coming.length;
}

function stepList(view, steps, root, written) {
  const detailed = root.classList.contains("gt-outcome");
  const quoted = new Set();
  const rows = steps.filter(isAnswer).map((step) => row(view, step, detailed && reasons(view, step, written, quoted)));
  const list = make("ol", "gt-steps", ...rows);
  list.setAttribute("role", "list");
  return list;
}

function row(view, step, more) {
  const { tree } = view;
  const { title } = tree.nodes.get(step.key);
  const href = address(tree, step.key, allSteps(view));
  const change = makeLink(href, "gt-step__change", step.implied ? words.give : words.change);
  change.setAttribute("aria-label", say(step.implied ? words.give_what : words.change_what, { question: title }));
  const question = make("span", "gt-step__question", title);
  const answer = make("span", "gt-step__answer", stepWords(tree, step));
  return make("li", "gt-step", question, answer, change, ...(more ? [more] : []));
}

/** The details of a step: the quotations that the page has for it, and the other answers. */
function reasons(view, step, written, quoted) {
  const { tree, past } = view;
  const index = past.indexOf(step);
  const quotes = written.map((part) => part.querySelector?.(`[data-node="${step.key}"]`)).find(Boolean);
  const of = make("span", "gt-unseen", `: ${tree.nodes.get(step.key).title}`);
  const summary = make("summary", "", quotes ? words.behind_step : words.other_answers, of);
  const more = make("details", "gt-details gt-step__more", summary);
  if (quotes) more.append(once(quotes.cloneNode(true), quoted));
  const others = [...tree.nodes.get(step.key).answers.keys()].filter((answer) => answer !== step.answer);
  if (!quotes && !others.length) return null;
  const list = others.map((answer) => {
    const other = { key: step.key, answer, ticks: [] };
    const { title, href } = follow({ ...view, later: past.slice(index + 1) }, past.slice(0, index), other);
    return make("li", "", `${say(words.had_you, { answer: answerWords(tree, other) })} `, makeLink(href, "", title));
  });
  if (list.length) more.append(make("ul", "gt-others", ...list));
  return more;
}

/** Quotations. Those of an earlier step are replaced by a link to their section. */
function once(quotes, quoted) {
  for (const figure of quotes.querySelectorAll("figure")) {
    const { cite } = figure.querySelector("blockquote");
    if (quoted.has(cite)) figure.replaceWith(make("p", "", `${words.quote_from} `, figure.querySelector("figcaption a")));
    quoted.add(cite);
  }
  return quotes;
}
