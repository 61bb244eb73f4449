# Every step of the clips as a slide: `make slides`.

DECKS = {deck: f"renders/slides/{NAME}{ending}" for deck, ending in SLIDES.items()}


rule steps:
    input:
        multiext("renders/clips/{scene}", ".mp4", ".srt"),
        [f"renders/{name}.py" for name in ("captions", "coded", "cut", "pixels", "steps")],
    output:
        directory("renders/media/steps/{scene}"),
    shell:
        "{PYTHON:q} -m renders.cut {input[0]:q} {output:q} {wildcards.scene}"


rule deck:
    input:
        expand("renders/media/steps/{scene}", scene=PARTS),
        ["renders/deck.py", *(f"renders/templates/deck.{kind}" for kind in ("html", "css", "js"))],
    output:
        directory(DECKS["html"]),
    params:
        steps=[f"renders/media/steps/{scene}" for scene in PARTS],
        heading=HEADING,
    shell:
        "{PYTHON:q} -m renders.deck {output:q} {params.heading:q} {params.steps:q}"


use rule deck as deck_in_one_file with:
    output:
        DECKS["file"],


rule powerpoint:
    input:
        expand("renders/media/steps/{scene}", scene=PARTS),
        ["renders/powerpoint.py"],
    output:
        DECKS["pptx"],
    params:
        steps=[f"renders/media/steps/{scene}" for scene in PARTS],
        heading=HEADING,
    shell:
        "{PYTHON:q} -m renders.powerpoint {output:q} {params.heading:q} {params.steps:q}"
