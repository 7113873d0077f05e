// The reading page: which language is shown, which sentences belong together, what is not approved, citations.
// Everything else works without.
(() => {
  "use strict";
  const root = document.documentElement;
  const names = { source: root.dataset.source, target: root.dataset.target, both: "both" };
  const switches = "source" in root.dataset;
  const primary = (tag) => tag.split("-")[0].toLowerCase();
  const asked = (name) => (new URLSearchParams(location.search).get(name) || "").toLowerCase();
  const wantedView = () => Object.keys(names).find((view) => primary(names[view]) === primary(asked("view"))) || "both";

  // At once, before the body is painted: nobody sees a column or a button come and go.
  root.dataset.script = "";
  if (switches) root.dataset.view = wantedView();

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const shown = (element) => element.getClientRects().length > 0;
  // The name that dataset has for the attribute of a state: "toCheck" for "to-check".
  const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  // What the script says is in the language of the page; French where a page of both shows French alone.
  const voice = () => (primary(names[root.dataset.view] || "") === "fr" ? "fr" : root.lang);
  const said = (dataset, name) => (voice() === "fr" && dataset[`${name}Fr`]) || dataset[name];

  // An entry of the address; "" takes it out. Some browsers refuse this for a page opened from the disk: no matter.
  const remember = (name, value) => {
    const address = new URL(location.href);
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
    try {
      history.replaceState(null, "", address);
    } catch {
      // The page works all the same.
    }
  };

  // -- sentences that belong together: all elements with the same data-s --------------------------------------------

  const groups = new Map();
  const groupOf = (target) => {
    const sentence = target instanceof Element ? target.closest(".s") : null;
    return sentence ? sentence.dataset.s : "";
  };
  const mark = (group, name) => {
    all(`.${name}`).forEach((element) => element.classList.remove(name));
    (groups.get(group) || []).forEach((element) => element.classList.add(name));
  };
  let pinned = "";
  const pin = (group) => {
    pinned = group;
    mark(group, "pinned");
    if (!group) hideTools();
  };

  // What is done to the page leaves the row at the top of the window where it is.
  const steadily = (change) => {
    const top = all(".row[id]").find((row) => shown(row) && row.getBoundingClientRect().bottom > 80);
    const before = top ? top.getBoundingClientRect().top : 0;
    change();
    if (top && shown(top) && window.scrollY > 0) window.scrollBy(0, top.getBoundingClientRect().top - before);
  };

  // -- views ----------------------------------------------------------------------------------------------------------

  const show = (view) => {
    root.dataset.view = view;
    all("button[data-view]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    });
    // What has no words of its own has its name in each language that is shown.
    const named = (view === "both" ? ["fr", "en"] : [voice()]);
    all("[data-named]").forEach((element) => {
      const ids = named.map((language) => `${element.dataset.named}-${language}`);
      element.setAttribute("aria-labelledby", ids.join(" "));
      if (element.title) element.title = ids.map((id) => document.getElementById(id).textContent).join("\n");
    });
    // The number of the English is that of the French once more, and for the pointer only while that is shown.
    const { number, numbers } = one(".rows").dataset;
    all(".rows .target .n").forEach((link) => {
      const text = link.textContent;
      const name = { "aria-label": `${(text.includes("–") ? numbers : number).replace("{number}", text)} ` };
      const twin = { tabindex: "-1", "aria-hidden": "true" };
      const [given, taken] = view === "target" ? [name, twin] : [twin, name];
      Object.keys(taken).forEach((attribute) => link.removeAttribute(attribute));
      Object.entries(given).forEach(([attribute, value]) => link.setAttribute(attribute, value));
    });
  };

  // Fragments come from anywhere: one that is not well-formed ("#50%") is taken as it stands.
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  // A permalink names a sentence: mark all that belongs to it, and go to one part that is shown.
  const follow = () => {
    const named = document.getElementById(decoded(location.hash.slice(1)));
    const sentence = named && named.closest(".s");
    pin(sentence ? sentence.dataset.s : "");
    if (named && named.closest(".out")) filter("");
    if (!sentence || shown(named)) return;
    const other = groups.get(pinned).find(shown);
    if (other) other.scrollIntoView({ block: "start" });
  };

  // A link to the same text in another language leads to the place where the reader is.
  const keepPlace = (link) => {
    const top = all(".row[id]").find((row) => shown(row) && row.getBoundingClientRect().bottom > 120);
    link.hash = pinned ? pinned.split(" ")[0] : top && window.scrollY > 200 ? top.id : "";
  };

  // -- what is not approved -------------------------------------------------------------------------------------------

  const standing = (element) => (element.dataset.matched ? "matched" : element.dataset.reason || element.dataset.state);
  const matches = (element, wanted) => {
    const state = standing(element);
    return wanted === "unread" ? !["reviewed", "matched", "verbatim"].includes(state) : state === wanted;
  };
  const english = () => all(".s[data-state]");
  const filter = (wanted) => {
    const buttons = all("button[data-show]");
    const known = buttons.some((button) => button.dataset.show === wanted) ? wanted : "";
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.show === known)));
    if (known) root.dataset.show = known;
    else delete root.dataset.show;
    all(".hit").forEach((element) => element.classList.remove("hit"));
    english().filter((element) => known && matches(element, known)).forEach((element) => {
      groups.get(element.dataset.s).forEach((each) => each.classList.add("hit"));
    });
    // From the end, so that a heading knows whether anything of its section stays: "below" is the level down to which
    // headings have something.
    let below = 0;
    all(".rows .row").reverse().forEach((row) => {
      const level = row.matches(".heading, h2") ? Number(/^H([1-6])$/.exec(row.tagName)?.[1] || 6) : 0;
      const stays = !known || row.matches(".columns, h1") || one(".hit", row) || (level && level <= below);
      if (stays) below = level ? level - 1 : 6;
      row.classList.toggle("out", !stays);
    });
    return known;
  };
  const announce = () => {
    const pressed = one("button[data-show][aria-pressed=true]").cloneNode(true);
    const french = one("[lang]", pressed); // "En français · in English 3"
    if (french && voice() === "fr") french.parentElement.replaceChildren(french);
    else all("[lang], .dot", pressed).forEach((element) => element.remove());
    const live = one(".filter-said");
    live.lang = voice();
    live.textContent = pressed.textContent.replace(/\s+/g, " ").trim();
  };

  const walk = (step) => {
    const open = english().filter((element) => matches(element, "unread") && shown(element));
    const found = open.length ? open : english().filter((element) => matches(element, "unread"))
      .map((element) => groups.get(element.dataset.s).find(shown)).filter(Boolean);
    if (!found.length) return;
    const here = found.findIndex((element) => element.dataset.s === pinned);
    const below = found.findIndex((element) => element.getBoundingClientRect().top > 90);
    const from = here >= 0 ? here + step : step > 0 ? Math.max(below, 0) : (below < 0 ? found.length : below) - 1;
    const next = found[(from + found.length) % found.length];
    hideTools(); // the bar belongs to the sentence before
    pin(next.dataset.s);
    next.scrollIntoView({ block: "center" });
    tell(next);
  };
  // The focus stays on the arrow, for the next step: whoever does not see where the page went is told.
  const tell = (element) => {
    const { dataset } = one(".walk");
    const state = said(dataset, camel(standing(groups.get(element.dataset.s).find((each) => each.dataset.state))));
    const text = document.createElement("span");
    text.lang = one(".t", element).closest("[lang]").lang;
    text.textContent = words(element);
    const about = said(dataset, "said").replace("{number}", numbersOf(element.dataset.s)).replace("{state}", state);
    const live = one(".filter-said");
    live.lang = voice();
    live.replaceChildren(`${about} `, text);
  };

  // -- citations ------------------------------------------------------------------------------------------------------

  // The bar is the last element of the page; for the keyboard it stands behind the number that opened it. Leaving it
  // closes it: else whoever comes to the page's end would be led back.
  const tools = () => one(".tools");
  let opener = null;
  const hideTools = () => {
    const bar = tools();
    if (bar) bar.hidden = true;
  };
  const close = () => {
    const bar = tools();
    const at = document.activeElement;
    // Where the bar was opened by pointing at words, the focus is nowhere in particular.
    const back = bar && !bar.hidden && (!at || bar.contains(at) || at.matches("body, main"));
    const numbers = [opener, ...(groups.get(pinned) || []).map((element) => one(".n", element))];
    pin("");
    const number = numbers.find((link) => link && shown(link));
    if (!back || !number) return;
    number.focus({ preventScroll: true });
    mark("", "twin"); // what is closed is not lit any more
  };
  const leave = (event) => {
    const bar = tools();
    if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey || !bar.contains(event.target)) return;
    const fields = all("button, textarea", bar).filter(shown);
    if (event.target !== (event.shiftKey ? fields[0] : fields.at(-1)) || !opener) return;
    if (event.shiftKey) event.preventDefault();
    opener.focus({ preventScroll: event.shiftKey }); // forward the browser goes on from there by itself
    hideTools();
  };
  const showTools = (link, focus) => {
    opener = link;
    const bar = tools();
    bar.hidden = false;
    one(".which", bar).textContent = link.textContent;
    one(".said", bar).textContent = "";
    one(".by-hand", bar).hidden = true;
    // After the link has been followed, which takes the focus with it.
    if (focus) setTimeout(() => one("button", bar).focus());
  };
  const words = (element) => {
    const text = one(".t", element).cloneNode(true);
    all(".note-mark", text).forEach((each) => each.remove());
    return text.textContent.replace(/[ \t\n]+/g, " ").trim();
  };
  const address = () => (tools().dataset.url || location.href.replace(/[?#].*/s, "")) + `#${pinned.split(" ")[0]}`;
  // As printed: "4", or "14–15" of sentences that belong together; "" where there is nothing to translate.
  const numbersOf = (group) => {
    const elements = groups.get(group) || [];
    const numbers = elements.map((element) => one(".n", element)).filter(Boolean).flatMap((link) => link.textContent.split("–"));
    return [...new Set([numbers[0], elements.length ? numbers.at(-1) : ""].filter(Boolean))].join("–");
  };
  // A quotation's own marks become those of a quotation within another, and one that goes on beyond the sentence, or
  // began before it, is closed or opened here.
  const quoted = (text, side) => {
    const [open, close] = tools().dataset[`quotes${side}`].split("|");
    const [innerOpen, innerClose] = tools().dataset[`inner${side}`].split("|");
    let depth = 0;
    let before = 0;
    for (const [sign] of text.matchAll(/[«“»”]/g)) {
      if ("«“".includes(sign)) depth++;
      else if (depth) depth--;
      else before++;
    }
    const deeper = text.includes("«") ? text.replace(/“/g, "‘").replace(/”/g, "’") : text;
    const inner = deeper.replace(/(«\s*|“)/g, innerOpen).replace(/(\s*»|”)/g, innerClose)
      .replace(/(^|[\s(])"(\S[^"]*)"/g, `$1${innerOpen}$2${innerClose}`);
    return open + (before ? innerOpen : "") + inner + (depth ? innerClose : "") + close;
  };
  const citation = () => {
    const { dataset } = tools();
    const elements = groups.get(pinned) || [];
    const french = elements.filter((element) => !element.dataset.state);
    const translation = elements.find((element) => element.dataset.state);
    const parts = [];
    if (french.length) parts.push(quoted(french.map(words).join(" "), "Source"));
    if (translation && translation.dataset.state !== "untranslated") {
      const how = dataset[camel(standing(translation))];
      parts.push(quoted(words(translation), "Target") + (how ? ` [${how}]` : ""));
    } else if (translation && !french.length) {
      parts.push(words(translation));
    }
    const two = (name) => [...new Set([dataset[`${name}Source`], dataset[`${name}Target`]].filter(Boolean))].join(" / ");
    // The number as well as the address: on paper nobody sees that the address ends in the id of sentence 14.
    const numbers = numbersOf(pinned);
    const place = numbers && two(numbers.includes("–") ? "sentences" : "sentence").replaceAll("{number}", numbers);
    const about = [two("title"), dataset.publisher, two("date"), place].filter(Boolean).join(", ");
    const said = parts.join(" – ");
    return `${said}${/[.!?…][\s’”»]*$/.test(said) ? "" : "."} ${about}. ${address()}`;
  };
  const byHand = (text) => {
    const field = one(".by-hand", tools());
    field.hidden = false;
    field.value = text;
    field.focus();
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      // Then the reader copies what is marked.
    }
    if (done) field.hidden = true;
    return done;
  };
  const copy = async (text) => {
    const before = document.activeElement;
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = byHand(text);
      if (done) before.focus();
    }
    const live = one(".said", tools());
    live.lang = voice();
    live.textContent = said(live.dataset, done ? "done" : "failed");
  };
  // C copies the citation of the sentence that has the focus or, on an arrow, of the one it has led to. It is a command
  // there and nowhere else: WCAG 2.2, 2.1.4.
  const cite = (event) => {
    const at = event.target;
    const group = groupOf(at) || (at.matches("[data-walk]") ? pinned : "");
    const number = (groups.get(group) || []).map((element) => one(".n", element)).find(Boolean);
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || !number) return;
    event.preventDefault();
    pin(group);
    showTools(number, false);
    opener = at; // where the focus stays, or comes back to
    copy(citation());
  };

  // -- all together ---------------------------------------------------------------------------------------------------

  document.addEventListener("DOMContentLoaded", () => {
    all(".s").forEach((element) => groups.set(element.dataset.s, [...(groups.get(element.dataset.s) || []), element]));
    if (switches) show(root.dataset.view);
    filter(asked("show"));
    follow();
    const text = document.getElementById("text");
    text.addEventListener("pointerover", (event) => mark(groupOf(event.target), "twin"));
    text.addEventListener("pointerleave", () => mark("", "twin"));
    text.addEventListener("focusin", (event) => mark(groupOf(event.target), "twin"));
    text.addEventListener("focusout", () => mark("", "twin"));
    text.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      const group = groupOf(event.target);
      if (link && link.matches(".s > .n")) {
        pin(group);
        showTools(link, event.detail === 0);
      } else if (!link && !String(getSelection())) {
        pin(group === pinned ? "" : group);
        const number = pinned && groups.get(pinned).map((element) => one(".n", element)).find(Boolean);
        if (number) showTools(number, false);
        else hideTools();
      }
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button, .links a, .meta a[hreflang]");
      if (!button) return;
      if (button.dataset.view) {
        steadily(() => show(button.dataset.view));
        remember("view", button.dataset.view === "both" ? "" : primary(names[button.dataset.view]));
      } else if ("show" in button.dataset) {
        steadily(() => remember("show", filter(button.dataset.show)));
        announce();
      } else if (button.dataset.walk) {
        walk(Number(button.dataset.walk));
      } else if (button.dataset.copy) {
        copy(button.dataset.copy === "link" ? address() : citation());
      } else if ("close" in button.dataset) {
        close();
      } else if (button.href) {
        keepPlace(button);
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      else if (event.key.toLowerCase() === "c") cite(event);
      else leave(event);
    });
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", () => {
      if (switches) show(wantedView());
      filter(asked("show"));
    });
  });
})();
