# The clips as a gallery for the browser: `make page`.
import json

from renders.formats import is_folder, page_files

# What is asked for and what is there already: that is shown too, and kept up to date.
ON_PAGE = {job.scene: page_files(job.scene, SHOWN, FORMATS, ROOT / "renders" / "clips") for job in JOBS}
# The contents are those of the film's parts, or of the lectures if there are several.
TOLD_IN = {job.scene: story.heading for story in STORIES for job in story.jobs}
PART_OF = (lambda scene: TOLD_IN[scene] if len(STORIES) > 1 else "") if LECTURES else heading_of
LAID = [f"renders/page/clips/{name}" for names in ON_PAGE.values() for name in names]


rule page:
    input:
        [f"renders/clips/{name}" for names in ON_PAGE.values() for name in names],
        [f"renders/{name}.py" for name in ("captions", "page", "page_of_clips", "places", "steps", "themes")],
        [f"renders/templates/page.{kind}" for kind in ("html.j2", "css", "js")],
        # The page that it links is made with it.
        [path.relative_to(ROOT).as_posix() for kind in ("*.py", "*.j2", "js/*.js", "css/*.css")
         for path in sorted((ROOT / "renders" / "explore").glob(kind))],
        ["manim.cfg", "scenes/light.cfg"],
    output:
        "renders/page/index.html",
        "renders/page/explore.html",
        [directory(path) if is_folder(path) else path for path in LAID],
    params:
        title=lambda wildcards: title([story.heading for story in STORIES]),
        clips=lambda wildcards: json.dumps(
            {
                job.scene: {"lesson": lesson(job, ROOT), "part": PART_OF(job.scene), "files": ON_PAGE[job.scene]}
                for job in JOBS
            }
        ),
    # What is said of some hundred clips is longer than a command may be: a script finds it in a file.
    script:
        "page_of_clips.py"
