# Carte CP3. `make demo` does the main job on real input, `make test` passes every test.
# Both install what they miss; everything that is made goes under build/.

SHELL := /bin/bash
PYTHON := build/venv/bin/python
export QT_QPA_PLATFORM ?= offscreen

.PHONY: help demo test lint web qgis package bench soak matrix boundaries clean

help:
	@echo "make demo      do the whole job on the sample files, into build/demo/"
	@echo "make test      lint, types and every test"
	@echo "make qgis      open QGIS with the plugin and the demonstration"
	@echo "make package   build/carte_cp3.zip, for QGIS's plugin manager"
	@echo "make bench     time the jobs against their peers"
	@echo "make soak      fuzzing, kills and a month of work: hours; SOAK_MINUTES, SOAK_KILLS, SOAK_DAYS"
	@echo "make matrix    make test in a bare chroot of each Debian release (wants root)"
	@echo "make lint      style and types only"

demo: build/.installed-demo
	$(PYTHON) tools/demo.py

test: build/.installed-test lint web
	$(PYTHON) -m pytest

lint: build/.installed-test
	build/venv/bin/ruff check .
	build/venv/bin/ruff format --check .
	@mkdir -p build/checkout && ln -sfn ../.. build/checkout/carte_cp3
	build/venv/bin/mypy

web: build/.installed-test web/node_modules/.package-lock.json
	cd web && npm test

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error

build/.installed-%: tools/install.sh $(wildcard tools/requirements-*.txt)
	bash tools/install.sh $*
	@touch $@

qgis: build/.installed-test build/demo/carte.qgz
	$(PYTHON) tools/open_qgis.py build/demo/carte.qgz

build/demo/carte.qgz:
	$(MAKE) demo

package: build/.installed-demo
	$(PYTHON) tools/package.py

bench: build/.installed-test
	$(PYTHON) tests/bench/run.py $(PARTS)

soak: export SOAK_MINUTES ?= 10
soak: export SOAK_KILLS ?= 200
soak: export SOAK_DAYS ?= 20
soak: build/.installed-test
	$(PYTHON) -m pytest tests/robust

matrix:
	bash tools/matrix.sh $(SUITES)

# Only when their sources change: data/morocco.gpkg is kept with the code.
boundaries:
	test -x build/venv-boundaries/bin/python || /usr/bin/python3 -m venv --system-site-packages build/venv-boundaries
	build/venv-boundaries/bin/pip install --quiet -r tools/requirements-boundaries.txt
	build/venv-boundaries/bin/python tools/build_boundaries.py

clean:
	rm -rf build
