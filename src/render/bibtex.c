#include "render/bibtex.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define AUTHORS_MOST 8

/* --- TeX's letters -------------------------------------------------------------------------------------------------- */

static const struct {
    char accent, letter;
    const char *text;
} composed[] = {
    {'"', 'a', "ä"},  {'"', 'e', "ë"},  {'"', 'i', "ï"},  {'"', 'o', "ö"},  {'"', 'u', "ü"},  {'"', 'A', "Ä"},  {'"', 'O', "Ö"},
    {'"', 'U', "Ü"},  {'\'', 'a', "á"}, {'\'', 'e', "é"}, {'\'', 'i', "í"}, {'\'', 'o', "ó"}, {'\'', 'u', "ú"}, {'\'', 'y', "ý"},
    {'\'', 'n', "ń"}, {'\'', 'c', "ć"}, {'\'', 's', "ś"}, {'\'', 'z', "ź"}, {'\'', 'A', "Á"}, {'\'', 'E', "É"}, {'\'', 'I', "Í"},
    {'\'', 'O', "Ó"}, {'\'', 'U', "Ú"}, {'`', 'a', "à"},  {'`', 'e', "è"},  {'`', 'i', "ì"},  {'`', 'o', "ò"},  {'`', 'u', "ù"},
    {'^', 'a', "â"},  {'^', 'e', "ê"},  {'^', 'i', "î"},  {'^', 'o', "ô"},  {'^', 'u', "û"},  {'~', 'a', "ã"},  {'~', 'n', "ñ"},
    {'~', 'o', "õ"},  {'c', 'c', "ç"},  {'c', 's', "ş"},  {'c', 'C', "Ç"},  {'v', 'c', "č"},  {'v', 's', "š"},  {'v', 'z', "ž"},
    {'v', 'e', "ě"},  {'v', 'r', "ř"},  {'v', 'C', "Č"},  {'v', 'S', "Š"},  {'v', 'Z', "Ž"},  {'u', 'a', "ă"},  {'u', 'g', "ğ"},
    {'H', 'o', "ő"},  {'H', 'u', "ű"},  {'.', 'z', "ż"},  {'=', 'a', "ā"},  {'=', 'o', "ō"},  {'k', 'a', "ą"},  {'k', 'e', "ę"},
};

static const struct {
    const char *command, *text;
} symbols[] = {{"ss", "ß"}, {"o", "ø"},  {"O", "Ø"}, {"aa", "å"}, {"AA", "Å"}, {"ae", "æ"},
               {"AE", "Æ"}, {"oe", "œ"}, {"l", "ł"}, {"L", "Ł"},  {"i", "ı"}};

static const char *skip_blank(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at)) at++;
    return at;
}

/* The letter that an accent stands over: \"o, \"{o}, {\"o}, \c c. NULL: none that is known. */
static const char *accented(char accent, const char *at, const char *end, struct bb_buf *out)
{
    const char *letter = skip_blank(at, end);
    while (letter < end && *letter == '{') letter++;
    if (letter < end && *letter == '\\' && letter + 1 < end && (letter[1] == 'i' || letter[1] == 'j')) letter++;
    for (size_t i = 0; letter < end && i < sizeof composed / sizeof composed[0]; i++) {
        if (composed[i].accent != accent || composed[i].letter != *letter) continue;
        bb_buf_puts(out, composed[i].text);
        return letter + 1;
    }
    return NULL;
}

