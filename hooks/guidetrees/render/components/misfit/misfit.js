/** A notice if the URL has answers that do not fit, with a link to where the other answers lead. */
function showMisfit(view, root) {
  root.querySelector(".gt-misfit")?.remove();
  if (!view.misfit) return;
  const notice = make("div", "gt-misfit", make("p", "", make("strong", "", words.misfit_title)), make("p", "", words.misfit));
  notice.setAttribute("role", "alert");
  const { tree, given } = view;
  const steps = stepsFrom(tree, tree.start, given, []);
  const { key = view.here, title, href } = steps.length ? destination(tree, steps) : {};
  if (key !== view.here) {
    notice.append(make("p", "", `${words.misfit_on} `, makeLink(href, "", title)));
  }
  root.prepend(notice);
}
