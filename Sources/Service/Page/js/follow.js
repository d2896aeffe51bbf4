// Void, refund and capture of a payment. Void and refund need the supervisor's code, which is
// asked for each time; its token is used for this one request and forgotten.

import { call, callUntilAnswered, newKey } from "./api.js";
import { find, icon, make, say, show } from "./dom.js";
import { centsOf, decimal } from "./money.js";
import { currency, onChange, state, takePayment } from "./store.js";
import { LOOKS } from "./today.js";
import { priced } from "./view.js";
import { word } from "./words.js";

const NEEDS_CODE = new Set(["void", "refund"]);

const amountOf = (cents) => priced({ cents, currency: currency() });

/** How much can be given back or taken at most, in cents. */
function most(kind, payment) {
    const whole = (payment.captured?.cents || payment.amount.cents);
    return kind === "refund" ? whole - (payment.refunded?.cents ?? 0) : payment.amount.cents;
}

/** Puts the form into the sheet; `leave` goes back to the facts. */
export function startFollowUp(kind, payment, leave) {
    const limit = most(kind, payment);
    const name = `${payment.reference}/${kind}`;
    // What was asked for before may have been done: it is asked for again as it was.
    const before = unanswered[name];
    const about = kind === "void" && payment.operation === "refund" ? "voidRefund" : kind;
    const amount = kind === "void" ? null : field("follow-amount", "follow.amount", {
        inputmode: "decimal", value: decimal(before?.cents ?? limit), maxlength: "10",
        readonly: Boolean(before),
    });
    const code = NEEDS_CODE.has(kind) ? field("follow-code", "follow.code", {
        type: "password", inputmode: "numeric", autocomplete: "off", maxlength: "64",
    }) : null;
    const fault = make("p", { class: "fault", id: "follow-fault", role: "alert" });
    const go = make("button", { class: "primary", id: "follow-go" });
    const form = make("form", { class: "follow", novalidate: true, "data-follow": kind },
        make("p", { class: "lead" },
            word(`follow.${about}`, { amount: priced(payment.amount) })),
        make("p", {}, word(before ? "follow.before" : `follow.${about}Text`, {
            amount: amountOf(limit),
        })),
        amount?.line, code?.line, fault,
        make("div", { class: "actions" }, go, make("button", {
            type: "button", id: "follow-back", onclick: () => leave(),
        }, word("follow.back"))));
    const label = () => say(go, word(`follow.go.${kind}`, {
        amount: amountOf(amount ? centsOf(amount.input.value) ?? 0 : 0),
    }));
    amount?.input.addEventListener("input", label);
    label();
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const cents = amount ? centsOf(amount.input.value) : null;
        const problem = amount && !before && (cents === null || cents < 1 || cents > limit)
            ? word("follow.amountWrong", { least: amountOf(1), most: amountOf(limit) }) : "";
        const isUncoded = code?.input.value === "";
        say(fault, problem || (isUncoded ? word("problem.supervisorRequired") : ""));
        if (problem) amount.input.focus();
        else if (isUncoded) code.input.focus();
        else submit({ kind, name, cents, code, fault, go, leave, form });
    });
    find("details-body").replaceChildren(form);
    (before ? code ?? amount : amount ?? code).input.focus();
}

function field(id, name, attributes) {
    const input = make("input", { id, required: true, ...attributes });
    const label = make("label", { for: id }, word(name));
    return { input, line: make("p", { class: "field" }, label, input) };
}

const KEPT = "swipeline.unanswered";
/** Key and cents of requests that are not answered yet, by their path; kept over a reload. */
const unanswered = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

function keep(name, request) {
    unanswered[name] = request;
    sessionStorage.setItem(KEPT, JSON.stringify(unanswered));
}

/** The lane's own no: nothing was done under the key. Who asks is looked at before it. */
const isDecided = ({ status }) => status >= 400 && status < 500 && status !== 401 && status !== 403;

/**
 * One request under one key. Who leaves the form before the answer and asks again asks for the same
 * under the same key, so that nothing is done twice.
 */
async function submit(work) {
    work.go.disabled = true;
    try {
        const supervisor = work.code ? await token(work.code.input.value) : undefined;
        const made = await ask(work, supervisor);
        if (!made) return;
        showResult(made, work);
    } catch (fault) {
        say(work.fault, fault.message);
        work.go.disabled = false;
        (work.code ?? work).input?.focus();
    }
    if (work.code) work.code.input.value = "";
}

/** The payment that came of it; `null` when the form was left before an answer came. */
async function ask({ name, cents, fault, form }, supervisor) {
    const body = cents === null ? {} : { amount: { cents, currency: currency() } };
    const key = unanswered[name]?.key ?? newKey();
    keep(name, { key, cents });
    try {
        const made = await callUntilAnswered(`/v1/payments/${name}`, { body, key, supervisor }, {
            isWanted: () => form.isConnected,
            whenLost: () => say(fault, word("follow.asking")),
        });
        if (made) keep(name);
        return made;
    } catch (problem) {
        if (isDecided(problem)) keep(name);
        throw problem;
    }
}

const token = async (code) => (await call("POST", "/v1/supervisor", { body: { code } })).token;

/** Shows what becomes of the follow-up until its end. */
function showResult(made, work) {
    const box = make("div", { class: "result", id: "follow-result", role: "status" });
    const close = make("button", {
        type: "button", class: "primary", id: "follow-close", onclick: () => work.leave(),
    }, word("action.close"));
    find("details-body").replaceChildren(box, make("div", { class: "actions" }, close));
    let drawn = "";
    const refresh = () => {
        if (!box.isConnected) return;
        const payment = state.payments.get(made.reference) ?? made;
        if (drawn === payment.updatedAt + payment.state) return;
        drawn = payment.updatedAt + payment.state;
        drawResult(box, payment, work.kind);
    };
    onChange(refresh);
    takePayment(made);
    refresh();
    close.focus();
}

function drawResult(box, payment, kind) {
    const [tone, symbol] = LOOKS[payment.state] ?? ["wait", "wait"];
    const isDone = payment.state === "approved";
    box.dataset.tone = tone;
    box.dataset.result = payment.state;
    const heading = isDone ? word(`follow.done.${kind}`)
        : payment.advice?.word || word(`state.${payment.state}`);
    box.replaceChildren(
        icon(symbol, "symbol"),
        make("p", { class: "word" }, heading),
        make("p", {}, payment.amount ? priced(payment.amount) : ""),
        make("p", {}, isDone ? "" : payment.advice?.text ?? payment.reason ?? ""));
    show(box, true);
}
