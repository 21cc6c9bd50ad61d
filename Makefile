# make play    sets up everything, once, and starts Siberia Quest
# make test    sets up everything, once, and runs the tests
# make check   everything a change must pass beside the tests (quicker: make -j check)
# make format  lays the code out as `make check` wants it
# make bench   measures the engine beside inkjs, bink and bare Python (some minutes)
# make bench-maps measures the map of a large story, in Chromium
# make bench-growth measures how reading and checking grow with a story, up to 10,000 of each thing (some minutes)
# make stories plays the shipped stories thousands of times, for their targets
# make random-stories  makes and plays 20,000 stories of all words of the language (STORIES=1000000 for as many)
# make altered-stories  makes slips in the shipped stories, each of which must be told (SLIPS=20000 for more)
# make two-engines  plays random stories in the engine and in that of the page, with node (STORIES=1000)
# make weaves  plays random weaves in our engine and in inkjs (WEAVES=2200 for 13,200 games)
# make web     writes the shipped stories as pages for browsers, into build/web
# make continuity  holds the lines of Siberia Quest to what has happened, in games that are read (GAMES=200 of each of three styles)
# make fuzz    looks for inputs that break a promise, guided by coverage (SECONDS=60 of processor for each target; TARGETS='saves cache')
# make torture does at length what the tests do a little of: kills, power cuts, calls that fail (about an hour; PARTS=kills for one part)
# make soak    plays one game of 20,000 turns, saved after each (TURNS=1000000 for as many; with FOLDER=… it is kept there, and gone on with)
# make same    compares games, saves and reports under other hash seeds, locales, zones and Pythons (SEEDS=4 for each Python)
# make edited-stories  edits stories and opens saved games in them (EDITS=1000 GAMES=60 for more)
# make balance plays the fight of Siberia Quest for docs/balance.md (GAMES=1000 a row)
# make docs    builds the manual (docs/language.md and its levels) from its chapters and the examples, and docs/how_it_runs.md
#
# Another Python than python3:  make play PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
# An environment that is there stays with its own Python, unless PYTHON was named on this call.
RUNNER := $(if $(filter file,$(origin PYTHON)),$(or $(wildcard $(BIN)/python),$(PYTHON)),$(PYTHON))
CHECKED := src tests project docs/build_language.py docs/build_how_it_runs.py docs/build_plain.py docs/front_end.py $(wildcard bench)
PROSE := $(wildcard *.md docs story saves/README.md)

.PHONY: play test check balance check-format check-lint check-types check-layers check-words check-docs check-scripts format docs web bench bench-maps bench-growth stories random-stories edited-stories altered-stories continuity weaves two-engines fuzz torture soak same \
	ready-to-play ready-to-test ready-for-editors ready-for-ink ready-for-pages

play: ready-to-play
	@$(BIN)/python -m siberia_quest

test: ready-to-test
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: check-format check-lint check-types check-layers check-words check-docs check-scripts

# The page's runtime, by the types in its comments; where node is there.
check-scripts: ready-to-test
	@if command -v npm >/dev/null; then \
		[ -d .venv/peers/node_modules/typescript ] || npm --silent --no-audit --no-fund --prefix .venv/peers install typescript@5.9.3; \
		.venv/peers/node_modules/.bin/tsc --project project/tsconfig.json; \
	else echo 'check-scripts: left out, since npm is not there'; fi

check-format: ready-to-test
	@$(BIN)/ruff format --check --output-format concise --quiet $(CHECKED) || { echo 'run: make format'; exit 1; }

check-lint: ready-to-test
	@$(BIN)/ruff check --output-format concise --quiet $(CHECKED)

check-types: ready-to-test
	@$(BIN)/mypy --no-error-summary

check-layers: ready-to-test
	@$(BIN)/lint-imports --no-logo 2>&1 >.venv/layers || { cat .venv/layers; exit 1; }

check-words: ready-to-test
	@$(BIN)/codespell $(CHECKED)
	@$(BIN)/codespell --dictionary - --dictionary project/american.txt $(PROSE)

