#include "render/tpl.h"

#include "base/trace.h"

#include <ctemplate/template.h>

#include <assert.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

using ctemplate::TemplateCache;

namespace {

/* What a template asks for, as a tree: the check of names walks it beside the dictionaries. */
struct Asked {
    std::set<std::string> values, includes;
    std::map<std::string, Asked> sections;
};

struct Templates {
    TemplateCache cache;
    std::map<std::string, Asked> asked; /* by file name */
};

std::unique_ptr<Templates> templates;

const char extension[] = ".tpl";

std::string file_text(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

std::vector<std::string> template_names(const char *dir)
{
    std::set<std::string> names; /* sorted */
    if (DIR *folder = opendir(dir)) {
        while (const struct dirent *entry = readdir(folder)) {
            std::string name = entry->d_name;
            if (name.size() > sizeof extension - 1 && name.compare(name.size() - (sizeof extension - 1), std::string::npos, extension) == 0)
                names.insert(name);
        }
        closedir(folder);
    }
    return {names.begin(), names.end()};
}

bool begins(const std::string &text, const char *prefix)
{
    return text.compare(0, std::string(prefix).size(), prefix) == 0;
}

const char html_suffix[] = "_HTML";

bool is_html_name(const std::string &name)
{
    const size_t len = sizeof html_suffix - 1;
    return name.size() > len && name.compare(name.size() - len, len, html_suffix) == 0;
}

/* Escaping is turned off (":none") for exactly the names that end in _HTML, in whole markers: {{NAME_HTML:none}}. */
bool escapes_all_text(const std::string &text)
{
    for (size_t at = 0; (at = text.find("{{", at)) != std::string::npos; at += 2) {
        std::string marker = text.substr(at + 2, text.find("}}", at) - at - 2), name = marker.substr(0, marker.find(':'));
        bool is_html = is_html_name(name), is_raw = marker.find(":none") != std::string::npos;
        if (is_raw ? !is_html || marker != name + ":none" : is_html && name.find_first_of("#/!>%") == std::string::npos) return false;
    }
    return true;
}

/* Nothing reaches a page unescaped: the first marker turns escaping on, and no marker turns it off for text. */
const char *unsafe_reason(const std::string &text)
{
    if (!begins(text, "{{%AUTOESCAPE context=\"HTML\"}}") && !begins(text, "{{%AUTOESCAPE context=\"XML\"}}"))
        return "it must begin with {{%AUTOESCAPE context=\"HTML\"}} or \"XML\"";
    if (!escapes_all_text(text)) return "{{NAME_HTML:none}} is written so, and \":none\" on any other name would put raw text on a page";
    if (text.find("{{=") != std::string::npos) return "it may not change the delimiters";
    return nullptr;
}

/* ctemplate says what is wrong with a template only on stderr: what it writes there, while this lives. */
class Heard {
  public:
    Heard() : saved(dup(STDERR_FILENO)), file(memfd_create("ctemplate", MFD_CLOEXEC))
    {
        fflush(stderr);
        if (saved >= 0 && file >= 0) dup2(file, STDERR_FILENO);
    }
    ~Heard()
    {
        restore();
        if (file >= 0) close(file);
    }
    Heard(const Heard &) = delete;
    Heard &operator=(const Heard &) = delete;

    /* Its sentences, without the names of severities. */
    std::string text()
    {
        restore();
        std::string all, out;
        char part[512];
        for (ssize_t n; file >= 0 && (n = pread(file, part, sizeof part, static_cast<off_t>(all.size()))) > 0;)
            all.append(part, static_cast<size_t>(n));
        for (size_t at = 0, end; at < all.size(); at = end + 1) {
            end = std::min(all.find('\n', at), all.size());
            std::string line = all.substr(at, end - at);
            for (const char *prefix : {"ERROR: ", "WARNING: "})
                if (begins(line, prefix)) line.erase(0, std::string(prefix).size());
            if (!line.empty() && !begins(line, "In: ")) out += (out.empty() ? "" : "; ") + line;
        }
        return out;
    }

  private:
    void restore()
    {
        if (saved < 0) return;
        fflush(stderr);
        dup2(saved, STDERR_FILENO);
        close(saved);
        saved = -1;
    }
    int saved, file;
};

/* Names between {{ and }} from `at` on, up to the end of the section `inside`. ctemplate has parsed the text before, so it is well formed. */
size_t read_names(const std::string &text, size_t at, const std::string &inside, Asked &asked)
{
    while ((at = text.find("{{", at)) != std::string::npos) {
        size_t start = at + 2, end = text.find("}}", start);
        char kind = text[start];
        at = end + 2;
        if (kind == '%' || kind == '!') continue;
        if (kind == '#' || kind == '/' || kind == '>') start++;
        std::string name = text.substr(start, text.find_first_of(":}", start) - start);
        if (kind == '/' && name == inside) return at;
        if (kind == '#') at = read_names(text, at, name, asked.sections[name]);
        else if (kind == '>') asked.includes.insert(name);
        else if (!begins(name, "BI_")) asked.values.insert(name); /* BI_NEWLINE, BI_SPACE: built in */
    }
    return text.size();
}

enum bb_code caught(struct bb_err *err, const char *what)
{
    return bb_fail(err, BB_EIO, "The templates failed: %s.", what);
}

} // namespace

struct Page;

namespace {

/* Names as numbers, the same for the same text. Those of a template and those of the program stand where they stand, so the address of one finds it
   again; where the place for an address was another name's, it is looked up. */
uint32_t number_of(const char *name, size_t len)
{
    static struct {
        std::string text;
        uint32_t number;
    } known[1 << 12];
    static std::unordered_map<std::string, uint32_t> all;
    uintptr_t address = reinterpret_cast<uintptr_t>(name);
    auto &place = known[(address ^ address >> 12) % (sizeof known / sizeof known[0])];
    if (place.text.size() != len || memcmp(place.text.data(), name, len) != 0) {
        place.text.assign(name, len);
        place.number = all.emplace(place.text, static_cast<uint32_t>(all.size())).first->second;
    }
    return place.number;
}

enum Kind : uint32_t { VALUE, GLOBAL, SECTION, INCLUDE, N_KINDS };

/* A dictionary of a section or an included template, and those behind it of the same name. */
struct Item {
    const struct bb_tpl_dict *dict;
    const char *file; /* of an included template */
    Item *next;
};

/* What a dictionary has under a name: a text, or dictionaries. */
struct Entry {
    uint32_t key; /* number of the name × N_KINDS + kind */
    uint32_t len;
    const char *text;
    Item *first, *last;
};

} // namespace

/*
 * What a template is given. ctemplate asks for it through its interface; its own dictionary takes several times as long to fill, and a page has some
 * ten thousand of them. What is not there is looked for in the dictionary around: sections see the values and the sections of those they stand in,
 * included templates only what is set for the whole page.
 */
struct bb_tpl_dict : ctemplate::TemplateDictionaryInterface {
    struct bb_tpl_dict *parent = nullptr; /* whose values it sees; NULL: a page or an included template */
    Page *page = nullptr;
    Entry *entry = nullptr; /* in the page's arena */
    uint32_t n = 0, cap = 0;
    uint64_t has = 0; /* a bit for each key, of those that share it */
#ifdef BB_DEBUG
    std::set<std::string> values, globals, shown;
    std::map<std::string, std::vector<const bb_tpl_dict *>> sections;
    std::map<std::string, std::vector<std::pair<std::string, const bb_tpl_dict *>>> includes;
#endif

