# Two targets do everything on a fresh machine: `make demo` and `make test`. Each installs what it needs first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test test-release build lint install deb try-deb install-tools install-test-tools vectors crash soak bars-spool \
	bars-airgap sanitize fuzz bars-cache bench bench-guard clean

help:            ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: install-tools ## build and show the main job on a simulated directory, about ten seconds of work
	@swift build -c release --product counterfoil
	@.build/release/counterfoil demo

test: install-test-tools lint ## format lint, build with warnings as errors, every suite
	swift build --build-tests
	swift test --skip-build

# What an optimiser does to memory that C still reads is seen here only.
test-release: install-test-tools ## the tests that drive the program, with the release binary
	swift build -c release --product counterfoil
	swift build --build-tests
	COUNTERFOIL_PROGRAM="$(CURDIR)/.build/release/counterfoil" swift test --skip-build --filter CommandTests

build: install-tools ## the release binary
	swift build -c release --product counterfoil

# Linked so that only the system's own libraries are needed to run it, all addresses bound before it starts.
PACKAGED := .build-package/release/counterfoil
PACKAGED_FLAGS := --scratch-path .build-package --static-swift-stdlib -Xlinker -z -Xlinker now -Xlinker -z -Xlinker relro

install: install-tools ## program, manual, completions, units below DESTDIR (none) and PREFIX (/usr/local)
	swift build -c release --product counterfoil $(PACKAGED_FLAGS)
	@etc/packaging/install "$(CURDIR)/$(PACKAGED)"

deb: install-tools ## a Debian package in .build-package, judged by lintian
	@etc/install-packages dpkg-dev lintian
	swift build -c release --product counterfoil $(PACKAGED_FLAGS)
	@lintian --fail-on error --info --display-info "$$(etc/packaging/build-deb $(PACKAGED) .build-package)"

try-deb: deb ## installs, runs, upgrades and purges the package in a bare Debian below .build-package (as root)
	@etc/install-packages debootstrap
	@REVISION=2 etc/packaging/build-deb $(PACKAGED) .build-package
	@etc/packaging/try-deb .build-package/counterfoil_*-1_*.deb .build-package/counterfoil_*-2_*.deb .build-package/bare

lint: ## the house style
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Fuzz

vectors: install-tools ## how outside suites and our own tables judge us, a line each
	@Tests/Scores/judge

crash: ## end the program at every call that changes a file, cut its power, let its calls fail: some minutes
	@$(call measured,COUNTERFOIL_CRASH=all,CommandTests.Crash)

soak: ## kill the daemon 200 times at work, with a submitter and a consumer
	@$(call measured,COUNTERFOIL_SOAK=200,CommandTests.SoakTests)

bars-spool: ## what the spool must bear: latency, floods, backlogs, full disks; figures in one line each
	@$(call measured,COUNTERFOIL_BARS=all,CommandTests.(SpoolBar|PoisonTests)|PipelineTests.(Hostile|Manifest|Control|Stop|Strike)|SpoolTests.Hostile)

READERS := EncodingTests,JOSETests,PKIXTests,BundleTests,FuzzTests

sanitize: install-test-tools ## the pipeline watched for races of threads, the readers of bytes for errors of memory
	@$(call sanitized,PipelineTests,thread)
	@$(call sanitized,$(READERS),address,-c release -Xswiftc -enable-testing)

# The suites $(1) under the sanitizer $(2), built as $(3) says: memory is watched as the optimiser leaves it. What it
# reports comes last. Where the kernel lets no program of its kind start, it says so.
define sanitized
mkdir -p .build-$(2) && echo 'print("ready")' >.build-$(2)/probe.swift \
&& swiftc -sanitize=$(2) .build-$(2)/probe.swift -o .build-$(2)/probe && .build-$(2)/probe >.build-$(2)/said \
|| { echo 'skipped: no program with the $(2) sanitizer can run here'; exit 0; }; \
rm -f .build-$(2)/report.*; \
COUNTERFOIL_SUITES=$(1) swift build --build-tests --sanitize=$(2) --scratch-path .build-$(2) $(3) && \
COUNTERFOIL_SUITES=$(1) TSAN_OPTIONS=log_path=.build-$(2)/report ASAN_OPTIONS=log_path=.build-$(2)/report:detect_leaks=0 \
swift test --skip-build --sanitize=$(2) --scratch-path .build-$(2) $(3) \
|| { tail -n 200 .build-$(2)/report.* 2>/dev/null; exit 1; }
endef

# The tests $(2) with the release binary and the setting $(1), one after another, as they measure what the machine can; of
# what they say only their own lines and what failed.
define measured
$(MAKE) -s install-test-tools && swift build -q -c release --product counterfoil && swift build -q --build-tests && \
set -o pipefail && $(1) COUNTERFOIL_PROGRAM="$(CURDIR)/.build/release/counterfoil" \
swift test --skip-build --no-parallel --filter '$(2)' 2>&1 | grep --line-buffered -aE '^(crash|soak|bar)|✘|↳|skipped|Test run'
endef

bars-airgap: ## signed bundles: python-tuf's word on every mutant, kills during imports, 20,000 sources
	@$(call measured,COUNTERFOIL_AIRGAP=all,BundleTests.OracleTests|BundleTests.LargeBundleTests|CommandTests.ImportCrashTests)

fuzz: install-tools ## each fuzz target for FUZZ_SECONDS (60); FUZZ_SANITIZERS=fuzzer,address watches memory too
	@Fuzz/run

bars-cache: export COUNTERFOIL_CACHE_BARS = 1
bars-cache: install-test-tools ## what the cache promises, measured: a line each, and failure where one is missed
	@etc/install-packages valgrind sqlite3
	@swift build -c release --product counterfoil
	@swift build -c release --product cache-bars
	@.build/release/cache-bars
	@COUNTERFOIL_TIMELINES=10000 swift test --filter KeyCacheTests.TimelineTests | .build/release/cache-bars lives
	@swift test --no-parallel --filter RefreshTests.*Fault | .build/release/cache-bars faults

bench: install-tools ## how fast the program judges as it is packaged, beside the limit of this machine and other languages; writes docs/benchmarks.md
	@etc/install-packages g++ libsimdjson-dev e2fsprogs
	@swift build -c release --product counterfoil $(PACKAGED_FLAGS)
	@COUNTERFOIL_PROGRAM="$(CURDIR)/$(PACKAGED)" Tests/Bench/run

bench-guard: install-tools ## fail where a verdict costs over 5 % more instructions than recorded (BENCH_RECORD=1 records)
	@etc/install-packages valgrind binutils
	@swift build -c release --product counterfoil
	@Tests/Bench/guard

install-tools: ## libraries to build with (Debian packages)
	@etc/install-packages libssl-dev libcurl4-openssl-dev libsqlite3-dev pkg-config

install-test-tools: ## the same and what the tests drive
	@etc/install-packages libssl-dev libcurl4-openssl-dev libsqlite3-dev pkg-config nginx-light curl openssl strace systemd mandoc zsh fish \
		python3-jwcrypto glewlwyd sqlite3 chromium-headless-shell prometheus python3-venv iproute2 softhsm2
	@Tests/BundleTests/Oracle/install
	@Tests/CommandTests/Bundles/Token/install

clean: ## remove what was built
	rm -rf .build .build-*
