# The clips as one film, for each lecture one: `make film`.

for number, story in enumerate(STORIES):

    rule:
        name:
            story.rule("film", number)
        input:
            expand("renders/clips/{scene}{suffix}{kind}", scene=story.scenes, suffix=GROUND, kind=[".mp4", ".srt"]),
            [f"renders/{name}.py" for name in ("captions", "coded", "film", "steps")],
        output:
            multiext(f"renders/film/{story.spelt}{GROUND}", *FILM_ENDINGS),
        params:
            parts=[f"{scene}{GROUND}" for scene in story.scenes],
            heading=lambda wildcards, story=story: story.heading,
        shell:
            "{PYTHON:q} -m renders.film {output[0]:q} {params.heading:q} {params.parts:q}"
