// The transcript by keyboard: one stop for Tab, arrow keys from sentence to sentence, and hops
// between what was found. Without this script every sentence is a stop, and every hop a page load.

import { rest } from "./following.js";
import { find } from "./turning.js";

const below = document.querySelector(".below");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let said = null;
let lines = [];
let bar = null;
let matches = [];
let from = -1;

function stopAt(line) {
  for (const link of said.querySelectorAll('a[tabindex="0"]')) link.tabIndex = -1;
  line.tabIndex = 0;
}

function goTo(line) {
  stopAt(line);
  const fold = line.closest("details");
  if (fold) fold.open = true;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}

function rove() {
  for (const link of said.querySelectorAll("a")) link.tabIndex = -1;
  stopAt(said.querySelector("[aria-current]") ?? lines[0]);
  said.setAttribute("role", "group");
  said.setAttribute("aria-labelledby", "said");
  said.setAttribute("aria-describedby", "said-keys");
  said.addEventListener("focusin", (event) => {
    if (lines.includes(event.target)) stopAt(event.target);
  });
  said.addEventListener("keydown", keyed);
  said.addEventListener("click", (event) => {
    const at = lines.indexOf(event.target.closest("a"));
    if (at >= 0) from = at;
  });
}

const STEPS = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => lines.length - 1,
};

function keyed(event) {
  const at = lines.indexOf(event.target);
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const next = lines[STEPS[event.key]?.(at)];
  if (event.key in STEPS) event.preventDefault();
  if (next) goTo(next);
  if (event.key === "n") hop("after");
  if (event.key === "p") hop("before");
}

// What was found

function around() {
  return {
    before: matches.findLast((line) => lines.indexOf(line) < from),
    after: matches.find((line) => lines.indexOf(line) > from),
  };
}

// In a long transcript the next match can be in another part, which is another page.
function hop(way) {
  const match = bar && around()[way];
  if (!match) {
    if (bar?.dataset[way]) location.assign(bar.dataset[way]);
    return;
  }
  from = lines.indexOf(match);
  goTo(match);
  const number = matches.indexOf(match) + Number(bar.dataset.first);
  const told = bar.dataset.match.replace("{number}", number).replace("{count}", bar.dataset.count);
  bar.querySelector("[data-hop-at]").textContent = told;
  bar.querySelector("[data-hop-told]").textContent = told;
  for (const link of bar.querySelectorAll("[data-hop]")) {
    link.hidden = !around()[link.dataset.hop] && !bar.dataset[link.dataset.hop];
  }
}

function hopped(event) {
  const link = event.target.closest("[data-hop]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !plain || event.altKey) return;
  event.preventDefault();
  hop(link.dataset.hop);
}

function read() {
  said = document.querySelector(".said");
  lines = said ? [...said.querySelectorAll("a[id][data-ms]")] : [];
  if (!lines.length) return;
  bar = document.querySelector(".hops");
  matches = lines.filter((line) => line.classList.contains("is-found"));
  from = lines.findIndex((line) => line.hasAttribute("aria-current"));
  rove();
}

function sought(event) {
  event.preventDefault();
  rest();
  find(event.target);
}

read();
document.addEventListener("transcript", read);
document.querySelector("[data-find]")?.addEventListener("submit", sought);
below?.addEventListener("click", hopped);

// Folds are all there on paper.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".fold")) fold.open = true;
});

// Where there is room beside the transcript, what is in the video is there at once.
const contents = document.querySelector(".contents");
if (contents && matchMedia("(min-width: 60rem)").matches) contents.open = true;
