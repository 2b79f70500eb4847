{{%AUTOESCAPE context="HTML"}}<nav class="crumbs" aria-label="Place on the site">
<ol>
<li><a href="{{ROOT}}models/index.html">Models</a></li>
</ol>
</nav>
<h1><bdi>{{MODEL_NAME}}</bdi>{{#MODEL_REFERENCE}} <span class="tag">reference</span>{{/MODEL_REFERENCE}}{{#MODEL_UNLISTED}} <span class="tag">unlisted</span>{{/MODEL_UNLISTED}}</h1>
{{#STANDINGS}}
<ul class="standings">
{{#STANDING}}
<li data-n="{{NODE_ID}}"><a href="{{ROOT}}{{DOMAIN_PATH}}">{{DOMAIN_TITLE}}</a>: {{#AVERAGE}}<b data-v="score">{{SCORE}}</b>, <span data-v="rank">{{RANK}}</span>{{#OTHERS}} <span class="aside">(median <span data-v="median">{{MEDIAN}}</span>, best <span data-v="best">{{BEST}}</span>)</span>{{/OTHERS}}{{/AVERAGE}}{{#NO_AVERAGE}}no average{{/NO_AVERAGE}}; {{COVERAGE}}</li>
{{/STANDING}}
</ul>
{{/STANDINGS}}
{{>FIGURES}}
{{#DESCRIPTION_HTML}}
<div class="prose">
{{DESCRIPTION_HTML:none}}
</div>
{{/DESCRIPTION_HTML}}
{{#FACTS}}
<dl class="facts">
{{#FACT}}
<dt>{{FACT_NAME}}</dt><dd{{#FACT_MONO}} class="mono"{{/FACT_MONO}}>{{#FACT_URL}}<a href="{{FACT_URL}}"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_URL}}{{#FACT_TEXT}}<bdi>{{FACT_VALUE}}</bdi>{{/FACT_TEXT}}{{#FACT_EXACT}}<abbr title="{{FACT_EXACT}}">{{FACT_VALUE}}</abbr>{{/FACT_EXACT}}{{#FACT_MODEL}}<a href="{{ROOT}}models/{{FACT_MODEL}}/index.html"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_MODEL}}{{#FACT_NOTE}} <span class="by">{{FACT_NOTE}}</span>{{/FACT_NOTE}}</dd>
{{/FACT}}
</dl>
{{/FACTS}}
{{#LAYERS}}
<section aria-labelledby="layers">
<h2 id="layers">Layers</h2>
<div class="scroll long" role="region" aria-labelledby="layers-table" tabindex="0">
<table class="detail layers">
<caption id="layers-table"><span>Which layer of the model stands for which region{{#SAME_DATA}}. Optimism: by how much a score is lower when the layer is chosen within the training parts instead of on the data that are scored{{/SAME_DATA}}.</span></caption>
<thead>
<tr>
<th scope="col">Region</th>
<th scope="col">Layer</th>
<th scope="col">How it was found</th>
<th scope="col">Used for</th>
{{#OPTIMISM_HEAD}}
<th scope="col" class="num">Optimism</th>
{{/OPTIMISM_HEAD}}
</tr>
</thead>
<tbody>
{{#LAYER_ROW}}
<tr><th scope="row"><bdi>{{REGION}}</bdi></th><td class="mono"><bdi>{{LAYER}}</bdi></td><td><bdi>{{LAYER_HOW}}</bdi></td><td>{{#LAYER_ONE}}<a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a>{{/LAYER_ONE}}{{#LAYER_MANY}}{{LAYER_MANY}}{{/LAYER_MANY}}</td>{{#OPTIMISM_CELL}}<td class="num">{{OPTIMISM}}</td>{{/OPTIMISM_CELL}}</tr>
{{/LAYER_ROW}}
</tbody>
</table>
</div>
{{#LAYER_FIGURES}}
{{>FIGURES}}
{{/LAYER_FIGURES}}
{{#PROFILE}}
<details class="fold">
<summary><bdi>{{REGION}}</bdi>: scores of all {{PROFILE_COUNT}} layers</summary>
<div class="scroll long" role="region" aria-label="Scores of all layers, {{REGION}}" tabindex="0">
<table class="detail">
<thead>
<tr><th scope="col">Layer</th>{{#PROFILE_HEAD}}<th scope="col" class="num"><bdi>{{NODE_TITLE}}</bdi></th>{{/PROFILE_HEAD}}</tr>
</thead>
<tbody>
{{#PROFILE_ROW}}
<tr><th scope="row" class="mono"><bdi>{{LAYER}}</bdi></th>{{#PROFILE_CELL}}<td class="num">{{#CHOSEN}}<span class="vh">chosen: </span>▸ {{/CHOSEN}}{{SCORE}}</td>{{/PROFILE_CELL}}</tr>
{{/PROFILE_ROW}}
</tbody>
</table>
</div>
</details>
{{/PROFILE}}
</section>
{{/LAYERS}}
{{#EXTREMES}}
<section aria-labelledby="extremes">
<h2 id="extremes">Strongest and weakest benchmarks</h2>
<div class="extremes">
{{#EXTREME_LIST}}
<table class="detail">
<thead>
<tr><th scope="col">{{EXTREME_TITLE}}</th><th scope="col" class="num" data-v="score">Score</th><th scope="col" class="num">Ahead of</th></tr>
</thead>
<tbody>
{{#EXTREME}}
<tr><th scope="row"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a></th><td class="num">{{SCORE}}</td><td class="num">{{AHEAD}}&nbsp;%</td></tr>
{{/EXTREME}}
</tbody>
</table>
{{/EXTREME_LIST}}
</div>
<p class="note">Ahead of: the share of the other ranked models that score lower, the same score counting half. Benchmarks that fewer than {{FEW_MODELS}} of them have a score on, and engineering, are left out.</p>
</section>
{{/EXTREMES}}
{{#MODEL_TABLE}}
<section aria-labelledby="{{TABLE_ID}}-h">
<h2 id="{{TABLE_ID}}-h"><bdi>{{MODEL_TABLE_TITLE}}</bdi></h2>
{{>ROWS}}
{{#FOLD}}
<details class="fold">
<summary id="in-{{NODE_ID}}-h"><bdi>{{NODE_TITLE}}</bdi>: {{FOLD_COUNT}} benchmarks</summary>
{{>ROWS}}
</details>
{{/FOLD}}
</section>
{{/MODEL_TABLE}}
{{>EXPORTS}}
{{#NOTES}}
<section aria-labelledby="notes">
<h2 id="notes" class="vh">Notes</h2>
<ul class="notes">
{{#NOTE}}
<li id="note-{{NOTE_LETTER}}"><sup>{{NOTE_LETTER}}</sup> {{NOTE_TEXT}}</li>
{{/NOTE}}
</ul>
</section>
{{/NOTES}}
{{#NO_SCORES}}
<p>This model has no score on this board: it was not run on anything that is scored here.</p>
{{/NO_SCORES}}
{{#TRENDS}}
<section aria-labelledby="history">
<h2 id="history">History</h2>
{{>TREND_FIGURES}}
{{>TREND}}
</section>
{{/TRENDS}}
{{#REFERENCES}}
<section class="reference" aria-labelledby="reference">
<h2 id="reference">References</h2>
{{#BIBTEX}}
<pre tabindex="0">{{BIBTEX:pre_escape}}</pre>
{{/BIBTEX}}
{{#BENCHMARK_BIBTEX}}
<details class="fold">
<summary>BibTeX of the benchmarks that this model was scored on</summary>
<pre tabindex="0">{{BENCHMARK_BIBTEX:pre_escape}}</pre>
</details>
{{/BENCHMARK_BIBTEX}}
</section>
{{/REFERENCES}}
<section aria-labelledby="data">
<h2 id="data">Data</h2>
<p class="more">{{#MODEL_DATA}}This page as data: <a href="{{ROOT}}data/models/{{MODEL_ID}}.json"><bdi>{{MODEL_ID}}</bdi>.json</a>. <a href="{{ROOT}}compare/models/index.html#m={{MODEL_ID}}">Compare with other models</a>. {{/MODEL_DATA}}{{#MODEL_REPORT}}To print: <a href="{{ROOT}}models/{{MODEL_ID}}/report.pdf">report.pdf</a>. {{/MODEL_REPORT}}Scores of all models: <a href="{{ROOT}}data/scores.csv">scores.csv</a>, <a href="{{ROOT}}data/scores.json">scores.json</a>.{{#MODEL_UNITS}} Values per unit: <a href="{{ROOT}}data/units.h5">units.h5</a>, a group per benchmark, <span class="mono">{{MODEL_ID}}</span> in the dimension of models.{{/MODEL_UNITS}}{{#REPORT_MAIL}} <a href="mailto:{{REPORT_MAIL}}?subject=Model%20{{MODEL_ID}}">Report a mistake on this page</a>.{{/REPORT_MAIL}}{{#REPORT_PAGE}} <a href="{{REPORT_PAGE}}">Report a mistake on this page</a>.{{/REPORT_PAGE}}</p>
</section>
