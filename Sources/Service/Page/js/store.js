// What the page knows: the lane and its payments as the daemon last told them, and what the
// cashier has looked at. Everything that is shown follows from it.

const KEPT = "swipeline.sight";
const READ = "swipeline.read";

/** What was in sight before the page was loaded anew. */
const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

export const state = {
    connection: "starting",
    lane: null,
    payments: new Map(),
    /** The reference of the payment on the stage. */
    shown: kept.shown ?? null,
    /** References of payments without an end that left the stage for another customer. */
    dismissed: new Set(kept.dismissed),
    /** References of payments whose end is told beside the stage. */
    resolved: kept.resolved ?? [],
    /** A payment that was asked for and not answered yet: {key, body, tries}. */
    attempt: null,
    /** What was asked for whose answers nobody waits for any more: bodies; each may be there. */
    left: [].concat(kept.left ?? []),
    /** Why a payment could not be started. */
    problem: null,
    /** How many swipes of a payment could not be used, by reference. */
    badReads: new Map(),
    /** References of payments that a card may pay though it has just paid the same amount. */
    allowedTwice: new Set(),
    /** Alarms that the cashier has read, by `alarmKey`. */
    read: new Set(JSON.parse(sessionStorage.getItem(READ) ?? "[]")),
    /** Why something else that was pressed was not done. */
    fault: "",
};

const listeners = [];

/** Calls an action after each change. */
export const onChange = (action) => listeners.push(action);

/** Tells that something has changed. */
export function changed() {
    const { shown, dismissed, resolved, left } = state;
    sessionStorage.setItem(
        KEPT, JSON.stringify({ shown, dismissed: [...dismissed], resolved, left }));
    for (const listener of listeners) listener(state);
}

/** States in which the lane works on a payment now. */
const AT_WORK = new Set(["arming", "waitingForCard", "sending"]);

/** The lane's own word of itself. */
export function takeLane(lane) {
    state.lane = lane;
    for (const payment of lane.inDoubt ?? []) keep(payment);
    for (const payment of [lane.queued, lane.current]) if (payment) keep(payment);
    changed();
}

/** One payment has changed, by an event: a bad read is told once each time. */
export function takeNews(payment) {
    if (payment.badRead) {
        const { reference } = payment;
        const count = (state.badReads.get(reference) ?? 0) + 1;
        state.badReads.set(reference, payment.badReads ?? count);
    }
    takePayment(payment);
}

/** One payment as the daemon has it now. */
export function takePayment(payment) {
    keep(payment);
    const lane = state.lane;
    if (lane?.current?.reference === payment.reference) lane.current = payment;
    if (lane?.queued?.reference === payment.reference) {
        lane.queued = payment.state === "queued" ? payment : null;
    }
    changed();
}

function keep(payment) {
    const before = state.payments.get(payment.reference);
    if (before && before.final && !payment.final) return;
    state.payments.set(payment.reference, payment);
    if (payment.parent) return;
    if (AT_WORK.has(payment.state)) comeForward(payment, before?.state === "queued");
    if (payment.state === "inDoubt" && !state.dismissed.has(payment.reference)) {
        const other = shownPayment();
        if (!other || other.final) state.shown = payment.reference;
    }
    if (payment.final && state.dismissed.delete(payment.reference)) {
        state.resolved.push(payment.reference);
    }
}

/**
 * The lane has begun a payment. Nobody has pressed anything on the one that stood on the stage when
 * this one waited behind it, so its end stays in sight beside the stage.
 */
function comeForward(payment, wasQueued) {
    const other = shownPayment();
    state.shown = payment.reference;
    if (!other || other.reference === payment.reference) return;
    if (!other.final) state.dismissed.add(other.reference);
    else if (wasQueued) state.resolved.push(other.reference);
}

/** References of the payments that are shown on the stage and beside it. */
export const inSight = () =>
    new Set([state.shown, ...state.dismissed, ...state.resolved].filter(Boolean));

/** Takes a payment out of sight. */
export function forget(reference) {
    if (state.shown === reference) state.shown = null;
    state.dismissed.delete(reference);
    state.resolved = state.resolved.filter((one) => one !== reference);
    changed();
}

/** The payment on the stage. */
export function shownPayment() {
    return state.shown ? state.payments.get(state.shown) ?? null : null;
}

/** Payments in doubt that are not on the stage. */
export function doubtsAside() {
    return (state.lane?.inDoubt ?? [])
        .map((payment) => state.payments.get(payment.reference) ?? payment)
        .filter((payment) => !payment.final && payment.reference !== state.shown);
}

/** Clears the stage; a doubt stays in sight beside it. */
export function dismiss() {
    const payment = shownPayment();
    if (payment?.state === "inDoubt") state.dismissed.add(payment.reference);
    state.shown = null;
    state.problem = null;
    changed();
}

/** A number counts from a start of the daemon: only with its time it is one alarm for good. */
const alarmKey = (alarm) => `${alarm.at} ${alarm.number}`;

/** Alarms that nobody has put aside, the latest first. */
export const openAlarms = () =>
    (state.lane?.alarms ?? []).filter((alarm) => !state.read.has(alarmKey(alarm))).toReversed();

/** Puts an alarm aside. */
export function readAlarm(alarm) {
    state.read.add(alarmKey(alarm));
    sessionStorage.setItem(READ, JSON.stringify([...state.read].slice(-64)));
    changed();
}

/** The lane's currency. */
export const currency = () => state.lane?.currency ?? "USD";
