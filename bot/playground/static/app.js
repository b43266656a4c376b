// The page: loading it, opening a chat, and what the reader does.

import * as api from "./api.js";
import { press } from "./buttons.js";
import { drawReplyKeyboard, insert, setMode, switchDraft, wireComposer } from "./composer.js";
import { $, el, setIcon } from "./dom.js";
import { listener } from "./hearing.js";
import { enterResults, typed, wireInline } from "./inline.js";
import { startPayload } from "./links.js";
import { drawLog, jump, toEnd, wireLog } from "./log.js";
import { tell } from "./notices.js";
import { drawHead, drawPerson, drawSubtitle, drawTabs, unread, walkTabs } from "./side.js";
import { TABS, TOPICS, chat, chatId, learn, messages, view, world, writers } from "./state.js";
import { pageLanguage, words } from "./strings.js";
import { drawTopics } from "./topics.js";
import { drawFaults, wireTraffic } from "./traffic.js";

let stop = () => {};

async function load() {
  const state = await api.getState();
  learn(state);
  $("language").replaceChildren(
    ...state.languages.map((code) => el("option", { value: code }, words.languages[code] ?? code)),
  );
  readAddress();
  view.shown = null;
  show();
  drawFaults();
  stop();
  stop = api.follow(state.cursor, hear, (linked) => {
    view.linked = linked;
    drawSubtitle();
  });
}

const hear = listener({ load, drawKeys, open: (tab) => open(tab), start, drawTabs: () => drawTabs(open) });

function show() {
  switchDraft(view.shown, chatId());
  view.shown = chatId();
  unread.delete(chatId());
  writeAddress();
  $("mention").hidden = view.tab === "private";
  drawTabs(open);
  drawPerson();
  drawHead();
  drawTopics(writeAddress);
  drawKeys();
  drawLog();
}

function drawKeys() {
  drawReplyKeyboard(chat().reply_keyboard, (text, done) => {
    submit(text, null);
    done();
  });
  const usual = { private: words.write, group: words.writeGroup, friend: words.writeFriend };
  $("input").placeholder = $("input").dataset.hint || usual[view.tab];
  $("input").ariaLabel = words.write;
}

function open(tab, me = view.me) {
  view.tab = tab;
  view.me = writers(tab).includes(me) ? me : writers(tab)[0];
  show();
}

// The open chat stands in the address, so that a reload finds it again.
function writeAddress() {
  history.replaceState(null, "", `#${view.tab}/${view.me}/${view.topic}`);
}

function readAddress() {
  const [tab, me, topic] = location.hash.slice(1).split("/");
  view.tab = TABS.includes(tab) ? tab : "private";
  view.me = writers(view.tab).includes(Number(me)) ? Number(me) : writers(view.tab)[0];
  view.topic = TOPICS.includes(Number(topic)) ? Number(topic) : 0;
}

function submit(text, mode) {
  const base = { chat_id: chatId(), user_id: view.me, text };
  if (mode?.kind === "edit") return tell(api.editMessage({ ...base, message_id: mode.message.message_id }));
  const thread = view.tab === "group" && view.topic ? view.topic : undefined;
  return tell(api.sendMessage({ ...base, reply_to: mode?.message.message_id, thread_id: thread }));
}

// Follows a link to the bot: its private chat opens, and a payload is sent there.
function start(payload) {
  open("private");
  if (payload) tell(api.start({ payload, user_id: view.me }));
}

const acts = {
  jump,
  insert,
  start,
  startPayload,
  press: (message, button, element) => press(message, button, element, { open, start }),
  reply: (message) => setMode({ kind: "reply", message }),
  edit: (message) => setMode({ kind: "edit", message }),
  send: (text) => submit(text, null),
};

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
  $("as").onchange = () => open(view.tab, Number($("as").value));
  $("language").onchange = () =>
    tell(api.setLanguage({ user_id: view.me, language_code: $("language").value }));
  $("mention").onclick = () => insert(`@${world.bot.username} `);
  $("tabs").addEventListener("keydown", (event) => walkTabs(event, open));
  wireLog(acts);
  wireInline(start);
  wireTraffic();
  wireComposer({
    submit,
    typed,
    listKey: enterResults,
    commands: () => api.getCommands(chatId(), view.me),
    lastOwn: () => messages().filter((m) => m.from.id === view.me && m.text && !m.via_bot).at(-1),
  });
}

wire();
await load();
setIcon($("mention"), "at", words.mention(world.bot.username));
toEnd();
$("input").focus();
