#include "history/record_image.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/version.h"
#include "history/record.h"

#define KIND  "record"
#define SHAPE "record image 1" /* another one when what follows changes */

/* Sizes of the parts behind it, in bytes: the frame, texts (each with its NUL), cells of leaves by model and node, aggregates by model and node. */
struct image_head {
    uint64_t frame, texts, cells, aggregates;
};

enum { LAYER, SOURCE, RULE, REASON, N_TEXTS };
struct image_cell {
    double score, raw, ceiling;
    uint32_t text[N_TEXTS]; /* which of the texts, from 1; 0: none */
    uint32_t status, withheld;
};
struct image_aggregate {
    double score;
    uint64_t scored, of, rank;
};

static void key_of(const char *digest, char key[BB_SHA256_TEXT])
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "%s\n%s\n%s\n", SHAPE, bb_version, digest);
    bb_sha256_text(bb_buf_text(&text), text.len, key);
    bb_buf_release(&text);
}

static size_t count_leaves(const struct bb_results *results)
{
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++) n += bb_node_is_leaf(&results->tree.node[i]);
    return n;
}

/* --- writing ---------------------------------------------------------------------------------------------------------- */

static uint32_t text_index(struct bb_names *texts, const char *text)
{
    return text ? (uint32_t)bb_names_add(texts, text) + 1 : 0;
}

static void put_cells(const struct bb_results *record, struct bb_names *texts, struct image_cell *out)
{
    for (size_t m = 0; m < record->n_models; m++)
        for (size_t i = 0; i < record->tree.n; i++) {
            const struct bb_cell *cell = bb_results_cell(record, m, i);
            if (!bb_node_is_leaf(&record->tree.node[i])) continue;
            *out++ = (struct image_cell){.score = cell->score,
                                         .raw = cell->raw,
                                         .ceiling = cell->ceiling,
                                         .text = {text_index(texts, cell->layer), text_index(texts, cell->source),
                                                  text_index(texts, cell->rule), text_index(texts, cell->reason)},
                                         .status = (uint32_t)cell->status,
                                         .withheld = cell->withheld};
        }
}

void bb_record_image_put(const struct bb_cache *cache, const char *digest, const struct bb_results *record)
{
    size_t n_cells = record->n_models * count_leaves(record), n = record->n_models * record->tree.n;
    struct image_cell *cell = bb_calloc(n_cells + 1, sizeof *cell);
    struct image_aggregate *aggregate = bb_calloc(n + 1, sizeof *aggregate);
    struct bb_buf frame = BB_BUF_INIT, text = BB_BUF_INIT;
    struct bb_names texts;
    char key[BB_SHA256_TEXT];
    bb_names_init(&texts);
    bb_record_write_frame(record, &frame);
    put_cells(record, &texts, cell);
    for (size_t i = 0; i < texts.n; i++) bb_buf_add(&text, texts.name[i], strlen(texts.name[i]) + 1);
    for (size_t i = 0; i < n; i++) {
        const struct bb_aggregate *is = &record->aggregate[i];
        aggregate[i] = (struct image_aggregate){is->score, is->scored, is->of, is->rank};
    }
    const struct image_head head = {frame.len, text.len, n_cells * sizeof *cell, n * sizeof *aggregate};
    const struct bb_piece piece[] = {{&head, sizeof head},
                                     {bb_buf_text(&frame), frame.len},
                                     {bb_buf_text(&text), text.len},
                                     {cell, head.cells},
                                     {aggregate, head.aggregates}};
    key_of(digest, key);
    bb_cache_put_pieces(cache, KIND, key, piece, sizeof piece / sizeof piece[0]);
    bb_names_release(&texts);
    bb_buf_release(&text);
    bb_buf_release(&frame);
    free(aggregate);
    free(cell);
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

/* Texts in the results' arena, from 1. */
static const char **take_texts(struct bb_arena *arena, const char *at, size_t len, size_t *n)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++) count += at[i] == '\0';
    const char **text = BB_NEW_ARRAY(arena, count + 1, const char *);
    char *copy = BB_NEW_ARRAY(arena, len + 1, char);
    if (len) memcpy(copy, at, len);
    *n = 0;
    for (size_t i = 0; i < len; i += strlen(copy + i) + 1) text[++*n] = copy + i;
    return text;
}

static bool take_cells(struct bb_results *record, const char *at, const char **text, size_t n_texts)
{
    for (size_t m = 0; m < record->n_models; m++)
        for (size_t i = 0; i < record->tree.n; i++) {
            struct image_cell in;
            struct bb_cell *cell = bb_results_cell(record, m, i);
            if (!bb_node_is_leaf(&record->tree.node[i])) continue;
            memcpy(&in, at, sizeof in);
            at += sizeof in;
            for (int k = 0; k < N_TEXTS; k++)
                if (in.text[k] > n_texts) return false;
            if (in.status >= BB_N_STATUS) return false;
            cell->status = (enum bb_status)in.status;
            cell->withheld = in.withheld != 0;
            cell->score = in.score;
            cell->raw = in.raw;
            cell->ceiling = in.ceiling;
            cell->layer = text[in.text[LAYER]];
            cell->source = text[in.text[SOURCE]];
            cell->rule = text[in.text[RULE]];
            cell->reason = text[in.text[REASON]];
        }
    return true;
}

static void take_aggregates(struct bb_results *record, const char *at)
{
    for (size_t i = 0; i < record->n_models * record->tree.n; i++) {
        struct image_aggregate in;
        memcpy(&in, at + i * sizeof in, sizeof in);
        record->aggregate[i].score = in.score;
        record->aggregate[i].scored = (size_t)in.scored;
        record->aggregate[i].of = (size_t)in.of;
        record->aggregate[i].rank = (size_t)in.rank;
    }
}

static struct bb_results *take(const struct bb_buf *image)
{
    struct image_head head;
    struct bb_diags diags;
    if (image->len < sizeof head) return NULL;
    memcpy(&head, image->data, sizeof head);
    if (head.frame > image->len || head.texts > image->len || head.cells > image->len ||
        sizeof head + head.frame + head.texts + head.cells + head.aggregates != image->len)
        return NULL;
    const char *frame = image->data + sizeof head, *texts = frame + head.frame, *cells = texts + head.texts;
    const struct bb_buf json = {.data = (char *)(uintptr_t)frame, .len = head.frame};
    bb_diags_init(&diags);
    struct bb_results *record = bb_record_parse("the image of a record", &json, &diags);
    bb_diags_release(&diags);
    size_t n_texts;
    bool good = record && head.cells == record->n_models * count_leaves(record) * sizeof(struct image_cell) &&
                head.aggregates == record->n_models * record->tree.n * sizeof(struct image_aggregate) &&
                (!head.texts || !cells[-1]);
    const char **text = good ? take_texts(record->arena, texts, head.texts, &n_texts) : NULL;
    good = good && take_cells(record, cells, text, n_texts);
    if (good) take_aggregates(record, cells + head.cells);
    if (good) return record;
    bb_results_free(record);
    return NULL;
}

struct bb_results *bb_record_image_get(const struct bb_cache *cache, const char *digest)
{
    struct bb_buf image = BB_BUF_INIT;
    char key[BB_SHA256_TEXT];
    key_of(digest, key);
    struct bb_results *record = bb_cache_get(cache, KIND, key, &image) ? take(&image) : NULL;
    bb_buf_release(&image);
    return record;
}
