#include "verify/verify_int.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Length of "scheme:" at the start of an address (RFC 3986), 0 when it has none. */
static size_t scheme_length(const char *url)
{
    size_t n = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    return n && url[n] == ':' ? n + 1 : 0;
}

static bool has_scheme(const char *url, const char *scheme)
{
    return strncasecmp(url, scheme, strlen(scheme)) == 0;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static char *percent_decoded(const char *text, size_t len, struct bb_arena *arena)
{
    char *out = bb_arena_strndup(arena, text, len), *to = out;
    for (const char *p = out; *p; p++) {
        int high = *p == '%' ? hex_digit(p[1]) : -1, low = high >= 0 ? hex_digit(p[2]) : -1;
        *to++ = low >= 0 ? (char)(high * 16 + low) : *p;
        if (low >= 0) p += 2;
    }
    *to = '\0';
    return out;
}

/* `relative` as seen from the folder of `path`, with "." and ".." steps taken; NULL when they lead out of the site. */
static char *resolved(const char *path, const char *relative, struct bb_arena *arena)
{
    const char *base = bb_path_base(path);
    char *out = bb_arena_printf(arena, "%.*s%s", (int)(base - path), path, relative);
    size_t len = 0;
    for (const char *p = out; *p;) {
        size_t n = strcspn(p, "/"), step = n + (p[n] == '/');
        if (n == 2 && p[0] == '.' && p[1] == '.') {
            if (!len) return NULL;
            for (len--; len && out[len - 1] != '/';) len--;
        } else if (!(n == 1 && p[0] == '.') && n) {
            memmove(out + len, p, step);
            len += step;
        }
        p += step;
    }
    out[len] = '\0';
    return out;
}

const char *bb_link_path(const char *path, const char *url, struct bb_arena *arena)
{
    size_t len = strcspn(url, "?#");
    if (scheme_length(url) || url[0] == '/') return NULL;
    return len ? resolved(path, percent_decoded(url, len, arena), arena) : path;
}

static void add_link(struct bb_check *check, const char *path, size_t line, const char *target, const char *fragment)
{
    /* "#" and "#top" are the top of any page */
    if (*fragment && strcasecmp(fragment, "top") != 0)
        target = bb_arena_printf(check->arena, "%s#%s", target, percent_decoded(fragment, strlen(fragment), check->arena));
    check->link = bb_grow(check->link, &check->cap_links, check->n_links + 1, sizeof check->link[0]);
    check->link[check->n_links++] =
        (struct bb_seen_link){bb_names_find(&check->files, path), line, bb_names_add(&check->targets, target)};
}

static const char *fragment_of(const char *url)
{
    const char *hash = strchr(url, '#');
    return hash ? hash + 1 : "";
}

static void see_foreign(struct bb_check *check, const char *path, size_t line, const char *url, bool loads)
{
    if (check->base_url && bb_starts_with(url, check->base_url)) {
        bb_see_absolute(check, path, line, url);
        return;
    }
    if (loads && !has_scheme(url, "data:"))
        bb_wrong(check, BB_WRONG_OUTSIDE, path, line, "the page would load \"%s\" from outside the site", url);
    else if (!loads && !has_scheme(url, "http:") && !has_scheme(url, "https:") && !has_scheme(url, "mailto:") &&
             !has_scheme(url, "data:"))
        bb_wrong(check, BB_WRONG_SCRIPT, path, line,
                 "a link to \"%s\": only http:, https: and mailto: addresses are followed safely", url);
}

/* From a page of a release: `file` is relative to the site around it. */
static void see_around(struct bb_check *check, const char *path, size_t line, const char *file, const char *fragment)
{
    if (bb_starts_with(file, check->where))
        add_link(check, path, line, file + strlen(check->where), fragment);
    else if (!bb_check_has(check->around, file) && bb_names_find(&check->around->beside, file) == BB_NAMES_NONE)
        bb_wrong(check, BB_WRONG_LINK, path, line, "a link to \"%s\", which is not in the site around the release", file);
}

void bb_see_link(struct bb_check *check, const char *path, size_t line, const char *url, bool loads)
{
    check->report->n_links++;
    if (scheme_length(url)) {
        see_foreign(check, path, line, url, loads);
        return;
    }
    if (bb_starts_with(url, "//")) {
        bb_wrong(check, BB_WRONG_OUTSIDE, path, line, "\"%s\" is the address of another host", url);
        return;
    }
    if (url[0] == '/') {
        bb_wrong(check, BB_WRONG_LINK, path, line,
                 "\"%s\" begins at the root of the host: the site would not work from a folder or a file", url);
        return;
    }
    const char *target = bb_link_path(path, url, check->arena);
    if (!target && check->around) {
        const char *from = bb_arena_printf(check->arena, "%s%s", check->where, path);
        const char *file = bb_link_path(from, url, check->arena);
        if (file) {
            see_around(check, path, line, file, fragment_of(url));
            return;
        }
    }
    if (target)
        add_link(check, path, line, target, fragment_of(url));
    else
        bb_wrong(check, BB_WRONG_OUTSIDE, path, line, "\"%s\" leads out of the site", url);
}

void bb_see_absolute(struct bb_check *check, const char *path, size_t line, const char *url)
{
    size_t base = check->base_url ? strlen(check->base_url) : 0;
    if (!base || strncmp(url, check->base_url, base) != 0) {
        bb_wrong(check, BB_WRONG_LINK, path, line, "\"%s\" is not an address of this site%s%s", url,
                 base ? ", which lies at " : "", base ? check->base_url : "");
        return;
    }
    const char *inside = url + base, *file = percent_decoded(inside, strcspn(inside, "?#"), check->arena);
    if (!*file || bb_ends_with(file, "/")) file = bb_arena_printf(check->arena, "%sindex.html", file); /* a host serves that */
    if (!check->around)
        add_link(check, path, line, file, fragment_of(inside));
    else if (bb_starts_with(file, check->where) || bb_starts_with(file, "assets/"))
        see_around(check, path, line, file, fragment_of(inside));
    /* else the newest state of the page, which may be gone by now */
}

static void explain_missing(struct bb_check *check, const struct bb_seen_link *link, const char *file)
{
    const char *page = check->files.name[link->page];
    const char *index = bb_arena_printf(check->arena, "%s%sindex.html", file, bb_ends_with(file, "/") ? "" : "/");
    if (bb_check_has(check, *file ? index : "index.html"))
        bb_wrong(check, BB_WRONG_LINK, page, link->line,
                 "a link to the folder \"%s\": from a file it needs /index.html at its end", file);
    else
        bb_wrong(check, BB_WRONG_LINK, page, link->line, "a link to \"%s\", which is not in the site", file);
}

void bb_check_links(struct bb_check *check)
{
    for (size_t i = 0; i < check->n_links; i++) {
        const struct bb_seen_link *link = &check->link[i];
        const char *target = check->targets.name[link->target], *hash = strchr(target, '#');
        const char *file = hash ? bb_arena_strndup(check->arena, target, (size_t)(hash - target)) : target;
        if (bb_names_find(&check->beside, file) != BB_NAMES_NONE) continue; /* a release is looked at on its own */
        if (!bb_check_has(check, file))
            explain_missing(check, link, file);
        else if (hash && !strchr(hash, '=') &&
                 bb_ends_with(file, ".html") && /* "#x=a&y=b" is a view that a script shows, no place */
                 bb_names_find(&check->anchors, target) == BB_NAMES_NONE)
            bb_wrong(check, BB_WRONG_LINK, check->files.name[link->page], link->line,
                     "a link to \"%s\": that page has no id \"%s\"", target, hash + 1);
    }
}
