# brainboard. `make help` lists the targets.
#
# A mode is a way to build: release (the default, build/brainboard), dev, asan, coverage (build/<mode>/…).

MODE ?= release
DATA ?= $(BRAINBOARD_DATA)
PREFIX ?= /usr/local
MODES := release dev asan coverage
ifeq ($(filter $(MODE),$(MODES)),)
$(error MODE=$(MODE): choose one of $(MODES))
endif

# --- what the build and the tests need on Debian 12 -------------------------------------------------------------------

BUILD_PACKAGES := gcc g++ libc6-dev pkg-config perl-base libopenblas-dev liblapacke-dev libhdf5-dev libpng-dev libjpeg62-turbo-dev libcurl4-openssl-dev libzip-dev libcairo2-dev libcjson-dev libhpdf-dev \
    libctemplate-dev libdeflate-dev libssl-dev libcmark-dev libgumbo-dev libexpat1-dev libcsv3 libcsv-dev libpcre2-dev librandom123-dev \
    fonts-dejavu-core fonts-liberation2
TEST_PACKAGES = check chromium nodejs faketime libxml2-utils poppler-utils qpdf $(call unless,npm,npm) $(call unless,java,default-jre-headless)
# The package $(2), unless the command $(1) is there from elsewhere.
unless = $(if $(shell command -v $(1)),,$(2))
PKG_CONFIG_MODULES := libcjson libpcre2-8 libcrypto lapacke openblas hdf5-serial libdeflate libctemplate libpng libjpeg libcurl libzip cairo-ft libcmark gumbo expat

# --- modes ------------------------------------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wvla -Wcast-qual -Wwrite-strings -Wstrict-prototypes \
    -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wformat=2 -Wundef -Wdouble-promotion
CXX_WARNINGS := -Wall -Wextra -Wshadow -Wconversion
FLAGS_release := -O2 -g -DNDEBUG
FLAGS_dev := -O1 -g -DBB_DEBUG -Werror
FLAGS_asan := -O1 -g -DBB_DEBUG -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_coverage := -O0 -g -DBB_DEBUG --coverage

# -ffp-contract=off: the bits of a sum do not depend on which instructions the compiler picks.
COMMON := -D_GNU_SOURCE -Isrc -ffp-contract=off -fno-common -fstack-protector-strong -MMD -MP $(FLAGS_$(MODE))
CFLAGS_ALL = -std=c17 $(COMMON) $(WARNINGS) $(LIB_CFLAGS) $(CFLAGS)
CXXFLAGS_ALL = -std=c++17 $(COMMON) $(CXX_WARNINGS) $(LIB_CFLAGS) $(CXXFLAGS)

OUT := build$(if $(filter release,$(MODE)),,/$(MODE))
BIN := $(OUT)/brainboard
LIB := $(OUT)/libbrainboard.a
UNIT := $(OUT)/unit-tests

