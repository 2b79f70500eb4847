#include "render/brand.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#define OWN_ACCENT   "#1d4f82"
#define READABLE     4.5
#define ALL_PERCENTS 100

/* --- colours ---------------------------------------------------------------------------------------------------------- */

/* --paper and --raised of assets/style-1-page.css, light and dark; a test holds them against it. */
static const struct bb_rgb paper[2][2] = {{{0xfd, 0xfc, 0xf9}, {0xf5, 0xf3, 0xee}}, {{0x15, 0x17, 0x1a}, {0x1d, 0x20, 0x24}}};

static double linear(int channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct bb_rgb c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double bb_contrast(struct bb_rgb a, struct bb_rgb b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static int hex_pair(const char *text)
{
    static const char digits[] = "0123456789abcdef";
    const char *high = strchr(digits, tolower((unsigned char)text[0])), *low = strchr(digits, tolower((unsigned char)text[1]));
    return high && low ? (int)(high - digits) * 16 + (int)(low - digits) : -1;
}

bool bb_rgb_parse(const char *text, struct bb_rgb *out)
{
    if (!text || strlen(text) != strlen("#rrggbb") || text[0] != '#') return false;
    *out = (struct bb_rgb){hex_pair(text + 1), hex_pair(text + 3), hex_pair(text + 5)};
    return out->red >= 0 && out->green >= 0 && out->blue >= 0;
}

static int mixed(int from, int to, int percent)
{
    return (from * (ALL_PERCENTS - percent) + to * percent + ALL_PERCENTS / 2) / ALL_PERCENTS;
}

static bool is_readable(struct bb_rgb c, bool dark)
{
    return bb_contrast(c, paper[dark][0]) >= READABLE && bb_contrast(c, paper[dark][1]) >= READABLE;
}

struct bb_rgb bb_brand_accent(const char *accent, bool dark)
{
    struct bb_rgb own, it;
    int end = dark ? 255 : 0;
    if (!bb_rgb_parse(accent, &own)) (void)bb_rgb_parse(OWN_ACCENT, &own);
    it = own;
    for (int percent = 1; percent <= ALL_PERCENTS && !is_readable(it, dark); percent++)
        it = (struct bb_rgb){mixed(own.red, end, percent), mixed(own.green, end, percent), mixed(own.blue, end, percent)};
    return it;
}

static void add_colour(struct bb_buf *out, struct bb_rgb c)
{
    bb_buf_printf(out, "#%02x%02x%02x", (unsigned)c.red, (unsigned)c.green, (unsigned)c.blue);
}

void bb_brand_style(const struct bb_board *board, struct bb_buf *out)
{
    struct bb_rgb any;
    if (!bb_rgb_parse(board->accent, &any)) return;
    bb_buf_puts(out, "/* the board's accent */\n@media screen { :root { --link: ");
    add_colour(out, bb_brand_accent(board->accent, false));
    bb_buf_puts(out, "; } }\n@media screen and (prefers-color-scheme: dark) { :root { --link: ");
    add_colour(out, bb_brand_accent(board->accent, true));
    bb_buf_puts(out, "; } }\n.masthead { border-top: 3px solid var(--link); }\n");
}

void bb_brand_favicon(const char *accent, struct bb_buf *out)
{
    static const int bar[3][2] = {{6, 14}, {13, 9}, {20, 20}}; /* left edge, height */
    bb_buf_puts(
        out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" fill=\"");
    add_colour(out, bb_brand_accent(accent, false));
    bb_buf_puts(out, "\"/><g fill=\"#fff\">");
    for (int i = 0; i < 3; i++)
        bb_buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"6\" height=\"%d\"/>", bar[i][0], 26 - bar[i][1], bar[i][1]);
    bb_buf_puts(out, "</g></svg>\n");
}

/* --- the logo --------------------------------------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the XML declaration, comments and blanks: the root. */
static const char *root_element(const char *text)
{
    static const struct {
        const char *begin, *end;
    } before[] = {{"\xef\xbb\xbf", ""}, {"<?", "?>"}, {"<!--", "-->"}, {"<!DOCTYPE", ">"}};
    for (bool any = true; any;) {
        any = false;
        while (is_space(*text)) text++;
        for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
            if (!bb_starts_with(text, before[i].begin)) continue;
            const char *end = strstr(text + strlen(before[i].begin), before[i].end);
            if (!end) return "";
            text = end + strlen(before[i].end);
            any = true;
        }
    }
    return text;
}

