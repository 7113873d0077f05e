// Search and filters of the lists. search.py writes the files that are loaded here; docs/site.md has their format.
// Nothing is ever inserted but text: elements come from the templates of the page.
(() => {
  "use strict";
  const root = document.documentElement.dataset;
  root.script = ""; // before the body is painted: the form is there from the beginning, or not at all
  const FOLDER = `${root.root}assets/search/`;
  const SHOWN_AT_ONCE = 20;
  // Releases whose sentences are looked through for a phrase before the reader is asked whether to go on.
  const LOOKED_THROUGH = 200;
  const SENTENCES_PER_RELEASE = 3;
  const LONGEST_WORD = 40;
  const LONGEST_HIT = 260;
  const STATES = ["reviewed", "machine", "to-check", "changed", "untranslated", "matched"];
  const LIGATURES = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d" };
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
  const sides = { fr: 0, en: 1 };

  // -- words: as vocabulary.py -----------------------------------------------------------------------------------

  const fold = (text) => /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() :
    text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/[œæßøłđ]/g, (letter) => LIGATURES[letter]);
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  // Words, each of which must be there or begin one that is, and phrases in quotation marks, whose words are such, too.
  const asked = (text) => {
    const phrases = [...text.matchAll(/"([^"]+)"|«([^»]+)»|“([^”]+)”/g)]
      .map((match) => wordsOf(match[1] || match[2] || match[3])).filter((words) => words.length > 1);
    const words = [...new Set(wordsOf(text).map((word) => word.slice(0, LONGEST_WORD)))];
    return { words, phrases: phrases.map((phrase) => ` ${phrase.join(" ")}`) };
  };

  // -- files -----------------------------------------------------------------------------------------------------

  const loading = new Map();
  const load = (name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = `${FOLDER}${name}?v=${root.version}`;
        script.onload = () => resolve(true);
        script.onerror = () => { loading.delete(name); script.remove(); resolve(false); };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };

  let catalogue = null;
  const pieces = new Map();
  const sentences = new Map();
  window.searchIndex = (data) => {
    catalogue = data;
    let from = 0;
    catalogue.ranges = new Map(data.years.map(([year, number]) => [year, [from, from += number]]));
  };
  window.searchWords = ([language, number, text]) => pieces.set(`${language}-${number}`, text.split("\n"));
  window.releaseSentences = ([entry, rows]) => sentences.set(entry.id, { entry, rows });

  // -- which releases have a word --------------------------------------------------------------------------------

  const mark = (flags, coded) => {
    if (coded[0] === ".") {
      for (let at = 1; at < coded.length; at++) {
        const bits = VALUES.get(coded[at]);
        for (let bit = 0; bit < 6; bit++) if (bits >> bit & 1) flags[(at - 1) * 6 + bit] = 1;
      }
      return;
    }
    let number = -1;
    let gap = 0;
    let shift = 0;
    for (const digit of coded) {
      const value = VALUES.get(digit);
      gap |= (value & 31) << shift;
      shift += 5;
      if (value & 32) continue;
      number += gap + 1;
      flags[number] = 1;
      gap = shift = 0;
    }
  };

  // The pieces of a language in which words with this beginning stand.
  const piecesOf = (language, word) => {
    const firsts = catalogue.words[language] || [];
    const found = [];
    firsts.forEach((first, number) => {
      const next = firsts[number + 1];
      if (first <= `${word}\uffff` && (next === undefined || next >= word)) found.push(`${language}-${number}`);
    });
    return found;
  };

  const markWord = (flags, lines, word) => {
    let current = "";
    for (const line of lines) {
      const space = line.indexOf(" ");
      current = current.slice(0, VALUES.get(line[0])) + line.slice(1, space);
      if (current.startsWith(word)) mark(flags, line.slice(space + 1));
      else if (current > word) break;
    }
  };

  const languages = () => (root.language ? [root.language] : Object.keys(catalogue.words));

  // Numbers of the releases in which all words occur and the filters hold, newest first; null if a file is missing.
  const find = async (words, filters) => {
    const total = catalogue.releases.length;
    const wanted = words.map((word) => languages().flatMap((language) => piecesOf(language, word)));
    const loaded = await Promise.all(wanted.flat().map((piece) => load(`words/${piece}.js`)));
    if (loaded.includes(false) || !wanted.flat().every((piece) => pieces.has(piece))) return null;
    const all = wanted.map((names, at) => {
      const flags = new Uint8Array(total + 6);
      for (const name of names) markWord(flags, pieces.get(name), words[at]);
      return flags;
    });
    const [from, to] = filters.year ? catalogue.ranges.get(filters.year) || [0, 0] : [0, total];
    const bit = STATES.indexOf(filters.state);
    const found = [];
    for (let number = to - 1; number >= from; number--) {
      if (bit >= 0 && !(VALUES.get(catalogue.states[number]) >> bit & 1)) continue;
      if (all.every((flags) => flags[number])) found.push(number);
    }
    return found;
  };

  // -- what is shown ---------------------------------------------------------------------------------------------

  const foldedText = (text) => ` ${wordsOf(text).join(" ")}`;

  // A text with the words that were looked for marked, cut around the first where it is long.
  const marked = (text, words, most = Infinity) => {
    const passage = document.createDocumentFragment();
    const found = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
      .filter((match) => wordsOf(match[0]).some((part) => words.some((word) => part.startsWith(word))));
    let start = 0;
    let end = text.length;
    if (text.length > most) {
      const middle = found.length ? found[0].index : 0;
      start = Math.max(0, Math.min(middle - most / 3, text.length - most));
      if (start) start = text.indexOf(" ", start) + 1 || start;
      end = start + most < text.length ? Math.max(text.lastIndexOf(" ", start + most), start + most / 2) : text.length;
    }
    if (start) passage.append("… ");
    for (const match of found) {
      if (match.index < start || match.index + match[0].length > end) continue;
      const word = document.createElement("mark");
      word.textContent = match[0];
      passage.append(text.slice(start, match.index), word);
      start = match.index + match[0].length;
    }
    passage.append(text.slice(start, end));
    if (end < text.length) passage.append(" …");
    return passage;
  };

  const fill = (element, text, language) => {
    element.textContent = text;
    if (language) element.lang = language;
  };

  // One sentence in the languages of the page, each a link to its place.
  const hit = (entry, row, words) => {
    const item = document.createElement("li");
    const shown = entry.languages.map((language, side) => ({ language, text: row[side + 1] }))
      .filter(({ language, text }) => text && (!root.language || language.split("-")[0] === root.language));
    for (const { language, text } of shown) {
      const link = document.createElement("a");
      link.href = `${hrefOf(entry)}#${row[0]}`;
      link.lang = language;
      link.append(marked(text, words, LONGEST_HIT));
      const line = document.createElement("p");
      line.append(link);
      if (row[3] && language === entry.languages[1]) {
        const state = document.createElement("span");
        state.className = "mark";
        fill(state, root.language === "fr" ? row[4] : row[3], root.language === "fr" ? "fr" : "en");
        line.append(" ", state);
      }
      item.append(line);
    }
    return item;
  };

  const hrefOf = (entry) => `${root.root}${root.language ? `${root.language}/` : ""}${encodeURIComponent(entry.id)}.html`;

  // The texts of a row that the page searches, folded.
  const folded = new WeakMap();
  const searched = (entry, row) => {
    if (!folded.has(row)) folded.set(row, foldedTexts(entry, row));
    return folded.get(row);
  };
  const foldedTexts = (entry, row) =>
    entry.languages.map((language, side) => (!root.language || language.split("-")[0] === root.language) && row[side + 1])
      .filter(Boolean).map(foldedText);

  // The sentences of a release that say most of what was asked for; each adds words that those before it lack.
  const hits = (list, { entry, rows }, { words, phrases }) => {
    const asks = [...words.map((word) => ` ${word}`), ...phrases];
    let found = rows.filter((row) => !entry.titles.includes(row[1])).map((row) => {
      const texts = searched(entry, row);
      return { row, says: asks.filter((ask) => texts.some((text) => text.includes(ask))) };
    });
    const said = new Set();
    while (list.children.length < SENTENCES_PER_RELEASE) {
      const score = ({ says }) => says.length + 99 * says.filter((ask) => !said.has(ask)).length;
      const best = found.reduce((one, other) => (score(other) > score(one) ? other : one), { says: [] });
      if (!best.row) break;
      found = found.filter((other) => other !== best);
      best.says.forEach((ask) => said.add(ask));
      list.append(hit(entry, best.row, words));
    }
    if (!list.children.length) list.remove();
  };

  const saysAll = ({ entry, rows }, phrases) =>
    phrases.every((phrase) => rows.some((row) => searched(entry, row).some((text) => text.includes(phrase))));

  const fillTitles = (item, entry, words) => {
    const [first, second] = item.querySelectorAll(".title");
    item.querySelector("h3 a").href = hrefOf(entry);
    const own = entry.languages.findIndex((language) => language.split("-")[0] === root.language);
    const side = own > 0 && entry.titles[own] ? own : 0;
    first.lang = entry.languages[side];
    first.append(marked(entry.titles[side], words));
    if (!root.language && entry.titles[1]) {
      second.lang = entry.languages[1];
      second.append(marked(entry.titles[1], words));
    } else second.remove();
  };

  const fillPair = (elements, pair) => elements.forEach((element) => {
    if (pair) (element.firstElementChild || element).textContent = pair[sides[element.lang] ?? (root.language === "fr" ? 0 : 1)];
    else element.remove();
  });

  const itemOf = (data, query) => {
    const item = document.getElementById("blank").content.firstElementChild.cloneNode(true);
    const { entry } = data;
    const times = item.querySelectorAll("time");
    times.forEach((time, at) => {
      if (entry.date) time.dateTime = entry.date;
      else if (at) time.remove();
      else time.removeAttribute("datetime");
    });
    fillPair(times, entry.days);
    const where = [...item.querySelectorAll(".where")];
    if (entry.places && entry.places[0] === entry.places[1]) where.splice(1).forEach((second) => second.remove());
    fillPair(where, entry.places);
    fillTitles(item, entry, query.words);
    const original = root.language && root.language === entry.languages[0].split("-")[0];
    const label = item.querySelector(".label");
    if (entry.label && !original) {
      label.classList.toggle("warns", entry.warns);
      fillPair(label.querySelectorAll("[lang]"), entry.label);
    } else label.remove();
    if (original) item.querySelector(".standing").remove();
    else {
      fillPair(item.querySelectorAll(".count"), entry.standing);
      for (const [name, x, width] of entry.bar) {
        const piece = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        Object.entries({ class: name, x, y: 0, width, height: 4 }).forEach(([key, value]) => piece.setAttribute(key, value));
        item.querySelector(".bar").append(piece);
      }
    }
    hits(item.querySelector(".hits"), data, query);
    return item;
  };

  // Which form of a message a number takes; French and English differ at 0 alone, which has words of its own.
  const plural = new Intl.PluralRules(document.documentElement.dataset.language || "en");
  const say = (name, number) => {
    const said = document.getElementById(`say-${name}`).content.firstElementChild.cloneNode(true);
    const texts = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace("{number}", number);
    document.getElementById("found").replaceChildren(said);
  };

  // -- the search ------------------------------------------------------------------------------------------------

  let run = 0;
  let onward = null;

  // Shows the next of what was found; those that lack a phrase are passed over.
  const showing = (numbers, query, own) => {
    const list = document.querySelector("#results .releases");
    let at = 0;
    let shown = 0;
    return async () => {
      const before = list.children.length;
      const until = at + LOOKED_THROUGH;
      let room = SHOWN_AT_ONCE;
      while (room > 0 && at < Math.min(until, numbers.length)) {
        const ids = numbers.slice(at, at + room).map((number) => catalogue.releases[number]);
        await Promise.all(ids.map((id) => load(`releases/${encodeURIComponent(id)}.js`)));
        if (own !== run) return;
        at += ids.length;
        const good = ids.map((id) => sentences.get(id)).filter((data) => data && saysAll(data, query.phrases));
        list.append(...good.map((data) => itemOf(data, query)));
        room -= good.length;
        shown += good.length;
      }
      const rest = at < numbers.length;
      const number = query.phrases.length ? shown : numbers.length;
      const form = plural.select(number) === "one" ? "one" : "other";
      if (!number && !rest) say("none");
      else say(`${rest && query.phrases.length ? "some" : "all"}-${form}`, number);
      document.getElementById("more").hidden = !rest;
      return list.children[before];
    };
  };

  // The years lead into the list, so they go with it.
  const showResults = (shown) => {
    document.getElementById("results").hidden = !shown;
    document.querySelectorAll("#list, nav.years").forEach((element) => { element.hidden = shown; });
  };

  const search = async () => {
    const own = ++run;
    const { text, filters } = current();
    const query = asked(text);
    const active = query.words.length || filters.year || filters.state;
    const clear = () => document.querySelector("#results .releases").replaceChildren();
    if (!active) {
      clear();
      showResults(false);
      document.getElementById("found").replaceChildren();
      return;
    }
    const numbers = (await load("index.js")) && catalogue && (await find(query.words, filters));
    if (own !== run) return;
    if (!numbers) {
      say("broken");
      return;
    }
    clear();
    onward = showing(numbers, query, own);
    showResults(true);
    await onward();
  };

  // -- the form --------------------------------------------------------------------------------------------------

  const form = () => document.querySelector(".search");
  const current = () => ({
    text: form().elements.q.value,
    filters: { year: form().elements.year.value, state: form().elements.state?.value || "" },
  });

  const remember = () => {
    const address = new URL(location.href);
    const { text, filters } = current();
    for (const [name, value] of Object.entries({ q: text.trim(), ...filters })) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // Refused by some browsers for a page opened from the disk: search works all the same.
    }
  };

  const recall = () => {
    const given = new URLSearchParams(location.search);
    const { q, year, state } = form().elements;
    q.value = given.get("q") || "";
    year.value = given.get("year") || "";
    if (year.selectedIndex < 0) year.value = "";
    if (state) state.value = given.get("state") || "";
    if (state && !state.value) state[0].checked = true;
    if (year.value || state?.value) form().querySelector("details").open = true;
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!form()) return;
    let waiting = 0;
    const changed = () => { remember(); search(); };
    form().addEventListener("submit", (event) => { event.preventDefault(); changed(); });
    form().addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 60); });
    document.getElementById("more").addEventListener("click", async () => {
      const first = await onward();
      if (first) first.querySelector("a").focus();
    });
    window.addEventListener("popstate", () => { recall(); search(); });
    recall();
    search();
  });
})();
