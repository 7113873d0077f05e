// Search on the index: vocabulary first, then the sentences of the releases that match. site.py explains the two steps.
(() => {
  "use strict";
  const RELEASES_WITH_SENTENCES = 20;
  const SENTENCES_PER_RELEASE = 3;
  const LONGEST_WORD = 40;
  const LIGATURES = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d" };

  // As fold() in site.py.
  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/[œæßøłđ]/g, (letter) => LIGATURES[letter]);
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  let vocabulary = null;
  const sentences = new Map();
  window.releaseIndex = (data) => { vocabulary = new Map(data.map(([id, words]) => [id, ` ${words}`])); };
  window.releaseSentences = ([id, languages, rows]) => sentences.set(id, { languages, rows });

  const loading = new Map();
  const load = (path) => {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = path;
        script.onload = () => resolve(true);
        script.onerror = () => resolve(false);
        document.head.append(script);
      }));
    }
    return loading.get(path);
  };

  // How many of the words a text has.
  const matches = (text, words) => {
    const folded = ` ${wordsOf(text).join(" ")}`;
    return words.filter((word) => folded.includes(` ${word}`)).length;
  };

  // The words of a sentence with those that were looked for marked; as text, never as markup.
  const marked = (text, words) => {
    const passage = document.createDocumentFragment();
    let end = 0;
    for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (!words.some((word) => wordsOf(found[0]).some((part) => part.startsWith(word)))) continue;
      const mark = document.createElement("mark");
      mark.textContent = found[0];
      passage.append(text.slice(end, found.index), mark);
      end = found.index + found[0].length;
    }
    passage.append(text.slice(end));
    return passage;
  };

  const hit = (href, row, side, language, words) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${href}#${row[0]}`;
    link.lang = language;
    link.append(marked(row[side], words));
    item.append(link);
    if (side === 2 && row[3]) {
      const state = document.createElement("span");
      state.className = "mark";
      state.textContent = row[3];
      item.append(" ", state);
    }
    return item;
  };

  const hitsOf = (entry, words) => {
    const data = sentences.get(entry.dataset.release);
    const list = document.createElement("ul");
    list.className = "hits";
    if (!data) return list;
    const href = entry.querySelector("h2 a").getAttribute("href");
    const titles = [...entry.querySelectorAll("h2 .title")].map((title) => title.textContent);
    const found = [];
    for (const row of data.rows) {
      if (titles.includes(row[1])) continue;
      const [french, english] = [row[1], row[2] || ""].map((text) => matches(text, words));
      if (french || english) found.push({ row, side: french >= english ? 1 : 2, score: Math.max(french, english) });
    }
    found.sort((one, other) => other.score - one.score);
    for (const { row, side } of found.slice(0, SENTENCES_PER_RELEASE)) {
      list.append(hit(href, row, side, data.languages[side - 1], words));
    }
    return list;
  };

  const say = (number) => {
    const status = document.querySelector(".found");
    const french = document.createElement("span");
    french.lang = "fr";
    french.textContent = number > 1 ? `${number} communiqués` : number === 1 ? "1 communiqué" : "Aucun communiqué";
    const english = document.createElement("span");
    english.textContent = number > 1 ? `${number} releases` : number === 1 ? "1 release" : "No release";
    status.replaceChildren(french, " · ", english);
  };

  const remember = (text) => {
    const address = new URL(location.href);
    if (text) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // Refused by some browsers for a page opened from the disk: search works all the same.
    }
  };

  let latest = 0;
  const search = async (text) => {
    const run = ++latest;
    const words = wordsOf(text).map((word) => word.slice(0, LONGEST_WORD));
    const entries = [...document.querySelectorAll("[data-release]")];
    if (words.length) await load("assets/search.js");
    if (run !== latest) return;
    document.querySelectorAll(".hits").forEach((list) => list.remove());
    if (!words.length || !vocabulary) {
      entries.forEach((entry) => { entry.hidden = false; });
      document.querySelector(".found").replaceChildren();
      return;
    }
    const found = entries.filter((entry) => {
      const known = vocabulary.get(entry.dataset.release) || "";
      entry.hidden = !words.every((word) => known.includes(` ${word}`));
      return !entry.hidden;
    });
    say(found.length);
    for (const entry of found.slice(0, RELEASES_WITH_SENTENCES)) {
      await load(`assets/search/${encodeURIComponent(entry.dataset.release)}.js`);
      if (run !== latest) return;
      const hits = hitsOf(entry, words);
      if (hits.children.length) entry.querySelector("article").append(hits);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".search");
    const input = document.getElementById("q");
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", () => {
      remember(input.value.trim());
      search(input.value);
    });
    input.value = new URLSearchParams(location.search).get("q") || "";
    if (input.value) search(input.value);
  });
})();