    const Entry *find(uint32_t key) const
    {
        if (!(has >> key % 64 & 1)) return nullptr;
        for (uint32_t i = 0; i < n; i++)
            if (entry[i].key == key) return &entry[i];
        return nullptr;
    }
    const Entry *find_around(uint32_t key) const
    {
        const Entry *found = nullptr;
        for (const bb_tpl_dict *dict = this; dict && !found; dict = dict->parent) found = dict->find(key);
        return found;
    }
    Entry *get(const char *name, Kind kind); /* the one that is there, or an empty one */
    void set(const char *name, Kind kind, const char *text);
    void append(const char *name, Kind kind, const struct bb_tpl_dict *dict, const char *file);

  protected:
    ctemplate::TemplateString GetValue(const ctemplate::TemplateString &variable) const override;
    bool IsHiddenSection(const ctemplate::TemplateString &name) const override { return !items(name, SECTION); }
    bool IsUnhiddenSection(const ctemplate::TemplateString &name) const override { return items(name, SECTION); }
    bool IsHiddenTemplate(const ctemplate::TemplateString &name) const override { return !items(name, INCLUDE); }
    void DumpToString(std::string *, int) const override {}
    Iterator *CreateSectionIterator(const ctemplate::TemplateString &name) const override { return new Items(items(name, SECTION)); }
    Iterator *CreateTemplateIterator(const ctemplate::TemplateString &name) const override { return new Items(items(name, INCLUDE)); }
    const char *GetIncludeTemplateName(const ctemplate::TemplateString &name, int index) const override
    {
        const Item *item = items(name, INCLUDE);
        while (item && index-- > 0) item = item->next;
        return item ? item->file : nullptr;
    }

