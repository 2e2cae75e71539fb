/* Links and codes. Only the browser knows the URL of the site. */

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // the width of the quiet zone around a code, in modules

/** Everything that needs the site's URL. A site opened from a folder has none that others could use. */
async function showShare(root) {
  const here = location.protocol.startsWith("http");
  root.classList.add(here ? "gt-share--here" : "gt-share--nowhere");
  if (!here) return;
  const cards = [...root.querySelectorAll(".gt-share__tree")];
  const ending = cards.length && (await showsFolders(absolute(cards[0].dataset.folder))) ? "" : "index.html";
  cards.forEach((card) => showCard(card, absolute(card.dataset.folder + ending)));
}

function absolute(path) {
  return new URL(path, location.href).href;
}

/** Whether the server shows a folder's index.html at the folder's URL. Tested, as a printed URL cannot be changed. */
async function showsFolders(folder) {
  const [one, other] = await Promise.all([folder, `${folder}index.html`].map(read));
  return one !== null && one === other;
}

async function read(url) {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

function showCard(card, address) {
  const title = card.querySelector("h2").textContent;
  const texts = { address, text: `${card.dataset.text} ${address}`, embed: embedding(title, absolute(card.dataset.page)) };
  const link = card.querySelector(".gt-share__address a");
  link.href = link.textContent = address;
  card.querySelector(".gt-share__text").textContent = texts.text;
  card.querySelector(".gt-share__embed").textContent = texts.embed;
  if (window.qrcode) showCode(card, say(words.share_code, { title }), address);
  const done = { address: words.copied_address, text: words.copied_text, embed: words.copied_embed };
  for (const button of card.querySelectorAll("[data-copy]")) {
    const what = button.dataset.copy;
    const status = card.querySelector(".gt-share__status");
    button.onclick = () => copy(status, button.textContent, texts[what], done[what]);
  }
}

/** The iframe for a learning platform. In an iframe, the site hides its header and navigation. */
function embedding(title, src) {
  const frame = document.createElement("iframe");
  for (const [name, value] of Object.entries({ src, title, width: "100%", height: "600" })) frame.setAttribute(name, value);
  return frame.outerHTML;
}

function showCode(card, label, address) {
  const container = card.querySelector(".gt-share__code");
  const picture = codePicture(address, label);
  const file = new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
  card.querySelector(".gt-share__download").href = URL.createObjectURL(file);
  container.prepend(picture);
}

/** A code as a picture. It is black on white in every colour scheme, as cameras expect. */
function codePicture(address, label) {
  const code = qrcode(0, "M");
  code.addData(address);
  code.make();
  const size = code.getModuleCount() + 2 * QUIET;
  const picture = shape("svg", { viewBox: `0 0 ${size} ${size}`, width: "40mm", height: "40mm", role: "img", "aria-label": label });
  picture.append(
    shape("rect", { width: size, height: size, fill: "#fff" }),
    shape("path", { d: modules(code), fill: "#000", "shape-rendering": "crispEdges" }),
  );
  return picture;
}

/** The path of the dark modules. Adjacent modules of a row are one rectangle. */
function modules(code) {
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let from = 0, to; from < count; from = to + 1) {
      for (to = from; to < count && code.isDark(row, to); ) to++;
      if (to > from) path += `M${from + QUIET} ${row + QUIET}h${to - from}v1h${from - to}z`;
    }
  }
  return path;
}

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

showShare(document.querySelector(".gt-share"));
