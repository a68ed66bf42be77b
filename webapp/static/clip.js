// Plays a part of a video and stops at its end.
// Without this script the browser does so for our own videos, and a link leads to YouTube's.

import { buttonFor, playInstead } from "./youtube.js";

const NEAR = 0.08;

const box = document.querySelector("[data-clip]");

// A video of our own: it stops at the end of the part once; who plays on has asked for more

function ownClip(video, from, to) {
  const again = document.querySelector("[data-again]");
  const told = document.querySelector("[data-ended]");
  let inside = true;
  let timer = 0;

  function end() {
    inside = false;
    video.pause();
    again.hidden = false;
    told.textContent = told.dataset.ended;
  }

  function watch() {
    clearTimeout(timer);
    if (!inside || video.paused || video.seeking) return;
    const left = to - video.currentTime;
    if (left <= NEAR / 2) end();
    else timer = setTimeout(watch, Math.min(250, (left * 1000) / video.playbackRate));
  }

  video.addEventListener("play", () => {
    told.textContent = "";
    watch();
  });
  video.addEventListener("playing", watch);
  video.addEventListener("seeked", () => {
    inside = video.currentTime < to - NEAR;
    watch();
  });
  // Browsers that know media fragments stop by themselves.
  video.addEventListener("pause", () => {
    if (inside && video.currentTime >= to - NEAR) end();
  });
  again.addEventListener("click", () => {
    inside = true;
    video.currentTime = from;
    video.play().catch(() => {});
  });
}

const video = box?.querySelector("video, audio");
const link = box?.querySelector("a[data-youtube]");
if (video && box.dataset.to) ownClip(video, Number(box.dataset.from), Number(box.dataset.to));
else if (link) {
  const { start, end } = link.dataset;
  buttonFor(link, (button) => playInstead(button, link.dataset, start, end && { end }));
}
