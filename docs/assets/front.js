/* The front page's way to search: with script the box opens the search, without it, or in a page of others,
   the list from A to Z. */
document.querySelector(".front-search").addEventListener("click", (event) => {
  const field = document.querySelector('[data-md-component="search-query"]');
  if (!field || field.closest(".gt-framed")) return;
  event.preventDefault();
  field.focus();
});
