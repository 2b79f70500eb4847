{{%AUTOESCAPE context="HTML"}}<nav class="crumbs" aria-label="Place on the site">
<ol>
<li><a href="{{ROOT}}compare/index.html">Compare</a></li>
</ol>
</nav>
<h1>Models against each other</h1>
<noscript><p class="notice">Choosing other models needs JavaScript. The two best of each domain stand here without it.</p></noscript>
<section class="versus" aria-label="Chosen models" data-source="{{ROOT}}{{COMPARE_DATA}}"{{#LAYER_DATA}} data-layers="{{ROOT}}{{LAYER_DATA}}"{{/LAYER_DATA}} data-root="{{ROOT}}">
<div class="tools chooser"></div>
</section>
{{#DUEL}}
<section class="duel" aria-labelledby="{{DUEL_ID}}">
<h2 id="{{DUEL_ID}}">{{DOMAIN_TITLE}}: {{#DUEL_HEAD}}<a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#DUEL_HEAD_separator}} against {{/DUEL_HEAD_separator}}{{/DUEL_HEAD}}</h2>
<p class="facts-line">{{DUEL_COUNT}}</p>
<div class="pair">
<figure class="figure">
<figcaption>Scores on each benchmark <span class="figure-note">Whiskers: standard errors, where a score has one. Averages in bold.</span></figcaption>
{{CHART_HTML:none}}
{{>FIGURE_FILES}}
</figure>
<div class="scroll" role="region" aria-labelledby="{{DUEL_ID}}-t" tabindex="0">
<table class="detail duel-table">
<caption id="{{DUEL_ID}}-t"><span>{{DOMAIN_TITLE}}: scores, and the first minus the second</span></caption>
<thead>
<tr>
<th scope="col" class="name">Benchmark</th>
{{#DUEL_HEAD}}
<th scope="col" class="num"><bdi>{{MODEL_NAME}}</bdi></th>
{{/DUEL_HEAD}}
<th scope="col" class="num">Difference</th>
<th scope="col">Ahead</th>
</tr>
</thead>
<tbody>
{{#DUEL_ROW}}
<tr class="{{ROW_CLASS}}"><th scope="row" class="name d{{NODE_DEPTH}}"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a></th>{{#DUEL_CELL}}<td class="num">{{SCORE}}</td>{{/DUEL_CELL}}<td class="num">{{DIFFERENCE}}</td><td class="kind">{{AHEAD}}</td></tr>
{{/DUEL_ROW}}
</tbody>
</table>
</div>
</div>
{{#DUEL_LAYERS}}
<h3>Layer by layer</h3>
<p class="note">From the first layer of each model to its last: models have layers of their own, and share only the order. The larger mark is the layer that was chosen.</p>
{{>FIGURES}}
{{/DUEL_LAYERS}}
</section>
{{/DUEL}}
<section aria-labelledby="rule">
<h2 id="rule">What counts as a tie</h2>
<div class="prose">
<p>Two scores are tied when they are the same to two decimals; and, where both have a standard error, when they are no more than two standard errors of their difference apart: √(se₁² + se₂²). That takes the two errors as independent. Models answer the same stimuli, so the truth is often narrower: what is a tie here may be a difference that a paired test would find. Errors that are standard deviations or unknown tell nothing of a difference; then only the rounding decides. Averages have no error here, and are not counted.</p>
</div>
</section>
