// Says aloud what a page found. A text that was there when the page came is read by no screen
// reader of its own accord; one that comes into a live region is.

for (const region of document.querySelectorAll("[data-says]")) {
  const said = document.getElementById(region.dataset.says);
  if (said) setTimeout(() => region.append(said.textContent.trim().replace(/\s+/g, " ")), 300);
}
