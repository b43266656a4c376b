// The page: what is known of the world, which chat is open, and what the reader does.

import * as api from "./api.js";
import { drawReplyKeyboard, insert, setMode, showKeys, switchDraft, wireComposer } from "./composer.js";
import { $, el, paintAvatar, setIcon } from "./dom.js";
import { bubble, dayOf, pill, summary } from "./messages.js";
import { pageLanguage, words } from "./strings.js";

const TYPING_MS = 5000;
const PRESS_MS = 10000;
const KEPT = 500;

const world = { bot: null, users: new Map(), chats: new Map(), group: null };
const view = { tab: "private", me: 0, shown: null, linked: true };
const unread = new Set();
const pressed = new Map(); // query id -> the button that waits
const typing = new Map(); // chat id -> timer
let stop = () => {};
let toastTimer;

const chatId = () => (view.tab === "group" ? world.group : view.me);
const chat = () => world.chats.get(chatId());

// What the world tells.

async function load() {
  const state = await api.getState();
  world.bot = state.bot;
  world.users = new Map(state.users.map((user) => [user.id, user]));
  world.chats = new Map(state.chats.map((item) => [item.id, { ...item, messages: byId(item.messages) }]));
  world.group = state.chats.find((item) => item.type !== "private").id;
  $("language").replaceChildren(
    ...state.languages.map((code) => el("option", { value: code }, words.languages[code] ?? code)),
  );
  readAddress();
  view.shown = null;
  show();
  stop();
  stop = api.follow(state.cursor, hear, (linked) => {
    view.linked = linked;
    drawSubtitle();
  });
}

const byId = (messages) => new Map(messages.map((message) => [message.message_id, message]));

const hearing = {
  reset: () => load(),
  message: ({ message }) => {
    const place = world.chats.get(message.chat.id);
    if (!place) return;
    place.messages.set(message.message_id, message);
    if (place.messages.size > KEPT) place.messages.delete(place.messages.keys().next().value);
    if (message.from.is_bot) stopTyping(place.id);
    if (place.id === chatId()) addRow(message);
    else if (message.from.is_bot) unread.add(place.id);
    drawTabs();
  },
  edit: ({ message }) => {
    world.chats.get(message.chat.id)?.messages.set(message.message_id, message);
    if (message.chat.id === chatId()) replaceRow(message);
    drawTabs();
  },
  delete: (event) => {
    world.chats.get(event.chat_id)?.messages.delete(event.message_id);
    if (event.chat_id === chatId()) drawLog();
    drawTabs();
  },
  keyboard: (event) => {
    world.chats.get(event.chat_id).reply_keyboard = event.reply_keyboard;
    if (event.chat_id === chatId()) {
      showKeys();
      drawKeys();
    }
  },
  force_reply: (event) => {
    const message = world.chats.get(event.chat_id)?.messages.get(event.message_id);
    if (event.chat_id === chatId() && message) setMode({ kind: "reply", message });
  },
  action: (event) => {
    clearTimeout(typing.get(event.chat_id));
    typing.set(event.chat_id, setTimeout(() => stopTyping(event.chat_id), TYPING_MS));
    drawSubtitle();
  },
  answer: (event) => {
    release(event.query_id);
    if (event.user_id !== view.me) return;
    if (event.text && event.show_alert) alertBox(event.text);
    else if (event.text) toast(event.text);
  },
  member: (event) => {
    const place = world.chats.get(event.chat_id);
    if (place) place.members[world.bot.id] = event.status;
    drawSubtitle();
  },
  user: ({ user }) => {
    world.users.set(user.id, user);
    drawPerson();
  },
  commands: () => {},
};

const hear = (event) => hearing[event.type]?.(event);

function stopTyping(id) {
  clearTimeout(typing.get(id));
  typing.delete(id);
  drawSubtitle();
}

// Drawing.

function show() {
  switchDraft(view.shown, chatId());
  view.shown = chatId();
  unread.delete(chatId());
  history.replaceState(null, "", `#${view.tab}/${view.me}`);
  $("mention").hidden = view.tab !== "group";
  drawTabs();
  drawPerson();
  const name = view.tab === "group" ? chat().title : world.bot.first_name;
  $("title").textContent = name;
  $("pane").ariaLabel = name;
  paintAvatar($("head-avatar"), name, view.tab === "group" ? world.group : world.bot.id);
  drawSubtitle();
  drawKeys();
  drawLog();
}

function drawTabs() {
  const tabs = [
    ["private", world.bot.first_name, world.bot.id, view.me],
    ["group", world.chats.get(world.group).title, world.group, world.group],
  ];
  const focused = document.activeElement?.closest?.("[role=tab]") !== null;
  $("tabs").replaceChildren(
    ...tabs.map(([tab, name, tintId, id]) => {
      const avatar = el("span", { ariaHidden: "true" });
      paintAvatar(avatar, name, tintId);
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
    }),
  );
  if (focused) $(`tab-${view.tab}`).focus();
}

function drawPerson() {
  $("as").replaceChildren(
    ...[...world.users.values()].map((user) => {
      const role = world.chats.get(world.group).members[user.id] === "administrator" ? `（${words.admin}）` : "";
      return el("option", { value: user.id, selected: user.id === view.me }, user.first_name + role);
    }),
  );
  $("language").value = world.users.get(view.me).language_code;
}

