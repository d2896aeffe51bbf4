// The settings that a supervisor may change. What is kept is laid over the till's own file: each
// field says what the file has, and a press brings that back.

import { call, Problem } from "./api.js";
import { find, make, say } from "./dom.js";
import { centsOf, decimal } from "./money.js";
import { word } from "./words.js";

const NAME_BYTES = 80;
const LINE_BYTES = 120;
const LINES = 8;

const bytes = (text) => new TextEncoder().encode(text).length;
const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** A field: its element, how a value is written into it, read from it, and said. */
const text = { put: (value) => value, take: (typed) => typed.trim() };
const money = { put: decimal, take: centsOf, isWrong: (value) => value === null };
const FIELDS = {
    language: { id: "settings-language", ...text },
    "shop.name": {
        id: "settings-name", ...text,
        isWrong: (value) => bytes(value) < 1 || bytes(value) > NAME_BYTES,
    },
    "shop.lines": {
        id: "settings-lines", put: (lines) => lines.join("\n"), take: linesOf,
        isWrong: (lines) => lines.length > LINES || lines.some((line) => bytes(line) > LINE_BYTES),
    },
    "refunds.perRefundCents": { id: "settings-each", ...money },
    "refunds.perDayCents": { id: "settings-day", ...money },
};

/** What the daemon says: the file's values, and what was changed. */
let known = null;

const at = (object, name) => name.split(".").reduce((part, step) => part?.[step], object);
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const current = (name) => at(known.changed, name) ?? at(known.configured, name);

/** Reads the settings and fills the form. */
export async function loadSettings() {
    tell("settings-done", "");
    clearFaults();
    try {
        take(await call("GET", "/v1/configuration"));
    } catch (fault) {
        tell("settings-fault", fault.message);
    }
}

function take(configuration) {
    known = configuration;
    for (const [name, field] of Object.entries(FIELDS)) {
        find(field.id).value = field.put(current(name));
    }
    drawSettings();
}

/** Says of each field what the till's file has, where that was changed. */
export function drawSettings() {
    if (!known) return;
    for (const [name, field] of Object.entries(FIELDS)) {
        const place = lineOf(name);
        place.querySelector(".own")?.remove();
        if ((at(known.changed, name) ?? null) === null) continue;
        const own = field.put(at(known.configured, name));
        place.append(make("p", { class: "own hint" },
            make("span", {}, word("settings.own", { value: said(field, own) })),
            make("button", {
                type: "button", onclick: () => { find(field.id).value = own; },
            }, word("settings.back"))));
    }
}

/** A choice is said as its list has it. */
const said = (field, own) =>
    [...find(field.id).options ?? []].find((choice) => choice.value === own)?.textContent
    || own || word("settings.empty");

const lineOf = (name) => document.querySelector(`#settings [data-field="${name}"]`);
const tell = (id, message) => say(find(id), message);

function clearFaults() {
    tell("settings-fault", "");
    for (const line of document.querySelectorAll("#settings .field")) mark(line, "");
}

/** Puts a fault next to its field. */
function mark(line, message) {
    const input = line.querySelector("input, select, textarea");
    line.querySelector(".fault")?.remove();
    input.setAttribute("aria-invalid", String(message !== ""));
    input.removeAttribute("aria-describedby");
    if (!message) return;
    const id = `${input.id}-fault`;
    input.setAttribute("aria-describedby", id);
    line.append(make("p", { class: "fault", id }, message));
}

/** What differs from what holds now; a value that the file has too is given back to the file. */
function changes() {
    const body = {};
    let isAny = false;
    for (const [name, field] of Object.entries(FIELDS)) {
        const value = field.take(find(field.id).value);
        if (isSame(value, current(name))) continue;
        const isOwn = isSame(value, at(known.configured, name));
        if (!isOwn && field.isWrong?.(value)) {
            mark(lineOf(name), word(`settings.wrong.${name}`));
            continue;
        }
        isAny = true;
        const [group, member] = name.split(".");
        if (member) body[group] = { ...body[group], [member]: isOwn ? null : value };
        else body[group] = isOwn ? null : value;
    }
    return isAny ? body : null;
}

async function save(whenSaved) {
    clearFaults();
    tell("settings-done", "");
    const body = changes();
    const code = find("settings-code").value;
    if (!focusFault() && !body) return tell("settings-done", word("settings.same"));
    if (!code) mark(lineOf("code"), word("problem.supervisorRequired"));
    if (focusFault()) return null;
    find("settings-save").disabled = true;
    try {
        const { token } = await call("POST", "/v1/supervisor", { body: { code } });
        take(await call("PATCH", "/v1/configuration", { body, supervisor: token }));
        tell("settings-done", word("settings.saved"));
        whenSaved(current("language"));
    } catch (fault) {
        place(fault);
    }
    find("settings-code").value = "";
    find("settings-save").disabled = false;
    focusFault();
    return null;
}

/** A refusal goes next to the field that it is about. */
function place(fault) {
    const isOfCode = fault instanceof Problem && fault.code.startsWith("supervisor");
    const line = isOfCode ? lineOf("code") : fault.field && lineOf(fault.field);
    if (line) mark(line, fault.message);
    else tell("settings-fault", fault.message);
}

/** Goes to the first field that is wrong, if there is one. */
function focusFault() {
    const wrong = document.querySelector("#settings [aria-invalid=true]");
    wrong?.focus();
    return Boolean(wrong);
}

/** Listens to the form; `whenSaved` is told the language that holds now. */
export function startSettings(whenSaved) {
    find("settings-form").addEventListener("submit", (event) => {
        event.preventDefault();
        if (known) save(whenSaved);
    });
}
