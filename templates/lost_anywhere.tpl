{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>No such page · {{BOARD_TITLE}}</title>
</head>
<body>
<header><p><bdi>{{BOARD_TITLE}}</bdi>{{#SIMULATED_BOARD}} <span class="tag">simulated data</span>{{/SIMULATED_BOARD}}</p></header>
<main>
{{>CONTENT}}
</main>
</body>
</html>
