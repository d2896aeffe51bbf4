// After a bad read: what went wrong, how to swipe, and which try this is.

import { hasWord, word } from "./words.js";

/** Tries after which another card is asked for. */
const OFTEN = 3;

/** What to do, by the reason that the daemon names. */
const KINDS = {
    stripeNotFound: "turn",
    licence: "other", fleetCard: "other", giftCard: "other", loyaltyCard: "other",
    noPaymentCard: "other", brandUnknown: "other", expired: "other", restricted: "other",
    tracksDiffer: "other", cardNotAccepted: "other", notAPaymentCard: "other",
    chipOnly: "chip", chipCard: "chip", useChip: "chip",
    garbledByLayout: "support", readerUnknownFormat: "support", readerWithoutKey: "support",
    readerKeyUnknown: "support", recordedSwipe: "support",
};

/** The daemon's first sentence; what to do is said here at more length. */
const whatWentWrong = (text) => text.split(/(?<=[.!])\s/)[0];

/** The part of the stage's view that a bad read decides. */
export function coach(payment, known) {
    const kind = KINDS[payment.badRead.code] ?? "slower";
    const count = payment.badReads ?? known.badReads.get(payment.reference) ?? 1;
    const how = [1, 2, 3].map((number) => `coach.${kind}.${number}`).filter(hasWord)
        .map((name) => word(name));
    const isOften = count >= OFTEN && kind !== "support";
    return {
        state: "badRead", tone: "ask", picture: kind === "chip" ? "chip" : `swipe-${kind}`,
        word: word(`coach.${kind}.word`), text: whatWentWrong(payment.badRead.text), how,
        more: isOften ? word("coach.often") : "", badRead: kind,
        count: word("coach.count", { count: String(count + 1) }),
    };
}
