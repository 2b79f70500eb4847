#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/log.h"
#include "base/text.h"
#include "stimuli/screen.h"
#include "stimuli/set.h"

struct job {
    const struct bb_stimulus_set *set;
    double source, target; /* source: NaN, a column says */
    bool lossless;
    const char *dir;
    struct bb_arena *arena;
    struct bb_names taken; /* file names of the folder */
    struct bb_placing *out;
};

static double source_of(const struct job *job, const struct bb_stimulus *stimulus)
{
    return isnan(job->source) ? stimulus->degrees : job->source;
}

/* Either the set or the caller says how large the pictures are, as with the reference: two answers would be one too many. */
static enum bb_code check_angle(const struct job *job, struct bb_err *err)
{
    bool column = job->set->degrees_column != BB_NO_COLUMN;
    if (column && !isnan(job->source))
        return bb_fail(err, BB_EUSAGE,
                       "%s has a column \"degrees\", so the pictures' visual angle must not be given too (--source)",
                       job->set->path);
    if (!column && isnan(job->source))
        return bb_fail(err, BB_EUSAGE,
                       "%s does not say at which visual angle its pictures were shown; give it, as in --source 10",
                       job->set->path);
    return BB_OK;
}

static bool changes(const struct job *job)
{
    for (size_t i = 0; i < job->set->n; i++)
        if (source_of(job, &job->set->stimulus[i]) != job->target) return true;
    return false;
}

static const char *placed_id(const struct job *job)
{
    if (!changes(job)) return job->set->id;
    if (isnan(job->source)) return bb_arena_printf(job->arena, "%s--target%.2f--sourceNone", job->set->id, job->target);
    return bb_arena_printf(job->arena, "%s--target%.2f--source%.2f", job->set->id, job->target, job->source);
}

/* The picture's name in the new folder: its own, with the ending of what it is written as. */
static enum bb_code name_of(struct job *job, const struct bb_stimulus *stimulus, bool changed, const char **name,
                            struct bb_err *err)
{
    const char *base = bb_path_base(stimulus->path), *dot = strrchr(base, '.');
    bool png = changed && (job->lossless || !bb_picture_name_jpeg(base));
    *name = png && dot ? bb_arena_printf(job->arena, "%.*s.png", (int)(dot - base), base) : base;
    size_t n = job->taken.n;
    if (bb_names_add(&job->taken, *name) == n) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s: two pictures would be called %s; rename one of them", job->set->path, *name);
}

static enum bb_code place_one(struct job *job, const struct bb_stimulus *stimulus, const char *to, struct bb_err *err)
{
    struct bb_picture picture, placed = {0};
    double source = source_of(job, stimulus);
    enum bb_code code = bb_picture_read(stimulus->path, &picture, err);
    if (code) return code;
    if (source == job->target) {
        job->out->n_kept++;
        code = bb_file_copy(stimulus->path, to, err);
    } else {
        *(job->target > source ? &job->out->n_enlarged : &job->out->n_cropped) += 1;
        code = bb_screen_place(stimulus->path, &picture, source, job->target, &placed, err);
        if (!code) code = (bb_picture_name_jpeg(to) ? bb_picture_write_jpeg : bb_picture_write_png)(to, &placed, err);
    }
    if (!code && placed.rgb && bb_picture_name_jpeg(to)) { /* what a model will see of it */
        bb_picture_release(&placed);
        code = bb_picture_read(to, &placed, err);
    }
    const struct bb_picture *now = placed.rgb ? &placed : &picture;
    if (!code) job->out->grey += (double)bb_screen_grey(now) / (double)(now->width * now->height) / (double)job->set->n;
    bb_picture_release(&picture);
    bb_picture_release(&placed);
    return code;
}

/* --- the table ------------------------------------------------------------------------------------------------------ */

static void put_field(struct bb_buf *csv, const char *text, bool first)
{
    if (!first) bb_buf_putc(csv, ',');
    bb_csv_write(csv, text, false);
}