/* Behind a backslash. Returns where to go on. */
static const char *command(const char *at, const char *end, struct bb_buf *out)
{
    const char *word = at;
    while (word < end && isalpha((unsigned char)*word)) word++;
    if (word == at) {
        const char *after = at < end ? accented(*at, at + 1, end, out) : NULL;
        if (after) return after;
        if (at < end && !strchr("\"'`^~=.", *at)) bb_buf_putc(out, *at); /* \& \% \_ \$ */
        return at < end ? at + 1 : end;
    }
    size_t len = (size_t)(word - at);
    if (len == 1) {
        const char *after = accented(*at, word, end, out);
        if (after) return after;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        if (strlen(symbols[i].command) == len && memcmp(symbols[i].command, at, len) == 0) bb_buf_puts(out, symbols[i].text);
    return skip_blank(word, end);
}

static const char *plain(const char *from, const char *end, struct bb_arena *arena)
{
    struct bb_buf out = BB_BUF_INIT;
    for (const char *at = from; at < end;) {
        if (*at == '\\') {
            at = command(at + 1, end, &out);
        } else if (*at == '{' || *at == '}' || *at == '$') {
            at++;
        } else if (isspace((unsigned char)*at)) {
            if (out.len && out.data[out.len - 1] != ' ') bb_buf_putc(&out, ' ');
            at++;
        } else if (*at == '~') {
            bb_buf_putc(&out, ' ');
            at++;
        } else if (*at == '-' && at + 1 < end && at[1] == '-') {
            bb_buf_puts(&out, "–");
            while (at < end && *at == '-') at++;
        } else {
            bb_buf_putc(&out, *at++);
        }
    }
    while (out.len && out.data[out.len - 1] == ' ') out.len--;
    const char *text = out.len ? bb_arena_strndup(arena, out.data, out.len) : NULL;
    bb_buf_release(&out);
    return text;
}

/* --- entries -------------------------------------------------------------------------------------------------------- */

/* Behind a value that begins at `at`: braces, quotes, or a word. */
static const char *value_end(const char *at)
{
    size_t depth = 0;
    bool quoted = *at == '"';
    for (const char *c = quoted ? at + 1 : at; *c; c++) {
        if (*c == '\\' && c[1])
            c++;
        else if (*c == '{')
            depth++;
        else if (*c == '}' && depth == 0)
            return c;
        else if (*c == '}' && --depth == 0 && !quoted)
            return c + 1;
        else if (*c == '"' && quoted && depth == 0)
            return c + 1;
        else if (*c == ',' && depth == 0 && !quoted)
            return c;
    }
    return at + strlen(at);
}

static const char **field_of(struct bb_citation *entry, const char *name, size_t len)
{
    const struct {
        const char *name;
        const char **field;
    } fields[] = {{"author", &entry->author},
                  {"title", &entry->title},
                  {"year", &entry->year},
                  {"journal", &entry->venue},
                  {"booktitle", &entry->venue},
                  {"school", &entry->venue},
                  {"publisher", &entry->venue},
                  {"howpublished", &entry->venue},
                  {"volume", &entry->volume},
                  {"pages", &entry->pages},
                  {"doi", &entry->doi},
                  {"url", &entry->url},
                  {"note", bb_strcaseeq(entry->type, "unpublished") ? &entry->venue : NULL}};
    char lower[16];
    if (len >= sizeof lower) return NULL;
    for (size_t i = 0; i < len; i++) lower[i] = (char)tolower((unsigned char)name[i]);
    lower[len] = '\0';
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].name, lower) == 0) return fields[i].field;
    return NULL;
}

static const char *read_fields(const char *at, struct bb_citation *out, struct bb_arena *arena)
{
    for (;;) {
        while (*at && (isspace((unsigned char)*at) || *at == ',')) at++;
        if (!*at || *at == '}' || *at == ')') return *at ? at + 1 : at;
        const char *name = at;
        while (*at && *at != '=' && *at != '}' && *at != ',') at++;
        if (*at != '=') continue;
        size_t len = (size_t)(at - name);
        while (len && isspace((unsigned char)name[len - 1])) len--;
        at = skip_blank(at + 1, at + strlen(at));
        const char *end = value_end(at);
        const char **field = field_of(out, name, len);
        const char *text = field && !*field ? plain(at + (*at == '"'), end - (*at == '"' && end > at + 1), arena) : NULL;
        if (text) *field = text;
        at = end;
    }
}

const char *bb_citation_next(const char *text, struct bb_citation *out, struct bb_arena *arena)
{
    for (const char *at = strchr(text, '@'); at; at = strchr(at, '@')) {
        const char *type = ++at;
        while (isalpha((unsigned char)*at)) at++;
        size_t type_len = (size_t)(at - type);
        while (isspace((unsigned char)*at)) at++;
        if (!type_len || (*at != '{' && *at != '(')) continue;
        const char *key = ++at;
        while (*at && *at != ',' && *at != '}' && *at != ')') at++;
        *out = (struct bb_citation){.type = bb_arena_strndup(arena, type, type_len), .key = plain(key, at, arena)};
        if (!out->key) out->key = "";
        at = read_fields(at, out, arena);
        if (out->title || out->author) return at;
    }
    return NULL;
}

/* --- as a reference ------------------------------------------------------------------------------------------------- */

