#!/bin/sh
# Checks the templates at build time: lint-templates.sh FOLDER-OF-TEMPLATES [FOLDER-OF-C-SOURCES]
#   1. each is escaped: it begins with {{%AUTOESCAPE context="HTML"}} or "XML", and nothing but {{NAME_HTML:none}} turns it off;
#   2. ctemplate can read each;
#   3. every name in the templates is set in the C sources, and every name that the sources set is in some template.
set -u
templates=$1
sources=${2:-$(dirname "$0")}
failed=0
complain() { echo "$*" >&2; failed=1; }

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT INT TERM

for t in "$templates"/*.tpl; do
    case $(head -n 1 "$t") in
    '{{%AUTOESCAPE context="HTML"}}'* | '{{%AUTOESCAPE context="XML"}}'*) ;;
    *) complain "$t:1: error: a template must begin with {{%AUTOESCAPE context=\"HTML\"}} or \"XML\"" ;;
    esac
    sed 's/{{[A-Z0-9_]*_HTML:none}}//g' "$t" | grep -n -e ':none' -e '{{=' -e '{{[A-Z0-9_]*_HTML[:}]' > "$tmp/raw"
    sed "s|^\([0-9]*\):.*|$t:\1: error: this would put raw text on a page|" "$tmp/raw" >&2
    [ ! -s "$tmp/raw" ] || failed=1
    ctemplate-make_tpl_varnames_h -q -f "$tmp/names.h" "$t" > "$tmp/log" 2>&1 ||
        { cat "$tmp/log" >&2; complain "$t: error: ctemplate cannot read it"; }
    sed -n 's/^static const .*_HASH([^,]*, "\([^"]*\)".*/\1/p' "$tmp/names.h" >> "$tmp/asked"
    rm -f "$tmp/names.h"
done
grep -v -e '^BI_' -e '_separator$' "$tmp/asked" | sort -u > "$tmp/asked.sorted"

# BI_… and …_separator are ctemplate’s own. Names are the UPPER_CASE string literals of the sources, which use them for nothing else.
grep -oh '"[A-Z][A-Z0-9_]*"' "$sources"/page*.c | tr -d '"' | sort -u > "$tmp/set.sorted"

for name in $(comm -23 "$tmp/asked.sorted" "$tmp/set.sorted"); do
    complain "$(grep -ln "{{[#>/]*$name[:}]" "$templates"/*.tpl | head -n 1): error: {{$name}} is set nowhere in $sources"
done
for name in $(comm -13 "$tmp/asked.sorted" "$tmp/set.sorted"); do
    complain "$(grep -ln "\"$name\"" "$sources"/page*.c | head -n 1): error: no template has {{$name}}"
done
exit $failed
