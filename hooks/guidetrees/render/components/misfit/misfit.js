/** Says when the address holds answers that do not fit, and where those lead that do. */
function showMisfit(view, root) {
  root.querySelector(".gt-misfit")?.remove();
  if (!view.misfit) return;
  const notice = make("div", "gt-misfit", make("p", "", make("strong", "", words.misfit_title)), make("p", "", words.misfit));
  notice.setAttribute("role", "alert");
  const { tree, given } = view;
  const fitting = after(tree, tree.start, given, []);
  if (fitting.length && landing(tree, fitting).key !== view.here) {
    const { title, href } = landing(tree, fitting);
    const link = make("a", "", title);
    link.href = href;
    notice.append(make("p", "", `${words.misfit_on} `, link));
  }
  root.prepend(notice);
}
