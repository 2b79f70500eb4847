#include "render/dataset.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/version.h"
#include "render/host_files.h"
#include "render/markdown.h"

enum { LEAST_DESCRIPTION = 50, MOST_DESCRIPTION = 4900 }; /* characters that search engines take */

/* --- facts ------------------------------------------------------------------------------------------------------------ */

const char *bb_doi_url(struct bb_arena *arena, const char *doi)
{
    if (!doi || !bb_starts_with(doi, "10.") || !strchr(doi, '/')) return NULL;
    for (const char *c = doi; *c; c++)
        if (*c <= ' ' || strchr("\"<>\\", *c)) return NULL;
    return bb_arena_printf(arena, "https://doi.org/%s", doi);
}

static const char *spdx_id(const char *license)
{
    static const char *const known[] = {
        "CC0-1.0",         "CC-BY-4.0",       "CC-BY-3.0",    "CC-BY-SA-4.0", "CC-BY-NC-4.0",    "CC-BY-ND-4.0",
        "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0", "PDDL-1.0",     "ODC-By-1.0",   "ODbL-1.0",        "MIT",
        "Apache-2.0",      "BSD-2-Clause",    "BSD-3-Clause", "GPL-3.0-only", "GPL-3.0-or-later"};
    for (size_t i = 0; license && i < sizeof known / sizeof known[0]; i++)
        if (bb_strcaseeq(license, known[i])) return known[i];
    return NULL;
}

static bool is_web(const char *text)
{
    return text && (bb_starts_with(text, "https://") || bb_starts_with(text, "http://"));
}

const char *bb_license_url(struct bb_arena *arena, const char *license)
{
    const char *id = spdx_id(license);
    if (id) return bb_arena_printf(arena, "https://spdx.org/licenses/%s.html", id);
    return is_web(license) ? license : NULL;
}

static size_t count_leaves(const struct bb_results *results)
{
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++)
        n += bb_node_is_leaf(&results->tree.node[i]) && bb_results_node_shown(results, i);
    return n;
}

/* The board's own words, and where they are few, what it has. */
static const char *description_of(const struct bb_site *site)
{
    const struct bb_results *results = site->listed;
    struct bb_buf text = BB_BUF_INIT;
    bb_markdown_text(results->board.description, MOST_DESCRIPTION, &text);
    if (bb_utf8_length(bb_buf_text(&text), text.len) < LEAST_DESCRIPTION)
        bb_buf_printf(&text,
                      "%sScores of %zu model%s on %zu benchmark%s of vision and language, with raw values, ceilings and errors.",
                      text.len ? " " : "", results->n_models, results->n_models == 1 ? "" : "s", count_leaves(results),
                      count_leaves(results) == 1 ? "" : "s");
    const char *copy = bb_arena_strdup(site->arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* --- JSON-LD ---------------------------------------------------------------------------------------------------------- */

/* Words that only names of groups have. */
static bool is_group(const char *name)
{
    static const char *const words[] = {"team",          "lab",        "labs",      "laboratory", "group",      "consortium",
                                        "collaboration", "university", "institute", "project",    "initiative", "community",
                                        "contributors",  "authors",    "society",   "center",     "centre"};
    for (const char *p = name; *p;) {
        size_t len = strcspn(p, " ,.-()");
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (strlen(words[i]) == len && strncasecmp(words[i], p, len) == 0) return true;
        p += len;
        p += strspn(p, " ,.-()");
    }
    return false;
}

static void write_creators(struct bb_json_writer *w, const struct bb_texts *authors)
{
    if (!authors->n) return;
    bb_jw_key(w, "creator");
    bb_jw_array(w);
    for (size_t i = 0; i < authors->n; i++) {
        bb_jw_object(w);
        bb_jw_member_text(w, "@type", is_group(authors->text[i]) ? "Organization" : "Person");
        bb_jw_member_text(w, "name", authors->text[i]);
        bb_jw_object_end(w);
    }
    bb_jw_array_end(w);
}

static void write_license(struct bb_json_writer *w, const struct bb_site *site)
{
    const char *license = site->listed->board.license, *url = bb_license_url(site->arena, license);
    if (url) {
        bb_jw_member_text(w, "license", url);
    } else if (license) {
        bb_jw_key(w, "license");
        bb_jw_object(w);
        bb_jw_member_text(w, "@type", "CreativeWork");
        bb_jw_member_text(w, "name", license);
        bb_jw_object_end(w);
    }
}

static void write_downloads(struct bb_json_writer *w, const struct bb_site *site)
{
    static const struct {
        const char *path, *type, *description;
    } file[] = {{"data/scores.json", "application/json", "everything, with full precision"},
                {"data/scores.csv", "text/csv", "a row for each model and benchmark"},
                {"data/units.h5", "application/x-hdf5", "values per recorded unit"}};
    bb_jw_key(w, "distribution");
    bb_jw_array(w);
    for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) {
        if (bb_ends_with(file[i].path, "units.h5") && !site->options->units_path) continue;
        bb_jw_object(w);
        bb_jw_member_text(w, "@type", "DataDownload");
        bb_jw_member_text(w, "contentUrl", bb_absolute(site, file[i].path, site->arena));
        bb_jw_member_text(w, "encodingFormat", file[i].type);
        bb_jw_member_text(w, "description", file[i].description);
        bb_jw_object_end(w);
    }
    bb_jw_array_end(w);
}

static void write_keywords(struct bb_json_writer *w, const struct bb_site *site)
{
    static const char *const always[] = {"leaderboard", "benchmark", "neuroscience"};
    bb_jw_key(w, "keywords");
    bb_jw_array(w);
    for (size_t i = 0; i < site->domains.n; i++) bb_jw_text(w, site->domains.name[i]);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) bb_jw_text(w, always[i]);
    bb_jw_array_end(w);
}

