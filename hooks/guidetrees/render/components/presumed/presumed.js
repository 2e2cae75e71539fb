/** What an outcome presumes is said until the reader has answered. */
function showPresumed(view, root) {
  const note = root.querySelector(".gt-presumed");
  if (note) note.hidden = hasAnswered(view);
}
