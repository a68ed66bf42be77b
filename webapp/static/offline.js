// The list for an appointment where there is no internet: as it is on this device, with the words
// that stood beside what was kept, or on its page when it was last looked at (appointment.js keeps them).

const list = document.getElementById("list");

function kept(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function wordsShown() {
  try {
    return JSON.parse(kept("hope-appointment-shown") || "{}");
  } catch {
    return {};
  }
}

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function clock(seconds) {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function said({ who, text }) {
  const line = element("p");
  if (who) line.append(element("b", who, "speaker"), " ");
  line.append(text);
  return line;
}

const named = (slug) => slug[0].toUpperCase() + slug.slice(1).replaceAll("-", " ");

function moment(key, { title, lang = "", words = [], people, heard, captions } = {}) {
  const [slug, times] = key.split("~");
  const item = element("li");
  if (words.length) {
    const quote = element("blockquote");
    quote.lang = lang;
    quote.append(...words.map(said));
    item.append(quote);
  }
  const at = list.dataset.at.replace("{title}", title || named(slug)).replace("{time}", clock(parseInt(times, 10)));
  const below = [heard, people, at, captions].filter(Boolean).map((text) => element("p", text, "source"));
  item.append(...below);
  return item;
}

function fill(name, items) {
  const part = list.querySelector(`[data-part=${name}]`);
  part.hidden = items.length === 0;
  part.querySelector("ol").append(...items);
}

const mine = new URLSearchParams(kept("hope-appointment"));
const shown = wordsShown();
const moments = mine.getAll("m");
fill("questions", mine.getAll("q").map((text) => element("li", text)));
fill("moments", moments.map((key) => moment(key, shown[key])));
list.hidden = [...mine].length === 0;
list.querySelector("[data-wordless]").hidden = moments.every((key) => shown[key]?.words?.length);
document.querySelector("[data-empty]").hidden = !list.hidden;
addEventListener("online", () => location.reload());