/* The original's columns, with stimulus_id, filename and degrees added where they were missing. */
static void put_header(const struct bb_stimulus_set *set, struct bb_buf *csv)
{
    bool first = true;
    if (set->id_column == BB_NO_COLUMN) put_field(csv, "stimulus_id", first), first = false;
    for (size_t c = 0; c < set->n_columns; c++, first = false)
        put_field(csv, c == set->file_column ? "filename" : set->column[c], first);
    if (set->file_column == BB_NO_COLUMN) put_field(csv, "filename", false);
    if (set->degrees_column == BB_NO_COLUMN) put_field(csv, "degrees", false);
    bb_buf_putc(csv, '\n');
}

static void put_row(const struct bb_stimulus_set *set, const struct bb_stimulus *stimulus, const char *name, double degrees,
                    struct bb_buf *csv)
{
    char angle[32];
    bool first = true;
    bb_format_number(angle, degrees);
    if (set->id_column == BB_NO_COLUMN) put_field(csv, stimulus->id, first), first = false;
    for (size_t c = 0; c < set->n_columns; c++, first = false)
        put_field(csv, c == set->file_column ? name : c == set->degrees_column ? angle : stimulus->field[c], first);
    if (set->file_column == BB_NO_COLUMN) put_field(csv, name, false);
    if (set->degrees_column == BB_NO_COLUMN) put_field(csv, angle, false);
    bb_buf_putc(csv, '\n');
}

static enum bb_code place_all(struct job *job, struct bb_buf *csv, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    bb_progress_start("placing pictures", job->set->n);
    for (size_t i = 0; i < job->set->n && !code; i++) {
        const struct bb_stimulus *stimulus = &job->set->stimulus[i];
        const char *name = NULL;
        code = name_of(job, stimulus, source_of(job, stimulus) != job->target, &name, err);
        if (code) break;
        code = place_one(job, stimulus, bb_path_join(job->arena, job->dir, name), err);
        put_row(job->set, stimulus, name, job->target, csv);
        bb_progress_step(i + 1, stimulus->id);
    }
    bb_progress_end();
    return code;
}

/* The folder must not be that of the originals, which would be written over. */
static enum bb_code check_folder(const struct job *job, struct bb_err *err)
{
    for (size_t i = 0; i < job->set->n; i++) {
        const char *at = bb_path_join(job->arena, job->dir, bb_path_base(job->set->stimulus[i].path));
        if (strcmp(bb_path_join(job->arena, ".", job->set->stimulus[i].path), bb_path_join(job->arena, ".", at)) == 0)
            return bb_fail(err, BB_EUSAGE, "%s is the folder of the original pictures; name another one", job->dir);
    }
    return BB_OK;
}

enum bb_code bb_stimulus_set_place(const struct bb_stimulus_set *set, const struct bb_screen_spec *spec, const char *dir,
                                   struct bb_arena *arena, struct bb_placing *out, struct bb_err *err)
{
    struct job job = {.set = set,
                      .source = spec->source,
                      .target = spec->degrees,
                      .lossless = spec->lossless,
                      .dir = dir,
                      .arena = arena,
                      .out = out};
    struct bb_buf csv = BB_BUF_INIT;
    *out = (struct bb_placing){.n = set->n};
    enum bb_code code = check_angle(&job, err);
    if (!code) code = check_folder(&job, err);
    if (code) return code;
    bb_names_init(&job.taken);
    out->id = placed_id(&job);
    out->csv = bb_path_join(arena, dir, bb_arena_printf(arena, "stimulus_%s.csv", out->id));
    put_header(set, &csv);
    code = bb_make_dirs(dir, err);
    if (!code) code = place_all(&job, &csv, err);
    if (!code) code = bb_file_write(out->csv, bb_buf_text(&csv), csv.len, err);
    bb_names_release(&job.taken);
    bb_buf_release(&csv);
    return code;
}
