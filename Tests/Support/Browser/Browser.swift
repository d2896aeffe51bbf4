public import Foundation

/// A Chromium without a window, with one page. Every command waits until it is done; what a page
/// is to show is waited for, up to a limit, and never slept for.
public final class Browser: Sendable {
    /// How long something is waited for that a page is to show, in milliseconds.
    public static let waitMilliseconds = 60_000

    private let driver: ChromeDriver
    private let commands: WebDriver
    private let path: String

    /// Starts a browser in this language with a window of this size.
    /// - Throws: ``BrowserFault``
    public init(language: String = "en-US", width: Int = 1024, height: Int = 600) async throws {
        driver = try ChromeDriver()
        commands = WebDriver(driver.address)
        let options: [String: Any] = [
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
                "--force-prefers-reduced-motion", "--lang=\(language)",
            ],
            "prefs": ["intl.accept_languages": language],
        ]
        let wanted: [String: Any] = [
            "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
            "timeouts": ["implicit": Self.waitMilliseconds, "script": 60_000],
        ]
        let answer = try await commands.send(
            "POST", "session", ["capabilities": ["alwaysMatch": wanted]])
        guard let id = (answer as? [String: Any])?["sessionId"] as? String else {
            throw BrowserFault.strangeAnswer("no session")
        }
        path = "session/\(id)"
        try await resize(width, height)
    }

    /// Ends the browser.
    public func quit() async {
        _ = try? await commands.send("DELETE", path)
        driver.stop()
    }

    private func post(_ name: String, _ body: [String: Any] = [:]) async throws -> Any {
        try await commands.send("POST", "\(path)/\(name)", body)
    }

    private func tool(_ command: String, _ parameters: [String: Any]) async throws {
        _ = try await post("goog/cdp/execute", ["cmd": command, "params": parameters])
    }

    // MARK: The window

    /// Opens an address.
    public func open(_ address: String) async throws {
        _ = try await post("url", ["url": address])
    }

    /// Loads the page anew.
    public func reload() async throws { _ = try await post("refresh") }

    /// The size of the page's window, in CSS pixels.
    public func resize(_ width: Int, _ height: Int) async throws {
        try await tool(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
    }

    /// The size of the page's window now.
    public func size() async throws -> (width: Int, height: Int) {
        let pair = try await run("return [innerWidth, innerHeight]") as? [Int] ?? []
        guard pair.count == 2 else { throw BrowserFault.strangeAnswer("no size") }
        return (pair[0], pair[1])
    }

    /// Whether something runs out of the window sideways.
    public func isTooWide() async throws -> Bool {
        try await run("return document.documentElement.scrollWidth > innerWidth") as? Bool ?? true
    }

    /// Shows the page as on paper, or again as on the screen.
    public func showAsPaper(_ isPaper: Bool) async throws {
        try await tool("Emulation.setEmulatedMedia", ["media": isPaper ? "print" : ""])
    }

    /// Cuts the page off from every server, or lets it back.
    public func cutOff(_ isCutOff: Bool) async throws {
        try await tool("Network.enable", [:])
        try await tool(
            "Network.emulateNetworkConditions",
            ["offline": isCutOff, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1])
    }

    /// A picture of the window, as PNG.
    public func screenshot() async throws -> Data {
        let text = try await commands.send("GET", "\(path)/screenshot") as? String
        return text.flatMap { Data(base64Encoded: $0) } ?? Data()
    }

    /// What the page or the browser complained about since the last time.
    public func complaints() async throws -> [String] {
        let rows = try await post("se/log", ["type": "browser"]) as? [[String: Any]]
        return (rows ?? []).compactMap { $0["message"] as? String }
    }

    // MARK: What stands on the page

    /// Waits until the page has an element that the selector names, and gives its id.
    @discardableResult
    public func wait(for selector: String) async throws -> String {
        let found: Any
        do {
            found = try await post("element", ["using": "css selector", "value": selector])
        } catch BrowserFault.refused("no such element", _) {
            let said = try await run("return JSON.stringify(document.body.dataset)") as? String
            throw BrowserFault.missing(selector, instead: said ?? "nothing")
        }
        guard let id = (found as? [String: String])?.values.first else {
            throw BrowserFault.strangeAnswer("no element")
        }
        return id
    }

    /// The text of an element as it is seen.
    public func text(_ selector: String) async throws -> String {
        let element = try await wait(for: selector)
        return try await commands.send("GET", "\(path)/element/\(element)/text") as? String ?? ""
    }

    /// Clicks an element with the mouse: it must be in sight and nothing may lie over it.
    public func click(_ selector: String) async throws {
        let element = try await wait(for: selector)
        _ = try await post("element/\(element)/click")
    }

    /// Empties a field and types into it.
    public func fill(_ selector: String, _ text: String) async throws {
        let element = try await wait(for: selector)
        _ = try await post("element/\(element)/clear")
        _ = try await post("element/\(element)/value", ["text": text])
    }

    /// Presses keys wherever the focus is.
    public func press(_ keys: [Key]) async throws {
        let strokes = keys.flatMap { key in
            [["type": "keyDown", "value": key.value], ["type": "keyUp", "value": key.value]]
        }
        let keyboard: [String: Any] = ["type": "key", "id": "keyboard", "actions": strokes]
        _ = try await post("actions", ["actions": [keyboard]])
    }

    /// What the keyboard sends of Enter while it is held down, after its first stroke.
    public func holdEnter(times: Int) async throws {
        for _ in 0..<times {
            try await tool(
                "Input.dispatchKeyEvent",
                [
                    "type": "keyDown", "key": "Enter", "code": "Enter", "text": "\r",
                    "windowsVirtualKeyCode": 13, "autoRepeat": true,
                ] as [String: Any])
        }
    }

    /// Clicks twice at one place, as a double click does, with `between` for what the first brings.
    public func doubleClick(
        _ selector: String, between: () async throws -> Void
    ) async throws {
        try await wait(for: selector)
        let place = try await run(
            """
            const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [box.left + 20, box.top + box.height / 2];
            """, [selector])
        guard let point = place as? [Double], point.count == 2 else {
            throw BrowserFault.strangeAnswer("no place")
        }
        for count in 1...2 {
            for type in ["mousePressed", "mouseReleased"] {
                try await tool(
                    "Input.dispatchMouseEvent",
                    [
                        "type": type, "x": point[0], "y": point[1], "button": "left",
                        "clickCount": count,
                    ] as [String: Any])
            }
            if count == 1 { try await between() }
        }
    }

    /// Types a text wherever the focus is.
    public func type(_ text: String) async throws {
        try await press(text.map { Key(value: String($0)) })
    }

    /// Runs a function's body in the page and gives what it returns.
    @discardableResult
    public func run(_ script: String, _ arguments: [Any] = []) async throws -> Any {
        try await post("execute/sync", ["script": script, "args": arguments])
    }

    /// Runs a function's body that calls its last argument when it is done.
    public func runToEnd(_ script: String, _ arguments: [Any] = []) async throws -> Any {
        try await post("execute/async", ["script": script, "args": arguments])
    }
}
