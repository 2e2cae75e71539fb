/** Just the parts that fit what has been answered. What cannot be known stays, under what it depends on. */
function showParts(view, root) {
  for (const part of root.querySelectorAll(".gt-part")) {
    part.hidden = fit(view.tree, JSON.parse(part.dataset.when), view.past, view.here) === false;
  }
}
