/** A page may become overdue after the build. */
function showOverdue(view, root) {
  const notice = root.querySelector(".gt-overdue");
  if (new Date() > new Date(`${notice.dataset.due}T23:59:59`)) notice.hidden = false;
}
