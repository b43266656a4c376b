// Inline mode: `@bot words` in the input brings a list of what the bot offers to send.

import * as api from "./api.js";
import { fill } from "./composer.js";
import { $, el } from "./dom.js";
import { tell } from "./notices.js";
import { chatId, view, world } from "./state.js";
import { words } from "./strings.js";

const PAUSE_MS = 250;
const PATIENCE_MS = 8000;
const EARLY = 8;

let current = null; // {query, id, next, asking}
let pause;
let patience;
let start; // follows the button on top into the private chat
const early = new Map(); // answers that came before their query's id

export function wireInline(followStart) {
  start = followStart;
  $("results-list").ariaLabel = words.results;
  const list = $("results-list");
  list.addEventListener("scroll", () => {
    if (list.scrollHeight - list.scrollTop - list.clientHeight < 80) more();
  });
  $("results").addEventListener("keydown", walk);
}

// Called at each change of the input.
export function typed(text) {
  clearTimeout(pause);
  const query = world.inline ? asked(text) : null;
  if (query === null) return hide();
  if (query === current?.query && !$("results").hidden) return undefined;
  pause = setTimeout(() => ask(query, ""), PAUSE_MS);
  return undefined;
}

function asked(text) {
  const found = /^@(\w+)\s([^]*)$/.exec(text);
  return found && found[1].toLowerCase() === world.bot.username.toLowerCase() ? found[2].trim() : null;
}

function hide() {
  clearTimeout(patience);
  current = null;
  $("results").hidden = true;
  $("results-list").replaceChildren();
}

async function ask(query, offset) {
  const own = offset ? current : { query, id: null, next: "", asking: false };
  current = own;
  own.asking = true;
  if (!offset) note(words.searching);
  $("results").hidden = false;
  const body = { query, offset, user_id: view.me, chat_id: chatId() };
  const reply = await tell(api.askInline(body));
  if (own !== current) return;
  if (!reply) {
    own.asking = false;
    note("", true);
    return;
  }
  own.id = reply.query_id;
  clearTimeout(patience);
  patience = setTimeout(() => own === current && own.asking && note(words.pause), PATIENCE_MS);
  const answer = early.get(own.id);
  if (answer) take(answer, offset);
  else own.offset = offset;
}

function more() {
  if (current?.next && !current.asking) ask(current.query, current.next);
}

// An answer of the bot's, perhaps to this page's query.
export function offered(answer) {
  if (answer.user_id !== view.me || !current) return;
  if (answer.query_id === current.id) take(answer, current.offset);
  else if (!current.id || current.asking) {
    early.set(answer.query_id, answer);
    if (early.size > EARLY) early.delete(early.keys().next().value);
  }
}

function take(answer, offset) {
  current.asking = false;
  current.next = answer.next_offset;
  clearTimeout(patience);
  const list = $("results-list");
  const items = answer.results.map((result) => option(result, answer.query_id));
  if (offset) list.append(...items);
  else {
    list.replaceChildren(...items);
    list.scrollTop = 0;
    drawButton(answer.button);
  }
  list.hidden = !list.children.length;
  const count = list.children.length;
  note(count ? words.found(count) : words.nothing, count > 0);
  // A list that does not fill its room cannot be scrolled for more.
  if (list.scrollHeight <= list.clientHeight) more();
}

function option(result, queryId) {
  const photo = result.photo && el("img", { src: api.photoUrl(result.photo[0]), alt: "" });
  return el(
    "button",
    {
      type: "button",
      role: "option",
      ariaSelected: "false",
      tabIndex: -1,
      onclick: () => choose(queryId, result.id),
    },
    photo || null,
    el("strong", {}, result.title || words.photo),
    result.description ? el("span", {}, result.description) : null,
  );
}

async function choose(queryId, resultId) {
  const thread = view.tab === "group" && view.topic ? view.topic : undefined;
  const body = { query_id: queryId, result_id: resultId, chat_id: chatId(), thread_id: thread };
  if (!(await tell(api.chooseInline(body)))) return;
  fill("");
}

function drawButton(button) {
  const top = $("results-button");
  top.hidden = !button?.start_parameter;
  top.textContent = button?.text ?? "";
  top.onclick = () => {
    fill("");
    start(button.start_parameter);
  };
}

// A note about a list that is there is for those who do not see it.
function note(text, quiet = false) {
  $("results-note").textContent = text;
  $("results-note").classList.toggle("unseen", quiet);
}

// Keys in the input while the list is open; true when it was one of the list's.
export function enterResults(event) {
  if ($("results").hidden) return false;
  if (event.key === "Escape") {
    hide();
    return true;
  }
  const first = $("results-list").querySelector("button");
  if (!first || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return false;
  event.preventDefault();
  first.focus();
  return true;
}

function walk(event) {
  const items = [...$("results").querySelectorAll("button:not([hidden])")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape") {
    hide();
    $("input").focus();
  } else if (to !== undefined) {
    event.preventDefault();
    if (to === items.length - 1) more();
    (items[to] ?? (to < 0 ? $("input") : items.at(-1))).focus();
  }
}
