/*
 * SVG and XML: well-formed, ids unique, nothing that runs or is loaded from elsewhere. By expat, which resolves no external entity.
 */
#include "verify/verify_int.h"

#include <expat.h>
#include <string.h>
#include <strings.h>

struct xml {
    struct bb_check *check;
    const char *path;
    XML_Parser parser;
    struct bb_names ids;
    struct bb_buf *loc; /* text of the open <loc>; NULL: none is open */
    struct bb_buf text;
};

static size_t line_of(const struct xml *xml)
{
    return (size_t)XML_GetCurrentLineNumber(xml->parser);
}

/* "xlink:href" → "href" */
static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void see_attribute(struct xml *xml, const char *element, const char *name, const char *value)
{
    struct bb_check *check = xml->check;
    if (strcmp(name, "id") == 0) {
        size_t before = xml->ids.n;
        if (bb_names_add(&xml->ids, value) < before)
            bb_wrong(check, BB_WRONG_MARKUP, xml->path, line_of(xml), "the id \"%s\" stands twice", value);
    } else if (strncasecmp(name, "on", 2) == 0) {
        bb_wrong(check, BB_WRONG_SCRIPT, xml->path, line_of(xml), "<%s %s>: an attribute that runs a script", element, name);
    } else if (strcmp(local_name(name), "href") == 0 && bb_ends_with(xml->path, ".svg") && *value != '#') {
        bb_see_link(check, xml->path, line_of(xml), value, strcmp(local_name(element), "a") != 0);
    }
}

static void begin(void *ctx, const char *element, const char **attributes)
{
    struct xml *xml = ctx;
    const char *name = local_name(element);
    if (strcmp(name, "script") == 0 || strcmp(name, "foreignObject") == 0 || strcmp(name, "iframe") == 0)
        bb_wrong(xml->check, BB_WRONG_SCRIPT, xml->path, line_of(xml), "<%s>: a picture may not run anything", element);
    for (; attributes[0]; attributes += 2) see_attribute(xml, element, attributes[0], attributes[1]);
    bb_buf_reset(&xml->text);
    xml->loc = strcmp(name, "loc") == 0 ? &xml->text : NULL;
}

static void take_text(void *ctx, const char *text, int len)
{
    struct xml *xml = ctx;
    if (xml->loc) bb_buf_add(xml->loc, text, (size_t)len);
}

/* <loc> of a sitemap */
static void end(void *ctx, const char *element)
{
    struct xml *xml = ctx;
    (void)element;
    if (!xml->loc) return;
    xml->check->report->n_links++;
    bb_see_absolute(xml->check, xml->path, line_of(xml), bb_buf_text(xml->loc));
    xml->loc = NULL;
}

void bb_check_xml(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    struct xml xml = {.check = check, .path = path, .parser = XML_ParserCreate(NULL)};
    if (!xml.parser) bb_die("Not enough memory to read %s.", path);
    bb_names_init(&xml.ids);
    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, begin, end);
    XML_SetCharacterDataHandler(xml.parser, take_text);
    size_t at = 0, most = 1 << 20;
    enum XML_Status status = XML_STATUS_OK;
    do {
        size_t len = text->len - at < most ? text->len - at : most;
        status = XML_Parse(xml.parser, bb_buf_text(text) + at, (int)len, at + len == text->len);
        at += len;
    } while (status == XML_STATUS_OK && at < text->len);
    if (status != XML_STATUS_OK)
        bb_wrong(check, BB_WRONG_MARKUP, path, line_of(&xml), "not well-formed: %s",
                 XML_ErrorString(XML_GetErrorCode(xml.parser)));
    for (size_t i = 0; i < xml.ids.n; i++)
        bb_names_add(&check->anchors, bb_arena_printf(check->arena, "%s#%s", path, xml.ids.name[i]));
    XML_ParserFree(xml.parser);
    bb_names_release(&xml.ids);
    bb_buf_release(&xml.text);
}
