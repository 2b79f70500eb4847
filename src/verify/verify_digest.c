#include <string.h>

#include "base/json.h"
#include "verify/verify_int.h"

#define SUMS       "data/SHA256SUMS"
#define SUMS_DIR   "data/"
#define PROVENANCE "provenance.json"

/* `list`:line says that this is the SHA-256 of the file. */
static void check_digest(struct bb_check *check, const char *list, size_t line, const char *said, const char *file)
{
    char digest[BB_SHA256_TEXT];
    struct bb_err err;
    if (!bb_check_has(check, file))
        bb_wrong(check, BB_WRONG_DIGEST, list, line, "%s is not in the site", file);
    else if (bb_sha256_file(bb_path_join(check->arena, check->site, file), digest, &err) != BB_OK)
        bb_wrong(check, BB_WRONG_DIGEST, file, 0, "%s", err.msg);
    else if (!bb_streq(digest, said))
        bb_wrong(check, BB_WRONG_DIGEST, file, 0, "its bytes are not those that %s:%zu gives the checksum of", list, line);
    check->report->n_digests++;
}

/* --- data/SHA256SUMS ------------------------------------------------------------------------------------------------- */

/* "<64 digits>  <path beside the list>", as sha256sum writes it ("*" for binary). */
static void check_sum_line(struct bb_check *check, char *text, size_t line, struct bb_names *summed)
{
    size_t digits = strspn(text, "0123456789abcdef");
    if (digits != 64 || text[64] != ' ' || (text[65] != ' ' && text[65] != '*') || !bb_path_is_inside(text + 66)) {
        bb_wrong(check, BB_WRONG_DIGEST, SUMS, line, "this is not a checksum and the name of a file");
        return;
    }
    const char *file = bb_arena_printf(check->arena, "%s%s", SUMS_DIR, text + 66);
    text[64] = '\0';
    bb_names_add(summed, file);
    check_digest(check, SUMS, line, text, file);
}

static void check_lines(struct bb_check *check, struct bb_buf *text, struct bb_names *summed)
{
    char *save = NULL;
    size_t n = 0;
    if (!text->len) return;
    for (char *line = strtok_r(text->data, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        check_sum_line(check, line, ++n, summed);
}

void bb_check_sums(struct bb_check *check)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_names summed;
    struct bb_err err;
    bb_names_init(&summed);
    if (!bb_check_has(check, SUMS)) {
        bb_wrong(check, BB_WRONG_DIGEST, SUMS, 0, "the site has no checksums of its data");
    } else if (bb_file_read(bb_path_join(check->arena, check->site, SUMS), 0, &text, &err) != BB_OK) {
        bb_wrong(check, BB_WRONG_DIGEST, SUMS, 0, "%s", err.msg);
    } else {
        check_lines(check, &text, &summed);
        for (size_t i = 0; i < check->files.n; i++)
            if (bb_starts_with(check->files.name[i], SUMS_DIR) && !bb_streq(check->files.name[i], SUMS) &&
                bb_names_find(&summed, check->files.name[i]) == BB_NAMES_NONE)
                bb_wrong(check, BB_WRONG_DIGEST, check->files.name[i], 0, "%s has no checksum of it", SUMS);
    }
    bb_names_release(&summed);
    bb_buf_release(&text);
}

/* --- provenance.json -------------------------------------------------------------------------------------------------- */

static void check_outputs(struct bb_check *check, const struct bb_json *json)
{
    const struct bb_json *outputs = bb_json_member(json, "outputs");
    if (!outputs || outputs->type != BB_JSON_OBJECT) {
        bb_wrong(check, BB_WRONG_DIGEST, PROVENANCE, 0, "it does not say what the site is made of");
        return;
    }
    for (size_t i = 0; i < outputs->as.list.n; i++) {
        const struct bb_json *digest = outputs->as.list.item[i];
        const char *said = digest->type == BB_JSON_TEXT ? digest->as.text : NULL;
        check_digest(check, PROVENANCE, digest->place.line, said, digest->key);
    }
}

void bb_check_provenance(struct bb_check *check)
{
    struct bb_diags diags;
    if (!bb_check_has(check, PROVENANCE)) {
        bb_wrong(check, BB_WRONG_DIGEST, PROVENANCE, 0, "the site does not say what it was made from");
        return;
    }
    bb_diags_init(&diags);
    const struct bb_json *json =
        bb_json_read(check->arena, bb_path_join(check->arena, check->site, PROVENANCE), (struct bb_place){0}, &diags);
    if (json) /* else check_file has said so */
        check_outputs(check, json);
    bb_diags_release(&diags);
}
