// Plays a part of a video and stops at its end.
// Without this script the browser does so for our own videos, and a link leads to YouTube's.

const YOUTUBE = "https://www.youtube-nocookie.com";
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

// YouTube: a button until it is pressed; only then is YouTube asked for anything

function youtubeClip(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.addEventListener("click", () => {
    const frame = youtubeFrame(link.dataset);
    button.replaceWith(frame);
    frame.focus();
  });
  link.replaceWith(button);
}

function youtubeFrame({ youtube, start, end, title, lang }) {
  const frame = document.createElement("iframe");
  const options = new URLSearchParams({ start, ...(end && { end }), autoplay: 1, playsinline: 1, rel: 0, cc_load_policy: 1 });
  frame.src = `${YOUTUBE}/embed/${encodeURIComponent(youtube)}?${options}`;
  frame.title = title;
  frame.lang = lang;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  return frame;
}

const video = box?.querySelector("video");
const link = box?.querySelector("a[data-youtube]");
if (video && box.dataset.to) ownClip(video, Number(box.dataset.from), Number(box.dataset.to));
else if (link) youtubeClip(link);
