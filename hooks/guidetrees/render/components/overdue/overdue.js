/** A page may become overdue after the build. */
function showOverdue(view, root) {
  const notice = root.querySelector(".gt-overdue");
  if (localDay() > notice.dataset.due) notice.hidden = false;
}

/** Today where the reader is, as YYYY-MM-DD. */
function localDay() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
}
