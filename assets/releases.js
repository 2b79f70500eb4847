/*
 * Releases: the switcher in the masthead, and on pages of an old release the way to the same page in the latest.
 *
 * versions.js (brainboardVersions, latest first) is written anew by every build; this file stays with the release that it came with. Without
 * either, the page has plain links to the list of releases and to the latest.
 */
'use strict';

(() => {
    const place = document.getElementById('release'), banner = document.getElementById('edition');
    const versions = typeof brainboardVersions === 'undefined' ? [] : brainboardVersions;
    if (!place || !versions.length) return;
    const root = place.dataset.root, here = place.dataset.page, current = place.dataset.release, latest = versions[0].version;
    const waiting = new Map(); /* per release: who wants to know its pages */

    const folder = name => `${root}v/${encodeURIComponent(name)}/`;

    function make(tag, properties, ...children) {
        const element = Object.assign(document.createElement(tag), properties);
        element.append(...children);
        return element;
    }

    /* v/<name>/pages.js calls it. */
    window.brainboardPages = (name, paths) => {
        const ask = waiting.get(name) || [];
        waiting.delete(name);
        for (const then of ask) then(new Set(paths));
    };

    /* `then` gets the set of the pages of a release; an empty one when that cannot be read. */
    function withPages(name, then) {
        const script = make('script', {src: `${folder(name)}pages.js`});
        waiting.set(name, [then]);
        script.addEventListener('error', () => window.brainboardPages(name, []));
        document.head.append(script);
    }

    /* --- the switcher ------------------------------------------------------------------------------------------------- */

    /* A plain click goes to the same page of the release where there is one; all others, to its front page, as the link says. */
    function follow(event, name) {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        withPages(name, pages => { location.href = folder(name) + (pages.has(here) ? here : 'index.html'); });
    }

    function entry(version) {
        const name = version.version, link = make('a', {href: `${folder(name)}index.html`}, name);
        if (name === current) link.setAttribute('aria-current', 'true');
        else link.addEventListener('click', event => follow(event, name));
        const words = [name === latest ? 'latest' : '', version.date || ''].filter(Boolean).join(' · ');
        return make('li', {}, link, words ? make('span', {className: 'by'}, ` ${words}`) : '');
    }

    const MOST = 12; /* the list of releases has all */
    const label = place.textContent;
    const today = make('a', {href: `${root}index.html`}, 'The board today');
    if (!current) today.setAttribute('aria-current', 'true');
    const list = make('ul', {}, make('li', {}, today), ...versions.slice(0, MOST).map(entry),
        make('li', {}, make('a', {href: `${root}v/index.html`}, 'All releases')));
    const summary = make('summary', {}, label), switcher = make('details', {}, summary, list);
    summary.setAttribute('aria-label', `${label}: other releases`);
    switcher.addEventListener('keydown', event => {
        if (event.key !== 'Escape' || !switcher.open) return;
        switcher.open = false;
        summary.focus();
    });
    document.addEventListener('click', event => { if (!switcher.contains(event.target)) switcher.open = false; });
    place.replaceChildren(switcher);

    /* --- the banner --------------------------------------------------------------------------------------------------- */

    if (!banner) return;
    const link = banner.querySelector('.edition-latest');
    if (current === latest) {
        link.replaceWith(make('span', {}, 'It is the latest'));
        return;
    }
    banner.classList.add('outdated');
    link.href = `${folder(latest)}index.html`;
    link.textContent = `The latest release is ${latest}`;
    withPages(latest, pages => {
        if (!pages.size) return;
        if (pages.has(here)) {
            link.href = folder(latest) + here + location.hash;
            link.textContent = here === 'index.html' ? `The latest release is ${latest}` : `This page in the latest release, ${latest}`;
        } else {
            link.textContent = `The latest release, ${latest}, has no such page`;
        }
    });
})();
