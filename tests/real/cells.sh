#!/bin/sh
# Cells (or aggregates) of a scores.json as a table: model, benchmark, status, raw, ceiling, score, n. Each stands on a line of its own in the file.
# usage: cells.sh scores.json [aggregates]
awk -v what="${2:-cells}" '
    function member(key,   at, rest) {
        at = index($0, "\"" key "\":")
        if (!at) return ""
        rest = substr($0, at + length(key) + 3)
        if (substr(rest, 1, 1) == "\"") { rest = substr(rest, 2); return substr(rest, 1, index(rest, "\"") - 1) }
        match(rest, /^[^,}\]]*/)
        return substr(rest, 1, RLENGTH)
    }
    /^"[a-z]+": \[$/ { section = $1; gsub(/[":]/, "", section); next }
    section != what || !/^\{/ { next }
    what == "cells" { print member("model") "\t" member("benchmark") "\t" member("status") "\t" member("raw") "\t" member("ceiling") "\t" member("score") "\t" member("n") }
    what == "aggregates" { print member("model") "\t" member("node") "\t" member("score") }
    BEGIN { if (what == "cells") print "model\tbenchmark\tstatus\traw\tceiling\tscore\tn" }
' "$1"