check-docs: ready-to-test
	@$(BIN)/python -m pytest --quiet --no-header tests/docs

format: ready-to-test
	@$(BIN)/ruff format --quiet $(CHECKED)
	@$(BIN)/ruff check --quiet --fix $(CHECKED)

balance: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m game.balance $(or $(GAMES),1000)

docs: ready-to-test
	@$(BIN)/python docs/build_language.py
	@$(BIN)/python docs/build_how_it_runs.py
	@$(BIN)/python docs/build_plain.py
	@PYTHONPATH=tests $(BIN)/python -m game.fight_table

web: ready-to-play
	@mkdir -p build/web
	@for story in story/*/; do $(BIN)/python -m siberia_quest export web $$story --out build/web/$$(basename $$story).html --force || exit 1; done

stories: ready-to-test
	@for story in story/*/; do $(BIN)/python -m siberia_quest test $$story || exit 1; done

random-stories: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m stories.run $(or $(STORIES),20000) $(or $(FIRST),0)

# The fuzzer goes into a folder of its own: nothing else needs it, and there are wheels of it for few systems.
fuzz: ready-to-test
	@[ -d .venv/fuzz/atheris ] || $(BIN)/python -m pip --quiet install --no-deps --target .venv/fuzz/atheris atheris==3.0.0
	@PYTHONPATH=tests $(BIN)/python -m fuzz.run $(or $(SECONDS),60) $(TARGETS)

# What the suite does a little of, done at length: PARTS="kills power" runs some of it; as root all of it can be done.
torture: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m torture.run $(PARTS)

soak: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m torture.soak $(or $(TURNS),20000) $(FOLDER)

same: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m torture.same $(or $(SEEDS),4)

edited-stories: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m edits.run $(or $(EDITS),100) $(or $(GAMES),20) $(or $(FIRST),0)

altered-stories: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m altered.run $(or $(SLIPS),2000) $(or $(FIRST),0)

two-engines: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m web.run $(or $(STORIES),1000) $(or $(FIRST),0)

continuity: ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m game.continuity $(or $(GAMES),200) $(or $(FIRST),1000)

weaves: ready-for-ink
	@PYTHONPATH=tests $(BIN)/python -m weaves.run $(or $(WEAVES),200) $(or $(FIRST),0) .venv/peers

# The peers go into the environment alone: nothing of the project needs them. Without npm inkjs is left out, and bink with it.
bench: ready-to-test
	@$(BIN)/python -m pip --quiet install bink==0.7.1 || echo 'bench: bink could not be installed'
	@[ -d .venv/peers/node_modules/inkjs ] || npm --silent --no-audit --no-fund --prefix .venv/peers install inkjs@2.4.0 || \
		echo 'bench: inkjs could not be installed'
	@$(BIN)/python bench/run.py 30 .venv/peers

bench-growth: ready-to-test
	@PYTHONPATH=tests $(BIN)/python bench/growth.py 10000

bench-maps: ready-to-test
	@$(BIN)/python bench/maps.py

ready-to-play:
	@$(RUNNER) project/environment.py play

ready-to-test:
	@$(RUNNER) project/environment.py test

# What a test of the schema asks, where it is there: the server behind most editors' YAML.
ready-for-editors: ready-to-test
	@[ -d .venv/peers/node_modules/yaml-language-server ] || \
		npm --silent --no-audit --no-fund --prefix .venv/peers install yaml-language-server@1.18.0

# What random weaves are held to.
ready-for-ink: ready-to-test
	@[ -d .venv/peers/node_modules/inkjs ] || npm --silent --no-audit --no-fund --prefix .venv/peers install inkjs@2.4.0

# What looks for barriers in the page of a story.
ready-for-pages: ready-to-test
	@[ -d .venv/peers/node_modules/axe-core ] || npm --silent --no-audit --no-fund --prefix .venv/peers install axe-core@4.14.1
