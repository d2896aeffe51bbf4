// The cashier's page, put together.

import { call, Lost, onLocked } from "./api.js";
import { resumeAttempt, startPayment, stopAsking } from "./attempt.js";
import { drawBeside, startPractice } from "./beside.js";
import { openDetails, refreshDetails } from "./details.js";
import { find, say, show } from "./dom.js";
import { closeEvents, openEvents } from "./events.js";
import { listenToKeys } from "./keys.js";
import { drawLatency } from "./latency.js";
import {
    amountCents, clearPad, demand, drawPad, eraseDigit, operation, setAmount, startPad, typeDigit,
} from "./pad.js";
import { startPairing } from "./pairing.js";
import { pressOnce } from "./press.js";
import { openReceipt } from "./receipt.js";
import { drawSettings, loadSettings, startSettings } from "./settings.js";
import { clearStage, putOnStage, tick } from "./stage.js";
import { drawStatus } from "./status.js";
import {
    changed, dismiss, doubtsAside, forget, inSight, onChange, shownPayment, state, takeLane,
    takeNews, takePayment,
} from "./store.js";
import { loadToday, refreshToday, startToday } from "./today.js";
import { priced, viewOf } from "./view.js";
import { chosenLanguage, keepLanguage, useLanguage, word } from "./words.js";

/** How often the lane is read without being asked, to notice a stream that has gone quiet. */
const LOOK_MILLISECONDS = 5000;
const LOOK_WHILE_DOWN_MILLISECONDS = 2000;

// The whole page, from what is known.

function draw() {
    document.body.dataset.connection = state.connection;
    drawStatus(state);
    drawPad({ mayCharge: mayCharge(), isQueueing: isAtWork() });
    drawBeside(besideAction);
    putOnStage(viewOf(state), act);
}

const isAtWork = () => {
    const payment = shownPayment();
    return Boolean(payment && !payment.final && payment.state !== "inDoubt");
};

function mayCharge() {
    const isStopped = Boolean(state.lane?.stop) || state.lane?.state === "stopped";
    // A doubt is put aside by a press of its own before anything else is charged.
    const isInDoubt = shownPayment()?.state === "inDoubt";
    return state.connection === "up" && Boolean(state.lane) && !state.attempt && !isStopped
        && !isInDoubt && !(isAtWork() && state.lane.queued);
}

// What the cashier does.

function charge() {
    draw();
    if (find("charge").disabled) return;
    const body = demand();
    if (!body) return;
    const same = [...doubtsAside(), ...state.left]
        .find((one) => one.amount && one.amount.cents === body.amount?.cents);
    if (same) askWhetherOther(same, body);
    else begin(body);
}

function begin(body) {
    if (!isAtWork()) dismiss();
    state.fault = "";
    clearPad();
    startPayment(body);
}

function askWhetherOther(payment, body) {
    say(find("same-text"), word("same.text", { amount: priced(payment.amount) }));
    find("same-no").onclick = () => find("same").close();
    find("same-yes").onclick = () => {
        find("same").close();
        begin(body);
    };
    find("same").showModal();
}

async function act(id) {
    const payment = shownPayment();
    switch (id) {
        case "cancel": case "cancelDuplicate": return change(payment, "cancel");
        case "allowDuplicate":
            state.allowedTwice.add(payment.reference);
            return change(payment, "allow-duplicate");
        case "again": return again(payment);
        case "receipt": return openReceipt(payment, false);
        case "stopAsking": return stopAsking();
        default: return dismiss();
    }
}

/** The same once more, as a payment of its own. */
function again({ operation: kind, amount, ticket }) {
    dismiss();
    const body = { operation: kind };
    if (amount) body.amount = amount;
    if (ticket) body.ticket = ticket;
    return startPayment(body);
}

/** Cancels, or lets a card go twice: saying it again changes nothing, so it may be repeated. */
async function change(payment, what) {
    if (!payment) return;
    state.fault = "";
    try {
        const path = `/v1/payments/${encodeURIComponent(payment.reference)}/${what}`;
        takePayment(await call("POST", path));
    } catch (fault) {
        state.fault = fault.message;
        changed();
    }
}

function besideAction(what, payment) {
    if (what === "cancel") change(payment, "cancel");
    else openDetails(state.payments.get(payment.reference) ?? payment);
}

function enter() {
    const hasAmount = amountCents() > 0 || operation() === "verify";
    if (hasAmount) charge();
    else {
        const view = viewOf(state);
        const first = view.actions[0]?.id;
        // Enter never cancels and never puts a doubt aside.
        if (["next", "again", "dismiss"].includes(first)) act(first);
    }
}

function escape() {
    const payment = shownPayment();
    if (amountCents() > 0) setAmount(0);
    else if (find("do-cancel") || find("do-cancelDuplicate")) change(payment, "cancel");
    else if (state.problem) dismiss();
}

// What the daemon tells.

/** Events of payments and lane that were heard. */
let told = 0;
/** The next look whether the service is back: a call may be lost while the stream is well. */
let nextLook = 0;

