// The group's forum topics: a switch above the log.

import * as api from "./api.js";
import { $, el } from "./dom.js";
import { drawLog } from "./log.js";
import { tell } from "./notices.js";
import { TOPICS, chat, view } from "./state.js";
import { topicName, words } from "./strings.js";

export function drawTopics(changed) {
  const bar = $("topics");
  bar.hidden = view.tab !== "group";
  bar.ariaLabel = words.topics;
  bar.replaceChildren(
    ...TOPICS.map((topic) =>
      el(
        "button",
        { type: "button", ariaPressed: String(topic === view.topic), onclick: () => choose(topic, changed) },
        topicName(topic),
      ),
    ),
  );
}

// A group becomes a forum when someone first looks for a topic of it.
async function choose(topic, changed) {
  if (topic && !chat().is_forum && !(await tell(api.openForum()))) return;
  view.topic = topic;
  drawTopics(changed);
  [...$("topics").children][TOPICS.indexOf(topic)].focus();
  drawLog();
  changed();
}