function drawSubtitle() {
  const members = Object.values(chat().members).filter((status) => !["left", "kicked"].includes(status));
  const busy = typing.has(chatId());
  $("subtitle").textContent = !view.linked
    ? words.connecting
    : busy
      ? words.typing
      : view.tab === "group"
        ? words.members(members.length)
        : words.bot;
  $("subtitle").classList.toggle("busy", busy || !view.linked);
}

function drawLog() {
  const log = $("log");
  log.ariaBusy = "true"; // what was there before is not news
  log.replaceChildren();
  let last = null;
  for (const message of chat().messages.values()) last = place(message, last);
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
  bubble(message, { me: view.me, group: view.tab === "group", members: chat().members }, acts);

function addRow(message) {
  const scroll = $("scroll");
  const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 160;
  $("log").querySelector(".empty")?.remove();
  const all = [...chat().messages.values()];
  place(message, all.at(-2) ?? null);
  if (near || message.from.id === view.me) toEnd();
}

function replaceRow(message) {
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

function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
}

function emptyCard() {
  const group = view.tab === "group";
  const start = el("button", { type: "button", class: "start", onclick: () => submit("/start", null) }, words.start);
  return el(
    "div",
    { class: "empty" },
    group ? null : el("strong", {}, words.empty),
    el("p", {}, group ? words.emptyGroup : words.emptyWords),
    group ? null : start,
  );
}

function drawKeys() {
  drawReplyKeyboard(chat().reply_keyboard, (text, done) => {
    submit(text, null);
    done();
  });
  $("input").placeholder =
    $("input").dataset.hint || (view.tab === "group" ? words.writeGroup : words.write);
  $("input").ariaLabel = words.write;
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("on"), 3000 + text.length * 40);
}

function alertBox(text) {
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
}

// What the reader does.

async function tell(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(words.failed(error.message));
    return null;
  }
}

function submit(text, mode) {
  const base = { chat_id: chatId(), user_id: view.me, text };
  if (mode?.kind === "edit") return tell(api.editMessage({ ...base, message_id: mode.message.message_id }));
  return tell(api.sendMessage({ ...base, reply_to: mode?.message.message_id }));
}

function release(queryId) {
  const button = pressed.get(queryId);
  pressed.delete(queryId);
  if (button) button.ariaBusy = "false";
}

async function press(message, button, element) {
  if (button.url) return window.open(button.url, "_blank", "noopener");
  if (button.copy_text) {
    await navigator.clipboard.writeText(button.copy_text.text);
    return toast(words.copied);
  }
  if (button.switch_inline_query_current_chat !== undefined)
    return insert(`@${world.bot.username} ${button.switch_inline_query_current_chat}`);
  if (button.callback_data === undefined) return toast(words.unsupported);
  element.ariaBusy = "true";
  const query = await tell(
    api.pressButton({
      chat_id: message.chat.id,
      message_id: message.message_id,
      user_id: view.me,
      data: button.callback_data,
    }),
  );
  if (!query) {
    element.ariaBusy = "false";
    return undefined;
  }
  pressed.set(query.query_id, element);
  setTimeout(() => release(query.query_id), PRESS_MS);
  return undefined;
}

function jump(id) {
  const target = row(id);
  if (!target) return toast(words.gone);
  target.scrollIntoView({ block: "center", behavior: "smooth" });
  target.classList.remove("flash");
  requestAnimationFrame(() => target.classList.add("flash"));
  return undefined;
}

const acts = {
  press,
  jump,
  insert,
  reply: (message) => setMode({ kind: "reply", message }),
  edit: (message) => setMode({ kind: "edit", message }),
  sendCommand: (text) => submit(text, null),
};

function open(tab, me) {
  view.tab = tab;
  view.me = me;
  show();
}

// The open chat stands in the address, so that a reload finds it again.
function readAddress() {
  const [tab, me] = location.hash.slice(1).split("/");
  view.tab = tab === "group" ? "group" : "private";
  view.me = world.users.has(Number(me)) ? Number(me) : world.users.keys().next().value;
}

function wire() {
  document.documentElement.lang = pageLanguage === "zh" ? "zh-Hans" : "en";
  document.title = words.title;
  $("tabs").ariaLabel = words.chats;
  $("log").ariaLabel = words.log;
  $("scroll").ariaLabel = words.log;
  $("as-label").textContent = words.as;
  $("language-label").textContent = words.language;
  $("alert-ok").textContent = words.close;
  setIcon($("to-end"), "down", words.toEnd);
  $("to-end").onclick = toEnd;
  $("as").onchange = () => open(view.tab, Number($("as").value));
  $("language").onchange = () =>
    tell(api.setLanguage({ user_id: view.me, language_code: $("language").value }));
  $("mention").onclick = () => insert(`@${world.bot.username} `);
  $("tabs").addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    open(view.tab === "group" ? "private" : "group", view.me);
  });
  let atEnd = true;
  $("scroll").addEventListener("scroll", () => {
    const left = $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight;
    atEnd = left < 40;
    $("to-end").hidden = left < 240;
  });
  // A keyboard that opens, or the phone's own, must not cover the newest message.
  new ResizeObserver(() => atEnd && toEnd()).observe($("scroll"));
  wireComposer({
    submit,
    commands: () => api.getCommands(chatId(), view.me),
    lastOwn: () => [...chat().messages.values()].filter((m) => m.from.id === view.me && m.text).at(-1),
  });
}

wire();
await load();
setIcon($("mention"), "at", words.mention(world.bot.username));
$("input").focus();
