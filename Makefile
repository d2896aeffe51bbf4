# `make demo` and `make test` do everything on a fresh Debian 12 machine with Swift 6.3.
SWIFT ?= swift
# The release's programs: one file each but for the system's libraries, every call bound at the
# start. docs/hygiene.md says what a call bound late leaves on the stack.
RELEASE_BUILD = $(SWIFT) build -c release --static-swift-stdlib -Xlinker -z -Xlinker now
RELEASE := .build/release
# So many tests at once; all at once would be hundreds of daemons, and waits that end too late.
TEST = $(SWIFT) test --skip-build \
	--experimental-maximum-parallelization-width $$((4 * $$(nproc)))

.PHONY: demo test test-page test-bus test-usb test-deb test-deb-vm deb place load model simulate faults crash year interop coverage hygiene bench bench-peers bench-memory stages fuzz format docs packages fixtures sanitize clean man install install-udev

demo: packages
	$(RELEASE_BUILD) --product swipeline-emulator
	$(RELEASE_BUILD) --product swipeline
	$(RELEASE)/swipeline demo

test: packages
	@Tools/install-packages page
	$(SWIFT) build --build-tests
	$(SWIFT) build --product generate-manual
	$(TEST)

# The driver of the attached reader on a bus that umockdev pretends.
test-bus: packages
	$(SWIFT) build --build-tests
	$(TEST) --filter WrapperTests

# The cashier's page in a real browser, against the daemon, a replayed reader and the emulator; the
# pictures of each state are then in .build/screenshots.
test-page: packages
	@Tools/install-packages page
	$(SWIFT) build --build-tests
	$(TEST) --filter PageTests

# The attached reader on a real kernel: Debian's current one in QEMU, with a reader in software.
test-usb: packages
	@Tools/install-packages usb-vm
	$(SWIFT) build --build-tests
	Tools/usb-vm/run "$$($(SWIFT) build --show-bin-path)"

# The money-safety protocol, model-checked: it must hold, and every mutant of it must break.
# MODEL=quick takes smaller sizes.
MODEL ?= full
model:
	@Tools/install-packages model
	Tools/model/run $(MODEL)

# Lives of the lane made up from seeds, with crashes, power cuts and a bad network around it.
SIMULATE_SEEDS ?= 1000000
SIMULATE_SECONDS ?= 3600
simulate: packages
	SWIPELINE_CORE=1 $(SWIFT) build -c release --scratch-path .build/core --product simulate
	.build/core/release/simulate --seeds $(SIMULATE_SEEDS) --seconds $(SIMULATE_SECONDS) --mutants

# The lane against the emulated gateway over TLS, a fault at every byte and by every switch; the
# gateway's ledger judges. FAULTS=quick takes a sample, FAULTS=case:NAME the case that a violation
# names. LOG=FILE keeps what was tried, here and below, and a run goes on where it was ended.
FAULTS ?= full
FAULTS_quick := --stride 120 --scenes 1 --pairs 50
faults: packages
	$(SWIFT) build --product faults
	"$$($(SWIFT) build --show-bin-path)/faults" $(if $(LOG),--log $(LOG)) \
	    $(if $(filter case:%,$(FAULTS)),$(FAULTS:case:%=%),$(FAULTS_$(FAULTS)))

# The real till killed at its system calls, its journal's disk failing, its power cut; the real
# emulator's ledger judges. CRASH=quick takes a share. Needs root: the till hides itself from other
# users' eyes, and what cannot be seen of it counts as a point.
CRASH ?= full
CRASH_quick := --points 6 --worse 1 --same 1 --fault-step 30
crash: packages
	$(SWIFT) build --product swipeline-emulator
	$(SWIFT) build --product crash
	"$$($(SWIFT) build --show-bin-path)/crash" $(if $(LOG),--log $(LOG)) $(CRASH_$(CRASH))

# The sample programs of the gateway's document, in four languages, against the emulator;
# SWIPELINE_REFERENCE names the folder with the document. docs/interop.md has what comes out.
interop: packages
	@Tools/install-packages interop
	$(SWIFT) build --product swipeline-emulator
	$(SWIFT) build --product interop
	"$$($(SWIFT) build --show-bin-path)/interop" $(INTEROP)

