// The open chat's messages, in order, and the way among them.

import { $, el } from "./dom.js";
import { bubble, dayOf, pill } from "./messages.js";
import { toast } from "./notices.js";
import { chat, messages, onView, view, world } from "./state.js";
import { words } from "./strings.js";

let acts; // what bubbles call; also start() of the empty chat

export function wireLog(given) {
  acts = given;
  let atEnd = true;
  const scroll = $("scroll");
  scroll.addEventListener("scroll", () => {
    const left = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
    atEnd = left < 40;
    $("to-end").hidden = left < 240;
  });
  $("to-end").onclick = toEnd;
  // A keyboard that opens, or the phone's own, must not cover the newest message.
  new ResizeObserver(() => atEnd && toEnd()).observe(scroll);
}

export function drawLog() {
  const log = $("log");
  log.ariaBusy = "true"; // what was there before is not news
  log.replaceChildren();
  let last = null;
  for (const message of messages()) last = place(message, last);
  if (!last) log.append(emptyCard());
  log.ariaBusy = "false";
  toEnd();
}

function place(message, before) {
  if (!before || dayOf(before) !== dayOf(message)) $("log").append(pill(dayOf(message)));
  const row = draw(message);
  row.classList.toggle("follows", before?.from.id === message.from.id && message.date - before.date < 300);
  $("log").append(row);
  return message;
}

const draw = (message) =>
  bubble(
    message,
    {
      me: view.me,
      group: view.tab !== "private",
      topics: view.tab === "group" && !view.topic,
      members: chat().members,
    },
    acts,
  );

export function addRow(message) {
  if (!onView(message)) return;
  const scroll = $("scroll");
  const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 160;
  $("log").querySelector(".empty")?.remove();
  place(message, messages().at(-2) ?? null);
  if (near || message.from.id === view.me) toEnd();
}

export function replaceRow(message) {
  const old = row(message.message_id);
  if (!old) return;
  const fresh = draw(message);
  fresh.classList.toggle("follows", old.classList.contains("follows"));
  const had = old.contains(document.activeElement) && document.activeElement.textContent;
  old.replaceWith(fresh);
  // A button that was pressed keeps the focus when its message is drawn again.
  if (had) [...fresh.querySelectorAll("button")].find((button) => button.textContent === had)?.focus();
}

const row = (id) => $("log").querySelector(`[data-id="${Number(id)}"]`);

export function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
}

export function jump(id) {
  const target = row(id);
  if (!target) return toast(words.gone);
  target.scrollIntoView({ block: "center", behavior: "smooth" });
  target.classList.remove("flash");
  requestAnimationFrame(() => target.classList.add("flash"));
  return undefined;
}

function emptyCard() {
  const card = el("div", { class: "empty" });
  if (view.tab === "private") {
    card.append(
      el("strong", {}, words.empty),
      el("p", {}, words.emptyWords),
      el("button", { type: "button", class: "start", onclick: () => acts.send("/start") }, words.start),
    );
  } else {
    card.append(el("p", {}, view.tab === "group" ? words.emptyGroup : words.emptyFriend));
  }
  if (world.suggestions.length) card.append(suggestions());
  return card;
}

// Where others read along, a question has to mention the bot.
function suggestions() {
  const address = view.tab === "private" ? "" : `@${world.bot.username} `;
  return el(
    "div",
    { class: "suggestions", role: "group", ariaLabel: words.suggestions },
    el("p", { ariaHidden: "true" }, words.suggestions),
    ...world.suggestions.map((question) =>
      el("button", { type: "button", onclick: () => acts.send(address + question) }, address + question),
    ),
  );
}
