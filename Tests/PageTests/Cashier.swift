import Browser
import Foundation
import Testing

/// A cashier before the page: a browser, the daemon behind it, and the emulated gateway.
struct Cashier {
    let till: Till
    let browser: Browser

    /// Where the pictures of this run are kept.
    static let pictures = Child.project.appendingPathComponent(".build/screenshots")
    /// Where `Tools/install-packages page` has put axe-core.
    static let axe = Child.project.appendingPathComponent(".build/axe")

    /// Starts a till and a browser, pairs them, and ends both whatever happens.
    static func works(
        _ changes: [String: Any] = [:], language: String = "en-US", isPaired: Bool = true,
        _ body: (Cashier) async throws -> Void
    ) async throws {
        let till = try Till(changes)
        defer { till.stop() }
        let browser = try await Browser(language: language)
        let cashier = Cashier(till: till, browser: browser)
        do {
            try await browser.open(till.address)
            if isPaired {
                try await cashier.pair()
                try await cashier.sees("ready")
            }
            try await body(cashier)
            let complaints = try await browser.complaints().filter(Self.isFault)
            #expect(complaints == [])
        } catch {
            await browser.quit()
            throw error
        }
        await browser.quit()
    }

    /// A complaint of the browser that is a fault of the page: an error of its code, or something
    /// that the content security policy had to stop. An answer that refuses is none.
    static func isFault(_ complaint: String) -> Bool {
        !complaint.contains("Failed to load resource") && !complaint.contains("net::ERR_")
    }

    /// Enters a new pairing code.
    func pair() async throws {
        try await browser.wait(for: "body[data-screen=pairing]")
        try await browser.fill("#pair-code", try till.pairingCode())
        try await browser.click("#pair-form button")
        try await browser.wait(for: "body:not([data-screen=pairing])")
    }

    // MARK: What is seen

    /// Waits for a state of the payment.
    func sees(_ state: String) async throws {
        try await browser.wait(for: "body[data-state='\(state)']")
    }

    /// Waits for a state, keeps a picture of it, and finds nothing wrong with how it is shown.
    func sees(_ state: String, as picture: String) async throws {
        try await sees(state)
        try await look(picture)
    }

    /// The windows that every state is looked at in: a till's screen and a phone.
    static let windows = [(width: 1024, height: 600), (width: 360, height: 640)]

    /// Looks at what is shown in each window and keeps a picture of it: nothing runs out of it
    /// sideways, what counts is in sight, and axe finds nothing.
    func look(_ picture: String) async throws {
        let before = try await browser.size()
        for window in Self.windows {
            try await browser.resize(window.width, window.height)
            let name = "\(picture)-\(window.width)"
            try await keepPicture(name)
            #expect(try await browser.isTooWide() == false, "\(name)")
            let (hidden, faults) = (
                try await outOfSight(), try await browser.accessibilityFaults(axe: Self.axe)
            )
            #expect(hidden == [] && faults == [], "\(name)")
        }
        try await browser.resize(before.width, before.height)
    }

    /// Keeps a picture of the window as it is.
    func keepPicture(_ name: String) async throws {
        try FileManager.default.createDirectory(
            at: Self.pictures, withIntermediateDirectories: true)
        try await browser.screenshot().write(
            to: Self.pictures.appendingPathComponent("\(name).png"))
    }

    /// The big word.
    func word() async throws -> String { try await browser.text("#stage-word") }

    /// Waits until a text stands in an element.
    func reads(_ text: String, in selector: String) async throws {
        _ = try await browser.runToEnd(Self.untilRead, [selector, text])
        #expect(try await browser.text(selector).contains(text))
    }

    /// Waits until a field holds a value.
    func holds(_ selector: String, _ value: String) async throws {
        #expect(try await browser.runToEnd(Self.untilHeld, [selector, value]) as? Bool == true)
    }

    private static let untilHeld = """
        const [selector, value, done] = arguments;
        const look = () => document.querySelector(selector)?.value === value
            ? done(true) : requestAnimationFrame(look);
        look();
        """

    /// Each frame that is drawn may bring it; the driver's own limit ends it.
    private static let untilRead = """
        const [selector, text, done] = arguments;
        const look = () => document.querySelector(selector)?.textContent.includes(text)
            ? done(true) : requestAnimationFrame(look);
        look();
        """

    // MARK: What is done

    /// Types an amount with the keys on the page and charges it.
    func charges(_ digits: String) async throws {
        for digit in digits { try await presses(digit) }
        try await browser.click("#charge")
    }

    private func presses(_ digit: Character) async throws {
        let place = digit == "0" ? 11 : digit.wholeNumberValue ?? 0
        try await browser.click("#keys button:nth-child(\(place))")
    }

    /// Charges an amount and swipes a recorded card once it is asked for.
    func charges(_ digits: String, with card: String) async throws {
        try await charges(digits)
        try await sees("waitingForCard")
        try till.swipe(card)
    }

    /// Opens the payments of today and the sheet of the latest one in this state.
    func opensLatest(_ state: String) async throws {
        try await browser.click("#tab-today")
        try await browser.click("#list [data-row-state='\(state)']")
        try await browser.wait(for: "#details[open] .fact-list")
    }
}