# docs/coverage.md anew, from the tests' own text.
coverage: packages
	$(SWIFT) build --build-tests
	SWIPELINE_COVERAGE=write $(TEST) --filter CoveragePageTests

# A year of a small shop against the emulated gateway over TLS, its clock moved on: 5,000 swipes,
# voids, refunds, recurring bills, nightly settlements. Journal, report and batches must agree to
# the cent. YEAR="--days 30 --payments 400" takes less.
YEAR ?=
year: packages
	$(RELEASE_BUILD) --product year
	$(RELEASE)/year $(YEAR)

# Ours against the limit, and with bench-peers against what a user would otherwise pick; nothing
# passes or fails by it. Benchmarks/README.md says what is measured.
RUNS ?= 1
BENCH := SWIFT="$(SWIFT)" Benchmarks/bench
bench: packages
	$(BENCH) --runs $(RUNS)
bench-peers: packages
	@Benchmarks/install-peers
	$(BENCH) --peers --runs $(RUNS)
bench-memory: packages
	$(BENCH) memory

# The proof that no card data is left behind; SWIPES=100000 for the long run. Needs root.
SWIPES ?= 1000
HYGIENE_PROGRAMS := swipeline-emulator swipeline compose-fixtures hygiene-till check-hygiene
hygiene: packages
	set -e; for program in $(HYGIENE_PROGRAMS); do $(RELEASE_BUILD) --product $$program; done
	$(RELEASE)/check-hygiene $(SWIPES) $(SEED)

# The stage times of many swipes against the emulator.
stages: packages
	$(RELEASE_BUILD) --product swipeline-emulator
	$(RELEASE_BUILD) --product swipeline
	$(RELEASE)/swipeline demo --swipes 5000

# The modules that hold card data, under the address and the thread sanitizer. Leaks are not looked
# for: Foundation's and XCTest's own hide any other.
sanitize: export ASAN_OPTIONS = detect_leaks=0
sanitize: export TSAN_OPTIONS = suppressions=$(CURDIR)/Tests/Support/thread-sanitizer.txt
sanitize: packages
	SWIPELINE_CORE=1 SWIPELINE_USB_SEQUENCES=100 $(SWIFT) test --scratch-path .build/asan --sanitize=address
	SWIPELINE_CORE=1 SWIPELINE_USB_SEQUENCES=100 $(SWIFT) test --scratch-path .build/tsan --sanitize=thread

# Coverage-guided fuzzing with the address sanitizer; Fuzz/README.md has the long runs.
FUZZ_SECONDS ?= 10
FUZZ_RUNS ?= -1
FUZZ_TARGETS := $(notdir $(wildcard Fuzz/Sources/Fuzz[!S]*))
fuzz: packages
	$(SWIFT) run compose-fixtures corpus Fuzz/Corpus/seeds
	$(SWIFT) run compose-fixtures answers Fuzz/Corpus/answers
	set -e; for target in $(FUZZ_TARGETS); do \
	    mkdir -p Fuzz/Corpus/$$target; \
	    seeds=Fuzz/Corpus/seeds; bytes=2048; dictionary=Fuzz/Dictionaries/$$target.dict; \
	    case $$target in \
	        FuzzHTTP) seeds=Fuzz/Corpus/answers ;; \
	        FuzzRecording) seeds=Fixtures; bytes=16384 ;; \
	    esac; \
	    SWIPELINE_CORE=1 $(SWIFT) build --package-path Fuzz -c release --sanitize fuzzer \
	        --sanitize address -Xswiftc -use-ld=lld -Xswiftc -sanitize=fuzzer --product $$target; \
	    SWIFT_BACKTRACE=enable=no Fuzz/.build/release/$$target Fuzz/Corpus/$$target $$seeds \
	        $$([ ! -f $$dictionary ] || echo -dict=$$dictionary) -max_len=$$bytes -timeout=5 \
	        -max_total_time=$(FUZZ_SECONDS) -runs=$(FUZZ_RUNS) \
	        -artifact_prefix=Fuzz/Corpus/crash-$$target- -print_final_stats=1; \
	done

format:
	$(SWIFT) format --in-place --recursive Sources Tests Tools Benchmarks/Sources Benchmarks/Peers Package.swift

