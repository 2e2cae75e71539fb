/** The note on presumed answers is hidden when the reader has given any. */
function showPresumed(view, root) {
  const note = root.querySelector(".gt-presumed");
  if (note) note.hidden = hasAnswered(view);
}
