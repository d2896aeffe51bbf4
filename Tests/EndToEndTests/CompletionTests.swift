import Foundation
import OwnThreads
import Testing
import TillPrograms

/// The completions as the shells themselves load and answer them.
@Suite(.blocks) struct CompletionTests {
    private static let lines: [(String, [String])] = [
        ("swipeline rec", ["record", "recurring"]),
        ("swipeline recurring p", ["pause"]),
        ("swipeline transactions list --kind au", ["authOnly"]),
        ("swipeline refund --am", ["--amount"]),
        ("swipeline capture --i", ["--id"]),
    ]

    private static func has(_ shell: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)")
    }

    private static func script(_ shell: String) throws -> String {
        let script = try Programs.swipeline("--generate-completion-script", shell)
        try #require(script.status == 0, "\(script.complaint)")
        return script.output
    }

    /// What readline does for a word: the variables that it sets, and the function that it calls.
    private static let bash = """
        shopt -s extglob
        source "$1" || exit 9
        complete -p swipeline >/dev/null || exit 8
        COMP_LINE=$2; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
        read -ra COMP_WORDS <<< "$COMP_LINE"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
        _swipeline swipeline "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """

    /// A person at a terminal who types the line and the tabulator.
    private static let zsh = """
        zmodload zsh/zpty
        export TERM=dumb
        zpty z zsh -f -i
        zpty -w z "fpath=($1 \\$fpath); autoload -U compinit; compinit -u -D"
        zpty -w z 'print loaded-$+_comps[swipeline]'
        zpty -r -m z out '*loaded-[01]*'
        [[ $out == *loaded-1* ]] || exit 9
        zpty -n -w z "$2"$'\\t'
        zpty -r -m z out "*$3*"
        print -r -- $out
        zpty -d z
        """

    @Test(arguments: lines) func `bash completes`(_ line: String, _ words: [String]) throws {
        let scratch = try Scratch()
        let file = try scratch.write(try Self.script("bash"), as: "swipeline.bash")
        let run = try Programs.run(
            "/bin/bash", ["--norc", "-c", Self.bash, "bash", file, line])
        #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
        #expect(run.output.split(separator: "\n").map(String.init).sorted() == words)
        withExtendedLifetime(scratch) {}
    }

    @Test(
        .enabled(if: has("fish"), "there is no fish; Tools/install-packages brings it"),
        arguments: lines)
    func `fish completes`(_ line: String, _ words: [String]) throws {
        let scratch = try Scratch()
        let file = try scratch.write(try Self.script("fish"), as: "swipeline.fish")
        let run = try Programs.run(
            "/usr/bin/fish",
            ["--no-config", "-c", "source $argv[1]; complete --do-complete $argv[2]", file, line],
            environment: ["HOME": scratch.url.path])
        #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
        let told = run.output.split(separator: "\n").compactMap {
            $0.split(separator: "\t").first.map(String.init)
        }
        #expect(told.sorted() == words)
        withExtendedLifetime(scratch) {}
    }

    @Test(
        .enabled(if: has("zsh"), "there is no zsh; Tools/install-packages brings it"),
        .timeLimit(.minutes(2)),
        arguments: [
            ("swipeline recurring ", "pause"), ("swipeline transactions list --kind ", "authOnly"),
            ("swipeline capture --i", "--id"), ("swipeline settings s", "set"),
        ])
    func `zsh completes`(_ line: String, _ word: String) throws {
        let scratch = try Scratch()
        _ = try scratch.write(try Self.script("zsh"), as: "_swipeline")
        let run = try Programs.run(
            "/usr/bin/zsh", ["-f", "-c", Self.zsh, "zsh", scratch.url.path, line, word])
        #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
        #expect(run.output.contains(word))
        withExtendedLifetime(scratch) {}
    }
}
