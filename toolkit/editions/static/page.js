// The reading page: which language is shown, and which two sentences belong together. Everything also works without.
(() => {
  "use strict";
  const root = document.documentElement;
  const names = { source: root.dataset.source, target: root.dataset.target, both: "both" };
  const primary = (tag) => tag.split("-")[0].toLowerCase();

  const wanted = () => {
    const asked = (new URLSearchParams(location.search).get("view") || "both").toLowerCase();
    return Object.keys(names).find((view) => primary(names[view]) === primary(asked)) || "both";
  };

  // At once, before the body is painted: nobody sees a column come and go.
  root.dataset.view = wanted();

  let pinned = "";
  const twins = (id) => [names.source, names.target].map((language) => document.getElementById(`${language}-${id}`));
  const mark = (id, name) => {
    document.querySelectorAll(`.${name}`).forEach((element) => element.classList.remove(name));
    if (id) twins(id).forEach((element) => element && element.classList.add(name));
  };
  const sentenceOf = (target) => {
    const sentence = target instanceof Element ? target.closest(".s") : null;
    return sentence ? sentence.dataset.s : "";
  };
  const shown = (element) => element.getClientRects().length > 0;
  const pin = (id) => {
    pinned = id;
    mark(id, "pinned");
  };

  const show = (view) => {
    root.dataset.view = view;
    document.querySelectorAll("button[data-view]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    });
  };

  const remember = (view) => {
    const address = new URL(location.href);
    if (view === "both") address.searchParams.delete("view");
    else address.searchParams.set("view", primary(names[view]));
    try {
      history.replaceState(null, "", address);
    } catch {
      // Some browsers refuse this for a page opened from the disk: the view changes all the same.
    }
  };

  // A permalink names both sentences of a pair: mark both, and go to one that is shown.
  const follow = () => {
    const named = document.getElementById(location.hash.slice(1));
    const sentence = named && named.closest(".s");
    pin(sentence ? sentence.dataset.s : "");
    if (!sentence || shown(named)) return;
    const other = twins(pinned).find((element) => element && shown(element));
    if (other) other.scrollIntoView({ block: "start" });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".views").hidden = false;
    show(root.dataset.view);
    follow();
    document.querySelector(".views").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      // What was at the top of the window stays there when columns come and go.
      const rows = [...document.querySelectorAll(".row[id]")];
      const top = rows.find((row) => row.getBoundingClientRect().bottom > 80);
      const before = top ? top.getBoundingClientRect().top : 0;
      show(button.dataset.view);
      if (top && window.scrollY > 0) window.scrollBy(0, top.getBoundingClientRect().top - before);
      remember(button.dataset.view);
    });
    const text = document.getElementById("text");
    text.addEventListener("pointerover", (event) => mark(sentenceOf(event.target), "twin"));
    text.addEventListener("pointerleave", () => mark("", "twin"));
    text.addEventListener("focusin", (event) => mark(sentenceOf(event.target), "twin"));
    text.addEventListener("focusout", () => mark("", "twin"));
    text.addEventListener("click", (event) => {
      if (event.target.closest("a") || String(getSelection())) return;
      const id = sentenceOf(event.target);
      pin(id === pinned ? "" : id);
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && pin(""));
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", () => show(wanted()));
  });
})();
