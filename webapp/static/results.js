// Says aloud what a page found, brings more answers, and hands links on.
// Without this script "more" is a page of its own, and links are copied by hand.

// A text that was there when the page came is read by no screen reader of its own accord; one that
// comes into a live region is.
for (const region of document.querySelectorAll("[data-says]")) {
  const said = document.getElementById(region.dataset.says);
  if (said) setTimeout(() => region.append(said.textContent.trim().replace(/\s+/g, " ")), 300);
}

const told = document.querySelector("[data-told]");

function tell(text) {
  told.textContent = "";
  requestAnimationFrame(() => {
    told.textContent = text;
  });
  setTimeout(() => {
    if (told.textContent === text) told.textContent = "";
  }, 8000);
}

// Handing a link on: the device's own way, else a copy

async function passOn({ passOn: url, title, text }) {
  if (navigator.share) return navigator.share({ url, title, text }).catch(() => {});
  try {
    await navigator.clipboard.writeText(url);
    return tell(told.dataset.copied);
  } catch {
    return tell(told.dataset.refused);
  }
}

function showShare() {
  for (const button of document.querySelectorAll("[data-pass-on][hidden]")) button.hidden = false;
}

// The buttons of a moment are one stop for Tab, with arrow keys between them (ARIA's toolbar).

const items = (bar) => [...bar.querySelectorAll("a, button:not([hidden])")];

function toolbars() {
  for (const bar of document.querySelectorAll("[role=toolbar]")) {
    items(bar).forEach((item, place) => {
      item.tabIndex = place ? -1 : 0;
    });
  }
}

function along(event) {
  const bar = event.target.closest?.("[role=toolbar]");
  if (!bar) return;
  const all = items(bar);
  const at = all.indexOf(event.target);
  const ends = { Home: 0, End: all.length - 1 };
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const next = all[ends[event.key] ?? (step ? (at + step + all.length) % all.length : NaN)];
  if (!next) return;
  event.preventDefault();
  for (const item of all) item.tabIndex = item === next ? 0 : -1;
  next.focus();
}

// More answers, put where the link to them was

async function more(event) {
  const link = event.target.closest?.("[data-more]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(String(response.status));
    add(new DOMParser().parseFromString(await response.text(), "text/html"), link);
  } catch {
    location.assign(link.href);
  }
}

function add(page, link) {
  const rows = document.getElementById("rows");
  const fresh = [...page.querySelectorAll("#rows > li")].slice(rows.children.length);
  rows.append(...fresh.map((row) => document.importNode(row, true)));
  const next = page.querySelector("[data-more]");
  history.replaceState(null, "", link.href.split("#")[0]);
  if (next) link.href = next.href;
  else link.parentElement.remove();
  showShare();
  dispatchEvent(new Event("hope:more"));
  toolbars();
  rows.children[rows.children.length - fresh.length]?.querySelector("a")?.focus();
  tell(told.dataset.moreTold);
}

if (told) {
  showShare();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-pass-on]");
    if (button) passOn(button.dataset);
  });
  document.addEventListener("click", more);
  document.addEventListener("keydown", along);
  addEventListener("load", toolbars); // when other scripts have made buttons of links
}
