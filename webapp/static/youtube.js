// YouTube's player: a button until it is pressed; only then is YouTube asked for anything.
// Shared by player.js and clip.js.

const YOUTUBE = "https://www.youtube-nocookie.com";
const ASK_AGAIN_MS = 500;
const MOST_ASKS = 60;
const KNOCK_MS = 250;
const MOST_KNOCKS = 80;
const PLAYING = 1;
const LOADING = 3;

// Puts a button where the link is that leads to YouTube without a script.
export function buttonFor(link, pressed) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.addEventListener("click", () => pressed(button));
  link.replaceWith(button);
  return button;
}

// Puts the player where the button is, which plays from a second on.
export function playInstead(button, { youtube, title, lang }, start, more = {}) {
  const frame = document.createElement("iframe");
  const options = new URLSearchParams({ start, autoplay: 1, playsinline: 1, rel: 0, cc_load_policy: 1, ...more });
  frame.src = `${YOUTUBE}/embed/${encodeURIComponent(youtube)}?${options}`;
  frame.title = title;
  frame.lang = lang;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  button.replaceWith(frame);
  frame.focus();
  return frame;
}

function toldBy(data) {
  try {
    return JSON.parse(data)?.info ?? {};
  } catch {
    return {};
  }
}

// A player that can be told what to do. YouTube says nothing of when it listens, and loses what it is
// told before: a jump is asked for again each time it speaks until it is where it was sent, and so is
// a speed. `said` is told the time, `paced` the speed.
export function youtubePlayer(button, data, startMs, { said, paced, rate = 1 }) {
  const toScript = { enablejsapi: 1, origin: location.origin };
  const frame = playInstead(button, data, Math.floor(startMs / 1000), toScript);
  const tell = (message) => frame.contentWindow?.postMessage(JSON.stringify(message), YOUTUBE);
  const command = (func, ...args) => tell({ event: "command", func, args });
  let loaded = false;
  let plays = true;
  let now = startMs;
  let wanted = null;
  let wantedRate = rate === 1 ? null : rate;
  let asked = 0;
  let askedAt = 0;

  function ask() {
    if (!loaded) return;
    asked += 1;
    askedAt = performance.now();
    command("seekTo", wanted / 1000, true);
    command("playVideo");
  }

  function arrived(seconds) {
    if (wanted === null) return true;
    const since = performance.now() - askedAt;
    const beyond = seconds - wanted / 1000;
    if (asked > MOST_ASKS || (beyond > -1 && beyond < 1 + since / 500)) wanted = null;
    else if (since > ASK_AGAIN_MS) ask();
    return wanted === null;
  }

  function heard({ currentTime, playerState, playbackRate }) {
    if (arrived(currentTime ?? NaN) && currentTime !== undefined) {
      now = currentTime * 1000;
      said(now);
    }
    if (playerState !== undefined) plays = playerState === PLAYING || playerState === LOADING;
    if (playbackRate === wantedRate) wantedRate = null;
    if (wantedRate !== null) command("setPlaybackRate", wantedRate);
    else if (playbackRate !== undefined) paced(playbackRate);
  }

  // Whoever is not answered for twenty seconds is not YouTube.
  let knocking = 0;
  let knocks = 0;
  function knock() {
    tell({ event: "listening", id: 1, channel: "widget" });
    knocks += 1;
    if (knocks >= MOST_KNOCKS) clearInterval(knocking);
  }
  frame.addEventListener("load", () => {
    loaded = true;
    if (wanted !== null) ask();
    knocking ||= setInterval(knock, KNOCK_MS);
  });
  addEventListener("message", (event) => {
    if (event.origin !== YOUTUBE || event.source !== frame.contentWindow) return;
    clearInterval(knocking);
    heard(toldBy(event.data));
  });
  const seek = (ms) => {
    wanted = ms;
    asked = 0;
    ask();
  };
  return {
    seek,
    now: () => wanted ?? now,
    toggle: () => {
      command(plays ? "pauseVideo" : "playVideo");
      plays = !plays;
    },
    pace: (faster) => {
      wantedRate = faster;
      command("setPlaybackRate", faster);
    },
  };
}
