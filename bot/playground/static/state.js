// What is known of the world, and which of it is on view.

export const world = {
  bot: null,
  inline: false,
  people: [], // who has a private chat with the bot
  users: new Map(),
  chats: new Map(),
  group: null,
  friend: null,
  faults: 0,
  suggestions: [],
};

// `topic` is a forum topic's id, 0 for all of them.
export const view = { tab: "private", me: 0, topic: 0, shown: null, linked: true };

export const TABS = ["private", "group", "friend"];
export const TOPICS = [0, 2, 3];

export const chatOf = (tab) => ({ group: world.group, friend: world.friend })[tab] ?? view.me;
export const chatId = () => chatOf(view.tab);
export const chat = () => world.chats.get(chatId());

const byId = (messages) => new Map(messages.map((message) => [message.message_id, message]));

export function learn(state) {
  world.bot = state.bot;
  world.inline = state.supports_inline_queries;
  world.people = state.people;
  world.users = new Map(state.users.map((user) => [user.id, user]));
  world.chats = new Map(state.chats.map((item) => [item.id, { ...item, messages: byId(item.messages) }]));
  world.group = state.group;
  world.friend = state.friend;
  world.faults = state.pending_faults;
  world.suggestions = state.suggestions;
}

const PRESENT = ["creator", "administrator", "member", "restricted"];

export const present = (place) =>
  Object.entries(place.members)
    .filter(([, status]) => PRESENT.includes(status))
    .map(([id]) => Number(id));

// Who can write on a tab: each has a private chat of their own.
export const writers = (tab) =>
  tab === "private" ? world.people : present(world.chats.get(chatOf(tab))).filter((id) => world.users.has(id));

export const nameOf = (tab) =>
  ({ group: world.chats.get(world.group).title, friend: world.users.get(world.friend).first_name })[tab] ??
  world.bot.first_name;

// The messages on view: those of the open topic.
export const onView = (message) =>
  view.tab !== "group" || !view.topic || message.message_thread_id === view.topic;

export const messages = () => [...chat().messages.values()].filter(onView);
