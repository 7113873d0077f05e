// The preview only: reloads the page when its files are saved, goes to the sentences that changed, and shows what is
// wrong with a file. Styles are set through the object model, so that the page's own policy need not be widened.
(() => {
  "use strict";
  const own = JSON.parse(document.querySelector('meta[name="toolkit-preview"]').content);
  const KEY = `toolkit-preview ${location.pathname}`;
  const read = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const store = (key, value) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Private windows may refuse: then the page opens at its top.
    }
  };

  const make = (tag, style, ...inside) => {
    const element = document.createElement(tag);
    element.lang = "en";
    element.style.cssText = style;
    element.append(...inside);
    return element;
  };

  // -- where the reader was, and what is new there

  const sides = (id) => [...document.querySelectorAll(`[data-s~="${CSS.escape(id)}"]`)];
  const shown = (element) => element.getClientRects().length > 0;
  const inView = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  };
  const mark = (ids) => {
    const found = ids.flatMap(sides).filter(shown);
    for (const element of found) {
      element.style.outline = "2px solid currentColor";
      element.style.outlineOffset = "2px";
      element.dataset.previewChanged = "";
    }
    if (found.length && !found.some(inView)) found[0].scrollIntoView({ block: "center", behavior: "instant" });
  };
  const restore = () => {
    const last = read(KEY);
    setTimeout(() => (history.scrollRestoration = "auto"), 1000); // sooner, the browser still takes it up
    if (!last) return;
    sessionStorage.removeItem(KEY);
    scrollTo({ left: last.x, top: last.y, behavior: "instant" });
    mark(last.sentences);
    if (last.sentences.length) say(last.sentences.length === 1 ? "1 sentence changed" : `${last.sentences.length} sentences changed`);
  };
  const reload = (sentences) => {
    const waiting = read(KEY);
    const all = new Set([...(waiting ? waiting.sentences : []), ...sentences]);
    store(KEY, { x: scrollX, y: scrollY, sentences: [...all] });
    history.scrollRestoration = "manual"; // the browser would go there after us
    location.reload();
  };

  // -- what the reader is told

  const TITLE = "What was saved last cannot be published; this is the last good page";
  let note, panel;
  const say = (text) => {
    if (!note) {
      note = make(
        "p",
        "position:fixed;z-index:9999;right:1rem;bottom:1rem;margin:0;padding:.4rem .8rem;border:1px solid;" +
          "border-radius:.3rem;background:Canvas;color:CanvasText;font:14px/1.4 system-ui,sans-serif",
      );
      note.setAttribute("role", "status");
      document.body.append(note);
    }
    note.textContent = text;
    note.hidden = !text;
  };
  const show = (problems) => {
    if (panel) panel.remove();
    panel = null;
    document.documentElement.style.removeProperty("scroll-padding-bottom");
    if (!problems.length) return;
    const items = problems.slice(0, 5).map((problem) =>
      make(
        "div",
        "margin:.6rem 0",
        make("code", "font-weight:bold;overflow-wrap:anywhere", problem.where),
        make("p", "margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere", problem.message),
        make("p", "margin:.2rem 0;overflow-wrap:anywhere", problem.hint ? `→ ${problem.hint}` : ""),
      ),
    );
    if (problems.length > 5) items.push(make("p", "margin:.6rem 0", `… and ${problems.length - 5} more`));
    const close = make("button", "float:right;font:inherit", "Hide");
    close.type = "button";
    close.addEventListener("click", () => show([]));
    panel = make(
      "section",
      "position:fixed;z-index:10000;inset:auto 0 0 0;max-height:60vh;overflow:auto;padding:1rem 1.5rem;" +
        "border-top:4px solid #b3261e;background:#fff;color:#1b1b1b;font:15px/1.5 system-ui,sans-serif;" +
        "box-shadow:0 -.5rem 2rem #0006;text-align:left",
      close,
      make("h2", "margin:0;font:bold 17px/1.4 system-ui,sans-serif", TITLE),
      ...items,
    );
    panel.setAttribute("role", "alert");
    panel.tabIndex = 0;
    panel.setAttribute("aria-label", "What is wrong");
    document.body.append(panel);
  };

  // -- news

  // Browsers open six connections to a host, for all its pages together: one that nobody sees gives its own back, or a
  // seventh tab would wait for ever. What it misses it is told when it is seen again.
  let leaving = false;
  let lost = false;
  let source = null;
  let sentences = [];
  const hear = (event) => {
    const news = JSON.parse(event.data);
    if (own.run !== news.run) {
      if (!leaving) reload([]); // another run of the preview: numbers begin anew
      leaving = true;
      return;
    }
    const fresh = news.number > own.number;
    own.number = Math.max(own.number, news.number);
    if (!own.failed) show(news.problems);
    const mine = own.failed ? fresh : own.release ? news.kind === "release" && news.release === own.release : news.kind === "index";
    if (!mine && news.kind !== "site") return;
    sentences = sentences.concat(news.sentences);
    if (!leaving) setTimeout(() => reload(sentences), 10); // news that comes with this one is shown, too
    leaving = true;
  };
  const listen = () => {
    if (source || leaving) return;
    const query = new URLSearchParams({ release: own.release, after: own.number });
    source = new EventSource(`/.preview/events?${query}`);
    source.addEventListener("message", hear);
    source.addEventListener("open", () => {
      if (lost) say("");
      lost = false;
    });
    source.addEventListener("error", () => {
      if (!leaving) say("The preview has ended, or is out of reach");
      lost = true;
    });
  };
  const rest = () => {
    if (source) source.close();
    source = null;
  };

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const element of document.querySelectorAll("[data-preview-changed]")) element.style.outline = "";
    say("");
  });
  addEventListener("load", () => {
    restore();
    if (!document.hidden) listen();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
})();
