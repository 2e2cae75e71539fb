/* The page for addresses that do not exist is shown at any of them, so it asks for this script as seen from each depth.
   The first that is found knows by its own address where the site lies: all addresses of the page, which are written
   from a server's root, are then right, and the scripts that waited for that are loaded. */

(() => {
  const page = document.documentElement;
  if (page.dataset.root) return; // found nearer
  page.dataset.root = new URL("..", document.currentScript.src).href;

  function correct(...names) {
    for (const name of names) {
      for (const element of document.querySelectorAll(`[${name}^="/"]`)) {
        const right = page.dataset.root + element.getAttribute(name).slice(1);
        if (element[name] !== right) element.setAttribute(name, right);
      }
    }
  }

  /** In their order; they wait for the page to be read, which it has been. */
  function load(scripts) {
    for (const script of scripts) {
      script.async = false;
      script.src = script.dataset.src;
    }
    scripts.at(-1).onload = () => document.dispatchEvent(new Event("DOMContentLoaded"));
  }

  correct("href"); // the styles
  const read = () => {
    correct("href", "src", "data-src");
    const config = document.getElementById("__config"); // where there is the theme's script
    if (config) config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), base: page.dataset.root });
    load([...document.querySelectorAll("script[data-src]")]);
  };
  document.addEventListener("DOMContentLoaded", read, { once: true });
})();
