# Sourced by the tests in shell: `part` is set before, `report NAME PROBLEM` says a test, `finish` ends. TAP on stdout.
n=0 bad=0
report() { # report NAME PROBLEM: it passed when PROBLEM is empty; of a long one the end is shown where `ends` is set, which is what a log needs
    n=$((n + 1))
    if [ -z "$2" ]; then echo "ok $n - $part: $1"; else
        bad=1
        echo "not ok $n - $part: $1"
        printf '%s\n' "$2" | sed 's/^/    /' | if [ -n "${ends:-}" ]; then tail -n 30; else head -n 30; fi
    fi
}
skip() { # skip NAME REASON
    n=$((n + 1))
    echo "ok $n - $part: $1 # SKIP $2"
}
finish() {
    echo "1..$n"
    exit $bad
}
