{{%AUTOESCAPE context="HTML"}}<h1>Releases</h1>
<p class="facts-line">{{EDITIONS_COUNT}} · <a href="{{ROOT}}latest/index.html">the latest</a> · <a href="{{ROOT}}versions.json">versions.json</a></p>
<div class="prose">
<p>A release is a complete board, kept as it was published: its pages, numbers and files do not change, so that what is cited stays what was read. <a href="{{ROOT}}index.html">The board today</a> may be newer.</p>
</div>
<div class="scroll" role="region" aria-labelledby="editions-c" tabindex="0">
<table class="detail">
<caption id="editions-c"><span>Releases of this board, the latest first</span></caption>
<thead>
<tr><th scope="col" class="name">Release</th><th scope="col">Date</th><th scope="col" class="num">Models</th><th scope="col" class="num">Benchmarks</th><th scope="col" class="num">Size</th></tr>
</thead>
<tbody>
{{#EDITION_ROW}}
<tr><th scope="row" class="name"><a href="{{ROOT}}v/{{EDITION_NAME}}/index.html">{{EDITION_NAME}}</a>{{#EDITION_LATEST}} <span class="tag">latest</span>{{/EDITION_LATEST}}</th><td class="day">{{EDITION_DAY}}</td><td class="num">{{EDITION_MODELS}}</td><td class="num">{{EDITION_BENCHMARKS}}</td><td class="num">{{EDITION_SIZE}}</td></tr>
{{/EDITION_ROW}}
</tbody>
</table>
</div>