void bb_dataset_jsonld(const struct bb_site *site, struct bb_buf *out)
{
    const struct bb_board *board = &site->listed->board;
    struct bb_json_writer w;
    const char *doi = bb_doi_url(site->arena, board->doi);
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "@context", "https://schema.org/");
    bb_jw_member_text(&w, "@type", "Dataset");
    bb_jw_member_text(&w, "name", board->title);
    bb_jw_member_text(&w, "description", description_of(site));
    bb_jw_member_text(&w, "url", site->base ? site->base : is_web(board->url) ? board->url : NULL);
    bb_jw_member_text(&w, "identifier", doi ? doi : site->base);
    bb_jw_member_text(&w, "version", board->release);
    bb_jw_member_text(&w, "datePublished", board->date);
    write_creators(&w, &board->authors);
    write_license(&w, site);
    bb_jw_member_text(&w, "citation", board->citation ? board->citation : doi);
    write_keywords(&w, site);
    bb_jw_member_bool(&w, "isAccessibleForFree", true);
    if (site->base) write_downloads(&w, site);
    bb_jw_object_end(&w);
}

/* --- CITATION.cff ------------------------------------------------------------------------------------------------------ */

/* A double-quoted scalar: JSON's strings are among YAML's, but for a few characters that YAML does not print (YAML 1.2.2, 5.1). */
static void add_scalar(struct bb_buf *out, const char *json)
{
    for (const unsigned char *c = (const unsigned char *)json; *c; c++) {
        if (*c == 0x7f) {
            bb_buf_puts(out, "\\x7f");
        } else if (c[0] == 0xc2 && c[1] < 0xa0) {
            bb_buf_printf(out, "\\x%02x", (unsigned)c[1]);
            c++;
        } else if (c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf) {
            bb_buf_puts(out, "\\ufeff");
            c += 2;
        } else if (c[0] == 0xef && c[1] == 0xbf && c[2] >= 0xbe) { /* U+FFFE, U+FFFF */
            bb_buf_puts(out, c[2] == 0xbe ? "\\ufffe" : "\\uffff");
            c += 2;
        } else {
            bb_buf_putc(out, (char)*c);
        }
    }
}

static void add_member(struct bb_buf *out, const char *indent, const char *key, const char *text)
{
    struct bb_json_writer w;
    struct bb_buf json = BB_BUF_INIT;
    if (!text) return;
    bb_jw_init(&w, &json, 0);
    bb_jw_text(&w, text);
    bb_buf_printf(out, "%s%s: ", indent, key);
    add_scalar(out, bb_buf_text(&json));
    bb_buf_putc(out, '\n');
    bb_buf_release(&json);
}

/* "10.5281/zenodo.1234567": the format takes fewer than there are. */
static const char *plain_doi(const char *doi)
{
    size_t digits = doi && bb_starts_with(doi, "10.") ? strspn(doi + 3, "0123456789") : 0;
    if (digits < 4 || digits > 9 || doi[3 + digits] != '/' || !doi[4 + digits]) return NULL;
    for (const char *c = doi + 4 + digits; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr(":/_;-.()[]", *c)) return NULL;
    return doi;
}

void bb_citation_cff(const struct bb_site *site, struct bb_buf *out)
{
    const struct bb_board *board = &site->listed->board;
    const char *license = spdx_id(board->license);
    if (!board->authors.n) return;
    bb_buf_puts(out, "cff-version: 1.2.0\nmessage: \"If you use this board, please cite it as below.\"\ntype: dataset\n");
    add_member(out, "", "title", board->title);
    bb_buf_puts(out, "authors:\n");
    for (size_t i = 0; i < board->authors.n; i++) add_member(out, "  - ", "name", board->authors.text[i]);
    add_member(out, "", "abstract", description_of(site));
    add_member(out, "", "version", board->release);
    add_member(out, "", "date-released", board->date);
    add_member(out, "", "doi", plain_doi(board->doi));
    add_member(out, "", "url", site->base ? site->base : is_web(board->url) ? board->url : NULL);
    add_member(out, "", "license", license);
    if (!license) add_member(out, "", "license-url", bb_license_url(site->arena, board->license));
}
