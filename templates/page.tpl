{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="en"{{#PARITY}} data-rounding="twice"{{/PARITY}}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
{{#NOINDEX}}
<meta name="robots" content="noindex">
{{/NOINDEX}}
<title>{{PAGE_TITLE}}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{ROOT}}{{STYLESHEET}}">
{{#SCRIPT}}
<script src="{{ROOT}}{{SCRIPT_PATH}}" defer></script>
{{/SCRIPT}}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<p class="board-name"><a href="{{ROOT}}index.html"><bdi>{{BOARD_TITLE}}</bdi></a>{{#RELEASE}} <span class="release">{{RELEASE}}</span>{{/RELEASE}}{{#SIMULATED_BOARD}} <span class="tag">simulated data</span>{{/SIMULATED_BOARD}}</p>
<nav aria-label="Site">
<ul>
{{#NAV}}
<li>{{#NAV_HERE}}<a href="{{ROOT}}{{NAV_PATH}}" aria-current="page">{{NAV_TITLE}}</a>{{/NAV_HERE}}{{#NAV_THERE}}<a href="{{ROOT}}{{NAV_PATH}}">{{NAV_TITLE}}</a>{{/NAV_THERE}}</li>
{{/NAV}}
</ul>
</nav>
</header>
<main id="main">
{{>CONTENT}}
</main>
<footer class="colophon">
<p>Data: <a href="{{ROOT}}data/scores.csv">scores.csv</a>, <a href="{{ROOT}}data/scores.json">scores.json</a>{{#UNITS}}, <a href="{{ROOT}}data/units.h5">units.h5</a>{{/UNITS}}{{#BOARD_LICENSE}}. License: {{BOARD_LICENSE}}{{/BOARD_LICENSE}}{{#BOARD_CONTACT}}. Contact: {{BOARD_CONTACT}}{{/BOARD_CONTACT}}.</p>
{{#BOARD_FOOTER}}
<p>{{BOARD_FOOTER}}</p>
{{/BOARD_FOOTER}}
<p>Made with brainboard{{#BOARD_DATE}} · <time datetime="{{BOARD_DATE}}">{{BOARD_DATE}}</time>{{/BOARD_DATE}}</p>
</footer>
</body>
</html>
