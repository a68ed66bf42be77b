// YouTube's player: a button until it is pressed; only then is YouTube asked for anything.
// Shared by player.js and clip.js.

export const YOUTUBE = "https://www.youtube-nocookie.com";

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
