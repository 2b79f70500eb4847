#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const struct {
    int status;
    const char *name;
} code_info[] = {
#define CODE_INFO(code, status, name) {status, name},
    BB_CODE_LIST(CODE_INFO)
#undef CODE_INFO
};

static void append(char msg[BB_ERR_MAX], const char *text)
{
    size_t used = strlen(msg);
    size_t len = strnlen(text, BB_ERR_MAX - 1 - used);
    memcpy(msg + used, text, len);
    msg[used + len] = '\0';
}

/* Formatting goes through a second buffer, because the arguments may point into err->msg. */
static void set_message(struct bb_err *err, char msg[BB_ERR_MAX])
{
    bb_text_tame(msg);
    memcpy(err->msg, msg, strlen(msg) + 1);
}

enum bb_code bb_fail(struct bb_err *err, enum bb_code code, const char *fmt, ...)
{
    if (!err) return code;
    char msg[BB_ERR_MAX];
    va_list args;
    va_start(args, fmt);
    vsnprintf(msg, sizeof msg, fmt, args);
    va_end(args);
    err->code = code;
    set_message(err, msg);
    return code;
}

enum bb_code bb_err_wrap(struct bb_err *err, enum bb_code code, const char *fmt, ...)
{
    if (!err) return code;
    char msg[BB_ERR_MAX];
    va_list args;
    va_start(args, fmt);
    vsnprintf(msg, sizeof msg, fmt, args);
    va_end(args);
    append(msg, ": ");
    append(msg, err->msg);
    set_message(err, msg);
    if (err->code == BB_OK) err->code = code;
    return err->code;
}

int bb_code_status(enum bb_code code)
{
    return code_info[code].status;
}

const char *bb_code_name(enum bb_code code)
{
    return code_info[code].name;
}
