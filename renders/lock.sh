#!/bin/sh
# Compile the pinned dependencies with their hashes (make lock). Needs uv. Only the registry's own files count: no
# index, wheel folder or configuration of this machine, and no address gets into the files.
set -eu
cd "$(dirname "$0")/.."
unset UV_FIND_LINKS UV_INDEX UV_EXTRA_INDEX_URL UV_INDEX_URL UV_DEFAULT_INDEX

compile() {
    target=$1
    shift
    "${UV:-uv}" pip compile --no-config --quiet --universal --no-emit-index-url \
        --no-emit-find-links --no-annotate --overrides "$without" \
        --python-version 3.11 --custom-compile-command 'make lock' \
        "$@" --output-file "$target"
}

# One resolution of everything, which the four files are cut from: so they hold the same versions.
everything=$(mktemp)
# sphinx-revealjs is there for the files of reveal.js that it carries: what it would need to run is left out.
without=$(mktemp)
trap 'rm -f "$everything" "$without"' EXIT
printf "sphinx ; python_version < '3'\n" >"$without"
compile "$everything" pyproject.toml --extra cluster --extra models --group test --group build

compile requirements.txt pyproject.toml --generate-hashes --constraints "$everything"
compile requirements-test.txt pyproject.toml --generate-hashes --extra cluster --extra models --group test \
    --constraints "$everything"
# What each extra adds to requirements.txt. The names are words of the command.
for extra in cluster models; do
    # shellcheck disable=SC2046
    compile "requirements-$extra.txt" pyproject.toml --generate-hashes --extra "$extra" --constraints "$everything" \
        $(sed -n 's/^\([a-z0-9][a-z0-9.-]*\)==.*/--no-emit-package \1/p' requirements.txt)
done
# pip takes no hashes where it builds a source package: versions are all that can be pinned there.
compile requirements-build.txt --group build --constraints "$everything"
