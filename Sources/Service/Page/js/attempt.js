// Starting a payment. Its key is made once and kept until an answer has come, also over a reload
// of the page, so that one press of the button is one payment.

import { callUntilAnswered, newKey } from "./api.js";
import { changed, state, takePayment } from "./store.js";

const KEPT = "swipeline.attempt";
/** An older attempt of a page that was reloaded is not taken up again, and that is told. */
const FRESH_MILLISECONDS = 60_000;

/** Asks for a payment. */
export function startPayment(body) {
    const attempt = { key: newKey(), body, tries: 0, at: Date.now() };
    sessionStorage.setItem(KEPT, JSON.stringify(attempt));
    return go(attempt);
}

/** Takes up an attempt that a reload of the page interrupted. */
export async function resumeAttempt() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!kept) return;
    if (Date.now() - kept.at < FRESH_MILLISECONDS) await go({ ...kept, tries: 0 });
    else leave(kept);
}

/** The cashier no longer waits for the answer. */
export function stopAsking() {
    leave(state.attempt);
}

/** Nobody asks any more, and whether the payment was made is not known: it stays in sight. */
function leave({ body }) {
    finish();
    state.left = [...state.left, body];
    changed();
}

function forget() {
    sessionStorage.removeItem(KEPT);
}

async function go(attempt) {
    state.attempt = attempt;
    state.problem = null;
    changed();
    const isWanted = () => state.attempt === attempt;
    try {
        const payment = await callUntilAnswered(
            "/v1/payments", { body: attempt.body, key: attempt.key },
            {
                isWanted,
                whenLost: (tries) => {
                    attempt.tries = tries;
                    changed();
                },
            });
        if (!payment) return;
        if (isWanted()) {
            finish();
            takeAnswer(payment);
        } else {
            // It came after all.
            state.left = state.left.filter((body) => body !== attempt.body);
            takePayment(payment);
        }
    } catch (fault) {
        if (!isWanted()) return;
        // Whether an earlier try was heard is learnt once the page is paired again.
        if (fault.status === 401) state.attempt = null;
        else {
            finish();
            state.problem = fault;
        }
        changed();
    }
}

function finish() {
    state.attempt = null;
    forget();
}

/** An event that overtook the answer knows more than it. */
function takeAnswer(payment) {
    const latest = state.payments.get(payment.reference) ?? payment;
    if (latest.state === "queued" && state.lane) state.lane.queued = latest;
    else state.shown = latest.reference;
    takePayment(latest);
}
