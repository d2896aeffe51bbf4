// The sheet of one payment: what is known of it, and what may be done with it.

import { find, make } from "./dom.js";
import { startFollowUp } from "./follow.js";
import { openReceipt } from "./receipt.js";
import { state } from "./store.js";
import { stateMark } from "./today.js";
import { priced } from "./view.js";
import { timeOfDay, word } from "./words.js";

let shown = null;
let isBusy = false;

/** Opens the sheet of a payment. */
export function openDetails(payment) {
    shown = payment;
    isBusy = false;
    drawDetails();
    if (!find("details").open) find("details").showModal();
}

/** A payment has changed: the sheet shows it, unless somebody is filling in a form there. */
export function refreshDetails(payment) {
    if (!find("details").open || shown?.reference !== payment.reference) return;
    shown = payment;
    if (!isBusy) drawDetails();
}

function drawDetails() {
    const payment = state.payments.get(shown.reference) ?? shown;
    const can = payment.can ?? [];
    find("details-title").textContent = word("details", { reference: payment.reference });
    const buttons = ["void", "refund", "capture"].filter((kind) => can.includes(kind))
        .map((kind) => make("button", {
            type: "button", id: `open-${kind}`, onclick: () => follow(kind, payment),
        }, word(`details.${kind}`)));
    const receipt = payment.final
        ? make("button", {
            type: "button", id: "open-receipt", onclick: () => openReceipt(payment, true),
        }, word("details.receipt")) : null;
    find("details-body").replaceChildren(
        factList(payment),
        make("div", { class: "actions" }, ...buttons, receipt, closeButton()));
    document.body.dataset.sheet = "details";
}

const closeButton = () => make("button", {
    type: "button", id: "details-close", class: "primary", autofocus: true,
    onclick: () => find("details").close(),
}, word("action.close"));

function follow(kind, payment) {
    isBusy = true;
    startFollowUp(kind, payment, () => {
        isBusy = false;
        drawDetails();
        find("details-close").focus();
    });
}

function factList(payment) {
    const card = [payment.card?.brand, payment.card?.masked].filter(Boolean).join(" ");
    const amount = (money) => (money && money.cents > 0 ? priced(money) : null);
    const pairs = [
        ["details.amount", payment.amount
            ? `${priced(payment.amount)} · ${word(`operation.${payment.operation}`)}`
            : word(`operation.${payment.operation}`)],
        ["details.state", stateMark(payment)],
        ["details.reason", payment.state === "approved" ? null : payment.reason],
        ["details.ticket", payment.ticket],
        ["details.card", card],
        ["details.entry", payment.card?.entry ? word(`entry.${payment.card.entry}`) : null],
        ["details.captured", amount(payment.captured)],
        ["details.refunded", amount(payment.refunded)],
        ["details.approval", payment.approvalCode],
        ["details.response", payment.responseCode],
        ["details.transaction", payment.transactionId],
        ["details.parent", payment.parent],
        ["details.time", timeOfDay(payment.createdAt)],
    ];
    return make("dl", { class: "fact-list" },
        ...pairs.filter(([, value]) => value).map(([name, value]) =>
            make("div", {}, make("dt", {}, word(name)), make("dd", {}, value))));
}
