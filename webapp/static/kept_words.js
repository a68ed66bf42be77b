// The words of a moment beside the button that keeps it, and who says them.

export const text = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";

// About so many letters of what one speaker says from a sentence on.
const ENOUGH = 280;

function linesFrom(line) {
  const lines = [...line.closest(".turn").querySelectorAll("a[id][data-ms]")];
  let letters = 0;
  return lines.slice(lines.indexOf(line)).filter((one, n) => {
    letters += text(one).length;
    return !n || letters <= ENOUGH;
  });
}

// Who says what, in turn.
function turnsOf(lines) {
  const turns = new Map();
  for (const line of lines) {
    const turn = line.closest(".turn");
    turns.set(turn, [...(turns.get(turn) ?? []), text(line)]);
  }
  return [...turns].map(([turn, said]) => ({ who: text(turn.querySelector(".speaker")), text: said.join(" ") }));
}

export const saidNow = () => document.querySelector(".said [aria-current][data-ms]");

function wordsFor({ keepHere, keepLines }, row) {
  if (keepLines) return turnsOf(keepLines.split(" ").map((id) => document.getElementById(id)));
  const line = keepHere === undefined ? null : (saidNow() ?? document.querySelector(".said a[id][data-ms]"));
  if (line) return turnsOf(linesFrom(line));
  const quoted = text(row.querySelector("blockquote"));
  return quoted ? [{ who: "", text: quoted }] : [];
}

// What the page of the list would show of a moment, as far as it stands beside a button that keeps it.
export function shownBeside(button) {
  const { keepTitle: title, keepWho: people, keepLang: lang } = button.dataset;
  const row = button.closest(".best, .row") ?? document.querySelector(".transcript, .quote") ?? document.body;
  const words = wordsFor(button.dataset, row);
  return {
    title,
    lang,
    words,
    people: words.some(({ who }) => who) ? "" : people,
    heard: text(row.querySelector(".row-body > .heard, .best > .heard")),
    captions: text(row.querySelector(".caution, .automatic")),
  };
}
