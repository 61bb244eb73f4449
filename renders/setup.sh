#!/bin/sh
# Make this folder ready to render (setup.sh render), then to read files of trained models, too (setup.sh models), or to
# test (setup.sh test). Installs only what is missing: system libraries through the system's package manager, then .venv
# with the pinned dependencies and the project itself.
# A stamp in .venv remembers what was installed, so a second call does nothing.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
die() { printf 'set-up: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# What is ready for tests is ready for all else too. The models' packages are an addition to those that render.
level=${1-}
case "$level" in
render) reaches="render" ;;
models) reaches="models" ;;
test) reaches="render models test" ;;
*) die "got '$level', expected render, models or test" ;;
esac

# The pinned packages of a level.
pins() {
    case "$1" in render) say requirements.txt ;; *) say "requirements-$1.txt" ;; esac
}

venv_python=.venv/bin/python
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

# --- what is there ------------------------------------------------------------------------------------------------

# The first Python that is new enough, or nothing.
find_python() {
    for name in ${PYTHON-} python3 python3.14 python3.13 python3.12 python3.11; do
        if have "$name" && "$name" -c "$new_enough" 2>/dev/null; then
            say "$name"
            return
        fi
    done
}

has_libraries() { have pkg-config && pkg-config --exists cairo pangocairo; }

# macOS has a cc that only offers to install the real one.
has_compiler() {
    if [ "$(uname)" = Darwin ]; then xcode-select -p >/dev/null 2>&1; else have cc; fi
}

# Some tests drive the page and the slides in a browser (the page to explore in Firefox, too), look at what LibreOffice
# makes of the slides, and render through a SLURM of one node. Where these are missing and cannot be installed, those
# tests are skipped and say so (tests/renders/programs.py knows the names, too).
has_browser() { have chromium || have chromium-browser || have google-chrome || have google-chrome-stable; }
has_slurm() { [ -x /usr/sbin/slurmctld ] && [ -x /usr/sbin/slurmd ] && [ -x /usr/sbin/munged ] && have srun; }
has_test_programs() { has_browser && { { have firefox-esr && have soffice && has_slurm; } || ! is_debian; }; }

is_debian() { [ "$(. /etc/os-release 2>/dev/null && printf %s "$ID")" = debian ]; }

# Python's own headers and the modules that make a virtual environment: Debian and Fedora ship them apart.
has_python_parts() {
    [ -n "$1" ] && "$1" -c '
import ensurepip, os, sys, sysconfig, venv
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' 2>/dev/null
}

# What a level's stamp holds: where the folder stands, its Python and all that decides what gets installed.
state() {
    say "$PWD"
    "$venv_python" --version
    cat "$(pins "$1")" requirements-build.txt pyproject.toml renders/setup.sh | cksum
}

# --- what is done -------------------------------------------------------------------------------------------------

# Say what runs, then run it, as root where it must be.
as_root() {
    if [ "$(id -u)" -ne 0 ]; then
        have sudo || die "as root, run: $*  (then run make again)"
        set -- sudo "$@"
    fi
    run "$@"
}

run() {
    say "+ $*"
    "$@" || die "failed: $*"
}

