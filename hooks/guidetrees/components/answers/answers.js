/** Each answer leads on with the answers so far; the one given before is marked. */
function showAnswers(view, root) {
  const { here, past, own } = view;
  for (const frame of root.querySelectorAll(".gt-answer")) {
    const { answer } = frame.dataset;
    const chosen = own?.answer === answer;
    const link = frame.querySelector("a");
    link.href = follow(view, past, { key: here, answer, ticks: chosen ? own.ticks : [] }).href;
    if (root.classList.contains("gt-checklist")) link.setAttribute("aria-describedby", "progress");
    else markGiven(frame, link, chosen);
  }
}

function markGiven(frame, link, chosen) {
  frame.classList.toggle("gt-answer--given", chosen);
  frame.querySelector(".gt-answer__given")?.remove();
  if (chosen) frame.append(make("p", "gt-answer__given", words.given));
  if (chosen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}