SOURCES := $(sort $(wildcard src/*/*.c))
CXX_SOURCES := $(sort $(wildcard src/*/*.cc))
MAIN := src/cli/main.c
OBJECTS := $(patsubst src/%.c,$(OUT)/obj/%.o,$(filter-out $(MAIN),$(SOURCES))) $(patsubst src/%.cc,$(OUT)/obj/%.o,$(CXX_SOURCES))
MAIN_OBJECT := $(patsubst src/%.c,$(OUT)/obj/%.o,$(MAIN))
UNIT_OBJECTS := $(patsubst tests/unit/%.c,$(OUT)/obj/tests/%.o,$(sort $(wildcard tests/unit/*.c)))
TEMPLATES := $(sort $(wildcard templates/* templates/*/*))
BOARDS := $(sort $(wildcard data/boards/*/*))

.DEFAULT_GOAL := main
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: main build test real parity bench identify fuzz killed lint hdr-check golden-update format install clean help deps test-deps compile_commands.json

# --- the main job -----------------------------------------------------------------------------------------------------

# Builds the board of everything that this machine has data for, and prints the page to open. A stamp remembers the data folder.
STAMP := build/.site-$(shell printf %s '$(DATA)' | cksum | cut -d' ' -f1)
main: build/.deps $(STAMP)
	@if [ -e build/.just-built ]; then rm -f build/.just-built; \
	else echo 'Nothing to do (touch Makefile after your data has changed).'; cat $(STAMP); fi

$(STAMP): $(BIN) $(TEMPLATES) $(wildcard assets/*) $(BOARDS) $(wildcard data/identify/*) Makefile
	@rm -f build/.site-*
	@BRAINBOARD=$(BIN) sh data/boards/build.sh main "$(DATA)" site > $@.tmp && mv $@.tmp $@ && touch build/.just-built && cat $@

# The boards on real data, each in site/<board>/.
real: build
	@BRAINBOARD=$(BIN) sh data/boards/build.sh real "$(DATA)" site

# The reference's number for `pixels` on MajajHong2015, from its public data; what is fetched stays in PARITY, and is gone on from.
PARITY ?= build/parity
parity: build
	@BRAINBOARD=$(BIN) sh data/boards/parity.sh "$(PARITY)"

build: $(BIN)

# --- dependencies -----------------------------------------------------------------------------------------------------

# $(call need,packages): installs those that are missing on Debian 12 (with sudo when not root); elsewhere says which.
define need
@missing=; for p in $(1); do \
    dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
    if ! grep -qs '^ID=debian' /etc/os-release || ! grep -qs '^VERSION_ID="12"' /etc/os-release; then \
        if command -v dpkg-query >/dev/null; then \
            echo "brainboard is built and tested on Debian 12. Please install what corresponds here to:$$missing" >&2; exit 1; fi; \
        echo "brainboard is built and tested on Debian 12. If the build fails, install what corresponds here to: $(1)" >&2; \
    else \
        root=; [ "$$(id -u)" = 0 ] || root=sudo; \
        if [ -n "$$root" ] && ! command -v sudo >/dev/null; then \
            echo "Please run as root:  apt-get install -y --no-install-recommends$$missing" >&2; exit 1; fi; \
        echo "Installing:$$missing" >&2; \
        { $$root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends $$missing; } \
            > build/apt.log 2>&1 < /dev/null || { tail -n 20 build/apt.log >&2; \
            echo "Installing failed (build/apt.log has all of it)." >&2; exit 1; }; \
    fi; \
fi
endef

build/.deps: Makefile
	@mkdir -p build
	$(call need,$(BUILD_PACKAGES))
	@touch $@

build/.test-deps: build/.deps
	$(call need,$(TEST_PACKAGES))
	@touch $@

# Tools of the browser tests from npm, pinned with their digests; nothing of them goes into the program. Without a network, those of the first time.
build/.test-tools: tests/browser/package.json tests/browser/package-lock.json build/.test-deps
	@mkdir -p build/npm && cp tests/browser/package.json tests/browser/package-lock.json build/npm/
	@echo "Installing the tools of the browser tests (npm)" >&2
	@npm ci --prefix build/npm --ignore-scripts --no-audit --no-fund --prefer-offline > build/npm.log 2>&1 || \
	    { tail -n 20 build/npm.log >&2; echo "Installing failed (build/npm.log has all of it)." >&2; exit 1; }
	@touch $@

deps: build/.deps
test-deps: build/.test-tools

# Flags of the libraries, written once, so that a make with nothing to do asks nobody.
build/flags.mk: build/.deps
	@{ echo "LIB_CFLAGS := $$(pkg-config --cflags $(PKG_CONFIG_MODULES) | sed 's/-I/-isystem /g')"; \
	   echo "LIB_LIBS := $$(pkg-config --libs $(PKG_CONFIG_MODULES)) -lhdf5_serial_hl -lcsv -lhpdf -lstdc++ -lpthread -lm"; } > $@.tmp
	@mv $@.tmp $@

NEEDS_NO_FLAGS := clean help format
ifneq ($(if $(MAKECMDGOALS),$(filter-out $(NEEDS_NO_FLAGS),$(MAKECMDGOALS)),main),)
include build/flags.mk
endif

# --- compiling --------------------------------------------------------------------------------------------------------

$(BIN): $(MAIN_OBJECT) $(LIB) $(OUT)/.templates-ok
	@echo "  LD      $@"
	@$(CC) $(FLAGS_$(MODE)) -o $@ $(MAIN_OBJECT) $(LIB) $(LIB_LIBS) $(LDFLAGS)

$(LIB): $(OBJECTS)
	@rm -f $@
	@ar Drcs $@ $(OBJECTS)

# A template that would put raw text on a page, or names what nobody sets, fails the build.
$(OUT)/.templates-ok: $(TEMPLATES) src/render/lint-templates.sh
	@mkdir -p $(@D)
	@sh src/render/lint-templates.sh templates
	@touch $@

$(OUT)/obj/%.o: src/%.c Makefile build/flags.mk
	@mkdir -p $(@D)
	@echo "  CC      $<"
	@$(CC) $(CFLAGS_ALL) -c -o $@ $<

# The models are loops over pixels: the compiler may use vectors for them, which changes no bit of what they compute.
build/obj/model/%.o: CFLAGS_ALL += -O3

$(OUT)/obj/%.o: src/%.cc Makefile build/flags.mk
	@mkdir -p $(@D)
	@echo "  CXX     $<"
	@$(CXX) $(CXXFLAGS_ALL) -c -o $@ $<

$(OUT)/obj/tests/%.o: tests/unit/%.c Makefile build/flags.mk | build/.test-deps
	@mkdir -p $(@D)
	@echo "  CC      $<"
	@$(CC) $(CFLAGS_ALL) $$(pkg-config --cflags check) -DBB_TEST_DIR='"$(CURDIR)/tests"' -DBB_HOME='"$(CURDIR)"' -c -o $@ $<

$(UNIT): $(UNIT_OBJECTS) $(LIB)
	@echo "  LD      $@"
	@$(CC) $(FLAGS_$(MODE)) -o $@ -Wl,--wrap=_mark_point $(UNIT_OBJECTS) $(LIB) $$(pkg-config --libs check) $(LIB_LIBS) $(LDFLAGS)

# What compares scores.json with the golden project of neural benchmarks.
COMPARE := $(OUT)/compare-scores
$(COMPARE): tests/numeric/compare.c $(LIB)
	@echo "  CC      $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< $(LIB) $(LIB_LIBS) $(LDFLAGS)

-include $(COMPARE).d
unit: $(UNIT) $(COMPARE)

-include $(OBJECTS:.o=.d) $(MAIN_OBJECT:.o=.d) $(UNIT_OBJECTS:.o=.d)

# --- tests ------------------------------------------------------------------------------------------------------------

# Unit and golden tests run on the asan build, everything else on the release build. JOBS: compilers at once.
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
test: build/.test-tools
	@$(MAKE) --no-print-directory -s -j$(JOBS) MODE=asan build unit
	@$(MAKE) --no-print-directory -s -j$(JOBS) MODE=release build build/identify build/i2n-trials
	@BRAINBOARD_DATA="$(DATA)" sh tests/run.sh

golden-update: build
	@$(MAKE) --no-print-directory -s MODE=asan unit && { BRAINBOARD_GOLDEN=1 build/asan/unit-tests chart_svg > /dev/null; true; }
	@BRAINBOARD_GOLDEN=1 sh tests/pdf_golden.sh
	@sh tests/golden/run.sh --update && git --no-pager diff --stat tests/golden tests/charts tests/pdf_golden.txt

# Each header compiles alone.
hdr-check: build/flags.mk
	@for h in src/*/*.h; do $(CC) $(filter-out -MMD -MP,$(CFLAGS_ALL)) -fsyntax-only -x c $$h || exit 1; done

lint: build/flags.mk
	@sh src/render/lint-templates.sh templates
	@sh src/render/lint-readme.sh templates
	@clang-tidy-14 --quiet $(SOURCES) -- $(filter-out -MMD -MP,$(CFLAGS_ALL))

fuzz: build/.test-deps
	@sh tests/fuzz/run.sh

# Builds that are killed: make test has a few of the moments that are drawn here.
KILLS ?= 50
killed: build build/.test-deps
	@sh tests/killed/run.sh $(BIN) $(KILLS)

# Speed against scikit-learn and Hugo, as tables: not a test, because it takes minutes and depends on the machine.
BENCH_PACKAGES = python3-sklearn python3-h5py hugo nodejs chromium
$(OUT)/bench: tests/bench/bench.c $(LIB)
	@echo "  LD      $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< $(LIB) $(LIB_LIBS) $(LDFLAGS)

$(OUT)/charts: tests/bench/charts.c tests/unit/chart_case.c tests/unit/chart_case.h $(LIB)
	@echo "  LD      $@"
	@$(CC) $(CFLAGS_ALL) -Itests/unit -o $@ tests/bench/charts.c tests/unit/chart_case.c $(LIB) $(LIB_LIBS) $(LDFLAGS)

$(OUT)/measure: tests/bench/measure.c build/flags.mk
	@$(CC) $(CFLAGS_ALL) -MF $@.d -o $@ $<

bench: $(OUT)/bench $(OUT)/charts $(OUT)/measure $(BIN)
	$(call need,$(BENCH_PACKAGES))
	@sh tests/bench/charts.sh $(OUT)/charts
	@sh tests/bench/site.sh $(BIN)
	@node tests/bench/compare.mjs $(BIN)
	@sh tests/bench/reports.sh $(BIN) $(OUT)/measure
	@sh tests/bench/releases.sh $(BIN)
	@sh tests/bench/run.sh $(OUT)/bench

# Trials for tests/real/i2n.tsv.
$(OUT)/i2n-trials: tests/real/i2n_trials.c $(LIB)
	@echo "  LD      $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< $(LIB) $(LIB_LIBS) $(LDFLAGS)

# How often metrics find the model that a simulated brain is made like: minutes. The site's page on it is made of what is written here.
SEEDS ?= 60
$(OUT)/identify: tests/identify/identify.c $(LIB)
	@echo "  LD      $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< $(LIB) $(LIB_LIBS) $(LDFLAGS)

identify: $(OUT)/identify
	@$(OUT)/identify data/identify $(SEEDS) $(JOBS)

coverage:
	@$(MAKE) --no-print-directory -s MODE=coverage build unit
	@build/coverage/unit-tests && gcovr -r . --object-directory build/coverage -e tests

compile_commands.json: build/flags.mk
	@{ echo '['; sep=; for f in $(SOURCES); do \
	    printf '%s{"directory": "%s", "file": "%s", "command": "cc %s -c %s"}\n' "$$sep" '$(CURDIR)' $$f '$(CFLAGS_ALL)' $$f; sep=,; done; \
	    echo ']'; } > build/$@

format:
	@clang-format-14 -i src/*/*.[ch] tests/unit/*.c

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/brainboard
	install build/brainboard $(DESTDIR)$(PREFIX)/bin/brainboard
	cp -R templates assets data $(DESTDIR)$(PREFIX)/share/brainboard/

clean:
	rm -rf build

help:
	@echo 'make                 install what is missing, build, build the board of what is on this machine, print the page to open'
	@echo 'make build           build/brainboard only           MODE=release|dev|asan|coverage (others than release: build/<mode>/)'
	@echo 'make test            every test: unit, numeric, golden, structure, browser, real data where DATA or BRAINBOARD_DATA has it'
	@echo 'make real DATA=DIR   the boards on published measurements, from the data sets in DIR, in site/<board>/'
	@echo 'make parity          the reference'"'"'s number for pixels on MajajHong2015, from its public data (fetched); status 4 where there is no network'
	@echo 'make golden-update   write the golden files anew and show what changed'
	@echo 'make fuzz            libFuzzer on the readers             make coverage    line coverage of the unit tests'
	@echo 'make killed          builds killed at 100 moments: what is served is whole, the next build completes (KILLS=N for each kind)'
	@echo 'make bench           speed and memory against scikit-learn and Hugo, as tables (minutes)'
	@echo 'make identify        the identification study (minutes) into data/identify/; SEEDS=N: how many experiments (default 60)'
	@echo 'make lint            clang-tidy, templates                     make hdr-check   each header compiles alone'
	@echo 'make format          clang-format                         make install     to PREFIX (default /usr/local), with DESTDIR'
	@echo 'make clean           remove build/                        site/ keeps what was built'
