{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="en"{{#PARITY}} data-rounding="twice"{{/PARITY}}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; {{#WITH_SCRIPTS}}script-src 'self'; {{/WITH_SCRIPTS}}style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
{{#LEADS_TO}}
<meta http-equiv="refresh" content="0; url={{ROOT}}{{LEADS_TO}}">
{{/LEADS_TO}}
{{#NOINDEX}}
<meta name="robots" content="noindex">
{{/NOINDEX}}
<title>{{PAGE_TITLE}}</title>
{{#PAGE_SUMMARY}}
<meta name="description" content="{{PAGE_SUMMARY}}">
{{/PAGE_SUMMARY}}
{{#CANONICAL}}
<link rel="canonical" href="{{CANONICAL}}">
{{/CANONICAL}}
{{#CARD}}
<meta property="og:type" content="website">
<meta property="og:site_name" content="{{BOARD_TITLE}}">
<meta property="og:title" content="{{CARD_TITLE}}">
{{#CARD_SUMMARY}}
<meta property="og:description" content="{{CARD_SUMMARY}}">
{{/CARD_SUMMARY}}
<meta property="og:url" content="{{CARD_URL}}">
{{#CARD_IMAGE}}
<meta property="og:image" content="{{CARD_IMAGE}}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="{{BOARD_TITLE}}: the best models of each domain, as bars">
<meta name="twitter:card" content="summary_large_image">
{{/CARD_IMAGE}}
{{#CARD_WITHOUT_IMAGE}}
<meta name="twitter:card" content="summary">
{{/CARD_WITHOUT_IMAGE}}
{{/CARD}}
{{#FEED}}
<link rel="alternate" type="application/atom+xml" title="Changes" href="{{ROOT}}changes/feed.xml">
{{/FEED}}
{{#FAVICON}}
<link rel="icon" type="image/svg+xml" href="{{ROOT}}{{FAVICON}}">
{{/FAVICON}}
<link rel="stylesheet" href="{{ROOT}}{{STYLESHEET}}">
{{#WITH_VERSIONS}}
<script src="{{ROOT}}{{VERSIONS_PATH}}" defer></script>
{{/WITH_VERSIONS}}
{{#SCRIPT}}
<script src="{{ROOT}}{{SCRIPT_PATH}}" defer></script>
{{/SCRIPT}}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<p class="board-name"><a href="{{ROOT}}index.html">{{#LOGO}}<img class="logo" src="{{ROOT}}{{LOGO}}" alt=""> {{/LOGO}}<bdi>{{BOARD_TITLE}}</bdi></a>{{#RELEASE}} <span class="release">{{RELEASE}}</span>{{/RELEASE}}{{#RELEASES}} <span class="release" id="release" data-root="{{ROOT}}{{SITE_UP}}" data-page="{{PAGE_PATH}}" data-release="{{EDITION_NAME}}"><a href="{{ROOT}}{{SITE_UP}}v/index.html">{{RELEASE_LABEL}}</a></span>{{/RELEASES}}{{#SIMULATED_BOARD}} <span class="tag">simulated data</span>{{/SIMULATED_BOARD}}</p>
<nav aria-label="Site">
<ul>
{{#NAV}}
<li>{{#NAV_HERE}}<a href="{{ROOT}}{{NAV_PATH}}" aria-current="page">{{NAV_TITLE}}</a>{{/NAV_HERE}}{{#NAV_THERE}}<a href="{{ROOT}}{{NAV_PATH}}">{{NAV_TITLE}}</a>{{/NAV_THERE}}</li>
{{/NAV}}
</ul>
</nav>
</header>
{{#EDITION}}
<aside class="edition" id="edition" aria-label="Release">
<p><span class="edition-is">This is release {{EDITION_NAME}}{{#EDITION_DATE}} of <time datetime="{{EDITION_DATE}}">{{EDITION_DATE}}</time>{{/EDITION_DATE}}, kept as it was published.</span> <a class="edition-latest" href="{{ROOT}}{{SITE_UP}}latest/index.html">The latest release</a> · <a href="{{ROOT}}{{SITE_UP}}index.html">the board today</a></p>
</aside>
{{/EDITION}}
<main id="main">
{{>CONTENT}}
</main>
<footer class="colophon">
<p>Data: <a href="{{ROOT}}data/scores.csv">scores.csv</a>, <a href="{{ROOT}}data/scores.json">scores.json</a>{{#UNITS}}, <a href="{{ROOT}}data/units.h5">units.h5</a>{{/UNITS}}{{#REFERENCE_LIST}}, <a href="{{ROOT}}data/references.bib">references.bib</a>{{/REFERENCE_LIST}}{{#BOARD_LICENSE}}. License: {{BOARD_LICENSE}}{{/BOARD_LICENSE}}{{#CONTACT}}. Contact: {{#CONTACT_MAIL}}<a href="mailto:{{CONTACT_MAIL}}">{{CONTACT_MAIL}}</a>{{/CONTACT_MAIL}}{{#CONTACT_PAGE}}<a href="{{CONTACT_PAGE}}">{{CONTACT_PAGE}}</a>{{/CONTACT_PAGE}}{{#CONTACT_TEXT}}<bdi>{{CONTACT_TEXT}}</bdi>{{/CONTACT_TEXT}}{{/CONTACT}}.</p>
{{#BOARD_FOOTER}}
<p>{{BOARD_FOOTER}}</p>
{{/BOARD_FOOTER}}
<p>Made with brainboard{{#BOARD_DATE}} · <time datetime="{{BOARD_DATE}}">{{BOARD_DATE}}</time>{{/BOARD_DATE}}</p>
</footer>
</body>
</html>