  private:
    struct Items final : Iterator {
        explicit Items(const Item *first) : item(first) {}
        bool HasNext() const override { return item; }
        const TemplateDictionaryInterface &Next() override
        {
            const Item *is = item;
            item = item->next;
            return *is->dict;
        }
        const Item *item;
    };
    const Item *items(const ctemplate::TemplateString &name, Kind kind) const
    {
        const Entry *found = find_around(number_of(name.data(), name.size()) * N_KINDS + kind);
        return found ? found->first : nullptr;
    }
};

struct Page : bb_tpl_dict {
    std::deque<bb_tpl_dict> part; /* all that belong to it (a deque does not move its elements) */
    struct bb_arena *arena = bb_arena_new(0);
    Page() = default;
    Page(const Page &) = delete;
    Page &operator=(const Page &) = delete;
    ~Page() override { bb_arena_free(arena); }
};

Entry *bb_tpl_dict::get(const char *name, Kind kind)
{
    uint32_t key = number_of(name, strlen(name)) * N_KINDS + kind;
    if (has >> key % 64 & 1)
        for (uint32_t i = 0; i < n; i++)
            if (entry[i].key == key) return &entry[i];
    if (n == cap) {
        cap = cap ? 2 * cap : 4;
        Entry *more = static_cast<Entry *>(bb_arena_alloc(page->arena, cap, sizeof *more));
        if (n) memcpy(more, entry, n * sizeof *more);
        entry = more;
    }
    has |= UINT64_C(1) << key % 64;
    entry[n] = Entry{key, 0, nullptr, nullptr, nullptr};
    return &entry[n++];
}

void bb_tpl_dict::set(const char *name, Kind kind, const char *text)
{
    Entry *to = get(name, kind);
    size_t len = text ? strlen(text) : 0;
    to->text = len ? bb_arena_strndup(page->arena, text, len) : "";
    to->len = static_cast<uint32_t>(len);
}

void bb_tpl_dict::append(const char *name, Kind kind, const struct bb_tpl_dict *dict, const char *file)
{
    Entry *to = get(name, kind);
    Item *item = static_cast<Item *>(bb_arena_alloc(page->arena, 1, sizeof *item));
    *item = Item{dict, file, nullptr};
    (to->last ? to->last->next : to->first) = item;
    to->last = item;
}

ctemplate::TemplateString bb_tpl_dict::GetValue(const ctemplate::TemplateString &variable) const
{
    static const uint32_t newline = number_of("BI_NEWLINE", 10), space = number_of("BI_SPACE", 8); /* built in */
    uint32_t number = number_of(variable.data(), variable.size());
    const Entry *found = find_around(number * N_KINDS + VALUE);
    if (!found) found = page->find(number * N_KINDS + GLOBAL);
    if (found) return {found->text, found->len};
    return {number == newline ? "\n" : number == space ? " " : ""};
}

#ifdef BB_DEBUG
#define RECORD(statement) statement
#else
#define RECORD(statement) ((void)0)
#endif

namespace {

/* What a template gives goes where it is wanted. */
class Emitter final : public ctemplate::ExpandEmitter {
  public:
    explicit Emitter(struct bb_buf *out) : to(out) {}
    void Emit(char c) override { bb_buf_putc(to, c); }
    void Emit(const std::string &text) override { bb_buf_add(to, text.data(), text.size()); }
    void Emit(const char *text) override { bb_buf_puts(to, text); }
    void Emit(const char *text, size_t len) override { bb_buf_add(to, text, len); }

