// Who taps the play button of a moment that another page plays wants it played: that page begins, as
// far as the browser lets it. A link that was sent or kept plays nothing by itself.

const KEY = "hope-tapped";

const at = ({ pathname, search }) => pathname + search;

addEventListener("click", (event) => {
  const link = event.target.closest?.("a.time");
  const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented) return;
  try {
    sessionStorage.setItem(KEY, at(link));
  } catch {
    // It is played by hand.
  }
});

// Whether this page was come to so. It is told once.
export function wasTapped() {
  try {
    const told = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return told === at(location);
  } catch {
    return false;
  }
}
