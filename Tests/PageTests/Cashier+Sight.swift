import Browser
import Testing

/// What must be in sight without scrolling: the amount, the big word, and what is pressed next.
extension Cashier {
    /// What of it is not: out of the window, cut off by what is around it, or under something else.
    func outOfSight() async throws -> [String] {
        try #require(try await browser.run(Self.script) as? [String])
    }

    private static let script = """
        const { screen, state } = document.body.dataset;
        const sheet = [...document.querySelectorAll("dialog[open]")].at(-1);
        const isPad = innerWidth > 480 || state === "ready";
        const tills = ["#stage-word", "#stage-facts:not(:empty)", "#stage-actions .primary",
            ...(isPad ? ["#amount", "#charge"] : [])];
        const wanted = sheet ? [`#${sheet.id} .primary`]
            : { till: tills, pairing: ["#pair-form .primary"] }[screen] ?? [];
        const isTill = screen === "till" && !sheet;
        const mustBe = isTill ? ["#stage-word", ...(isPad ? ["#amount"] : [])] : [];
        const missing = mustBe.filter((selector) =>
            !document.querySelector(selector)?.getClientRects().length);
        const hidden = wanted.filter((selector) => {
            const element = document.querySelector(selector);
            return element && !isSeen(element);
        });
        return [...missing, ...hidden, ...(isBroken() ? ["#stage-word, broken within"] : [])];

        // Unless it may be broken anywhere, a word that is too long runs out of its place.
        function isBroken() {
            const word = document.getElementById("stage-word");
            word.style.overflowWrap = "normal";
            const isOver = word.scrollWidth > word.clientWidth;
            word.style.overflowWrap = "";
            return isOver;
        }

        function isSeen(element) {
            const box = element.getBoundingClientRect();
            const holders = [document.documentElement];
            for (let up = element.parentElement; up; up = up.parentElement) {
                if (getComputedStyle(up).overflowY !== "visible") holders.push(up);
            }
            const isWhole = holders.every((holder) => {
                const room = holder === document.documentElement
                    ? { top: 0, left: 0, right: innerWidth, bottom: innerHeight }
                    : holder.getBoundingClientRect();
                return box.top >= room.top - 1 && box.bottom <= room.bottom + 1
                    && box.left >= room.left - 1 && box.right <= room.right + 1;
            });
            const top = document.elementFromPoint(
                (box.left + box.right) / 2, (box.top + box.bottom) / 2);
            return isWhole && (element.contains(top) || top?.contains(element));
        }
        """
}