# The API's documentation, a folder a module below .build/docs.
DOCUMENTED := Values Timeline Secrets Tracks Readers Recordings ReaderUSB PayHub GatewayLink HotPath Journal Advice Settings
docs: packages
	mkdir -p .build/docs
	for module in $(DOCUMENTED); do \
	    SWIPELINE_DOCS=1 SWIPELINE_CORE=1 $(SWIFT) package --scratch-path .build/docc \
	        --allow-writing-to-directory .build/docs generate-documentation \
	        --target $$module --output-path .build/docs/$$module || exit 1; \
	done

# Recordings composed anew from the published test cards.
fixtures: packages
	$(SWIFT) run compose-fixtures Fixtures
	$(SWIFT) run compose-fixtures readers docs/readers.md
	$(SWIFT) run compose-fixtures udev udev/70-swipeline.rules

packages:
	@Tools/install-packages

# The manual, a page a command, and what shells complete, out of the programs' own help.
MANUAL := .build/manual
man: packages
	$(RELEASE_BUILD) --product swipeline-emulator
	$(RELEASE_BUILD) --product swipeline
	$(RELEASE_BUILD) --product generate-manual
	Tools/write-manual $(RELEASE) $(MANUAL)

# The programs, without what only a debugger reads.
PREFIX ?= /usr/local
SHARE := $(DESTDIR)$(PREFIX)/share
install: man place

# What `make man` has built, put in place; nothing is built.
place:
	install -s -m 0755 -D -t $(DESTDIR)$(PREFIX)/bin $(RELEASE)/swipeline $(RELEASE)/swipeline-emulator
	mkdir -p $(SHARE)/swipeline
	cp -r --no-preserve=mode,ownership $(RELEASE)/swipeline_Service.resources/. $(SHARE)/swipeline
	install -m 0644 -D -t $(SHARE)/man/man1 $(MANUAL)/*.1
	set -e; for program in swipeline swipeline-emulator; do \
	    install -m 0644 -D $(MANUAL)/$$program.bash \
	        $(SHARE)/bash-completion/completions/$$program; \
	    install -m 0644 -D $(MANUAL)/$$program.zsh $(SHARE)/zsh/site-functions/_$$program; \
	    install -m 0644 -D $(MANUAL)/$$program.fish \
	        $(SHARE)/fish/vendor_completions.d/$$program.fish; \
	done

# The Debian packages, in .build/deb; docs/packaging.md. DEB_REVISION counts packages of one version.
DEB_REVISION ?= 1
deb: man
	@Tools/install-packages deb
	Tools/deb/build $(RELEASE) $(DEB_REVISION)

# The packages in a clean Debian: installed, upgraded, removed, purged. Needs root.
test-deb: deb
	@Tools/install-packages test-deb
	lintian --fail-on error,warning --allow-root .build/deb/*-$(DEB_REVISION)_*.deb
	Tools/deb/try-chroot $(DEB_REVISION)

# The package on a machine of its own in QEMU: under systemd, with a reader that is emulated.
test-deb-vm: deb
	@Tools/install-packages test-deb-vm
	$(RELEASE_BUILD) --product usb-guest
	Tools/deb/try-machine $(DEB_REVISION)

# Many daemons with replayed readers at one emulator, with faults and deaths; its ledger judges.
# LOAD=quick takes a share.
LOAD ?= full
LOAD_quick := --lanes 8 --rate 4 --seconds 30 --kills 10 --faults 10 --memory 0
LOAD_full :=
LOAD_BUILD = $(if $(filter quick,$(LOAD)),$(SWIFT) build,$(RELEASE_BUILD))
load: packages
	set -e; for program in swipeline-emulator swipeline load; do \
	    $(LOAD_BUILD) --product $$program; \
	done
	$(if $(filter quick,$(LOAD)),.build/debug,$(RELEASE))/load $(LOAD_$(LOAD))

# Lets the user at this machine, and the group of the service, open the readers of the catalogue.
# The group comes first: udev looks its number up when it reads the rules, which may be at once, and
# does not read them again while they stay the same.
install-udev:
	[ -n "$(DESTDIR)" ] || getent group swipeline >/dev/null || groupadd --system swipeline
	install -m 0644 -D udev/70-swipeline.rules $(DESTDIR)/etc/udev/rules.d/70-swipeline.rules
	[ -n "$(DESTDIR)" ] || { udevadm control --reload && udevadm trigger --subsystem-match=usb --settle; }

clean:
	rm -rf .build