install_system_packages() {
    python=$1
    say "set-up: a C compiler, cairo, pango, pkg-config or parts of Python are missing. Installing them with:"
    if [ "$(uname)" = Darwin ]; then
        has_compiler || die "no compiler. Run: xcode-select --install  (then run make again)"
        have brew || die "cairo, pango and pkg-config are missing, and so is Homebrew to install them with"
        run brew install cairo pango pkgconf $([ -n "$python" ] || say python)
    elif have apt-get; then
        case "$python" in python3.*) version=$python ;; *) version=python3 ;; esac
        as_root apt-get update
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            build-essential pkg-config libcairo2-dev libpango1.0-dev "$version" "$version-dev" "$version-venv"
    elif have dnf; then
        case "$python" in python3.*) version=$python ;; *) version=python3 ;; esac
        as_root dnf install -y gcc gcc-c++ pkgconf-pkg-config cairo-devel pango-devel "$version" "$version-devel"
    elif have pacman; then
        # Refresh the package lists only where there are none: refreshing alone can break an installed Arch.
        lists=
        ls /var/lib/pacman/sync/*.db >/dev/null 2>&1 || lists=y
        as_root pacman "-S$lists" --needed --noconfirm gcc pkgconf cairo pango python
    else
        die "found no apt-get, dnf, pacman or brew. Install a C compiler, pkg-config and the development files of \
cairo, pango and Python 3.11 or newer, then run make again"
    fi
}

install_test_programs() {
    if is_debian; then
        say "set-up: the tests want Chromium, Firefox, LibreOffice and SLURM (about 300 MB together). Installing them with:"
        as_root apt-get update
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            chromium firefox-esr libreoffice-impress-nogui slurmctld slurmd slurm-client munge
    elif have dnf; then
        say "set-up: the tests want Chromium. Installing it with:"
        as_root dnf install -y chromium
    elif have pacman; then
        say "set-up: the tests want Chromium. Installing it with:"
        as_root pacman -S --needed --noconfirm chromium
    else
        say "set-up: no Chromium here, and no way to install it; tests that need it are skipped"
    fi
}

make_venv() {
    if [ -x "$venv_python" ] && "$venv_python" -c "import pip; $new_enough" 2>/dev/null; then
        # The commands of an environment whose folder was moved still point to where it stood.
        grep -qF "$(pwd -P)/.venv" .venv/pyvenv.cfg 2>/dev/null && return 0
    fi
    say "set-up: making .venv with $("$1" --version)"
    "$1" -m venv --clear .venv || die "$1 could not make a virtual environment in .venv"
}

install_python_packages() {
    pins=$(pins "$level")
    log=.venv/set-up.log
    say "set-up: installing the pinned packages of $pins; the first time takes some minutes"
    rm -f .venv/installed
    # The list is complete: what a package says it needs and is not in there is left out on purpose (lock.sh).
    # Pins what builds the source packages too. pip 25.3 gave that list a name of its own.
    {
        export PIP_CONSTRAINT=requirements-build.txt PIP_BUILD_CONSTRAINT=requirements-build.txt PYTHONUNBUFFERED=1
        install_pinned 2>&1 && : >.venv/installed
    } | sh renders/pip_progress.sh "$(grep -c '^[A-Za-z0-9].*==' "$pins")" "$log"
    if ! [ -e .venv/installed ]; then
        # What pip says of packages that are there, or not for this machine, would hide why it failed.
        grep -v -e '^Requirement already satisfied' -e '^Ignoring ' -e '^ *Using cached ' "$log" | tail -n 40 >&2
        die "the packages of $pins could not be installed; pip says why above, and all that it said is in $log"
    fi
    rm .venv/installed
    link_project || die "the project itself could not be installed"
}

# Install the packages of $pins. Some are built here, and what builds them (meson, setuptools) falls over quotes, braces
# and letters with accents in the name of the environment's folder: then they are built in one with a plain name.
install_pinned() {
    if ! printf %s "$PWD" | LC_ALL=C grep -q '[^A-Za-z0-9/._-]'; then
        "$venv_python" -m pip install --require-hashes --no-deps -r "$pins"
        return
    fi
    builder=$(mktemp -d)
    built=0
    "$python" -m venv "$builder/venv" &&
        "$builder/venv/bin/python" -m pip wheel --require-hashes --no-deps -r "$pins" -w "$builder/wheels" &&
        "$venv_python" -m pip install --no-deps --no-index "$builder"/wheels/*.whl >"$builder/said" 2>&1 || built=1
    # Each package has been counted by now.
    grep -v '^Processing ' "$builder/said" 2>/dev/null
    rm -rf "$builder"
    return $built
}

# Have the environment find the project. A link with the folder's name, as pip makes it, is not found by all: with
# LC_ALL=C and PYTHONUTF8=0 Python takes its letters for others, and setuptools falls over braces.
link_project() {
    "$venv_python" -c '
import pathlib, sysconfig
link = pathlib.Path(sysconfig.get_path("purelib"), "cnn_viewpoints.pth")
link.write_text("import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n")'
}

# --- set-up -------------------------------------------------------------------------------------------------------

if [ "$(state "$level" 2>/dev/null)" = "$(cat ".venv/ready-$level" 2>/dev/null)" ]; then
    exit 0
fi

# To Python an environment is a part of a list that colons divide.
case "$PWD" in
*:*) die "no environment can be made below a folder with : in its name; rename it: $PWD" ;;
esac

export PIP_DISABLE_PIP_VERSION_CHECK=1
python=$(find_python)
if ! { has_libraries && has_compiler && has_python_parts "$python"; }; then
    install_system_packages "$python"
    python=$(find_python)
fi
[ -n "$python" ] || die "no Python 3.11 or newer (looked for python3 and python3.11 to python3.14; \
PYTHON=/path/to/python names another)"

# Most tests run without these programs; CI is to run all of them.
if [ "$level" = test ] && ! has_test_programs && ! (install_test_programs); then
    [ -z "${CI-}" ] || die "CI runs all tests, also those that need these programs"
    say "set-up: going on without them; tests that need them are skipped and say so"
fi

make_venv "$python"
# A set-up that fails half-way is not ready, whatever an older stamp says.
[ "$level" = models ] || rm -f .venv/ready-render .venv/ready-test
rm -f .venv/ready-models
install_python_packages
for reached in $reaches; do
    state "$reached" >".venv/ready-$reached"
done
