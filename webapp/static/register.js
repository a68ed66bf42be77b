// Brings the worker that shows one's list where there is no internet. Browsers have none for sites
// that are read over plain http, but for those on this machine.

const at = document.querySelector("meta[name=worker]").content;

if ("serviceWorker" in navigator) {
  addEventListener("load", () => {
    navigator.serviceWorker.register(at, { scope: "/", updateViaCache: "all" }).catch(() => {});
  });
}
