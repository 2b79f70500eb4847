#!/bin/sh
# Builds a board, and publishes it where anything changed. For cron, GitLab or any other CI; github-pages.yml runs the same on GitHub.
#
# usage: nightly.sh     settings come from the environment:
#   PAGES         the git repository that serves the site: an address or a path (required)
#   PAGES_BRANCH  its branch (default: gh-pages)
#   MANIFEST      the board: scored here, from the cache where nothing changed (default: manifest.json)
#   SCORES        instead of MANIFEST: results that were scored elsewhere, such as on a cluster; they are only rendered
#   HISTORY       folder with a record of each release (default: none); who calls this commits what joins it
#   CACHE         scores that are known (default: .cache/brainboard; keep it from night to night)
#   OPTIONS       more options of `brainboard build` or `render`, such as "--strict --base-url https://lab.example/board/ --no-pdf"
#   FAIL_ON       what makes this fail besides --strict, as of `brainboard diff --fail-on`, such as "failed,regress=0.01"
#   SUMMARY       file that the summary is added to, as Markdown (default: $GITHUB_STEP_SUMMARY, or standard output)
#   BRAINBOARD    the program (default: brainboard)
#
# Recordings need not be here: files that the manifest pins by "sha256" are not missed as long as the cache has what was scored from them.
# Exit status: that of the build (0; 1 with --strict when a cell failed), or 1 for FAIL_ON; 2 to 4 when nothing could be built, and nothing was published.
set -u
brainboard=${BRAINBOARD:-brainboard}
branch=${PAGES_BRANCH:-gh-pages}
cache=${CACHE:-.cache/brainboard}
summary=${SUMMARY:-${GITHUB_STEP_SUMMARY:-/dev/stdout}}
if [ -z "${PAGES:-}" ]; then
    echo "nightly.sh: PAGES must name the git repository that serves the site." >&2
    exit 2
fi
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
trap 'exit 4' INT TERM
site=$work/site

# What is served now, or a new branch.
if git ls-remote --exit-code --heads "$PAGES" "$branch" > /dev/null 2>&1; then
    git clone --quiet --depth 1 --branch "$branch" "$PAGES" "$site" || exit 4
else
    git init --quiet "$site" && git -C "$site" checkout --quiet --orphan "$branch" && git -C "$site" remote add origin "$PAGES" || exit 4
fi
old=$work/old.json
[ -f "$site/data/scores.json" ] && cp "$site/data/scores.json" "$old"

# shellcheck disable=SC2086 # OPTIONS are words
if [ -n "${SCORES:-}" ]; then
    "$brainboard" render "$SCORES" -o "$site" ${HISTORY:+--history "$HISTORY"} ${OPTIONS:-}
else
    "$brainboard" build "${MANIFEST:-manifest.json}" -o "$site" --cache "$cache" ${HISTORY:+--history "$HISTORY"} ${OPTIONS:-}
fi
status=$?
if [ $status -gt 1 ]; then
    echo "nightly.sh: the build ended with status $status; what is served stays as it is." >&2
    exit $status
fi

git -C "$site" add --all || exit 4
if git -C "$site" diff --cached --quiet 2> /dev/null && [ -f "$old" ]; then
    echo "Nothing changed: nothing is published." >> "$summary"
    exit $status
fi

# What changed, for people; and what must not.
changed=0
if [ -f "$old" ]; then
    "$brainboard" diff "$old" "$site/data/scores.json" --markdown >> "$summary"
    if [ -n "${FAIL_ON:-}" ]; then
        "$brainboard" diff "$old" "$site/data/scores.json" --quiet --fail-on "$FAIL_ON" > /dev/null
        changed=$?
        [ $changed -gt 1 ] && exit $changed
    fi
else
    echo "The board is published for the first time." >> "$summary"
fi
git -C "$site" -c user.name="${GIT_AUTHOR_NAME:-brainboard}" -c user.email="${GIT_AUTHOR_EMAIL:-brainboard@localhost}" \
    commit --quiet -m "The board as of the last build" || exit 4
git -C "$site" push --quiet origin "HEAD:$branch" || exit 4
[ $status -eq 0 ] && exit $changed
exit $status