  private:
    struct bb_buf *to;
};

struct bb_tpl_dict *new_part(struct bb_tpl_dict *of, struct bb_tpl_dict *parent)
{
    of->page->part.emplace_back();
    struct bb_tpl_dict *part = &of->page->part.back();
    part->parent = parent;
    part->page = of->page;
    return part;
}

#ifdef BB_DEBUG
bool is_set(const bb_tpl_dict *dict, const std::string &name)
{
    if (dict->page->globals.count(name)) return true;
    for (; dict; dict = dict->parent)
        if (dict->values.count(name)) return true;
    return false;
}

/* What a dictionary may have there: what the template has, also inside the sections that it shows without values of their own (bb_tpl_once). */
bool has_section(const Asked &asked, const bb_tpl_dict *dict, const std::string &name)
{
    if (asked.sections.count(name)) return true;
    for (const auto &section : asked.sections)
        if (dict->shown.count(section.first) && has_section(section.second, dict, name)) return true;
    return false;
}

bool has_include(const Asked &asked, const bb_tpl_dict *dict, const std::string &name)
{
    if (asked.includes.count(name)) return true;
    for (const auto &section : asked.sections)
        if (dict->shown.count(section.first) && has_include(section.second, dict, name)) return true;
    return false;
}

/* The first thing that is wrong with the names of a dictionary, or "". */
std::string wrong_name(const std::string &file, const Asked &asked, const bb_tpl_dict *dict, const bb_tpl_dict *top);

std::string wrong_in_section(const std::string &file, const std::string &name, const Asked &asked, const bb_tpl_dict *dict)
{
    auto found = dict->sections.find(name);
    if (found == dict->sections.end()) {
        if (dict->shown.count(name)) return wrong_name(file, asked, dict, nullptr);
        for (const bb_tpl_dict *around = dict->parent; around; around = around->parent)
            if (around->sections.count(name) || around->shown.count(name)) return file + " would inherit {{#" + name + "}}: give it another name";
        return "";
    }
    for (const bb_tpl_dict *section : found->second) {
        std::string wrong = wrong_name(file, asked, section, section);
        if (!wrong.empty()) return wrong;
    }
    return "";
}

std::string wrong_name(const std::string &file, const Asked &asked, const bb_tpl_dict *dict, const bb_tpl_dict *top)
{
    for (const std::string &name : asked.values)
        if (!is_set(dict, name)) return file + " has {{" + name + "}}, which is not set";
    for (const auto &section : asked.sections) {
        std::string wrong = wrong_in_section(file, section.first, section.second, dict);
        if (!wrong.empty()) return wrong;
    }
    for (const std::string &name : asked.includes) {
        auto found = dict->includes.find(name);
        if (found == dict->includes.end()) {
            for (const bb_tpl_dict *around = dict->parent; around; around = around->parent)
                if (around->includes.count(name)) return file + " would inherit {{>" + name + "}}: put it into a section of its own";
            continue;
        }
        for (const auto &include : found->second) {
            auto known = templates->asked.find(include.first);
            if (known == templates->asked.end()) return "there is no template " + include.first;
            std::string wrong = wrong_name(include.first, known->second, include.second, include.second);
            if (!wrong.empty()) return wrong;
        }
    }
    if (!top) return "";
    for (const auto &section : top->sections)
        if (!has_section(asked, top, section.first)) return file + " has no section {{#" + section.first + "}} there";
    for (const auto &include : top->includes)
        if (!has_include(asked, top, include.first)) return file + " has no {{>" + include.first + "}} there";
    return "";
}

bool in_tree(const Asked &asked, const std::string &name)
{
    if (asked.values.count(name) || asked.sections.count(name)) return true;
    for (const auto &section : asked.sections)
        if (in_tree(section.second, name)) return true;
    return false;
}

/* Values and shown sections may be used deeper than where they are set, but somewhere in the templates they must be. */
std::string unknown_name(const bb_tpl_dict *dict)
{
    for (const auto *names : {&dict->values, &dict->globals, &dict->shown})
        for (const std::string &name : *names) {
            bool known = false;
            for (const auto &file : templates->asked) known = known || in_tree(file.second, name);
            if (!known) return "no template has {{" + name + "}}";
        }
    return "";
}

std::string wrong_page(const char *file, const Page *page)
{
    auto known = templates->asked.find(file);
    if (known == templates->asked.end()) return std::string("there is no template ") + file;
    std::string wrong = unknown_name(page);
    for (const bb_tpl_dict &part : page->part)
        if (wrong.empty()) wrong = unknown_name(&part);
    return wrong.empty() ? wrong_name(file, known->second, page, page) : wrong;
}
#endif

/* For who asks later whether anything changed: the templates that are there. */
void note_names(const std::string &dir, const std::vector<std::string> &names)
{
    std::vector<std::string> paths;
    std::vector<char *> list;
    for (const std::string &name : names) paths.push_back(dir + "/" + name);
    for (std::string &path : paths) list.push_back(&path[0]);
    bb_trace_glob((dir + "/*" + extension).c_str(), list.data(), list.size());
}

enum bb_code load(const char *dir, const char *own, struct bb_err *err)
{
    templates.reset(new Templates);
    TemplateCache &cache = templates->cache;
    cache.SetTemplateRootDirectory(own ? own : dir);
    if (own) cache.AddAlternateTemplateRootDirectory(dir);
    std::vector<std::string> names = template_names(dir);
    if (names.empty()) return bb_fail(err, BB_EABSENT, "There are no templates in %s.", dir);
    note_names(dir, names);
    for (const std::string &name : names) {
        if (own) bb_trace_path((std::string(own) + "/" + name).c_str());
        std::string path = cache.FindTemplateFilename(name);
        bb_trace_path(path.c_str());
        std::string text = file_text(path);
        bb_trace_read(path.c_str(), text.data(), text.size());
        const char *reason = unsafe_reason(text);
        if (reason) return bb_fail(err, BB_EINPUT, "The template %s is refused: %s.", path.c_str(), reason);
        Heard heard;
        if (!cache.LoadTemplate(name, ctemplate::STRIP_BLANK_LINES))
            return bb_fail(err, BB_EINPUT, "The template %s cannot be read: %s", path.c_str(), heard.text().c_str());
        read_names(text, 0, "", templates->asked[name]);
    }
    cache.Freeze(); /* nothing is read from disk while pages are made */
    return BB_OK;
}

} // namespace

/* No exception leaves this file. Those that can happen at all are std::bad_alloc, for which the program ends as everywhere else. */
template <typename Work> static auto guarded(Work work) noexcept -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &problem) {
        bb_die("The templates failed: %s.", problem.what());
    }
}

