/*
 * Markdown (CommonMark) of descriptions, for pages: what somebody wrote, as markup that can do no harm.
 *
 * Kept: paragraphs, headings, lists, quotes, rules, emphasis, code, line breaks, and links to http:, https: and mailto: addresses. Raw HTML is
 * shown as the text that it is. Other links lose their address and pictures become their alternative text, because a description stands on
 * several pages, from which a relative address would lead to different places. Headings are renumbered so that the page keeps one outline: the
 * highest becomes <h`top`>, the others follow below it without a gap. No element bears an attribute but href.
 */
#ifndef BB_RENDER_MARKDOWN_H
#define BB_RENDER_MARKDOWN_H

#include "base/mem.h"

/* Appends well-formed HTML; nothing for NULL or blank text. A text over 64 KiB is not read as Markdown: its paragraphs are kept as they are. */
void bb_markdown_html(const char *text, int top, struct bb_buf *out);

/* Appends its words alone as one line, for <meta> and search: at most `limit` code points (0: all), cut between words, with "…". Not escaped. */
void bb_markdown_text(const char *text, size_t limit, struct bb_buf *out);

#endif
