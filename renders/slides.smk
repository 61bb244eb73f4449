# Every step of the clips as a slide: `make slides`.

DECKS = {deck: f"renders/slides/{SPELT}{GROUND}{ending}" for deck, ending in SLIDES.items()}
CUT = [f"renders/media/steps/{scene}{GROUND}" for scene in PARTS]


rule steps:
    input:
        multiext("renders/clips/{scene}{theme}", ".mp4", ".srt"),
        [f"renders/{name}.py" for name in ("captions", "coded", "cut", "pixels", "steps")],
    output:
        directory("renders/media/steps/{scene}{theme}"),
    shell:
        "{PYTHON:q} -m renders.cut {input[0]:q} {output:q} {wildcards.scene}"


rule deck:
    input:
        CUT,
        ["renders/deck.py", *(f"renders/templates/deck.{kind}" for kind in ("html", "css", "js"))],
    output:
        directory(DECKS["html"]),
    params:
        steps=CUT,
        heading=lambda wildcards: HEADING,
    shell:
        "{PYTHON:q} -m renders.deck {output:q} {params.heading:q} {params.steps:q}"


use rule deck as deck_in_one_file with:
    output:
        DECKS["file"],


rule powerpoint:
    input:
        CUT,
        ["renders/powerpoint.py"],
    output:
        DECKS["pptx"],
    params:
        steps=CUT,
        heading=lambda wildcards: HEADING,
    shell:
        "{PYTHON:q} -m renders.powerpoint {output:q} {params.heading:q} {params.steps:q}"
