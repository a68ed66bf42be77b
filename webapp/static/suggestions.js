// Suggests questions, topics and names of medicines while somebody types: an editable combobox with
// a list (ARIA Authoring Practices Guide). The browser looks in a list that it asked for once, so
// nothing is sent of what is typed. Without this script the fields are just fields.

const MOST = 6;
const SHORTEST = 2;
const PAUSE_MS = 700;

const told = document.getElementById("suggestions-told");
const say = told.dataset;

// What there is to suggest

let asked = null;

function load() {
  asked ??= fetch(say.at)
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then(read)
    .catch(() => []);
  return asked;
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsIn = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const joined = (text) => text.replace(/(?<=[\p{L}\p{N}])[-\u2011\/](?=[\p{L}\p{N}])/gu, "");

function entry(text, more = {}) {
  return { text, words: [...wordsIn(text), ...wordsIn(joined(text))], ...more };
}

const medicine = ([name, ...others]) => [
  entry(name, { kind: say.medicine, of: name, beside: others[0] }),
  ...others.map((other) => entry(other, { kind: say.medicine, of: name, beside: name })),
];

function read({ medicines = [], topics = [], questions = [] }) {
  return [
    ...medicines.flatMap(medicine),
    ...topics.map(([title, path, lang]) => entry(title, { kind: say.topic, path, lang })),
    ...questions.map((text) => entry(text)),
  ];
}

// All words typed begin words of a suggestion; what begins with them all comes first. A medicine is
// suggested once, by the first of its names that fits.
function matches(all, typed) {
  const words = wordsIn(typed);
  if (words.join("").length < SHORTEST) return [];
  const seen = new Set();
  const fits = all
    .filter((one) => words.every((word) => one.words.some((own) => own.startsWith(word))))
    .filter((one) => !one.of || (!seen.has(one.of) && seen.add(one.of)));
  const first = (one) => words.every((word, n) => one.words[n]?.startsWith(word));
  return [...fits.filter(first), ...fits.filter((one) => !first(one))].slice(0, MOST);
}

// How one is shown: the beginnings that were typed stand out

function letters(text, typed) {
  return text.split(/([\p{L}\p{N}]+)/u).map((part) => {
    const begun = typed.find((word) => fold(part).startsWith(word));
    if (!begun) return part;
    const bold = document.createElement("b");
    bold.textContent = part.slice(0, begun.length);
    const whole = document.createElement("span");
    whole.append(bold, part.slice(begun.length));
    return whole;
  });
}

function option(one, id, typed) {
  const item = document.createElement("div");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.append(...letters(one.text, typed));
  if (one.beside) text.append(` (${one.beside})`);
  if (one.lang) text.lang = one.lang;
  item.append(text);
  if (one.kind) {
    const kind = document.createElement("small");
    kind.textContent = one.kind;
    item.append(" ", kind);
  }
  return item;
}

function combobox(input) {
  const list = document.createElement("div");
  let shown = [];
  let active = -1;
  let telling = 0;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say.list);
  input.form.classList.add("suggesting");
  input.form.append(list);
  input.type = "text"; // a search field may not be a combobox
  input.inputMode = "search";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function point(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const item = list.children[active];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    point(-1);
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    clearTimeout(telling);
    told.textContent = "";
    if (!open) return;
    list.style.top = `${input.getBoundingClientRect().bottom - input.form.getBoundingClientRect().top}px`;
    // Said when the typing has come to a rest.
    telling = setTimeout(() => {
      told.textContent = shown.length === 1 ? say.one : say.many.replace("{count}", shown.length);
    }, PAUSE_MS);
  }

  async function suggest() {
    const all = await load();
    if (document.activeElement !== input) return;
    shown = matches(all, input.value);
    const typed = wordsIn(input.value);
    list.replaceChildren(...shown.map((one, n) => option(one, `${list.id}-${n}`, typed)));
    show(shown.length > 0);
  }

  function choose(one) {
    show(false);
    if (one.path) return location.assign(new URL(one.path, input.form.action));
    input.value = one.text;
    return input.form.requestSubmit();
  }

  // From the field up to the last, from the last down to the field, as a ring.
  async function step(by) {
    if (list.hidden) await suggest();
    const ring = shown.length + 1;
    if (!list.hidden) point(((active + 1 + by + ring) % ring) - 1);
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => show(false),
    Enter: () => choose(shown[active]),
  };

  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.altKey && key === "ArrowDown") suggest();
    else if (event.altKey && key === "ArrowUp") show(false);
    else if (event.altKey) return;
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) return point(-1);
    else if (key === "Escape" && list.hidden) return;
    else if (key === "Enter" && active < 0) return show(false);
    else if (keys[key]) keys[key]();
    else return;
    event.preventDefault();
  });
  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", suggest);
  input.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) choose(shown[[...list.children].indexOf(item)]);
  });
}

for (const input of document.querySelectorAll('form[action$="/search"] input[name="q"]')) combobox(input);
