# letak: two commands do everything on a plain Debian 12.
#   make site    installs what is missing, builds build/letak, turns content/ into public/
#   make test    installs what only tests need, builds, runs all tests
# The others: test-all bench gallery fuzz asan check-deps tidy format test-update install clean

# --- the one list of Debian packages that the program needs; name[:command] = not needed where the command exists ---
PACKAGES = build-essential pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libhpdf-dev libxml2-dev libgumbo-dev libyaml-dev \
  libharfbuzz-dev libfribidi-dev libicu-dev libhyphen-dev hyphen-sr hyphen-en-us hyphen-hu hyphen-ro hyphen-hr libmicrohttpd-dev \
  inotify-tools libgd-dev libheif-dev libwebp-dev libpng-dev libjpeg-dev liblcms2-dev libexif-dev libqrencode-dev libjansson-dev libqpdf-dev zlib1g-dev libdeflate-dev libmd-dev fonts-noto-core fonts-noto-mono icc-profiles-free libgs-common tzdata \
  poppler-utils
# --- and what only the tests need ---
TEST_PACKAGES = libcmocka-dev clang clang-tidy clang-format libclang-rt-14-dev openjdk-17-jdk-headless:javac maven:mvn npm:npm python3 python3-venv \
  chromium qpdf ghostscript mupdf-tools pdftk-java libatomic1 python-tinycss2-common unicode-data imagemagick zbar-tools libimage-exiftool-perl \
  libxml2-utils librsvg2-bin curl mandoc procps util-linux python3-gi gir1.2-poppler-0.18 nginx-light apache2-bin openssl openssh-client openssh-server rsync strace unzip locales

# --- and what only `make bench` needs ---
BENCH_PACKAGES = python3 python3-venv hunspell-sr hunspell-ar chromium
# --- and what only `make gallery` needs ---
GALLERY_PACKAGES = python3 python3-venv chromium qpdf imagemagick

BUILD ?= build
CC = gcc
OPT ?= -O2 -g
# Calls go over many small files, so the program is optimised at link time (a tenth of its CPU); tests link the same objects without that.
LTO = $(if $(SAN),,$(if $(findstring gcc,$(CC)),-flto=auto -ffat-lto-objects))
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(WERROR),-Werror)
PKGS = libxml-2.0 harfbuzz harfbuzz-subset fribidi icu-uc icu-i18n yaml-0.1 gumbo lcms2 libexif libqrencode libdeflate zlib libmicrohttpd jansson # those of image/library.h, libqpdf: dlopen, up to 20 ms of start-up
SOURCES := $(wildcard generator/*.c generator/*/*.c)
OBJECTS := $(SOURCES:generator/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/embedded.o
EMBEDDED := $(shell find layouts assets generator/css/agent.css -type f 2>/dev/null | LC_ALL=C sort)
CPPFLAGS = -Igenerator -D_GNU_SOURCE -MMD -MP
CFLAGS = -std=c17 $(OPT) $(LTO) $(WARN) $(SAN) -pthread
# cmark's tables of special characters are global: see content/markdown.c for the two wrapped functions.
LDFLAGS = $(SAN) -pthread -Wl,--wrap=cmark_inlines_add_special_character,--wrap=cmark_inlines_remove_special_character
STATIC = -l:libcmark-gfm-extensions.a -l:libcmark-gfm.a -l:libmd.a
LDLIBS = $(STATIC) $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lhpdf -lhyphen -lm
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)

.PHONY: fuzzers site test test-all test-update bench gallery fuzz asan check-deps tidy format install clean packages test-packages build
.DEFAULT_GOAL := build

site: packages
	@$(MAKE) --no-print-directory -j$$(nproc) build
	@$(BUILD)/letak build
build: $(BUILD)/letak

packages:
	@sh .ci/packages $(PACKAGES)
test-packages: packages
	@sh .ci/packages $(TEST_PACKAGES)

$(BUILD)/letak: $(OBJECTS)
	$(CC) $(OPT) $(LTO) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(BUILD)/obj/%.o: generator/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -c -o $@ $<
$(BUILD)/obj/embedded.o: $(EMBEDDED) .ci/embed
	@mkdir -p $(@D)
	@sh .ci/embed $(EMBEDDED) >$(BUILD)/embedded.c
	$(CC) $(CPPFLAGS) $(CFLAGS) $(if $(LTO),-fno-lto) -c -o $@ $(BUILD)/embedded.c

# --- tests: tests/run lists what it runs ---
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
$(BUILD)/unit/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) $(if $(LTO),-fno-lto) $(LDFLAGS) -o $@ $< $(filter-out $(BUILD)/obj/main.o,$(OBJECTS)) $(LDLIBS) -lcmocka
units: $(UNITS)

