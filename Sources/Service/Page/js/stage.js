// The stage: the payment in hand, in one glance.

import { draw, find, icon, make, say, show } from "./dom.js";
import { word } from "./words.js";

const LABELS = {
    cancel: "action.cancel", next: "action.next", again: "action.again",
    receipt: "action.receipt", other: "action.other", dismiss: "action.close",
    stopAsking: "action.stopAsking", cancelDuplicate: "duplicate.no",
    allowDuplicate: "duplicate.yes",
};

let drawn = "";
let spoken = "";
let since = null;

/** Puts a view on the stage; `act` is told which button was pressed. */
export function putOnStage(view, act) {
    since = view.since ?? null;
    const { payment, ...rest } = view;
    const next = JSON.stringify([rest, payment?.reference, document.documentElement.lang]);
    if (next === drawn) return;
    drawn = next;
    const stage = find("stage");
    stage.dataset.tone = view.tone;
    document.body.dataset.badRead = view.badRead ?? "";
    document.body.dataset.reference = payment?.reference ?? "";
    say(find("stage-facts"), view.facts ?? "");
    say(find("stage-count"), view.count ?? "");
    show(find("stage-count"), Boolean(view.count));
    say(find("stage-word"), view.word);
    say(find("stage-text"), view.text ?? "");
    find("stage-how").replaceChildren(...(view.how ?? []).map((line) => make("li", {}, line)));
    show(find("stage-how"), Boolean(view.how?.length));
    find("stage-picture").replaceChildren(picture(view.picture));
    putActions(view.actions, act);
    tick(view.more ?? "");
    announce(view);
    const isNew = document.body.dataset.state !== view.state;
    // Last, so that who waits for the state finds all of it.
    document.body.dataset.state = view.state;
    // In a small window the pad may have moved it out of sight.
    if (isNew && stage.getBoundingClientRect().top < 0) stage.scrollIntoView();
}

function putActions(actions, act) {
    const place = find("stage-actions");
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(...actions.map((action, index) =>
        make("button", {
            type: "button", id: `do-${action.id}`, class: index === 0 ? "primary" : null,
            onclick: () => act(action.id),
        }, word(LABELS[action.id]))));
    // A focus that would be lost stays in the payment.
    if (hadFocus) (place.querySelector("button") ?? find("stage")).focus();
}

/** Draws anew what comes next, also when it is what was there before. */
export function clearStage() {
    drawn = "";
    document.body.dataset.state = "pairing";
}

/** What does not fit is scrolled to, by keyboard too. */
function fit() {
    const main = find("stage-main");
    if (main.scrollHeight > main.clientHeight + 1) main.setAttribute("tabindex", "0");
    else main.removeAttribute("tabindex");
}

const fitting = new ResizeObserver(fit);
for (const part of [find("stage-main"), ...find("stage-main").children]) fitting.observe(part);

let kept = "";

/** Shows how long a doubt lasts; called each second. */
export function tick(more = kept) {
    kept = more;
    const place = find("stage-more");
    const text = since ? `${more} ${word("doubt.since", { time: elapsed(since) })}`.trim() : more;
    say(place, text);
    show(place, Boolean(text));
}

function elapsed(from) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(from)) / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** For a screen reader: the word, the facts and what to do, once. */
function announce(view) {
    const text = [view.count, view.word, view.text, ...(view.how ?? []), view.facts]
        .filter(Boolean).join(". ");
    if (text === spoken) return;
    spoken = text;
    say(find("announce"), text);
}

function picture(name) {
    return name.startsWith("swipe") ? swipePicture(name) : icon(name, "symbol");
}

/** A reader's slot and a card in it, with the way that it goes. */
function swipePicture(name) {
    const card = draw("g", { class: `moving ${name}` },
        draw("rect", { x: 62, y: 24, width: 96, height: 62, rx: 7, class: "card-face" }),
        draw("rect", { x: 62, y: 66, width: 96, height: 12, class: "card-stripe" }),
        draw("rect", { x: 72, y: 36, width: 18, height: 14, rx: 3, class: "card-mark" }));
    return draw("svg", { class: "slot", viewBox: "0 0 220 120" },
        card,
        draw("rect", { x: 8, y: 72, width: 204, height: 40, rx: 8, class: "slot-body" }),
        draw("path", { d: "M24 92h160m-14-9l14 9-14 9", class: "slot-way" }));
}
