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

// Beside a player: the sentence being said

const box = document.querySelector("[data-share]");
const scroll = document.querySelector(".scroll");

function follow(quote) {
  const line = scroll.querySelector(".said [aria-current][data-ms]");
  if (!line) return;
  const { lang } = box.dataset;
  const second = new URLSearchParams({ t: Math.floor(line.dataset.ms / 1000), lang });
  document.getElementById("link-here").value = `${box.dataset.share}?${second}`;
  quote.href = `${quote.dataset.quote}?${new URLSearchParams({ lang, from: line.dataset.ms / 1000 })}`;
}

const quote = box?.querySelector("[data-quote]");
if (scroll && quote) {
  new MutationObserver(() => follow(quote)).observe(scroll, { subtree: true, attributeFilter: ["aria-current"] });
}
