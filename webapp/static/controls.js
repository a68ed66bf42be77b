// How fast a video plays, and the keys that play it. Without this script neither is shown.

const SWITCH = "hope-keys";
const pace = document.querySelector("[data-pace]");
const help = document.querySelector("[data-keys]");

// Keys that mean something else where the focus is.
const FIELDS = "input, textarea, select, iframe, [contenteditable]";
const PRESSED = "button, summary, [role=button]";

const STEPS = { j: -10_000, l: 10_000, ArrowLeft: -5000, ArrowRight: 5000 };

function isTaken({ key, target }) {
  if (target.closest(FIELDS)) return true;
  if (key.length > 1 || key === " ") return Boolean(target.closest("video, audio"));
  return false;
}

function isOff() {
  try {
    return localStorage.getItem(SWITCH) === "off";
  } catch {
    return false;
  }
}

function switched({ target }) {
  try {
    if (target.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  } catch {
    target.checked = !isOff();
  }
}

function pressed(event, player) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const plays = key === "k" || (key === " " && !event.target.closest(PRESSED));
  if (!(plays || key in STEPS) || !player.plays || isTaken(event) || isOff()) return;
  event.preventDefault();
  if (!plays) player.seek(Math.max(0, player.now() + STEPS[key]));
  else if (!event.repeat) player.toggle();
}

// Shows the speed that a player has by itself; one that is not in the list is shown as none of them.
export function showPace(rate) {
  if (pace) pace.value = String(rate);
}

// `now` gives the player: another one once YouTube's is there.
export function controls(now) {
  if (!pace || !help) return;
  pace.addEventListener("change", () => now().pace(Number(pace.value)));
  for (const asleep of document.querySelectorAll(".wakes")) asleep.classList.remove("wakes");
  const box = help.querySelector("input");
  box.checked = !isOff();
  box.addEventListener("change", switched);
  addEventListener("keydown", (event) => pressed(event, now()));
}
