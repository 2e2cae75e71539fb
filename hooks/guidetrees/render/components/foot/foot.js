/** A second link to report a mistake, which includes the answers. They leave the page only with this link. */
function showReport(view, root) {
  const link = root.querySelector('.gt-report a[href^="mailto:"]:not(.gt-report__answers)');
  if (!link) return;
  root.querySelector(".gt-report__answers")?.remove();
  if (!hasAnswered(view)) return;
  const href = link.href + encodeURIComponent(`\n${words.address}: ${exactLink(view)}\n`);
  link.after(" ", makeLink(href, "gt-report__answers", words.report_with_answers));
}
