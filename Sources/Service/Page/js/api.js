// Calls of the local API. A call has three ends: an answer, a problem that the daemon tells, or
// nothing, after which nobody knows whether it was heard.

import { currentLanguage, hasWord, word } from "./words.js";

const DEADLINE_MILLISECONDS = 15_000;
/** Problems after which the same request is to be sent again: nothing was decided. */
const UNDECIDED = new Set(["laneBusy", "stopping"]);

/** No answer came. */
export class Lost extends Error {
    constructor() {
        super(word("problem.lost"));
    }
}

/** The daemon refused: a problem document (RFC 9457). What a cashier meets has words of ours. */
export class Problem extends Error {
    constructor(status, document) {
        const own = `problem.${document.code}`;
        super(hasWord(own) ? word(own) : document.detail || word("problem.unknown", { status }));
        this.status = status;
        this.code = document.code ?? "";
        this.field = document.field ?? null;
    }
}

let whenLocked = () => {};

/** Says what happens when the page's session has ended. */
export function onLocked(action) {
    whenLocked = action;
}

/** A new idempotency key: 128 random bits. */
export function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * One call; `options` are body, key (idempotency), supervisor (token) and deadline (milliseconds).
 * Gives the answer's JSON, or its text when it is none. Throws Lost or Problem.
 */
export async function call(method, path, options = {}) {
    const answer = await send(method, path, options);
    const isJSON = (answer.headers.get("Content-Type") ?? "").includes("json");
    let content = "";
    try {
        content = await answer.text();
    } catch {
        throw new Lost();
    }
    const value = isJSON && content ? parse(content) : content;
    if (answer.ok) return value;
    if (answer.status === 401 && path !== "/session") whenLocked();
    const document = typeof value === "object" && value !== null ? value : {};
    if (UNDECIDED.has(document.code)) throw new Lost();
    throw new Problem(answer.status, document);
}

async function send(method, path, { body, key, supervisor, deadline = DEADLINE_MILLISECONDS }) {
    const headers = { "Accept-Language": currentLanguage() };
    if (method !== "GET") {
        headers["Swipeline-Page"] = "1";
        headers["Content-Type"] = "application/json";
    }
    if (key) headers["Idempotency-Key"] = key;
    if (supervisor) headers.Supervisor = supervisor;
    try {
        return await fetch(path, {
            method, headers, cache: "no-store", redirect: "error",
            body: method === "GET" ? undefined : JSON.stringify(body ?? {}),
            signal: AbortSignal.timeout(deadline),
        });
    } catch {
        throw new Lost();
    }
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        throw new Lost();
    }
}

/**
 * A call that moves money: the same body under the same key, again and again until an answer
 * comes, so that a lost answer never makes a second payment.
 *
 * `isWanted` ends it; `whenLost` is told of each try that came to nothing.
 */
export async function callUntilAnswered(path, options, { isWanted, whenLost }) {
    for (let tries = 0; isWanted(); tries += 1) {
        try {
            return await call("POST", path, options);
        } catch (fault) {
            if (!(fault instanceof Lost)) throw fault;
            whenLost(tries + 1);
            await pause(Math.min(500 * 2 ** tries, 5000));
        }
    }
    return null;
}

const pause = (milliseconds) =>
    new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
    });
