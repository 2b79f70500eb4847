/*
 * Files for those who serve, find and cite a site: .nojekyll, _headers, robots.txt, sitemap.xml, CITATION.cff.
 */
#ifndef BB_RENDER_HOST_FILES_H
#define BB_RENDER_HOST_FILES_H

#include "render/page.h"

/*
 * The policy of every page, as its <meta> states it too (templates/page.tpl). Scripts, styles and pictures are the site's own files: 'self' is the
 * folder's origin, and of pages that are opened as files what lies beside them. A header alone can say who may frame a page.
 */
#define BB_POLICY_COMMON "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

/* The address with a '/' at its end. BB_EUSAGE: it is no http: or https: address of a folder. */
enum bb_code bb_base_url(const char *url, struct bb_arena *arena, const char **out, struct bb_err *err) BB_MUST_CHECK;

/* The absolute address of a path of the site; folders for their index.html. Needs site->base. */
const char *bb_absolute(const struct bb_site *site, const char *path, struct bb_arena *arena);

/* All of them, once every page is added: the sitemap lists those that a search may find. */
enum bb_code bb_host_files_add(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

bool bb_is_unlisted(const struct bb_site *site, const char *path); /* of an unlisted model: only who has its address knows that it exists */
bool bb_is_indexed(const struct bb_site *site, const char *path); /* a page that a search may find */

/* Their texts. */
void bb_sitemap_xml(const struct bb_site *site, const struct bb_paths *paths, struct bb_buf *out); /* nothing without a base */
void bb_robots_txt(const struct bb_site *site, struct bb_buf *out);
void bb_headers_txt(struct bb_buf *out);

#endif
