/** Hides parts whose conditions do not hold, and parts and contacts that are not for today. A part that holds shows the
    guide's words; its condition is left out, its days are not. A part stays with its condition, and folded, if that is
    unknown. */
function showParts(view, root) {
  for (const part of root.querySelectorAll("[data-when], [data-from], [data-until]")) {
    const { when = "[]", from, until } = part.dataset;
    const fits = holds(view.tree, JSON.parse(when), view.past, view.here);
    part.hidden = from > localDay() || until < localDay() || fits === false;
    const bare = fits === true && !from && !until;
    part.toggleAttribute("data-bare", bare);
    for (const condition of part.querySelectorAll(".gt-part__when span")) condition.hidden = fits === true;
    for (const line of part.querySelectorAll(".gt-part__when, .gt-part__guide > summary")) line.hidden = bare;
    for (const folded of part.querySelectorAll(".gt-part__guide")) folded.open = fits === true;
  }
}
