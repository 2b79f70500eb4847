/*
 * What the <head> of every page says to machines, and the lab's marks in its masthead and footer.
 */
#include "render/page.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "render/editions.h"
#include "render/host_files.h"
#include "render/markdown.h"
#include "render/page_trend.h"

#define SUMMARY_LENGTH 200 /* characters that search engines and cards show, and a little more */

bool bb_is_mail(const char *text)
{
    const char *at = strchr(text, '@');
    if (!at || at == text || strchr(at + 1, '@') || !strchr(at + 1, '.')) return false;
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("@.-_+", *c)) return false;
    return true;
}

bool bb_is_web(const char *text)
{
    return bb_starts_with(text, "https://") || bb_starts_with(text, "http://");
}

void bb_page_summary(struct bb_page *page, const char *markdown)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_markdown_text(markdown, SUMMARY_LENGTH, &text);
    page->summary = text.len ? bb_arena_strdup(page->arena, text.data) : NULL;
    bb_buf_release(&text);
}

/* Tags of cards (Open Graph, Twitter): their addresses must be absolute. */
static void add_card(struct bb_page *page, const char *address)
{
    const struct bb_site *site = page->site;
    struct bb_tpl_dict *card = bb_tpl_section(page->shell, "CARD");
    bb_tpl_set(card, "CARD_TITLE", page->title ? page->title : site->results->board.title);
    bb_tpl_set(card, "CARD_URL", address);
    bb_tpl_optional(card, "CARD_SUMMARY", page->summary);
    if (site->card)
        bb_tpl_optional(card, "CARD_IMAGE", bb_absolute(site, site->card, page->arena));
    else
        bb_tpl_show(card, "CARD_WITHOUT_IMAGE");
}

static void add_addresses(struct bb_page *page)
{
    const struct bb_site *site = page->site;
    if (!site->base || strcmp(page->path, "404.html") == 0) return; /* that page is at no address of its own */
    const char *address = bb_absolute(site, page->path, page->arena);
    /* of an edition: where the newest state of the page is */
    const struct bb_site *newest = site->around ? site->around : site;
    bb_tpl_optional(page->shell, "CANONICAL", bb_absolute(newest, page->leads_to ? page->leads_to : page->path, page->arena));
    if (!page->noindex) add_card(page, address);
}

static void add_contact(struct bb_page *page, const char *contact)
{
    if (!contact || !*contact) return;
    struct bb_tpl_dict *section = bb_tpl_section(page->shell, "CONTACT");
    const char *kind = bb_is_mail(contact) ? "CONTACT_MAIL" : bb_is_web(contact) ? "CONTACT_PAGE" : "CONTACT_TEXT";
    bb_tpl_optional(section, kind, contact);
}

void bb_page_head(struct bb_page *page)
{
    const struct bb_site *site = page->site;
    bb_tpl_optional(page->shell, "PAGE_SUMMARY", page->summary);
    if (page->noindex) bb_tpl_show(page->shell, "NOINDEX");
    if (page->n_scripts || bb_editions_here(site)) bb_tpl_show(page->shell, "WITH_SCRIPTS");
    if (bb_feed_here(site)) bb_tpl_show(page->shell, "FEED");
    bb_tpl_optional(page->shell, "FAVICON", site->favicon);
    bb_tpl_optional(page->shell, "LOGO", site->logo);
    add_addresses(page);
    add_contact(page, site->results->board.contact);
}
