// What the world tells, and what changes on the page.

import { answered } from "./buttons.js";
import { setMode, showKeys } from "./composer.js";
import { offered } from "./inline.js";
import { addRow, drawLog, replaceRow } from "./log.js";
import { drawPerson, drawSubtitle, startTyping, stopTyping, unread } from "./side.js";
import { chatId, world } from "./state.js";
import { drawFaults } from "./traffic.js";

const KEPT = 500;

// `page` has load(), drawTabs(), drawKeys(), and open(tab) and start(payload).
export const listener = (page) => {
  const hearing = {
    reset: () => page.load(),
    message: ({ message }) => {
      const place = world.chats.get(message.chat.id);
      if (!place) return;
      place.messages.set(message.message_id, message);
      if (place.messages.size > KEPT) place.messages.delete(place.messages.keys().next().value);
      if (message.from.is_bot) stopTyping(place.id);
      if (place.id === chatId()) addRow(message);
      else if (message.from.is_bot) unread.add(place.id);
      page.drawTabs();
    },
    edit: ({ message }) => {
      world.chats.get(message.chat.id)?.messages.set(message.message_id, message);
      if (message.chat.id === chatId()) replaceRow(message);
      page.drawTabs();
    },
    delete: (event) => {
      world.chats.get(event.chat_id)?.messages.delete(event.message_id);
      if (event.chat_id === chatId()) drawLog();
      page.drawTabs();
    },
    keyboard: (event) => {
      world.chats.get(event.chat_id).reply_keyboard = event.reply_keyboard;
      if (event.chat_id !== chatId()) return;
      showKeys();
      page.drawKeys();
    },
    force_reply: (event) => {
      const message = world.chats.get(event.chat_id)?.messages.get(event.message_id);
      if (event.chat_id === chatId() && message) setMode({ kind: "reply", message });
    },
    action: (event) => startTyping(event.chat_id),
    answer: (event) => answered(event, page),
    inline_answer: offered,
    member: (event) => {
      const place = world.chats.get(event.chat_id);
      if (place) place.members[world.bot.id] = event.status;
      drawSubtitle();
    },
    user: ({ user }) => {
      world.users.set(user.id, user);
      drawPerson();
    },
    chat: ({ chat }) => Object.assign(world.chats.get(chat.id) ?? {}, chat),
    faults: ({ pending }) => {
      world.faults = pending;
      drawFaults();
    },
    commands: () => {},
  };
  return (event) => hearing[event.type]?.(event);
};
