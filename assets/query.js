/* What a reader types into a search field, for board.js and sort.js. */
'use strict';

const brainboardQuery = (() => {
    /* "resnet NOT vone OR \"vit b\"": OR is the lowest; words beside each other, and AND, must all be found. → [[{text, not}, …], …] */
    function parseQuery(text) {
        const tokens = text.match(/"[^"]*"?|\S+/g) || [], any = [[]];
        let not = false;
        for (const token of tokens) {
            if (token === 'OR') { if (any[any.length - 1].length) any.push([]); not = false; }
            else if (token === 'NOT') not = true;
            else if (token !== 'AND') {
                const word = token.replace(/^"|"$/g, '').toLowerCase();
                if (word) any[any.length - 1].push({text: word, not});
                not = false;
            }
        }
        return any.filter(all => all.length);
    }

    function matches(query, text) {
        const low = text.toLowerCase();
        return !query.length || query.some(all => all.every(word => low.includes(word.text) !== word.not));
    }

    return {parseQuery, matches};
})();

if (typeof module !== 'undefined') module.exports = brainboardQuery;
