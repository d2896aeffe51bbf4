// Money is whole cents, from the digit that is typed to the text that is shown.

/** The largest amount of one payment, in cents. */
export const CENTS_MAXIMUM = 999_999_999;

/** `1275` -> `12.75`, by digits and never by division. */
export function decimal(cents) {
    const digits = String(cents).padStart(3, "0");
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** An amount as people of this language write it. */
export function money(cents, currency, language) {
    const format = new Intl.NumberFormat(language === "es" ? "es-US" : "en-US", {
        style: "currency", currency,
    });
    // A decimal as text is taken exactly.
    return format.format(decimal(cents));
}

/** Typed text -> whole cents, or null: digits, and at most two behind one point or comma. */
export function centsOf(text) {
    const match = /^\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(text);
    if (!match) return null;
    const cents = Number(match[1] + (match[2] ?? "").padEnd(2, "0"));
    return Number.isSafeInteger(cents) && cents <= CENTS_MAXIMUM ? cents : null;
}
