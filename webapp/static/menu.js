// A menu of the page's head closes when somebody goes on elsewhere, or presses Escape.

for (const menu of document.querySelectorAll("details.menu")) {
  const outside = (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("pointerdown", outside);
  document.addEventListener("focusin", outside);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
