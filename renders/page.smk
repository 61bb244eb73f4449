# The clips as a gallery for the browser: `make page`.
import json

from renders.formats import is_folder, page_files

# What is asked for and what is there already: that is shown too, and kept up to date.
ON_PAGE = {job.scene: page_files(job.scene, SHOWN, FORMATS, ROOT / "renders" / "clips") for job in JOBS}
LAID = [f"renders/page/clips/{name}" for names in ON_PAGE.values() for name in names]


rule page:
    input:
        [f"renders/clips/{name}" for names in ON_PAGE.values() for name in names],
        [f"renders/{name}.py" for name in ("captions", "page", "page_of_clips", "places", "steps", "themes")],
        [f"renders/templates/page.{kind}" for kind in ("html.j2", "css", "js")],
        ["manim.cfg", "scenes/light.cfg"],
    output:
        "renders/page/index.html",
        [directory(path) if is_folder(path) else path for path in LAID],
    params:
        title=lambda wildcards: title([story.heading for story in STORIES]),
        clips=lambda wildcards: json.dumps(
            {job.scene: {"lesson": lesson(job, ROOT), "files": ON_PAGE[job.scene]} for job in JOBS}
        ),
    # What is said of some hundred clips is longer than a command may be: a script finds it in a file.
    script:
        "page_of_clips.py"
