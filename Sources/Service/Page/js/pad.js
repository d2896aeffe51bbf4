// The amount pad: whole cents, typed from the right, by touch or by keyboard.

import { find, icon, make, say } from "./dom.js";
import { CENTS_MAXIMUM, money } from "./money.js";
import { currency } from "./store.js";
import { currentLanguage, word } from "./words.js";

const TICKET = /^[0-9A-Za-z\-_.:/#]{1,32}$/;

let cents = 0;
let changed = () => {};

/** What the pad holds. */
export const amountCents = () => cents;

/** sale, authorize or verify. */
export const operation = () => new FormData(find("pad")).get("operation");

/** Builds the keys; `whenChanged` is called after each change. */
export function startPad(whenChanged) {
    changed = whenChanged;
    const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    const key = (content, action, attributes = {}) => make("button", {
        type: "button", class: "key", onclick: action,
        // A press with mouse or finger leaves the focus alone, so that Enter goes on charging.
        onpointerdown: (event) => event.preventDefault(), ...attributes,
    }, content);
    find("keys").replaceChildren(
        ...digits.map((digit) => key(digit, () => typeDigit(digit))),
        key("00", () => { typeDigit("0"); typeDigit("0"); }),
        key("0", () => typeDigit("0")),
        key(icon("erase"), eraseDigit, { id: "erase", "data-word-label": "pad.back" }));
    for (const choice of find("pad").elements.operation) {
        choice.addEventListener("change", update);
    }
}

/** One more digit from the right. */
export function typeDigit(digit) {
    const next = cents * 10 + Number(digit);
    if (next > CENTS_MAXIMUM) return fault(word("pad.tooMuch", { amount: shown(CENTS_MAXIMUM) }));
    return setAmount(next);
}

/** Takes the last digit away. */
export const eraseDigit = () => setAmount(Math.trunc(cents / 10));

/** Empties the pad for the next customer. */
export function clearPad() {
    find("ticket").value = "";
    find("pad").elements.operation.value = "sale";
    setAmount(0);
}

/** Sets the amount in cents. */
export function setAmount(next) {
    cents = next;
    fault("");
    update();
}

/** Shows a fault of what was typed. */
export const fault = (text) => say(find("pad-fault"), text);

const shown = (amount) => money(amount, currency(), currentLanguage());

function update() {
    changed();
}

/** Puts the amount and the button's words into the page. */
export function drawPad({ mayCharge, isQueueing }) {
    const kind = operation();
    const isVerify = kind === "verify";
    say(find("amount"), isVerify ? "–" : shown(cents));
    find("amount").setAttribute("aria-label",
        isVerify ? word("operation.verify") : word("pad.amount", { amount: shown(cents) }));
    for (const button of find("keys").children) button.disabled = isVerify;
    const charge = find("charge");
    charge.disabled = !mayCharge || (!isVerify && cents === 0);
    say(charge, chargeWord(kind, isQueueing && cents > 0));
}

function chargeWord(kind, isQueueing) {
    if (kind === "verify") return word("pad.verify");
    if (isQueueing) return word("pad.queue", { amount: shown(cents) });
    const isReserve = kind === "authorize";
    if (cents === 0) return word(isReserve ? "pad.reserveNothing" : "pad.chargeNothing");
    return word(isReserve ? "pad.reserve" : "pad.charge", { amount: shown(cents) });
}

/** What is asked of the daemon, or null when something typed is wrong. */
export function demand() {
    const ticket = find("ticket").value.trim();
    if (ticket && !TICKET.test(ticket)) {
        fault(word("pad.ticketWrong"));
        find("ticket").focus();
        return null;
    }
    const body = { operation: operation() };
    if (body.operation !== "verify") body.amount = { cents, currency: currency() };
    if (ticket) body.ticket = ticket;
    return body;
}
