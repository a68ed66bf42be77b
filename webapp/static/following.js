// Marks the sentence being said and keeps it in sight, for who reads along: it stops when the reader
// scrolls, and goes on when asked to.

import { turnTo } from "./turning.js";

const box = document.querySelector("[data-player]");
const scroll = document.querySelector(".scroll");
const button = document.querySelector("[data-follow]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let lines = [];
let starts = [];
let from = 0;
let until = Infinity;
let current = -1;
let now = null;
let following = null;
let unfolded = null;
let aim = 0;
let apart = 0;

function read() {
  const said = document.querySelector(".said");
  lines = said ? [...said.querySelectorAll("a[id][data-ms]")] : [];
  starts = lines.map((line) => Number(line.dataset.ms));
  // A long transcript is on several pages: what is said before or after is on another one.
  from = Number(said?.dataset.part ?? 1) > 1 ? Number(said.dataset.from) : 0;
  until = Number(said?.dataset.until ?? Infinity);
  current = lines.findIndex((line) => line.hasAttribute("aria-current"));
}

function lineAt(ms) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= ms) low = middle + 1;
    else high = middle;
  }
  return ms < until ? low - 1 : -1;
}

// What is in sight

const inBox = () => Boolean(scroll) && getComputedStyle(scroll).overflowY === "auto";

const stays = () => Boolean(box) && getComputedStyle(box).position === "sticky";

// The top and the bottom of where the transcript can be read now.
export function frame() {
  const low = document.querySelector(".below")?.getBoundingClientRect().top ?? innerHeight;
  const bottom = Math.min(innerHeight, low > 0 ? low : innerHeight);
  if (inBox()) {
    const { top, bottom: end } = scroll.getBoundingClientRect();
    return { top: Math.max(0, top), bottom: Math.min(end, bottom) };
  }
  return { top: stays() ? Math.max(0, box.getBoundingClientRect().bottom) : 0, bottom };
}

const scroller = () => (inBox() ? scroll : document.scrollingElement);

function bring(line, gently = !calm.matches) {
  const seen = frame();
  const { top, bottom } = line.getBoundingClientRect();
  if (top >= seen.top && bottom <= seen.bottom) return;
  const moving = scroller();
  const by = top - seen.top - Math.max(0, (seen.bottom - seen.top - (bottom - top)) / 3);
  aim = Math.max(0, Math.min(moving.scrollTop + by, moving.scrollHeight - moving.clientHeight));
  apart = Math.abs(aim - moving.scrollTop);
  moving.scrollTo({ top: aim, behavior: gently ? "smooth" : "auto" });
}

// Wherever it is now is where it was sent: what folds or turns may itself have moved it.
function settle() {
  aim = scroller().scrollTop;
  apart = 0;
}

// Whether a scroll is one of ours, on its way to where it was sent.
function isOurs() {
  const left = Math.abs(aim - scroller().scrollTop);
  if (left > apart + 2) return false;
  apart = left;
  return true;
}

// A fold that was opened on the way is closed behind.
function unfold(line) {
  const fold = line.closest("details");
  if (!fold || fold === unfolded || (fold.open && !unfolded)) return;
  if (unfolded) unfolded.open = false;
  unfolded = fold.open ? null : fold;
  fold.open = true;
  settle();
}

// Following

const plays = () => document.documentElement.matches(".playing");

const isElsewhere = () => now !== null && (now < from || now >= until);

function follow(on) {
  following = on;
  if (button) button.hidden = on || !plays() || (current < 0 && !isElsewhere());
  if (!on) return;
  settle();
  if (plays() || inBox()) show();
}

// Called when the reader looks at something else.
export function rest() {
  if (following) follow(false);
}

function show() {
  if (current >= 0) {
    unfold(lines[current]);
    bring(lines[current]);
  } else if (isElsewhere()) {
    turnTo(now);
  }
}

// Asks for the sentence said at a time to be marked. `jumped` is the link that was pressed, if any.
export function mark(ms, jumped = null) {
  now = ms + 60; // players land a few milliseconds early
  const next = lineAt(now);
  if (next !== current) {
    lines[current]?.removeAttribute("aria-current");
    lines[next]?.setAttribute("aria-current", "true");
    current = next;
  }
  if (jumped) follow(Boolean(jumped.closest(".said")) || inBox());
  else if (following) show();
}

// Called when a video begins to play: who sees its picture all the time is taken along.
export function begin() {
  document.documentElement.classList.add("playing");
  document.querySelector("[data-screen]")?.scrollIntoView({ block: "nearest" });
  follow(following ?? (inBox() || stays()));
}

function scrolled(event) {
  const theirs = event.target === (inBox() ? scroll : document);
  if (following && plays() && theirs && !isOurs()) follow(false);
}

function pulled(event) {
  const theirs = inBox() ? scroll.contains(event.target) : !box.contains(event.target);
  if (following && theirs) follow(false);
}

if (scroll) {
  read();
  document.addEventListener("transcript", () => {
    read();
    unfolded = null;
    settle();
    if (following) show();
  });
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  document.addEventListener("wheel", pulled, { passive: true });
  document.addEventListener("touchmove", pulled, { passive: true });
  // Who goes from sentence to sentence, or selects in one, is reading by themselves.
  scroll.addEventListener("focusin", rest);
  button?.addEventListener("click", () => follow(true));
  if (inBox() && current >= 0) bring(lines[current], false);
}
