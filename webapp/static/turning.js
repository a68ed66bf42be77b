// Turns to another part of a transcript, or searches it, without loading the page again: the video
// plays on. Without this script both are pages of their own.

// Here the transcript has a frame of its own beside the player.
const beside = matchMedia("(min-width: 60rem)");

const PARTS = [".said", ".pages.before", ".pages.after", "[data-hops]", "[data-found]"];

let asked = "";

// Puts what another address of this page says of the transcript in place; once it is there,
// "transcript" is told. Whether that went well.
async function show(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of PARTS) {
      const there = page.querySelector(part);
      if (there) document.querySelector(part)?.replaceWith(there);
    }
  } catch {
    return false;
  }
  document.dispatchEvent(new Event("transcript"));
  return true;
}

// Shows the part in which something is said at a time; the links to the other parts are there if not.
export async function turnTo(ms) {
  const address = new URL(location);
  address.hash = "";
  address.searchParams.set("t", Math.floor(ms / 1000));
  address.searchParams.delete("part");
  if (String(address) === asked) return;
  asked = String(address);
  await show(address);
}

// Finds what is typed into the field, and goes to what was found.
export async function find(form) {
  const address = new URL(form.getAttribute("action"), location);
  address.hash = "";
  address.search = String(new URLSearchParams(new FormData(form)));
  if (!(await show(address))) return form.submit();
  asked = "";
  address.hash = "found";
  history.replaceState(null, "", address);
  if (beside.matches) document.querySelector(".said .is-found")?.scrollIntoView({ block: "nearest" });
  const found = document.getElementById("found");
  found?.focus({ preventScroll: true });
  return found?.scrollIntoView({ block: "nearest" });
}
