// Beside and above the log: the chats, who one is, what the bot is doing.

import { $, el, paintAvatar } from "./dom.js";
import { summary } from "./messages.js";
import { TABS, chat, chatId, chatOf, nameOf, present, view, world, writers } from "./state.js";
import { words } from "./strings.js";

const TYPING_MS = 5000;

export const unread = new Set();
const typing = new Map(); // chat id -> timer

export function drawTabs(open) {
  const focused = document.activeElement?.closest?.("[role=tab]") !== null;
  $("tabs").replaceChildren(...TABS.map((tab) => drawTab(tab, open)));
  if (focused) $(`tab-${view.tab}`).focus();
}

function drawTab(tab, open) {
  const id = chatOf(tab);
  const name = nameOf(tab);
  const avatar = el("span", { ariaHidden: "true" });
  paintAvatar(avatar, name, tab === "private" ? world.bot.id : id);
  const last = [...world.chats.get(id).messages.values()].at(-1);
  const on = tab === view.tab;
  const button = el(
    "button",
    { type: "button", role: "tab", id: `tab-${tab}`, ariaSelected: String(on), tabIndex: on ? 0 : -1 },
    avatar,
    el(
      "span",
      { class: "tab-words" },
      el("span", { class: "tab-name" }, name, el("span", { class: "tab-kind" }, words[tab])),
      el("span", { class: "tab-last" }, last ? summary(last) : ""),
    ),
    unread.has(id) ? el("span", { class: "dot", role: "img", ariaLabel: words.unread }) : null,
  );
  button.setAttribute("aria-controls", "pane");
  button.onclick = () => open(tab, view.me);
  return button;
}

// Moves along the tabs with the arrow keys.
export function walkTabs(event, open) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  open(TABS[(TABS.indexOf(view.tab) + step + TABS.length) % TABS.length], view.me);
}

export function drawPerson() {
  const roles = world.chats.get(world.group).members;
  $("as").replaceChildren(
    ...writers(view.tab).map((id) => {
      const role = roles[id] === "administrator" ? `（${words.admin}）` : "";
      return el("option", { value: id, selected: id === view.me }, world.users.get(id).first_name + role);
    }),
  );
  $("language").value = world.users.get(view.me).language_code;
}

export function drawHead() {
  const name = nameOf(view.tab);
  $("title").textContent = name;
  $("pane").ariaLabel = name;
  paintAvatar($("head-avatar"), name, view.tab === "private" ? world.bot.id : chatId());
  drawSubtitle();
}

export function drawSubtitle() {
  const busy = typing.has(chatId());
  const usual = {
    private: words.bot,
    group: words.members(present(chat()).length),
    friend: words.withoutBot,
  };
  $("subtitle").textContent = !view.linked ? words.connecting : busy ? words.typing : usual[view.tab];
  $("subtitle").classList.toggle("busy", busy || !view.linked);
}

export function startTyping(id) {
  clearTimeout(typing.get(id));
  typing.set(id, setTimeout(() => stopTyping(id), TYPING_MS));
  drawSubtitle();
}

export function stopTyping(id) {
  clearTimeout(typing.get(id));
  typing.delete(id);
  drawSubtitle();
}
