import OwnThreads
import Testing

/// What needs a browser, one after the other: two at once on a small machine wait for each other.
@Suite(.blocks, .serialized, .timeLimit(.minutes(4))) struct InTheBrowser {}
