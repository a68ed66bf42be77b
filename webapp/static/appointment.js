// Keeps a list of moments and questions on the device, and shows it on its page.
// Without this script each button is a link or a form that carries the list in the address.

import { saidNow, shownBeside, text } from "./kept_words.js";

const KEY = "hope-appointment";
const BEFORE = "hope-appointment-before";
const SHOWN = "hope-appointment-shown";
const texts = document.getElementById("kept-told");
const say = texts.dataset;
let told = 0;

function tell(text) {
  texts.textContent = "";
  requestAnimationFrame(() => {
    texts.textContent = text;
  });
  clearTimeout(told);
  told = setTimeout(() => {
    texts.textContent = "";
  }, 8000);
}

// The list on the device: the same text that a link carries. Null where nothing can be kept.

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return null;
  }
}

function store(list) {
  try {
    const before = stored();
    if (before === list) return true;
    localStorage.setItem(KEY, list);
    if (before) localStorage.setItem(BEFORE, before);
    return true;
  } catch {
    return stored() === list;
  }
}

const momentsOf = (list) => new URLSearchParams(list ?? "").getAll("m");

const holds = (list, moment) => momentsOf(list).includes(moment);

function withMoment(list, moment) {
  const all = new URLSearchParams(list);
  all.append("m", moment);
  return String(all);
}

function without(list, moment) {
  const all = [...new URLSearchParams(list)];
  return String(new URLSearchParams(all.filter(([name, value]) => name !== "m" || value !== moment)));
}

// What is known of the moments on the list, for where there is no internet (offline.js): what the page
// of the list shows, and before it was opened what stood beside the button.

function known() {
  try {
    return JSON.parse(localStorage.getItem(SHOWN) ?? "{}");
  } catch {
    return {};
  }
}

function remember(more = {}) {
  const all = { ...known(), ...more };
  const kept = momentsOf(stored()).filter((moment) => moment in all);
  try {
    if (!kept.length) localStorage.removeItem(SHOWN);
    else localStorage.setItem(SHOWN, JSON.stringify(Object.fromEntries(kept.map((one) => [one, all[one]]))));
  } catch {
    // No room: without internet the list is shown without its words.
  }
}

const saidIn = (line) => {
  const who = line.querySelector(".speaker")?.textContent ?? "";
  return { who, text: line.textContent.replace(who, "").trim() };
};

function shownIn(item) {
  const quote = item.querySelector("blockquote");
  return {
    title: item.querySelector("cite")?.textContent,
    lang: quote?.lang,
    words: [...(quote?.querySelectorAll("p") ?? [])].map(saidIn),
    people: text(item.querySelector("[data-people]")),
    heard: item.querySelector("blockquote + .soft")?.textContent.trim(),
    captions: item.querySelector("[data-captions]")?.textContent,
  };
}

function momentsShown() {
  const items = [...page.querySelectorAll(".kept-list > li")];
  return Object.fromEntries(momentsOf(page.dataset.list).map((moment, n) => [moment, shownIn(items[n])]));
}

// Buttons beside moments, on any page

// Beside a player: the sentence that is being said.
function momentOf(button) {
  const { keep, keepHere } = button.dataset;
  const said = keepHere === undefined ? null : saidNow();
  return said ? keep.replace(/~\d+/, `~${Math.floor(said.dataset.ms / 1000)}`) : keep;
}

function mark(button) {
  const on = holds(stored(), momentOf(button));
  button.classList.toggle("is-kept", on);
  button.querySelector("[data-keep-text]").textContent = on ? say.on : say.add;
  button.setAttribute("aria-pressed", on);
}

function noRoom(button, moment) {
  if (!button.nextElementSibling?.matches(".no-room")) {
    button.after(noRoomFor(withMoment(stored() ?? "", moment)));
  }
  tell(say.full);
}

function noRoomFor(list) {
  const note = document.createElement("p");
  const link = document.createElement("a");
  link.href = `${say.listAt}?${list}`;
  link.textContent = say.fullLink;
  note.className = "note no-room";
  note.append(say.full, " ", link);
  return note;
}

function toggle(button) {
  const moment = momentOf(button);
  const list = stored() ?? "";
  const on = holds(list, moment);
  if (!on && momentsOf(list).length >= Number(say.most)) return tell(say.many);
  if (!store(on ? without(list, moment) : withMoment(list, moment))) return noRoom(button, moment);
  remember(on ? {} : { [moment]: shownBeside(button) });
  markAll();
  return tell(on ? say.taken : say.added);
}

function markAll() {
  document.querySelectorAll("button[data-keep]").forEach(mark);
  const count = momentsOf(stored()).length + new URLSearchParams(stored() ?? "").getAll("q").length;
  document.querySelectorAll("[data-kept-count]").forEach((place) => {
    place.textContent = count ? `(${count})` : "";
  });
}

