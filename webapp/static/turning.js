// Turns to another part of a long transcript, without loading the page again: the video plays on.

let asked = "";

// Shows the part in which something is said at a time; once it is there, "transcript" is told.
export async function turnTo(ms) {
  const address = new URL(location);
  address.hash = "";
  address.searchParams.set("t", Math.floor(ms / 1000));
  address.searchParams.delete("part");
  if (String(address) === asked) return;
  asked = String(address);
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".said", ".pages.before", ".pages.after", ".hops"]) {
      const there = page.querySelector(part);
      if (there) document.querySelector(part)?.replaceWith(there);
    }
  } catch {
    return; // the links to the other parts are there
  }
  document.dispatchEvent(new Event("transcript"));
}
