#!/bin/sh
# Show how far pip is with so many packages, and keep all that it says in a file: ... | sh renders/pip_progress.sh 92 LOG
# On a terminal that is one line, which is gone at the end; elsewhere a line now and then.
set -eu
total=$1
log=$2
seen=0
new=0
installed=
: >"$log"

show() {
    if [ -t 1 ]; then printf '\r\033[Kset-up: %s' "$1"; else printf 'set-up: %s\n' "$1"; fi
}

while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    case "$line" in
    "Collecting "* | "Processing "*)
        seen=$((seen + 1))
        new=$((new + 1))
        # A requirement, or a file that lies on this machine.
        name=${line#* }
        name=${name%% *}
        case "$line" in "Processing "*) name=${name##*/} name=${name%%-*} ;; esac
        if [ -t 1 ] || [ $((new % 20)) -eq 1 ]; then show "$seen of $total: ${name%%[=<>~!]*}"; fi
        ;;
    "Requirement already satisfied: "* | "Ignoring "*) seen=$((seen + 1)) ;;
    *"Building wheel for "*": started")
        name=${line#*"Building wheel for "}
        show "compiling ${name%% *}, which takes a while"
        ;;
    "Installing collected packages: "*) show "unpacking them" ;;
    "Successfully installed "*) installed=yes ;;
    esac
done
if [ -t 1 ]; then printf '\r\033[K'; fi
if [ -n "$installed" ]; then printf 'set-up: new packages: %s\n' "$new"; fi
