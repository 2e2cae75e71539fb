/* The box of the search: it asks the engine (engine.js), and shows what that finds. */

function limitMessage(shown, all) {
  const number = (count) => count.toLocaleString(document.documentElement.lang);
  return words.search_best.replace("{shown}", number(shown)).replace("{all}", number(all));
}

window.guidetreesSearch = { take, find };
