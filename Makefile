# The verbs of this project. Everything they need they set up themselves, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
BENCH ?=
CHROMIUM := $(shell command -v chromium 2>/dev/null)
BROWSER := apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium fonts-noto-cjk fontconfig
WORKERS ?= auto

.PHONY: site serve test test-long lint bench bench-100k bench-growth bench-search browser clean

site: $(VENV)/.site
	$(BIN)/mulu build

serve: $(VENV)/.site
	$(BIN)/mulu serve

test: $(VENV)/.test lint
ifeq ($(CHROMIUM),)
	@echo "浏览器测试需要 Chromium，安装它的命令 / browser tests need Chromium, install it with: $(BROWSER)"
endif
	$(BIN)/pytest -n $(WORKERS) -m "not long"

test-long: $(VENV)/.test
	$(BIN)/pytest -n $(WORKERS) -m long

browser:
	$(BROWSER)

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.test $(PEERS)/.ready
	$(BIN)/python -m benchmarks.run --items 10000 $(BENCH)
	$(BIN)/python -m benchmarks.profile 10000

bench-100k: $(VENV)/.test $(PEERS)/.ready
	$(BIN)/python -m benchmarks.run --items 100000 --tools mulu hugo $(BENCH)

bench-growth: $(VENV)/.test $(PEERS)/.ready
	$(BIN)/python -m benchmarks.run --items 1000 10000 100000 300000 --tools mulu hugo --steps cold --repeat 1 $(BENCH)

bench-search: $(VENV)/.test $(PEERS)/.ready
	$(BIN)/python -m benchmarks.search --items 10000 $(BENCH)

clean:
	rm -rf $(VENV) $(PEERS) .bench site .mulu dist

$(VENV)/.site: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/.site
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e ".[test,lint]"
	touch $@

$(PEERS)/.ready: benchmarks/peers.txt
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install -q --disable-pip-version-check -r benchmarks/peers.txt
	touch $@