enum bb_code bb_tpl_open(const char *dir, const char *own, struct bb_err *err)
{
    try {
        enum bb_code code = load(dir, own, err);
        if (code != BB_OK) templates.reset();
        return code;
    } catch (const std::exception &problem) {
        templates.reset();
        return caught(err, problem.what());
    }
}

void bb_tpl_close(void)
{
    templates.reset();
}

struct bb_tpl_dict *bb_tpl_new(void)
{
    return guarded([] {
        auto *page = new Page();
        page->page = page;
        return static_cast<struct bb_tpl_dict *>(page);
    });
}

void bb_tpl_free(struct bb_tpl_dict *page)
{
    if (page) delete page->page;
}

void bb_tpl_set(struct bb_tpl_dict *dict, const char *name, const char *value)
{
    guarded([=] {
        assert(!is_html_name(name));
        dict->set(name, VALUE, value);
        RECORD(dict->values.insert(name));
    });
}

void bb_tpl_set_html(struct bb_tpl_dict *dict, const char *name, const char *html)
{
    guarded([=] {
        assert(is_html_name(name));
        dict->set(name, VALUE, html);
        RECORD(dict->values.insert(name));
    });
}

void bb_tpl_set_number(struct bb_tpl_dict *dict, const char *name, size_t value)
{
    guarded([=] { bb_tpl_set(dict, name, std::to_string(value).c_str()); });
}

