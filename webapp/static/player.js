// Jumps without loading the page again, and marks the sentence being said.
// Without this script every link on the page does the same, one page load later.

import { controls, showPace } from "./controls.js";
import { begin, mark } from "./following.js";
import { wasTapped } from "./tapped.js";
import { buttonFor, youtubePlayer } from "./youtube.js";

const box = document.querySelector("[data-player]");
const part = box?.closest("[data-plays]") ?? document;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let player = null;

// `#t=90`, as media fragments have it, is the same as `?t=90`; no server ever sees it.
function openFragment() {
  const named = [...new URLSearchParams(location.hash.slice(1))].find(([name]) => /^(t|start)$/i.test(name));
  if (!box || !named) return;
  const address = new URL(location.href);
  address.searchParams.set("t", named[1].split(",")[0]);
  address.hash = "";
  location.replace(address);
}

openFragment();
addEventListener("hashchange", openFragment);

// Times in words, in the language of the page

function clock(seconds) {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function spoken(seconds) {
  const parts = { hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60 };
  return Object.entries(parts)
    .filter(([unit, count]) => count || (unit === "second" && !seconds))
    .map(([unit, count]) =>
      new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count),
    )
    .join(" ");
}

// A video of our own

function ownPlayer(video) {
  let wanted = null;
  const seek = (ms) => {
    wanted = video.readyState ? null : ms;
    video.currentTime = ms / 1000;
    begin();
    video.play().catch(() => {});
  };
  // What is asked before a video has begun to load gives way to where its address begins.
  video.addEventListener("loadedmetadata", () => {
    if (wanted !== null) seek(wanted);
  });
  video.addEventListener("play", begin);
  video.addEventListener("timeupdate", () => {
    if (!video.paused && wanted === null) mark(video.currentTime * 1000);
  });
  video.addEventListener("ratechange", () => showPace(video.playbackRate));
  return {
    seek,
    plays: true,
    now: () => wanted ?? video.currentTime * 1000,
    start: () => video.play().catch(() => {}),
    toggle: () => (video.paused ? video.play().catch(() => {}) : video.pause()),
    pace: (rate) => {
      video.defaultPlaybackRate = rate;
      video.playbackRate = rate;
    },
  };
}

// YouTube: a jump before it plays is kept for when it does

function facade(link) {
  let startMs = Number(link.dataset.start) * 1000;
  let rate = 1;
  const button = buttonFor(link, () => {
    const told = { said: (ms) => mark(ms), paced: showPace, rate };
    player = { ...youtubePlayer(button, link.dataset, startMs, told), plays: true };
    begin();
  });
  return {
    plays: false,
    start: () => button.click(),
    pace: (faster) => {
      rate = faster;
    },
    seek(ms, now) {
      startMs = ms;
      if (now) return button.click();
      const seconds = Math.floor(ms / 1000);
      button.querySelector("[data-clock]").textContent = clock(seconds);
      button.querySelector("[data-spoken]").textContent = spoken(seconds);
      button.querySelector("[data-from]").hidden = false;
      button.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
      return button.focus({ preventScroll: true });
    },
  };
}

// Jumping

// Which of a page's answers is played.
function point(link) {
  for (const other of part.querySelectorAll(".time[aria-current]")) other.removeAttribute("aria-current");
  if (link.matches(".time")) link.setAttribute("aria-current", "true");
}

function jump(event) {
  const link = event.target.closest?.("a[data-ms]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !plain || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  const ms = Number(link.dataset.ms);
  point(link);
  mark(ms, link);
  player.seek(ms, link.matches(".time")); // which says that it plays
  const address = new URL(link.getAttribute("href"), location);
  address.hash = "";
  if (address.pathname === location.pathname) history.replaceState(null, "", address);
  const outside = document.querySelector("[data-outside]");
  if (outside) outside.href = outside.href.replace(/([?&]t=)\d+s/, `$1${Math.floor(ms / 1000)}s`);
}

if (box) {
  const video = box.querySelector("video, audio");
  const link = box.querySelector("a[data-youtube]");
  if (video) player = ownPlayer(video);
  else if (link) player = facade(link);
  if (player) {
    part.addEventListener("click", jump);
    controls(() => player);
    if (wasTapped()) player.start();
  }
}
