// What the stage says, from what is known: one state, one tone, one big word, what to do next.

import { coach } from "./coach.js";
import { money } from "./money.js";
import { operation } from "./pad.js";
import { currency, shownPayment } from "./store.js";
import { currentLanguage, hourAndMinute, word } from "./words.js";

const TONES = {
    good: { tone: "good", picture: "good" },
    bad: { tone: "bad", picture: "bad" },
    wait: { tone: "wait", picture: "stop" },
    ask: { tone: "ask", picture: "ask" },
};

/** An amount in words of the page. */
export const priced = (amount) =>
    money(amount.cents, amount.currency ?? currency(), currentLanguage());

/** The stage's view of the whole state. */
export function viewOf(state) {
    const payment = shownPayment();
    if (state.attempt && state.attempt.tries > 0) return resending(state.attempt);
    if (state.connection === "down" && !payment?.final) return lost(payment);
    if (state.problem) return problem(state.problem);
    if (payment) return { ...paymentView(payment, state), facts: facts(payment), payment };
    if (state.lane?.stop || state.lane?.state === "stopped") return stopped(state.lane);
    if (state.attempt) return working("arming", "arming");
    return {
        state: "ready", tone: "idle", picture: "card", ...say("idle"), actions: [],
        ...(operation() === "verify" ? { text: word("idle.verify") } : {}),
    };
}

const say = (name) => ({ word: word(`${name}.word`), text: word(`${name}.text`) });

const working = (state, name) =>
    ({ state, tone: "work", picture: "wait", ...say(name), actions: [] });

const resending = (attempt) => ({
    ...working("resend", "resend"), tone: "wait",
    facts: attempt.body.amount ? priced(attempt.body.amount) : "",
    actions: [{ id: "stopAsking" }],
});

const lost = (payment) => ({
    state: "lost", tone: "bad", picture: "unplugged", ...say("lost"),
    facts: payment ? facts(payment) : "", actions: [],
});

const problem = (fault) => ({
    state: "problem", tone: "bad", picture: "warn", word: word("problem.word"),
    text: fault.message, code: fault.code, actions: [{ id: "dismiss" }],
});

const stopped = (lane) => ({
    state: "stopped", tone: "bad", picture: "stop", word: word("stopped.word"),
    text: word("stopped.text"), more: lane.stop?.text, actions: [],
});

/** A ticket that the daemon made up says nothing to a cashier. */
const MADE_UP = /^T[0-9a-z]{6,12}-\d{6}$/;

/** The ticket that somebody gave to a payment. */
export const ticketOf = (payment) =>
    (MADE_UP.test(payment.ticket ?? "") ? null : payment.ticket) || null;

/** How a payment is called beside its amount: its ticket, or when it was made. */
export const nameOf = (payment) =>
    (ticketOf(payment) ? word("ticket", { ticket: ticketOf(payment) })
        : hourAndMinute(payment.createdAt));

/** Operations that an amount alone would not tell from a sale. */
const NAMED = new Set(["authorize", "refund"]);

/** Amount, ticket and card of a payment in a line. */
export function facts(payment) {
    const card = payment.card
        ? [payment.card.brand, payment.card.masked].filter(Boolean).join(" ") : null;
    return [
        payment.amount ? priced(payment.amount) : word(`operation.${payment.operation}`),
        NAMED.has(payment.operation) ? word(`operation.${payment.operation}`) : null,
        ticketOf(payment), card,
    ].filter(Boolean).join(" · ");
}

function paymentView(payment, state) {
    if (payment.final) return ended(payment);
    switch (payment.state) {
        case "waitingForCard": return waiting(payment, state);
        case "sending": return working("sending", "sending");
        case "inDoubt": return doubt(payment);
        case "reversing": return { ...working("reversing", "reversing"), tone: "wait" };
        case "queued": return { ...working("queued", "queued"), actions: cancelling(payment) };
        default: return { ...working("arming", "arming"), actions: cancelling(payment) };
    }
}

const cancelling = (payment) =>
    payment.can?.includes("cancel") === false ? [] : [{ id: "cancel" }];

function waiting(payment, state) {
    const common = { tone: "go", picture: "swipe", actions: cancelling(payment) };
    if (payment.question === "duplicateSwipe") {
        return {
            ...common, state: "duplicate", tone: "ask", picture: "ask", ...say("duplicate"),
            actions: [{ id: "cancelDuplicate" }, { id: "allowDuplicate" }],
        };
    }
    if (state.lane && !state.lane.reader?.connected) {
        return {
            ...common, state: "noReader", tone: "ask", picture: "unplugged",
            word: word("swipe.noReaderWord"), text: word("swipe.noReader"),
        };
    }
    const isAskedTwice = payment.badRead?.code === "usedJustNow";
    if (payment.badRead && !isAskedTwice) return { ...common, ...coach(payment, state) };
    const isAllowedTwice = isAskedTwice || state.allowedTwice.has(payment.reference);
    return {
        ...common, state: "waitingForCard", word: payment.advice?.word ?? "",
        text: word(isAllowedTwice ? "duplicate.swipe" : "swipe.text"),
    };
}

const doubt = (payment) => ({
    state: "inDoubt", tone: "wait", picture: "stop", word: word("doubt.word"),
    text: word(payment.operation === "refund" ? "doubt.refund" : "doubt.text"),
    since: payment.updatedAt, actions: [{ id: "other" }],
});

/** Ends that are another thing for one operation. */
const NAMES = { "approved verify": "verified", "reversed refund": "reversedRefund" };

/** The daemon's own advice, which knows the reason; the page's words when it has none. */
function ended(payment) {
    const isGood = payment.state === "approved";
    const isBack = payment.state === "reversed";
    const calm = isBack || payment.state === "cancelled";
    const advice = payment.advice ?? {};
    const name = NAMES[`${payment.state} ${payment.operation}`] ?? payment.state;
    const look = TONES[advice.tone] ?? (isGood ? TONES.good : TONES.bad);
    const again = { id: "again" };
    const receipt = { id: "receipt" };
    const actions = isGood || isBack ? [{ id: "next" }, receipt] : [again, { id: "next" }];
    return {
        ...(calm ? { tone: "calm", picture: "back" } : look), actions, state: payment.state,
        word: advice.word, text: saysMore(advice) ? told(payment, advice) : word(`${name}.text`),
        more: codes(payment),
    };
}

/** A sentence that only repeats the big word is left out; of a decline, that nothing is charged. */
function told(payment, { text, word: big = "" }) {
    const [first, ...rest] = text.split(/(?<=[.!])\s/);
    const isEcho = rest.length > 0 && first.toUpperCase() === `${big}.`;
    const said = isEcho ? rest.join(" ") : text;
    return payment.state === "declined" ? `${said} ${word("declined.nothing")}` : said;
}

/** An advice of one word leaves room for what to do next. */
const saysMore = ({ text = "" }) => text.trim().includes(" ");

/** What support asks for. */
function codes(payment) {
    const parts = [
        payment.approvalCode ? `${word("details.approval")} ${payment.approvalCode}` : null,
        payment.state !== "approved" && payment.responseCode
            ? `${word("details.response")} ${payment.responseCode}` : null,
        ...(payment.errorCodes ?? []).map((code) => `${word("details.response")} ${code}`),
        payment.state === "approved" ? null : payment.reference,
    ];
    return parts.filter(Boolean).join(" · ");
}
