# What is made of a clip when it is asked for, one file a job, and clips without a background.
from renders.lessons import lesson
from renders.steps import spoken


def modules(*names):
    return [f"renders/{name}.py" for name in names]


# Rendered without loss; what is handed out is encoded from it.
rule transparent:
    input:
        lambda wildcards: SOURCES.of(CLIPS[wildcards.scene].module, of_suffix(wildcards.theme)),
    output:
        "renders/media/masters/{scene}{theme}.mov",
        multiext("renders/clips/{scene}{theme}", ".srt", ".vtt", "-still.png"),
    wildcard_constraints:
        theme=endings([theme for theme in THEMES.values() if theme.transparent]),
    params:
        file=lambda wildcards: CLIPS[wildcards.scene].file,
        entry=lambda wildcards: CLIPS[wildcards.scene].entry,
        quality=QUALITY,
        theme=lambda wildcards: of_suffix(wildcards.theme).name,
        shape=lambda wildcards: of_suffix(wildcards.theme).shape,
    resources:
        mem_mb=memory(QUALITY, ATTEMPT),
        runtime=lambda wildcards: minutes(CLIPS[wildcards.scene], QUALITY, ATTEMPT),
        # In a job of several clips one comes after another (profiles/slurm).
        turn=1,
    shell:
        "{PYTHON:q} -m renders.clip {wildcards.scene} {params.file:q} {params.quality} {params.theme} {params.shape}"


rule encoded:
    input:
        "renders/media/masters/{scene}{theme}.mov",
        modules("transparent"),
    output:
        "renders/clips/{scene}{theme}.{ending}",
    wildcard_constraints:
        ending="webm|mov",
        theme=endings([theme for theme in THEMES.values() if theme.transparent]),
    params:
        theme=lambda wildcards: of_suffix(wildcards.theme).name,
    shell:
        "{PYTHON:q} -m renders.transparent {input[0]} {output} {params.theme}"


rule loop:
    input:
        "renders/clips/{scene}{theme}.mp4",
        modules("loop", "loop_frames", "loop_size"),
    output:
        "renders/clips/{scene}{theme}.{ending}",
    wildcard_constraints:
        ending="gif|webp",
    shell:
        "{PYTHON:q} -m renders.loop {input[0]} {output}"


use rule loop as loops with:
    output:
        directory("renders/clips/{scene}{theme}-{ending}"),


rule handout:
    input:
        multiext("renders/clips/{scene}{theme}", ".mp4", ".srt"),
        modules("captions", "handout", "steps", "stills"),
        "renders/templates/handout.typ",
    output:
        "renders/clips/{scene}{theme}.pdf",
    params:
        title=lambda wildcards: spoken(wildcards.scene),
        lesson=lambda wildcards: lesson(CLIPS[wildcards.scene], ROOT),
    shell:
        "{PYTHON:q} -m renders.handout {input[0]} {output} {params.title:q} {params.lesson:q}"
