// Copies texts, and keeps the link beside a player at the sentence that is being said.
// Without this script the texts are there to be copied by hand.

// Copying

async function copied(text, area) {
  area.select();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

function tell(status, text) {
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = text;
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const area = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(area.value, area);
    if (done) button.focus();
    tell(status, done ? status.dataset.done : status.dataset.refused);
  });
}

// Beside a player: the sentence being said, and the sentences that are marked

const box = document.querySelector("[data-share]");
const scroll = document.querySelector(".scroll");

function address(quote, first, last) {
  const asked = new URLSearchParams({ lang: box.dataset.lang, from: first.dataset.ms / 1000 });
  if (last) asked.set("to", (Number(last.dataset.ms) + 1) / 1000);
  return `${quote.dataset.quote}?${asked}`;
}

function follow(quote) {
  const line = scroll.querySelector(".said [aria-current][data-ms]");
  if (!line) return;
  const asked = new URLSearchParams({ t: Math.floor(line.dataset.ms / 1000), lang: box.dataset.lang });
  document.getElementById("link-here").value = `${box.dataset.share}?${asked}`;
  quote.href = address(quote, line);
}

function marked(quote, link) {
  const selection = getSelection();
  const lines = selection.isCollapsed
    ? []
    : [...scroll.querySelectorAll(".said a[id][data-ms]")].filter((line) => selection.containsNode(line, true));
  link.hidden = lines.length === 0;
  if (lines.length) link.href = address(quote, lines[0], lines.at(-1));
}

const quote = box?.querySelector("[data-quote]");
if (scroll && quote) {
  new MutationObserver(() => follow(quote)).observe(scroll, { subtree: true, attributeFilter: ["aria-current"] });
  const link = box.querySelector("[data-quote-selection]");
  document.addEventListener("selectionchange", () => marked(quote, link));
}
