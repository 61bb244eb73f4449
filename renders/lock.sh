#!/bin/sh
# Compile the pinned dependencies with their hashes (make lock). Needs uv. Only the registry's own files count: no
# index, wheel folder or configuration of this machine, and no address gets into the files.
set -eu
cd "$(dirname "$0")/.."
unset UV_FIND_LINKS UV_INDEX UV_EXTRA_INDEX_URL UV_INDEX_URL UV_DEFAULT_INDEX

compile() {
    target=$1
    shift
    "${UV:-uv}" pip compile --no-config --quiet --universal --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-annotate --python-version 3.11 --custom-compile-command 'make lock' \
        "$@" --output-file "$target"
}

# The tests' file is a superset of the rendering one and is compiled first, so that both hold the same versions.
compile requirements-test.txt pyproject.toml --group test
compile requirements.txt pyproject.toml --constraints requirements-test.txt
compile requirements-build.txt --group build --constraints requirements-test.txt
