# The commands of the project. `make help` lists them. Written for GNU make 3.81 (macOS) and any newer one.

QUALITY = m
SCENES =
PART =
LECTURE =
THEME =
SHAPE =
FORMATS =
SLIDES =
SCENE =
FILE =
STEP =
CLIP =
POLL =
OTHERS =
GROUPS =
JOBS =
PROFILE =
PYTEST_ARGS = -n auto --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help render film slides page explore lecture watch test test-long motion refusals check bench lock clean models setup-render setup-test

VENV_PYTHON := .venv/bin/python

help:
	@echo "make render                      render all clips into renders/clips"
	@echo "make render QUALITY=h            manim's letters: l (480p), m (720p, default), h (1080p), p (1440p), k (4K)"
	@echo "make render SCENES=\"A B\"         only these scenes"
	@echo "make render SCENES=classics      the classics of convolution arithmetic, fifteen clips that loop"
	@echo "make render LECTURE=my.yaml      the clips of a lecture file (see docs/your-own.md)"
	@echo "make render LECTURE=\"a.yaml b.yaml\" of several; LECTURE=\"course/*.yaml\" of all that fit"
	@echo "make render THEME=light          dark (default), light, transparent, light-transparent"
	@echo "make render SHAPE=\"square tall\"  wide (16:9, default), square (1:1), tall (9:16)"
	@echo "make render FORMATS=\"gif pdf\"    besides: gif, webp (loops), pdf, webm (transparent), prores (transparent)"
	@echo "make render FORMATS=webp-steps   a loop of each step (gif-steps); of a clip over 20 s as one loop: webp-whole"
	@echo "make film                        the whole story as one film, with chapters and captions; takes the same options"
	@echo "make film PART=2                 one part of it; so with slides, page and render"
	@echo "make page                        a gallery of the clips for the browser, renders/page; takes the same options"
	@echo "make slides                      every step as a slide: for the browser and for PowerPoint; takes the same options"
	@echo "make slides SLIDES=file          the deck for the browser as one file (html: a folder, pptx: PowerPoint)"
	@echo "make explore                     a page with all views of a convolution, alive; LECTURE=my.yaml offers its own"
	@echo "make lecture LECTURE=my.yaml     check a lecture file and say how to preview its clips"
	@echo "make models                      lets lecture files take a filter from a trained model (.onnx, .safetensors)"
	@echo "make watch SCENE=MatrixView      every save of a source file shows the new last still in the browser"
	@echo "make watch SCENE=My FILE=my.py   a scene of your own file (LECTURE=my.yaml: of a lecture file); THEME, SHAPE"
	@echo "make watch SCENE=A CLIP=1        films the clip, too (STEP=shared: still and clip of that step)"
	@echo "make watch SCENE=A POLL=1        looks for saves again and again: on WSL and network drives"
	@echo "make render JOBS=1               that many clips at once (default: one for each core)"
	@echo "make render PROFILE=slurm        on a cluster, or PROFILE=path/to/a/profile of your site's (docs/cluster.md)"
	@echo "make test                        run every test (PYTEST_ARGS=... goes to pytest)"
	@echo "make test-long                   the slow tests with many more convolutions; about two hours"
	@echo "make motion SCENES=MatrixView    what cannot be read while a scene moves, by second; SHAPE"
	@echo "make motion OTHERS=1             the same with other convolutions: a table of text-seconds; SCENES, SHAPE"
	@echo "make refusals                    how many ordinary convolutions the clips refuse; SCENES, SHAPE"
	@echo "make refusals DRAWN=60           the same of 60 a clip that are drawn at random"
	@echo "make check                       lint, format and type check"
	@echo "make bench                       measure everything beside its peers (GROUPS=\"core\": only that)"
	@echo "make lock                        pin the newest dependencies (needs uv)"
	@echo "make clean                       delete what was rendered (the environment stays)"
	@echo "All but the last two set everything up that they need."

setup-render:
	@sh renders/setup.sh render

models: setup-render
	@sh renders/setup.sh models

setup-test:
	@sh renders/setup.sh test

# The shell gets what was asked for from the environment: no quote in the name of a file can end a command.
export QUALITY SCENES PART LECTURE THEME SHAPE FORMATS SLIDES SCENE FILE STEP CLIP POLL JOBS PROFILE
# Names of files are UTF-8, whatever the language of the terminal.
export PYTHONUTF8 = 1

MAKE_CLIPS = @$(VENV_PYTHON) -m renders $(1) --quality="$$QUALITY" --scenes="$$SCENES" --part="$$PART" --lecture="$$LECTURE" \
	--theme="$$THEME" --shape="$$SHAPE" --formats="$$FORMATS" --jobs="$$JOBS" --profile="$$PROFILE" $(2)

render: setup-render
	$(call MAKE_CLIPS,clips)

film: setup-render
	$(call MAKE_CLIPS,film)

slides: setup-render
	$(call MAKE_CLIPS,slides,--slides="$$SLIDES")

page: setup-render
	$(call MAKE_CLIPS,page)

explore: setup-render
	@$(VENV_PYTHON) -m renders explore --lecture="$$LECTURE"

lecture: setup-render
	@$(VENV_PYTHON) -m renders.lecture -- "$$LECTURE"

watch: setup-render
	@$(VENV_PYTHON) -m renders.watch --file="$$FILE" --lecture="$$LECTURE" --theme="$$THEME" --shape="$$SHAPE" \
		--step="$$STEP" --clip="$$CLIP" --poll="$$POLL" -- "$$SCENE"

test: setup-test
	@$(VENV_PYTHON) -m pytest $(PYTEST_ARGS)

test-long: setup-test
	@SEARCH=long $(VENV_PYTHON) -m pytest -n auto -m "long or slow"

motion: setup-test
	@$(VENV_PYTHON) tests/scenes/motion.py --scenes "$(SCENES)" --shape "$(or $(SHAPE),wide)" $(if $(OTHERS),--others)

refusals: setup-test
	@$(VENV_PYTHON) tests/scenes/refusals.py --scenes "$(SCENES)" --shape "$(or $(SHAPE),wide square tall)" --drawn "$(or $(DRAWN),0)"

check: setup-test
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy

bench: setup-test
	@$(VENV_PYTHON) -m benchmarks $(GROUPS)

lock:
	@sh renders/lock.sh

clean:
	rm -rf renders/media renders/clips renders/film renders/page renders/slides renders/explore/index.html .snakemake
