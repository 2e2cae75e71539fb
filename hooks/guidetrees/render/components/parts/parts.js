/** Hides the parts whose conditions do not hold. A part stays with its condition if that is unknown. */
function showParts(view, root) {
  for (const part of root.querySelectorAll(".gt-part")) {
    part.hidden = holds(view.tree, JSON.parse(part.dataset.when), view.past, view.here) === false;
  }
}
