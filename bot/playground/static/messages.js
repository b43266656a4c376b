// Bubbles: one message, its place among others, its buttons.

import { photoUrl } from "./api.js";
import { el, icon, paintAvatar, tint } from "./dom.js";
import { renderText } from "./render.js";
import { locale, topicName, words } from "./strings.js";

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(locale, { month: "long", day: "numeric" });

export const dayOf = (message) => {
  const date = new Date(message.date * 1000);
  return date.toDateString() === new Date().toDateString() ? words.today : day.format(date);
};

export const pill = (text) => el("p", { class: "pill" }, text);

export function service(message) {
  const who = message.from.first_name;
  if (message.new_chat_members) return words.joined(who, message.new_chat_members[0].first_name);
  if (message.left_chat_member) return words.left(who, message.left_chat_member.first_name);
  return null;
}

export const summary = (message) =>
  service(message) ?? (message.text ?? (message.caption || words.photo)).replace(/\s+/g, " ");

// `acts`: reply, edit, press, jump, send, insert, start, startPayload.
// `view`: me, whether it is a group, whether topics are mixed, the members.
export function bubble(message, view, acts) {
  const said = service(message);
  if (said) return el("div", { class: "service", data: { id: message.message_id } }, pill(said));
  const own = message.from.id === view.me;
  const name = message.from.first_name;
  const stack = el("div", { class: "stack" });
  const box = el("div", { class: "bubble" });
  if (view.group && !own) box.append(el("div", { class: `name ${tint(message.from.id)}` }, name, admin(message, view)));
  if (message.via_bot) box.append(via(message, acts));
  if (view.topics && message.is_topic_message)
    box.append(el("div", { class: "topic" }, topicName(message.message_thread_id)));
  if (message.reply_to_message) box.append(replied(message, acts));
  const text = el("div", { class: "text" });
  text.append(renderText(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities, acts));
  text.append(stamp(message));
  const parts = message.photo ? [photo(message), text] : [text];
  box.append(...(message.show_caption_above_media ? parts.reverse() : parts));
  if (message.reactions) box.append(reactions(message));
  stack.append(el("div", { class: "line" }, box, tools(message, own, acts)));
  if (message.reply_markup?.inline_keyboard) stack.append(inlineKeyboard(message, acts));
  const row = el(
    "article",
    { class: own ? "row own" : "row", ariaLabel: `${name} ${clock.format(message.date * 1000)}` },
    stack,
  );
  row.dataset.id = message.message_id;
  row.dataset.from = message.from.id;
  if (view.group && !own) {
    const avatar = el("span", { ariaHidden: "true" });
    paintAvatar(avatar, name, message.from.id);
    row.prepend(avatar);
  }
  return row;
}

// A picture keeps its room before it arrives, and opens by itself.
function photo(message) {
  const size = message.photo.at(-1);
  const image = el("img", {
    src: photoUrl(size),
    alt: message.caption ? words.photoOf(summary(message)) : words.photo,
    width: size.width,
    height: size.height,
  });
  image.onerror = () => image.replaceWith(el("span", { class: "no-photo" }, words.photo));
  return el("a", { class: "photo", href: photoUrl(size), target: "_blank", rel: "noopener" }, image);
}

function via(message, acts) {
  const name = `@${message.via_bot.username}`;
  const button = el("button", { type: "button", class: "link", onclick: () => acts.insert(`${name} `) }, name);
  return el("div", { class: "via" }, `${words.via} `, button);
}

const reactions = (message) =>
  el(
    "div",
    { class: "reactions" },
    ...message.reactions.map(({ emoji }) => el("span", { role: "img", ariaLabel: words.reacted(emoji) }, emoji)),
  );

function admin(message, view) {
  const status = view.members?.[message.from.id];
  if (message.from.is_bot)
    return el("span", { class: "role" }, message.guest_bot_caller_user ? words.guestBot : words.bot);
  return status === "administrator" ? el("span", { class: "role" }, words.admin) : null;
}

function replied(message, acts) {
  const answered = message.reply_to_message;
  return el(
    "button",
    {
      type: "button",
      class: `replied ${tint(answered.from.id)}`,
      onclick: () => acts.jump(answered.message_id),
    },
    el("strong", {}, answered.from.first_name),
    el("span", {}, message.quote?.text ?? summary(answered)),
  );
}

function stamp(message) {
  const date = new Date(message.date * 1000);
  return el(
    "span",
    { class: "stamp" },
    message.edit_date ? el("span", { class: "edited" }, words.edited) : null,
    el("time", { dateTime: date.toISOString() }, clock.format(date)),
  );
}

function tools(message, own, acts) {
  const tool = (name, label, act) =>
    el("button", { type: "button", class: "icon tool", title: label, ariaLabel: label, onclick: act }, icon(name));
  return el(
    "div",
    { class: "tools" },
    tool("reply", words.reply, () => acts.reply(message)),
    own && message.text !== undefined && !message.via_bot ? tool("edit", words.edit, () => acts.edit(message)) : null,
  );
}

function inlineKeyboard(message, acts) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    el("div", { class: "keys-row" }, ...row.map((button) => inlineButton(message, button, acts))),
  );
  return el("div", { class: "inline-keyboard", role: "group", ariaLabel: words.buttons }, ...rows);
}

const KINDS = [
  ["url", "opens"],
  ["copy_text", "copies"],
  ["switch_inline_query", "shares"],
  ["switch_inline_query_chosen_chat", "shares"],
  ["switch_inline_query_current_chat", "shares"],
];

function inlineButton(message, button, acts) {
  const element = el("button", { type: "button" }, button.text);
  const kind = KINDS.find(([name]) => button[name] !== undefined);
  if (kind) element.classList.add(kind[1]);
  element.onclick = () => acts.press(message, button, element);
  return element;
}
