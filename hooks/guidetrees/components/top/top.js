/** The ways back with their answers, and how many answers there are. */
function showTop(view, root) {
  const { tree, here, past, later } = view;
  const top = document.querySelector(".gt-top");
  const steps = allSteps(view);
  const back = top.querySelector(".gt-back");
  if (back) {
    const plain = (back.dataset.plain ??= back.getAttribute("href"));
    back.href = past.length ? address(tree, past.at(-1).key, steps) : plain;
  }
  if (here) {
    top.querySelector(".gt-crumbs li:last-child a").href = address(tree, tree.start, steps, true);
  }
  const answered = here ? past : [...past, ...later];
  const count = top.querySelector(".gt-top__answers");
  count.hidden = !answered.length && !root.querySelector(".gt-ways");
  count.textContent = answered.length ? say(words.your_answers_count, { count: answered.length }) : words.your_answers;
}
