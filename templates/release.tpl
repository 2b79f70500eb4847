{{%AUTOESCAPE context="HTML"}}<nav class="crumbs" aria-label="Place on the site">
<ol>
<li><a href="{{ROOT}}changes/index.html">Changes</a></li>
</ol>
</nav>
<h1>{{RELEASE_TITLE}}</h1>
<p class="facts-line">{{#TREND_DAY}}{{TREND_DAY}} · {{/TREND_DAY}}{{RELEASE_SUMMARY}}{{#RELEASE_DATA}} · <a href="changes.json">as JSON</a>{{/RELEASE_DATA}}</p>
{{#RELEASE_LISTS}}
<dl class="facts">
{{#RELEASE_LIST}}
<dt>{{LIST_TITLE}}</dt><dd>{{#LIST_ITEM}}{{#LIST_PATH}}<a href="{{ROOT}}{{LIST_PATH}}"><bdi>{{LIST_NAME}}</bdi></a>{{/LIST_PATH}}{{#LIST_GONE}}<bdi>{{LIST_NAME}}</bdi>{{/LIST_GONE}}{{#LIST_HOW}} <span class="by">{{LIST_HOW}}</span>{{/LIST_HOW}}{{#LIST_ITEM_separator}}, {{/LIST_ITEM_separator}}{{/LIST_ITEM}}</dd>
{{/RELEASE_LIST}}
</dl>
{{/RELEASE_LISTS}}
{{#RELEASE_GROUP}}
<section aria-labelledby="{{TABLE_ID}}">
<h2 id="{{TABLE_ID}}"><bdi>{{GROUP_TITLE}}</bdi></h2>
<div class="scroll long" role="region" aria-labelledby="{{TABLE_ID}}-c" tabindex="0">
<table class="detail">
<caption id="{{TABLE_ID}}-c"><span>{{CAPTION}}</span></caption>
<thead>
<tr><th scope="col" class="name">Model</th><th scope="col" class="num">Rank</th><th scope="col" class="num">Before</th><th scope="col" class="num">After</th><th scope="col" class="num">Change</th>{{#GROUP_HEAD}}<th scope="col" class="num">{{GROUP_KIND}}</th>{{/GROUP_HEAD}}<th scope="col">Rank because</th></tr>
</thead>
<tbody>
{{#GROUP_ROW}}
<tr><th scope="row" class="name">{{#LIST_PATH}}<a href="{{ROOT}}{{LIST_PATH}}"><bdi>{{LIST_NAME}}</bdi></a>{{/LIST_PATH}}{{#LIST_GONE}}<bdi>{{LIST_NAME}}</bdi>{{/LIST_GONE}}</th><td class="num">{{GROUP_RANK}}</td><td class="num">{{GROUP_BEFORE}}</td><td class="num">{{GROUP_AFTER}}</td><td class="num">{{GROUP_CHANGE}}</td>{{#GROUP_CELL}}<td class="num">{{GROUP_TERM}}</td>{{/GROUP_CELL}}<td>{{GROUP_WHY}}</td></tr>
{{/GROUP_ROW}}
</tbody>
</table>
</div>
</section>
{{/RELEASE_GROUP}}
{{#RELEASE_SCORES}}
<section aria-labelledby="scores">
<h2 id="scores">Scores that changed</h2>
<div class="scroll long" role="region" aria-labelledby="scores-c" tabindex="0">
<table class="detail">
<caption id="scores-c"><span>{{CAPTION}}</span></caption>
<thead>
<tr><th scope="col" class="name">Model</th><th scope="col">Benchmark</th><th scope="col" class="num">Before</th><th scope="col" class="num">After</th><th scope="col" class="num">Change</th><th scope="col">Because of</th></tr>
</thead>
<tbody>
{{#SCORE_ROW}}
<tr><th scope="row" class="name"><bdi>{{SCORE_MODEL}}</bdi></th><td><bdi>{{SCORE_BENCHMARK}}</bdi></td><td class="num">{{GROUP_BEFORE}}</td><td class="num">{{GROUP_AFTER}}</td><td class="num">{{GROUP_CHANGE}}</td><td>{{SCORE_CAUSES}}</td></tr>
{{/SCORE_ROW}}
</tbody>
</table>
</div>
</section>
{{/RELEASE_SCORES}}
