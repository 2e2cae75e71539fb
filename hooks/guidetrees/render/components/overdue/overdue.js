/** A page that was built in time may be read years later. */
function showOverdue(view, root) {
  const notice = root.querySelector(".gt-overdue");
  if (new Date() > new Date(`${notice.dataset.due}T23:59:59`)) notice.hidden = false;
}