static void add_initials(struct bb_buf *out, const char *names, size_t len)
{
    bool begins = true;
    for (size_t i = 0; i < len; i++) {
        bool is_letter = isalpha((unsigned char)names[i]) || (unsigned char)names[i] >= 0x80;
        if (begins && is_letter) {
            size_t n = bb_utf8_sequence(names + i, len - i);
            bb_buf_add(out, names + i, n ? n : 1);
        }
        begins = names[i] == ' ' || names[i] == '-' || names[i] == '.';
    }
}

/* "Schrimpf, Martin" and "Martin Schrimpf" as "Schrimpf M", "Ferguson, Jr, Michael" as "Ferguson M Jr"; in braces, which are gone by now, a name of
   one word. */
static void add_author(struct bb_buf *out, const char *name, size_t len)
{
    const char *end = name + len, *comma = memchr(name, ',', len);
    if (comma) {
        const char *first = memchr(comma + 1, ',', (size_t)(end - comma) - 1);
        bb_buf_add(out, name, (size_t)(comma - name));
        bb_buf_putc(out, ' ');
        add_initials(out, first ? first + 1 : comma + 1, (size_t)(end - (first ? first : comma)) - 1);
        if (first) bb_buf_add(out, comma + 1, (size_t)(first - comma) - 1);
        return;
    }
    size_t last = len;
    while (last && name[last - 1] != ' ') last--;
    bb_buf_add(out, name + last, len - last);
    if (!last) return;
    bb_buf_putc(out, ' ');
    add_initials(out, name, last - 1);
}

static void add_authors(struct bb_buf *out, const char *text)
{
    for (size_t n = 0; *text; n++) {
        const char *end = strstr(text, " and ");
        size_t len = end ? (size_t)(end - text) : strlen(text);
        bool is_others = len == strlen("others") && memcmp(text, "others", len) == 0;
        if (n) bb_buf_puts(out, ", ");
        if (n == AUTHORS_MOST || is_others) {
            bb_buf_puts(out, "et al.");
            return;
        }
        add_author(out, text, len);
        text = end ? end + strlen(" and ") : text + len;
    }
}

static const char *taken(struct bb_buf *text, struct bb_arena *arena)
{
    const char *copy = bb_arena_strdup(arena, bb_buf_text(text));
    bb_buf_reset(text);
    return copy;
}

size_t bb_citation_spans(const struct bb_citation *entry, uint32_t link_colour, struct bb_arena *arena, struct bb_span span[4])
{
    const struct bb_pdf_look look = {BB_FACE_TEXT, 8.8, 0x1c1d1f}, italic = {BB_FACE_ITALIC, 8.8, 0x1c1d1f},
                             link = {BB_FACE_TEXT, 8.8, link_colour};
    struct bb_buf text = BB_BUF_INIT;
    size_t n = 0;
    if (entry->author)
        add_authors(&text, entry->author);
    else
        bb_buf_puts(&text, entry->title);
    if (entry->year) bb_buf_printf(&text, " (%s)", entry->year);
    bb_buf_puts(&text, text.len && text.data[text.len - 1] == '.' ? " " : ". "); /* "et al." */
    if (entry->author && entry->title)
        bb_buf_printf(&text, "%s%s ", entry->title, strchr("?!.", entry->title[strlen(entry->title) - 1]) ? "" : ".");
    span[n++] = (struct bb_span){taken(&text, arena), look, NULL};
    if (entry->venue) span[n++] = (struct bb_span){entry->venue, italic, NULL};
    if (entry->volume) bb_buf_printf(&text, " %s", entry->volume);
    if (entry->pages) bb_buf_printf(&text, ", %s", entry->pages);
    if (entry->venue || text.len) bb_buf_puts(&text, ". ");
    span[n++] = (struct bb_span){taken(&text, arena), look, NULL};
    if (entry->doi) {
        const char *doi = bb_starts_with(entry->doi, "https://doi.org/") ? entry->doi + strlen("https://doi.org/") : entry->doi;
        span[n++] =
            (struct bb_span){bb_arena_printf(arena, "doi:%s", doi), link, bb_arena_printf(arena, "https://doi.org/%s", doi)};
    } else if (entry->url) {
        span[n++] = (struct bb_span){entry->url, link, entry->url};
    }
    bb_buf_release(&text);
    return n;
}