void bb_tpl_set_global(struct bb_tpl_dict *page, const char *name, const char *value)
{
    guarded([=] {
        page->page->set(name, GLOBAL, value);
        RECORD(page->page->globals.insert(name));
    });
}

struct bb_tpl_dict *bb_tpl_section(struct bb_tpl_dict *dict, const char *name)
{
    return guarded([=] {
        struct bb_tpl_dict *section = new_part(dict, dict);
        dict->append(name, SECTION, section, nullptr);
        RECORD(dict->sections[name].push_back(section));
        return section;
    });
}

void bb_tpl_show(struct bb_tpl_dict *dict, const char *name)
{
    guarded([=] {
        if (!dict->get(name, SECTION)->first) dict->append(name, SECTION, dict, nullptr);
        RECORD(dict->shown.insert(name));
    });
}

struct bb_tpl_dict *bb_tpl_once(struct bb_tpl_dict *dict, const char *name)
{
    bb_tpl_show(dict, name);
    return dict;
}

struct bb_tpl_dict *bb_tpl_include(struct bb_tpl_dict *dict, const char *name, const char *file)
{
    return guarded([=] {
        struct bb_tpl_dict *include = new_part(dict, nullptr);
        dict->append(name, INCLUDE, include, bb_arena_strdup(dict->page->arena, file));
        RECORD(dict->includes[name].emplace_back(file, include));
        return include;
    });
}

void bb_tpl_optional(struct bb_tpl_dict *dict, const char *name, const char *value)
{
    if (value && *value) bb_tpl_set(bb_tpl_once(dict, name), name, value);
}

void bb_tpl_optional_html(struct bb_tpl_dict *dict, const char *name, const char *html)
{
    if (html && *html) bb_tpl_set_html(bb_tpl_once(dict, name), name, html);
}

enum bb_code bb_tpl_expand(const char *file, const struct bb_tpl_dict *page, struct bb_buf *out, struct bb_err *err)
{
    try {
#ifdef BB_DEBUG
        std::string wrong = wrong_page(file, page->page);
        if (!wrong.empty()) return bb_fail(err, BB_EINPUT, "The template %s and the program disagree: %s.", file, wrong.c_str());
#endif
        Emitter emitter(out);
        if (!templates->cache.ExpandNoLoad(file, ctemplate::STRIP_BLANK_LINES, page, nullptr, &emitter))
            return bb_fail(err, BB_EINPUT, "The template %s cannot be expanded; the line above says why.", file);
        return BB_OK;
    } catch (const std::exception &problem) {
        return caught(err, problem.what());
    }
}
