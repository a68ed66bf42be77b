"""A visitor: a browser window on the site, and what it asked of anyone else."""

from __future__ import annotations

import time

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, ViewportSize

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=640)
VIDEO = "document.querySelector('video')"

# What YouTube's player does, as far as a page can tell.
YOUTUBE_PLAYER = """<!doctype html><title>player</title><script>
window.told = [];
let time = 30.5;
addEventListener("message", (event) => {
  const message = JSON.parse(event.data);
  told.push(message);
  if (message.func === "seekTo") time = message.args[0];
  const says = { event: "infoDelivery", info: { currentTime: time } };
  parent.postMessage(JSON.stringify(says), event.origin);
});
</script>"""

# The same while it still gets ready: it speaks, but what it is told is lost; then it plays from the
# second in its address.
SLOW_YOUTUBE_PLAYER = """<!doctype html><title>player</title><script>
let time = Number(new URLSearchParams(location.search).get("start"));
let ready = false;
let origin = "*";
const say = () => parent.postMessage(JSON.stringify({ info: { currentTime: time } }), origin);
addEventListener("message", (event) => {
  const { event: what, func, args } = JSON.parse(event.data);
  if (what === "listening") { origin = event.origin; say(); }
  if (ready && func === "seekTo") time = args[0];
});
setTimeout(() => {
  ready = true;
  setInterval(() => { time += 0.1; say(); }, 100);
}, 900);
</script>"""

# Where jumps ended: a video that plays on may be elsewhere by the time a busy machine looks.
WATCH_LANDINGS = """
  window.landings = [];
  addEventListener("seeked", (event) => landings.push(event.target.currentTime), true);
"""


class Visitor:
    """A browser window on the site, and what it asked of anyone else."""

    def __init__(self, browser: Browser, site: str, view: ViewportSize, script: bool) -> None:
        self.site = site
        self.foreign: list[str] = []
        self.referrers: list[str] = []
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=site, viewport=view, java_script_enabled=script, reduced_motion="reduce"
        )
        self.context.route(lambda url: not url.startswith(site), self._answer)
        self.context.add_init_script(WATCH_LANDINGS)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda err: self.complaints.append(str(err)))
        self.page.set_default_timeout(8000)

    def _answer(self, route: Route) -> None:
        self.foreign.append(route.request.url)
        self.referrers.append(route.request.all_headers().get("referer", ""))
        route.fulfill(body=YOUTUBE_PLAYER, content_type="text/html")


def wait_until(frame: Page | Frame, true: str) -> None:
    """Wait for an expression; Playwright's own way needs eval, which the site forbids."""
    deadline = time.monotonic() + 8
    while not frame.evaluate(f"() => Boolean({true})"):
        assert time.monotonic() < deadline, f"never came true: {true}"
        time.sleep(0.03)


def wait_for_time(page: Page, seconds: float) -> None:
    """Wait until the video is at a second, or came there by a jump since one was waited for."""
    near = f"Math.abs({VIDEO}.currentTime - {seconds}) < 0.5 && !{VIDEO}.seeking"
    wait_until(page, f"{near} || landings.some((at) => Math.abs(at - {seconds}) < 0.5)")
    page.evaluate("() => { landings.length = 0 }")
