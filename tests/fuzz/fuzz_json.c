/*
 * Whatever is read as JSON can be written, and the writing is stable: read again it gives the same text. What is refused has a
 * message with a place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds) abort();
}

static struct bb_json *parse(struct bb_arena *arena, const void *text, size_t len, struct bb_diags *diags)
{
    struct bb_json *json = bb_json_parse(arena, "fuzz", text, len, diags);
    must((json != NULL) == (diags->n_errors == 0));
    must(json || (diags->diag[0].place.line > 0 && diags->diag[0].place.column > 0));
    return json;
}

static void write_json(struct bb_buf *out, int indent, const struct bb_json *json)
{
    struct bb_json_writer writer;
    bb_jw_init(&writer, out, indent);
    bb_jw_value(&writer, json);
}

static void check_round_trip(struct bb_arena *arena, const struct bb_json *json, struct bb_diags *diags)
{
    struct bb_buf first = BB_BUF_INIT, again = BB_BUF_INIT;
    write_json(&first, 2, json);
    const struct bb_json *back = parse(arena, first.data, first.len, diags);
    must(back != NULL);
    write_json(&again, 2, back);
    must(strcmp(first.data, again.data) == 0);
    bb_buf_release(&first);
    bb_buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = parse(arena, data, size, &diags);
    if (json) check_round_trip(arena, json, &diags);
    bb_diags_release(&diags);
    bb_arena_free(arena);
    return 0;
}