function buttons() {
  for (const link of document.querySelectorAll("a[data-keep]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    Object.assign(button.dataset, link.dataset);
    button.append(...link.childNodes);
    button.addEventListener("click", () => toggle(button));
    link.replaceWith(button);
  }
  markAll();
}

function watchSpeech() {
  const said = document.querySelector(".scroll");
  const watched = { subtree: true, attributeFilter: ["aria-current", "data-keep"] };
  if (said) new MutationObserver(markAll).observe(said, watched);
}

// The page of the list. What is asked of the list goes in the body: no address holds it.

let page = document.getElementById("appointment");
let turn = Promise.resolve();

// One after the other, each on the list that the one before it left.
function show(change = []) {
  turn = turn.then(() => showNow(change));
  return turn;
}

async function showNow(change) {
  const body = new URLSearchParams([...new URLSearchParams(stored() ?? ""), ...change]);
  let answer;
  try {
    const response = await fetch(page.dataset.here, { method: "POST", body, cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    answer = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return tell(say.fails);
  }
  const next = document.importNode(answer.getElementById("appointment"), true);
  const focused = next.querySelector("[autofocus]");
  focused?.removeAttribute("autofocus"); // a browser does this once a page, and complains after
  if (change.some(([name]) => name !== "find") && !keepList(next)) return undefined;
  const typing = swap(next, Object.fromEntries(change));
  remember(momentsShown());
  markAll();
  if (!change.length) return typing?.focus();
  const found = page.querySelector("#found");
  (typing?.matches("input") ? typing : (found ?? focused))?.focus();
  return tell(page.querySelector("[data-told]")?.textContent ?? found?.firstElementChild.textContent ?? "");
}

// Put the new page in place, with what was typed meanwhile; say where the reader is now.
function swap(next, sent) {
  const active = page.contains(document.activeElement) ? document.activeElement : null;
  const same = (one) => one.id === active.id && one.name === active.name && (active.id || one.value === active.value);
  let typing = active && [...next.querySelectorAll("input, button, a, h1")].find(same);
  for (const box of page.querySelectorAll("input[id]")) {
    const typed = box.value !== (sent[box.name] ?? box.defaultValue);
    if (typed) next.querySelector(`#${box.id}`).value = box.value;
    else if (box === active && box.name in sent) typing = null;
  }
  page.replaceWith(next);
  page = next;
  dress();
  return typing;
}

// Only what somebody did changes what is kept: looking at a list never does.
function keepList(next) {
  if (store(next.dataset.list)) return true;
  page.prepend(noRoomFor(next.dataset.list));
  tell(say.full);
  return false;
}

function changed(event) {
  const form = event.target;
  if (!page.contains(form) || page.hasAttribute("data-carried") || stored() === null) return;
  event.preventDefault();
  const asked = [...new FormData(form, event.submitter)];
  show(asked.filter(([name]) => name !== "m" && name !== "q"));
}

function clicked(event) {
  const target = event.target;
  const undo = target.closest("[data-set]");
  if (undo && page.contains(undo) && !page.hasAttribute("data-carried") && store(undo.dataset.set)) {
    event.preventDefault();
    show().then(() => page.querySelector("h1").focus());
  } else if (target.closest("[data-print] button")) print();
  else if (target.closest("[data-copy] button")) copy();
  else if (target.closest("[data-adopt] button")) adopt();
}

async function copy() {
  const told = page.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(page.querySelector("[data-share]").href);
    told.textContent = told.dataset.copied;
  } catch {
    told.textContent = told.dataset.notCopied;
  }
}

// A list from a link is put behind the one that is on the device.
function adopt() {
  const mine = new URLSearchParams(stored() ?? "");
  for (const [name, value] of new URLSearchParams(page.dataset.list)) {
    if (!mine.getAll(name).includes(value)) mine.append(name, value);
  }
  if (store(String(mine))) location.assign(page.dataset.here);
}

function dress() {
  page.querySelector("h1").tabIndex = -1;
  for (const part of page.querySelectorAll("[data-print], [data-copy]")) part.hidden = false;
  const adopting = page.querySelector("[data-adopt]");
  if (adopting) adopting.hidden = stored() === null;
}

if (stored() !== null) {
  buttons();
  watchSpeech();
  // More answers came to the page.
  addEventListener("hope:more", buttons);
}
if (page) {
  dress();
  addEventListener("submit", changed);
  addEventListener("click", clicked);
  if (stored() !== null && !page.hasAttribute("data-carried")) show();
}

// Another tab changed the list.
addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return;
  markAll();
  if (page && !page.hasAttribute("data-carried")) show();
});

// Back from the browser's memory: the list may be another one by now.
addEventListener("pageshow", (event) => {
  if (event.persisted) markAll();
  if (event.persisted && page && !page.hasAttribute("data-carried")) show();
});
