/** Links back with the answers, and the number of answers. */
function showTop(view) {
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
  const count = top.querySelector(".gt-top__answers");
  const answered = (here ? past : [...past, ...later]).filter(isGiven).length;
  count.hidden = !answered;
  count.textContent = say(words.your_answers_count, { count: answered });
}
