# The clips as one film: `make film`.


rule film:
    input:
        expand("renders/clips/{scene}{suffix}{kind}", scene=PARTS, suffix=GROUND, kind=[".mp4", ".srt"]),
        [f"renders/{name}.py" for name in ("captions", "coded", "film", "steps")],
    output:
        multiext(f"renders/film/{SPELT}{GROUND}", *FILM_ENDINGS),
    params:
        parts=[f"{scene}{GROUND}" for scene in PARTS],
        heading=lambda wildcards: HEADING,
    shell:
        "{PYTHON:q} -m renders.film {output[0]:q} {params.heading:q} {params.parts:q}"
