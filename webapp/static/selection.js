// A bar for words that one selects in the transcript: to quote, copy, share or keep them.
// Without this script the transcript is links, and the page has other ways to quote and keep.

import { frame } from "./following.js";

const bar = document.querySelector("[data-selected]");
const scroll = document.querySelector(".scroll");
const touched = matchMedia("(pointer: coarse)");

const QUIET_MS = 200;
const GAP = 8;
const HANDLE = 32; // what a phone hangs below the words that are selected
const MS_A_LETTER = 60;

let chosen = null;
let dismissed = "";
let held = false;
let waiting = 0;

// What is selected

function words(range) {
  const part = range.cloneContents();
  for (const other of part.querySelectorAll(".turn-head, .heard, summary")) other.remove();
  return part.textContent.trim().replace(/\s+/g, " ");
}

function touches(range, line) {
  const whole = document.createRange();
  whole.selectNodeContents(line);
  return (
    range.compareBoundaryPoints(Range.END_TO_START, whole) < 0 &&
    range.compareBoundaryPoints(Range.START_TO_END, whole) > 0
  );
}

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const said = scroll.querySelector(".said");
  if (!said?.contains(range.commonAncestorContainer)) return null;
  const all = [...said.querySelectorAll("a[id][data-ms]")];
  const lines = all.filter((line) => touches(range, line));
  const text = words(range);
  if (!lines.length || !text) return null;
  return { range, text, lines, next: all[all.indexOf(lines.at(-1)) + 1] };
}

// The bar

function links({ lines, next }) {
  const [first, last] = [Number(lines[0].dataset.ms), Number(lines.at(-1).dataset.ms)];
  const end = next ? Number(next.dataset.ms) : last + MS_A_LETTER * lines.at(-1).textContent.length;
  const { lang, video, quote, share } = bar.dataset;
  const second = Math.floor(first / 1000);
  const asked = new URLSearchParams({ lang, from: first / 1000, to: (last + 1) / 1000 });
  bar.querySelector("[data-quote-selected]").href = `${quote}?${asked}`;
  const keep = bar.querySelector("[data-keep]");
  if (keep) {
    keep.dataset.keep = `${video}~${second}-${Math.ceil(end / 1000)}~${lang}`;
    keep.dataset.keepLines = lines.map((line) => line.id).join(" ");
  }
  return `${share}?${new URLSearchParams({ t: second, lang })}`;
}

// Beside the words, never over them: below, or above where there is no room below. A phone shows a
// menu of its own above what a finger selects: there it is always below.
function place({ range }) {
  const rects = [...range.getClientRects()].filter((rect) => rect.width);
  const [first, last] = [rects[0], rects.at(-1)];
  const around = scroll.getBoundingClientRect();
  const seen = frame();
  const below = last.bottom + (touched.matches ? HANDLE : GAP);
  const above = first.top - GAP - bar.offsetHeight;
  const fits = touched.matches || below + bar.offsetHeight <= seen.bottom || above < seen.top;
  const left = Math.min(Math.max(last.left - around.left, 0), scroll.clientWidth - bar.offsetWidth);
  bar.style.top = `${(fits ? below : above) - around.top + scroll.scrollTop}px`;
  bar.style.left = `${Math.max(0, left)}px`;
  if (touched.matches) bar.scrollIntoView({ block: "nearest" });
}

function close() {
  if (bar.contains(document.activeElement)) chosen?.lines[0].focus({ preventScroll: true });
  bar.hidden = true;
  chosen = null;
}

function tell(text) {
  bar.querySelector("[role=status]").textContent = text;
}

function show() {
  if (held || bar.contains(document.activeElement)) return;
  const found = selected();
  if (!found || found.text === dismissed) {
    if (!bar.hidden) close();
    if (!found) dismissed = "";
    return;
  }
  const anew = found.text !== chosen?.text;
  chosen = { ...found, link: links(found) };
  bar.hidden = false;
  place(found);
  if (anew) tell(bar.dataset.told);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, QUIET_MS);
}

// What it does

const cited = ({ text, link }) => `“${text}”\n${bar.dataset.title}\n${link}`;

async function copy() {
  try {
    await navigator.clipboard.writeText(cited(chosen));
    tell(bar.dataset.copied);
  } catch {
    tell(document.execCommand("copy") ? bar.dataset.copied : bar.dataset.refused);
  }
}

function share() {
  const { text, link } = chosen;
  navigator.share({ title: bar.dataset.title, text: `“${text}”`, url: link }).catch(() => {});
}

// Sentences are links, and words of a link cannot be selected: a mouse drags it, and a phone shows
// what it leads to when it is held. While it is pressed it is none.

function pressed(event) {
  const line = event.target.closest("a[id][data-ms]");
  held = event.pointerType === "mouse";
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!line || !plain) return;
  const address = line.getAttribute("href");
  line.removeAttribute("href");
  const back = () => line.setAttribute("href", address);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, back, { once: true });
}

if (bar && scroll) {
  document.addEventListener("selectionchange", soon);
  scroll.addEventListener("pointerdown", pressed);
  addEventListener("pointerup", () => {
    held = false;
    soon();
  });
  addEventListener("resize", soon);
  // A click that ends a selection plays nothing.
  scroll.addEventListener(
    "click",
    (event) => {
      if (event.detail === 1 && event.target.closest(".said a") && selected()) event.preventDefault();
    },
    { capture: true },
  );
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bar.hidden) return;
    dismissed = chosen.text;
    close();
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps what is selected
  bar.querySelector("[data-copy-selected]").addEventListener("click", copy);
  const pass = bar.querySelector("[data-share-selected]");
  pass.hidden = !navigator.share;
  pass.addEventListener("click", share);
}
