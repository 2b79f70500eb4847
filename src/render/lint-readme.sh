#!/bin/sh
# Compares templates/README.md with the templates: lint-readme.sh FOLDER-OF-TEMPLATES
# Every name of every template is listed under its template, inside the sections that it stands in, or among those of several templates; and every
# name that is listed is there. A name is `NAME`, `#NAME` (section) or `>NAME` (included template) at the start of a line "- `A`, `B`: meaning".
set -u
templates=$1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT INT TERM

# file<TAB>path of sections<TAB>name, of the templates
for t in "$templates"/*.tpl; do
    tr '\n' ' ' < "$t" | sed 's/{{/\n{{/g' | awk -v file="$(basename "$t")" '
        !/^{{[#\/>]?[A-Z]/ { next }
        { match($0, /^{{[#\/>]?[A-Za-z0-9_]+/); mark = substr($0, 3, RLENGTH - 2); sign = substr(mark, 1, 1)
          name = sign ~ /[#\/>]/ ? substr(mark, 2) : mark }
        name ~ /_separator$/ || name ~ /^BI_/ { next }
        sign == "/" { path = substr(path, 1, length(path) - length(name) - 1); next }
        { print file "\t" path "\t" mark }
        sign == "#" { path = path name "/" }'
done | sort -u > "$tmp/asked"

# the same of the README; file "*": several templates
awk '
    /^### In several templates/ { file = "*"; next }
    /^### [a-z_]*\.tpl$/ { file = $2; next }
    /^#/ { file = "" }
    file == "" || !/^ *- `[#>]?[A-Z]/ { next }
    { depth = (match($0, /-/) - 1) / 2; path = ""
      for (i = 0; i < depth; i++) path = path above[i] "/"
      line = $0; sub(/^ *- /, "", line); first = ""
      while (match(line, /^`[#>]?[A-Z][A-Z0-9_]*`/)) {
          name = substr(line, 2, RLENGTH - 2); line = substr(line, RLENGTH + 1); sub(/^, /, "", line)
          bare = name; sub(/^[#>]/, "", bare)
          if (first == "") first = bare
          print file "\t" path "\t" name "\t" NR
          twin = name == bare ? "" : "#" bare
          if (name == bare && ("#" bare) in here) print file "\t" path bare "/\t" name "\t" NR
          here[name] = 1
      }
      above[depth] = first; delete here }' "$templates/README.md" > "$tmp/told"

awk -F '\t' -v readme="$templates/README.md" -v dir="$templates" '
    FILENAME ~ /told$/ {
        if ($1 == "*") { everywhere[$3] = $4; next }
        told[$1 "\t" $2 "\t" $3] = $4; next }
    { asked[$1 "\t" $2 "\t" $3] = 1; used[$3] = 1
      if ($3 in everywhere) next
      # a value that is listed around the section is seen in it too
      known = 0
      for (path = $2; ; sub(/[^\/]*\/$/, "", path)) { if (($1 "\t" path "\t" $3) in told) known = 1; if (path == "") break }
      if (!known) { print dir "/" $1 ": error: `" $3 "`" ($2 == "" ? "" : " in " $2) " is not in " readme; bad = 1 } }
    END {
        for (key in told) if (!(key in asked)) {
            split(key, part, "\t")
            bare = part[3]; sub(/^#/, "", bare)
            n = split(part[2], steps, "/")
            # `#X`, `X` stands for the value inside its own section as well as beside it: one of the two is enough
            if (part[3] == bare && ((part[1] "\t" part[2] bare "/\t" bare) in asked)) continue
            if (n > 1 && steps[n - 1] == bare) continue
            print readme ":" told[key] ": error: " part[1] " has no `" part[3] "`" (part[2] == "" ? "" : " in " part[2]); bad = 1 }
        for (name in everywhere) if (!(name in used)) { print readme ":" everywhere[name] ": error: no template has `" name "`"; bad = 1 }
        exit bad }' "$tmp/told" "$tmp/asked" | sort -t: -k1,1 -k2,2n > "$tmp/problems"
cat "$tmp/problems" >&2
[ ! -s "$tmp/problems" ]