# What Debian does not package (veraPDF, Nu, axe-core, pdf.js), fetched once; 15 s, 363 MB.
checkers: test-packages
	@[ build/checkers/.done -nt tests/validate/fetch.sh ] || { sh tests/validate/fetch.sh $(CURDIR)/build/checkers && touch build/checkers/.done; }

test: checkers
	@$(MAKE) --no-print-directory -j$$(nproc) WERROR=1 build units
	@BUILD=$(BUILD) tests/run
# All that make test only samples: every page of the site in every view, 1,000 edits.
test-all: checkers
	@$(MAKE) --no-print-directory -j$$(nproc) WERROR=1 build units
	@BUILD=$(BUILD) ALL=1 tests/run
test-update: build
	@BUILD=$(BUILD) tests/run --update
# All tests once more under AddressSanitizer and UndefinedBehaviorSanitizer; ASAN="-k WORD" for some. SANITIZED: limits of memory are wider, and one test that cannot run says so.
asan: checkers
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=build/asan OPT='-O1 -g' SAN='-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' build units
	@BUILD=build/asan SANITIZED=1 ASAN_OPTIONS=verify_asan_link_order=0 tests/run $(ASAN)
bench: packages
	@sh .ci/packages $(BENCH_PACKAGES)
	@$(MAKE) --no-print-directory -j$$(nproc) build
	@tests/bench/run.py $(BENCH)
# The documents of tests/print/gallery by letak, WeasyPrint and Chromium side by side: build/gallery/index.html. GALLERY="--pictures" makes those of README.md, too.
gallery: packages
	@sh .ci/packages $(GALLERY_PACKAGES)
	@$(MAKE) --no-print-directory -j$$(nproc) build
	@tests/bench/gallery.py $(GALLERY)
# Every tests/fuzz/NAME.c (or those of FUZZ="html font") for FUZZ_SECONDS under libFuzzer, ASan and UBSan, with tests/fuzz/NAME.dict where there is one; what it
# learns stays in build/fuzz/corpus, what breaks in build/fuzz/found. Each ends with how often it ran and how many edges of the program it reached.
# FUZZ_JOBS of them run at a time.
FUZZ_JOBS ?= 1
FUZZ_SECONDS ?= 60
FUZZ ?= $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
FUZZERS := $(patsubst %,$(BUILD)/run/%,$(FUZZ))
$(BUILD)/run/%: tests/fuzz/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $< $(filter-out $(BUILD)/obj/main.o,$(OBJECTS)) $(LDLIBS)
fuzzers: $(FUZZERS)
fuzz: test-packages
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=build/fuzz WERROR=1 CC=clang OPT='-O1 -g' SAN='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' fuzzers
	@mkdir -p build/fuzz/found; $(MAKE) --no-print-directory -k -j$(FUZZ_JOBS) $(FUZZ:%=fuzz/%)
fuzz/%:
	@mkdir -p build/fuzz/corpus/$*; d=tests/fuzz/$*.dict; [ -f $$d ] && d=-dict=$$d || d=; \
	  build/fuzz/run/$* $$d -max_total_time=$(FUZZ_SECONDS) -max_len=20000 -timeout=20 -rss_limit_mb=1500 -artifact_prefix=build/fuzz/found/$*- \
	    build/fuzz/corpus/$* $(wildcard content layouts tests/unit tests/marks tests/front tests/diag tests/layout tests/fuzz/seeds assets) >build/fuzz/$*.log 2>&1 || \
	    { tail -n 60 build/fuzz/$*.log; echo "fuzz: $*: FAILED"; exit 1; }; \
	  sed -n 's/^#\([0-9]*\).*DONE *cov: \([0-9]*\).*/fuzz: $*: \1 executions, \2 edges covered, $(FUZZ_SECONDS) s, nothing found/p' build/fuzz/$*.log
check-deps:
	@sh tests/check-deps
format:
	@clang-format -i $(SOURCES) $(wildcard generator/*/*.h tests/unit/*.c tests/fuzz/*.c)
tidy:
	@printf '%s\n' $(SOURCES) | xargs -P$$(nproc) -I{} clang-tidy --quiet {} -- -std=c17 $(CPPFLAGS) $(PKG_CFLAGS) # one a run: version 14 mixes up va_list between files
install: build
	install -D -m 755 $(BUILD)/letak $(DESTDIR)/usr/local/bin/letak
	install -D -m 644 generator/letak.1 $(DESTDIR)/usr/local/share/man/man1/letak.1
	install -D -m 644 generator/letak-css.7 $(DESTDIR)/usr/local/share/man/man7/letak-css.7
	install -D -m 644 generator/letak-press.7 $(DESTDIR)/usr/local/share/man/man7/letak-press.7
clean:
	rm -rf build

-include $(OBJECTS:.o=.d)
