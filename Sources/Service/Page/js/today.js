// The payments of a day: totals, a list that the arrow keys walk through, more on demand.

import { call } from "./api.js";
import { find, icon, make, say, show } from "./dom.js";
import { state } from "./store.js";
import { priced, ticketOf } from "./view.js";
import { hourAndMinute, word } from "./words.js";

const ROWS = 50;

let rows = [];
let next = null;
let open = () => {};
/** A day that was chosen; without one it is the day that it is, on a page that is never closed. */
let chosenDay = null;

/** `whenOpened` is called with a payment. */
export function startToday(whenOpened) {
    open = whenOpened;
    find("day").addEventListener("change", () => {
        const day = find("day").value;
        chosenDay = day === localDay() ? null : day || null;
        loadToday();
    });
    find("more").addEventListener("click", () => load(next));
    find("list").addEventListener("keydown", walk);
}

function localDay() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Reads the list anew. */
export async function loadToday() {
    await load(null);
}

async function load(before) {
    say(find("today-fault"), "");
    const day = chosenDay ?? localDay();
    find("day").value = day;
    const more = before ? `&before=${encodeURIComponent(before)}` : "";
    try {
        const page = await call("GET", `/v1/payments?day=${day}&limit=${ROWS}${more}`);
        rows = before ? [...rows, ...page.payments] : page.payments;
        next = page.next ?? null;
        drawTotals(page.totals);
        drawList();
    } catch (fault) {
        say(find("today-fault"), word("today.failed", { text: fault.message }));
    }
}

function drawTotals(totals) {
    const pairs = [
        ["today.approved", priced(totals.approved)], ["today.refunded", priced(totals.refunded)],
        ["today.count", String(totals.count)],
    ];
    find("totals").replaceChildren(...pairs.map(([name, value]) =>
        make("div", {}, make("dt", {}, word(name)), make("dd", {}, value))));
}

function drawList() {
    const focused = document.activeElement?.dataset?.payment;
    find("list").replaceChildren(...rows.map((payment, index) =>
        make("div", { role: "listitem" }, row(current(payment), index === 0))));
    show(find("today-none"), rows.length === 0);
    show(find("today-hint"), rows.length > 0);
    show(find("more"), next !== null);
    if (focused) find("list").querySelector(`[data-payment="${focused}"]`)?.focus();
    document.body.dataset.rows = String(rows.length);
}

/** What an event has told since the list was read. */
const current = (payment) => {
    const known = state.payments.get(payment.reference);
    return known && known.updatedAt >= payment.updatedAt ? known : payment;
};

/** A payment's tone and symbol, as in the list and in the sheet. */
export const LOOKS = {
    approved: ["good", "good"], inDoubt: ["wait", "stop"], reversing: ["wait", "back"],
    reversed: ["calm", "back"], declined: ["bad", "bad"], rejected: ["bad", "bad"],
    notSent: ["bad", "bad"], notCharged: ["bad", "bad"], cancelled: ["calm", "back"],
};

/** The state of a payment: a symbol and a word. */
export function stateMark(payment) {
    const [tone, symbol] = LOOKS[payment.state] ?? ["wait", "wait"];
    return make("span", { class: "state", "data-tone": tone },
        icon(symbol), word(`state.${payment.state}`));
}

/** What goes back to the customer has a minus. */
function sum({ operation, amount }) {
    if (!amount) return "–";
    return ["refund", "void"].includes(operation) ? `−${priced(amount)}` : priced(amount);
}

function row(payment, isFirst) {
    const cell = (kind, ...content) => make("span", { class: `cell ${kind}` }, ...content);
    return make("button", {
        type: "button", class: "row", "data-payment": payment.reference,
        "data-row-state": payment.state, tabindex: isFirst ? "0" : "-1",
        onclick: () => open(payment),
    },
    cell("time", hourAndMinute(payment.createdAt)),
    cell("what", word(`operation.${payment.operation}`)),
    cell("ticket-cell", ticketOf(payment) ?? ""),
    cell("card-cell", payment.card?.masked ?? ""),
    cell("sum", sum(payment)),
    cell("mark-cell", stateMark(payment)));
}

/** One tab stop; arrows, Home and End walk. */
function walk(event) {
    const buttons = [...find("list").querySelectorAll(".row")];
    const at = buttons.indexOf(document.activeElement);
    const to = {
        ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1,
    }[event.key];
    if (at < 0 || to === undefined || !buttons[to]) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
}

/** Draws the list anew when one of its payments has changed. */
export function refreshToday(payment) {
    if (find("today").hidden) return;
    const isListed = rows.some((row) => row.reference === payment.reference);
    if (isListed && !payment.final) drawList();
    else loadToday();
}