const events = {
    up() {
        state.connection = "up";
        readLane();
    },
    down() {
        clearTimeout(nextLook);
        nextLook = setTimeout(lookAgain, LOOK_WHILE_DOWN_MILLISECONDS);
        if (state.connection === "down") return;
        state.connection = "down";
        changed();
    },
    /** Who is not paired any more learns it here. */
    refused() {
        readLane();
    },
    payment(payment) {
        told += 1;
        takeNews(payment);
        refreshDetails(payment);
        refreshToday(payment);
        if (payment.final) drawLatency();
    },
    lane(lane) {
        told += 1;
        takeLane(lane);
    },
    reader(readers) {
        const attached = readers.readers?.find((reader) => reader.connected);
        if (state.lane) {
            state.lane.reader = { ...state.lane.reader, connected: Boolean(attached) };
        }
        changed();
    },
    gateway(gateway) {
        if (state.lane) state.lane.gateway = gateway;
        changed();
    },
    resync: () => readAll(),
};

/** `isAnew` reads payments that have ended too: what is said of them has another language now. */
async function readLane(isAnew = false) {
    try {
        const deadline = LOOK_MILLISECONDS;
        await readUntilQuiet(() => call("GET", "/v1/lane", { deadline }), takeLane);
        for (const reference of inSight()) {
            if (isAnew || !state.payments.get(reference)?.final) await readPayment(reference);
        }
        state.connection = "up";
        changed();
        startPractice();
    } catch (fault) {
        if (fault instanceof Lost) return events.down();
        // Whatever it says, it is there.
        state.connection = "up";
        changed();
    }
}

function lookAgain() {
    if (document.body.dataset.screen !== "pairing") readLane();
}

async function readPayment(reference) {
    const path = `/v1/payments/${encodeURIComponent(reference)}`;
    try {
        await readUntilQuiet(() => call("GET", path), takePayment);
    } catch (fault) {
        if (fault.status !== 404) throw fault;
        // Of a journal that is gone.
        forget(reference);
    }
}

/** An answer that an event overtook is older than what is known: it is asked for again. */
async function readUntilQuiet(read, take) {
    for (let tries = 0; tries < 5; tries += 1) {
        const before = told;
        const answer = await read();
        if (told === before) return take(answer);
    }
    return null;
}

function readAll(isAnew = false) {
    readLane(isAnew);
    drawLatency();
    if (!find("today").hidden) loadToday();
}

// Screens.

function showScreen(name) {
    document.body.dataset.screen = name;
    show(find("pairing"), name === "pairing");
    show(find("till"), name === "till");
    show(find("today"), name === "today");
    show(find("settings"), name === "settings");
    for (const id of ["tabs", "chips", "tab-settings", "lock"]) {
        show(find(id), name !== "pairing");
    }
    for (const tab of ["till", "today", "settings"]) {
        if (tab === name) find(`tab-${tab}`).setAttribute("aria-current", "page");
        else find(`tab-${tab}`).removeAttribute("aria-current");
    }
    if (name === "today") loadToday();
    if (name === "settings") loadSettings();
}

const SCREENS = { "#/today": "today", "#/settings": "settings" };

const followAddress = () => {
    const isScreen = location.hash === "" || location.hash.startsWith("#/");
    if (document.body.dataset.screen === "pairing" || !isScreen) return;
    showScreen(SCREENS[location.hash] ?? "till");
    changed();
};

function lock() {
    closeEvents();
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    showScreen("pairing");
    clearStage();
    find("pair-code").focus();
}

async function changeLanguage(language) {
    await useLanguage(language);
    // A fault that was told in the other language goes.
    setAmount(amountCents());
    drawSettings();
    if (document.body.dataset.screen !== "pairing") {
        openEvents(events);
        readAll(true);
    }
}

function begun() {
    showScreen("till");
    followAddress();
    state.connection = "starting";
    changed();
    openEvents(events);
    drawLatency();
    resumeAttempt();
}

async function start() {
    const session = await call("GET", "/session").catch((fault) => fault);
    const isPaired = session?.paired === true;
    startPad(changed);
    await useLanguage(
        chosenLanguage() ?? session?.language ?? navigator.language.slice(0, 2));
    startToday(openDetails);
    startPairing(begun);
    // Who has chosen a language on this page keeps it.
    startSettings((language) => { if (!chosenLanguage()) changeLanguage(language); });
    onChange(draw);
    onLocked(lock);
    pressOnce();
    listenToKeys({ digit: typeDigit, erase: eraseDigit, enter, escape });
    find("pad").addEventListener("submit", (event) => {
        event.preventDefault();
        charge();
    });
    find("lock").addEventListener("click", async () => {
        await call("DELETE", "/session").catch(() => null);
        lock();
    });
    for (const button of document.querySelectorAll("[data-language]")) {
        button.addEventListener("click", () => {
            keepLanguage(button.dataset.language);
            changeLanguage(button.dataset.language);
        });
    }
    addEventListener("hashchange", followAddress);
    setInterval(() => tick(), 1000);
    setInterval(lookAgain, LOOK_MILLISECONDS);
    if (isPaired || session instanceof Lost) begun();
    else lock();
}

start();