static bool is_svg(const struct bb_buf *bytes)
{
    const char *root = bytes->len == strlen(bb_buf_text(bytes)) ? root_element(bb_buf_text(bytes)) : "";
    return bb_starts_with(root, "<svg") && (is_space(root[4]) || root[4] == '>');
}

/* Elements that run, link, or change attributes while the picture is shown. */
static bool is_active_element(const char *name, size_t len)
{
    static const char *const active[] = {"script",  "foreignObject", "iframe",           "embed",   "object",  "set",
                                         "animate", "animateMotion", "animateTransform", "handler", "listener"};
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++)
        if (strlen(active[i]) == len && strncasecmp(active[i], name, len) == 0) return true;
    return false;
}

/* "<x:script …" → the element's name without its prefix. */
static const char *element_name(const char *tag, size_t *len)
{
    const char *name = tag + 1;
    *len = strcspn(name, " \t\r\n/>");
    const char *colon = memchr(name, ':', *len);
    if (!colon) return name;
    *len -= (size_t)(colon + 1 - name);
    return colon + 1;
}

/* An attribute that begins with "on", or refers to something outside the picture. */
static bool is_active_attribute(const char *name)
{
    size_t len = strcspn(name, "= \t\r\n<>\"'");
    const char *value = name + len + strspn(name + len, " \t\r\n");
    if (*value != '=') return false;
    value += 1 + strspn(value + 1, " \t\r\n\"'");
    if (len > 2 && strncasecmp(name, "on", 2) == 0) return true;
    if (len == strlen("base") && strncasecmp(name, "base", len) == 0) return true;
    return len == strlen("href") && strncasecmp(name, "href", len) == 0 && *value != '#';
}

/* What an SVG has that a picture needs not; NULL: nothing. Cautious: it may name what a browser would ignore. */
static const char *active_part(const char *svg)
{
    static const char *const words[] = {"<!ENTITY", "<?xml-stylesheet", "javascript:", "@import"};
    for (const char *at = svg; *at; at++) {
        size_t len = 0;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (strncasecmp(at, words[i], strlen(words[i])) == 0) return words[i];
        const char *name = *at == '<' ? element_name(at, &len) : NULL;
        if (name && is_active_element(name, len)) return "an element that runs or links";
        if (strchr(" \t\r\n\"':", *at) && is_active_attribute(at + 1)) return "an attribute that runs or links";
        if (strncasecmp(at, "url(", 4) == 0 && at[4 + strspn(at + 4, " \t\"'")] != '#') return "a reference to another file";
    }
    return NULL;
}

const char *bb_brand_logo_type(const char *name, const struct bb_buf *bytes, struct bb_err *err)
{
    if (bytes->len >= 8 && memcmp(bytes->data, "\x89PNG\r\n\x1a\n", 8) == 0) return ".png";
    if (bytes->len >= 3 && memcmp(bytes->data, "\xff\xd8\xff", 3) == 0) return ".jpg";
    if (!is_svg(bytes)) {
        bb_fail(err, BB_EINPUT, "%s is no SVG, PNG or JPEG picture.", name);
        return NULL;
    }
    const char *part = active_part(bytes->data);
    if (!part) return ".svg";
    bb_fail(err, BB_EINPUT, "%s has %s, which a logo may not. Save it as a plain SVG, or as PNG.", name, part);
    return NULL;
}

static enum bb_code add_logo(struct bb_site *site, struct bb_err *err)
{
    struct bb_buf bytes = BB_BUF_INIT;
    const char *type = NULL, *path = site->options->logo_path;
    enum bb_code code = bb_file_read(path, BB_LOGO_LIMIT, &bytes, err);
    if (code == BB_OK && !(type = bb_brand_logo_type(path, &bytes, err))) code = BB_EINPUT;
    if (code == BB_OK)
        code = bb_assets_add_made(&site->assets, bb_arena_printf(site->arena, "logo%s", type), bytes.data, bytes.len,
                                  bb_asset_staging(site), site->arena, &site->logo, err);
    bb_buf_release(&bytes);
    return code;
}

enum bb_code bb_brand_add(struct bb_site *site, struct bb_err *err)
{
    struct bb_buf svg = BB_BUF_INIT;
    bb_brand_favicon(site->results->board.accent, &svg);
    enum bb_code code =
        bb_assets_add_made(&site->assets, "favicon.svg", svg.data, svg.len, bb_asset_staging(site), site->arena, &site->favicon, err);
    bb_buf_release(&svg);
    if (code == BB_OK && site->options->logo_path && site->results->board.logo) code = add_logo(site, err);
    return code;
}
