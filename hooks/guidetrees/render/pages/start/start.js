/** On a start page with answers in the URL: links to continue and to start again. */
function showStart(view, root) {
  const action = root.querySelector(".gt-action");
  if (!action || view.here) return;
  const { tree, past, later } = view;
  const begin = action.querySelector(".gt-button:not(.gt-start__on)");
  begin.href = address(tree, tree.start, past);
  begin.textContent = later.length ? words.start_over : words.start;
  begin.classList.toggle("gt-button--second", later.length > 0);
  action.querySelector(".gt-start__on")?.remove();
  if (!later.length) return;
  action.prepend(makeLink(destination(tree, allSteps(view)).href, "gt-button gt-start__on", words.continue));
}
