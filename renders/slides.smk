# Every step of the clips as a slide, for each lecture its own decks: `make slides`.


rule steps:
    input:
        multiext("renders/clips/{scene}{theme}", ".mp4", ".srt"),
        [f"renders/{name}.py" for name in ("captions", "coded", "cut", "pixels", "steps")],
    output:
        directory("renders/media/steps/{scene}{theme}"),
    shell:
        "{PYTHON:q} -m renders.cut {input[0]:q} {output:q} {wildcards.scene}"


for number, story in enumerate(STORIES):
    decks = {deck: f"renders/slides/{story.spelt}{GROUND}{ending}" for deck, ending in SLIDES.items()}
    cut = [f"renders/media/steps/{scene}{GROUND}" for scene in story.scenes]

    for kind, made in (("deck", directory(decks["html"])), ("deck_in_one_file", decks["file"])):

        rule:
            name:
                story.rule(kind, number)
            input:
                cut,
                ["renders/deck.py", *(f"renders/templates/deck.{kind}" for kind in ("html", "css", "js"))],
            output:
                made,
            params:
                steps=cut,
                heading=lambda wildcards, story=story: story.heading,
            shell:
                "{PYTHON:q} -m renders.deck {output:q} {params.heading:q} {params.steps:q}"

    rule:
        name:
            story.rule("powerpoint", number)
        input:
            cut,
            ["renders/powerpoint.py"],
        output:
            decks["pptx"],
        params:
            steps=cut,
            heading=lambda wildcards, story=story: story.heading,
        shell:
            "{PYTHON:q} -m renders.powerpoint {output:q} {params.heading:q} {params.steps:q}"
