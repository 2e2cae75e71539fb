/* The front page's way to search: with script the box opens the search, without it the list from A to Z. */
document.querySelector(".front-search").addEventListener("click", (event) => {
  const field = document.querySelector('[data-md-component="search-query"]');
  if (!field) return;
  event.preventDefault();
  field.focus();
});
