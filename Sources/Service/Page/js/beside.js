// Beside the stage: payments in doubt that were put aside, the payment next in line, and the
// practice reader where recorded swipes stand in for a real one.

import { call } from "./api.js";
import { find, icon, make, say, show } from "./dom.js";
import { changed, doubtsAside, state } from "./store.js";
import { nameOf, priced } from "./view.js";
import { word } from "./words.js";

let drawn = "";

/** Puts the strips into the page; `act` opens a payment (`open`) or cancels one (`cancel`). */
export function drawBeside(act) {
    const doubts = doubtsAside();
    const resolved = state.resolved.map((one) => state.payments.get(one)).filter(Boolean);
    const queued = state.lane?.queued ?? null;
    const next = JSON.stringify([
        document.documentElement.lang, doubts.map((payment) => payment.reference), resolved, queued,
    ]);
    if (next === drawn) return;
    drawn = next;
    find("doubts").replaceChildren(
        ...doubts.map((payment) => strip(payment, "wait", "doubts.item", act)),
        ...resolved.map((payment) => done(payment, act)));
    show(find("doubts"), doubts.length + resolved.length > 0);
    drawQueue(queued, act);
}

function gaps(payment) {
    return {
        amount: payment.amount ? priced(payment.amount) : word(`operation.${payment.operation}`),
        name: nameOf(payment),
    };
}

function strip(payment, tone, name, act, more = {}) {
    return make("li", { class: "strip", "data-tone": tone, "data-doubt": payment.state },
        icon(tone === "wait" ? "wait" : tone),
        make("span", {}, word(name, { ...gaps(payment), ...more })),
        make("button", {
            type: "button",
            onclick: () => {
                state.resolved = state.resolved.filter((one) => one !== payment.reference);
                changed();
                act("open", payment);
            },
        }, word("action.details")));
}

function done(payment, act) {
    const tone = payment.state === "approved" ? "good" : "bad";
    const text = payment.advice?.word || word(`state.${payment.state}`);
    return strip(payment, tone, "doubts.done", act, { word: text });
}

function drawQueue(queued, act) {
    const place = find("queue");
    show(place, Boolean(queued));
    if (!queued) return place.replaceChildren();
    return place.replaceChildren(
        icon("wait"),
        make("span", {}, make("b", {}, `${word("queue")}: `), word("queue.item", gaps(queued))),
        make("button", {
            type: "button", id: "cancel-queued", "aria-label": word("queue.cancel"),
            onclick: () => act("cancel", queued),
        }, word("queue.button")));
}

/** Shows the practice reader with its recorded swipes, if the daemon has one. */
export async function startPractice() {
    if (!state.lane?.replay || !find("practice").hidden) return;
    show(find("practice"), true);
    try {
        const { files } = await call("GET", "/v1/replay");
        find("practice-file").replaceChildren(
            ...files.map((file) => make("option", { value: file }, file)));
    } catch {
        show(find("practice"), false);
    }
}

find("practice").addEventListener("submit", async (event) => {
    event.preventDefault();
    say(find("practice-fault"), "");
    try {
        await call("POST", "/v1/replay/swipe", { body: { file: find("practice-file").value } });
    } catch (fault) {
        say(find("practice-fault"), word("practice.failed", { text: fault.message }));
    }
});
