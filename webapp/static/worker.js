// Shows a page of its own where there is no internet: the list for an appointment, which is on the
// device. It keeps that page and what it is made with, and nothing else: every other page comes from
// the site or not at all, so none is ever older than the index. `SITE` is put in front of this.

const { version, pages, files } = SITE;
const OURS = "hope-";
const CACHE = OURS + version;

async function keep() {
  const cache = await caches.open(CACHE);
  const fresh = [...Object.values(pages), ...files].map((path) => new Request(path, { cache: "reload" }));
  await cache.addAll(fresh);
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable(); // no page waits for this to wake
  await self.clients.claim();
}

async function offline(path) {
  const known = (language) => language in pages;
  const wished = [path.split("/")[1], ...navigator.languages.map((one) => one.slice(0, 2))].find(known);
  const kept = await caches.match(pages[wished ?? "en"], { cacheName: CACHE });
  return kept ? new Response(kept.body, { status: 503, headers: kept.headers }) : Response.error();
}

async function page({ request, preloadResponse }, path) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    return offline(path);
  }
}

async function file(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (files.includes(pathname)) event.respondWith(file(event.request));
});
