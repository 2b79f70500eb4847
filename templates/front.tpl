{{%AUTOESCAPE context="HTML"}}<h1><bdi>{{BOARD_TITLE}}</bdi></h1>
<p class="facts-line">{{FRONT_FACTS}}</p>
<div class="prose">
{{#DESCRIPTION_HTML}}
{{DESCRIPTION_HTML:none}}
{{/DESCRIPTION_HTML}}
<p>A score says how closely a model’s answers match what was measured in people or animals. Each benchmark is one such comparison. {{FRONT_MISSING}} <a href="{{ROOT}}about/index.html">How scores, averages and ranks are made</a>.</p>
</div>
<div class="fronts">
{{#FRONT_DOMAIN}}
<section class="front">
<h2 id="{{FRONT_ID}}"><a href="{{ROOT}}{{FRONT_PATH}}">{{FRONT_TITLE}}</a></h2>
<div class="scroll" role="region" aria-labelledby="{{FRONT_ID}}" tabindex="0">
<table class="top">
<thead>
<tr>
<th scope="col" class="rank" data-n="{{SCORE_NODE}}" data-v="rank">Rank</th>
<th scope="col" class="name">Model</th>
<th scope="col" class="num" data-n="{{SCORE_NODE}}"><bdi>{{SCORE_TITLE}}</bdi></th>
<th scope="col" class="graph"><span class="vh">As a bar</span></th>
{{#FRONT_HEAD}}
<th scope="col" class="num part" data-n="{{NODE_ID}}"><bdi>{{NODE_TITLE}}</bdi></th>
{{/FRONT_HEAD}}
</tr>
</thead>
<tbody>
{{#FRONT_ROW}}
<tr{{#REFERENCE}} class="reference"{{/REFERENCE}}><td class="rank">{{#RANKED}}{{RANK}}{{#TIED}}<span class="tie">=</span>{{/TIED}}{{/RANKED}}{{#UNRANKED}}<span class="vh">not ranked</span>{{/UNRANKED}}</td><th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#REFERENCE}} <span class="tag">reference</span>{{/REFERENCE}}{{#BY}} <span class="by"><bdi>{{BY}}</bdi></span>{{/BY}}</th><td class="num own" data-n="{{SCORE_NODE}}" data-v="score">{{SCORE}}</td><td class="graph">{{BAR_HTML:none}}</td>{{#FRONT_CELL}}<td class="num part">{{SCORE}}</td>{{/FRONT_CELL}}</tr>
{{/FRONT_ROW}}
</tbody>
</table>
</div>
<p class="more"><a href="{{ROOT}}{{FRONT_PATH}}">{{FRONT_MORE}}</a></p>
<ul class="plain parts">
{{#PART}}
<li><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a>{{#PART_NOTE}} <span class="by">{{PART_NOTE}}</span>{{/PART_NOTE}}<br>{{#PART_CHILD}}{{#COMMA}}, {{/COMMA}}<a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a>{{/PART_CHILD}}{{#PART_MORE}} and {{PART_MORE}} more{{/PART_MORE}}</li>
{{/PART}}
</ul>
</section>
{{/FRONT_DOMAIN}}
</div>
{{#NO_SCORES}}
<p>No benchmark of this board has a score yet.</p>
{{/NO_SCORES}}
{{#INSIGHT}}
<section aria-labelledby="insights">
<h2 id="insights">Insights</h2>
<p><a href="{{ROOT}}insights/identification/index.html">If a metric had the right model before it, would it say so?</a> A simulated study of how often each metric finds the model that a brain is made like.</p>
</section>
{{/INSIGHT}}
<section aria-labelledby="further">
<h2 id="further">Where to go from here</h2>
<ul class="plain further">
{{#TOGETHER}}
<li><a href="{{ROOT}}side-by-side/index.html">Side by side</a>: the models that are measured in every domain, and how they fare in each</li>
{{/TOGETHER}}
{{#QUESTIONS}}
<li><a href="{{ROOT}}insights/index.html">Insights</a>: what explains the differences between models, whether task performance and next-word prediction do, which benchmarks measure the same thing, and where all models fail</li>
{{/QUESTIONS}}
<li><a href="{{ROOT}}models/index.html">Models</a>: all of them by name, each with a page of its scores, layers and references</li>
<li><a href="{{ROOT}}benchmarks/index.html">Benchmarks</a>: what each measures, on whom, and how well it can be predicted at all</li>
<li><a href="{{ROOT}}participate/index.html">Participate</a>: what a model must answer, in which files, and how to make them</li>
<li><a href="{{ROOT}}about/index.html">About</a>: how scores, averages and ranks are made, and what the colours say</li>
<li>Data: <a href="{{ROOT}}data/scores.csv">scores.csv</a>, a row for each model and benchmark; <a href="{{ROOT}}data/scores.json">scores.json</a>, everything with full precision{{#FRONT_UNITS}}; <a href="{{ROOT}}data/units.h5">units.h5</a>, values per recorded unit{{/FRONT_UNITS}}</li>
{{#FRONT_REPORT}}
<li>On paper: <a href="{{ROOT}}report.pdf">report.pdf</a>, the board as the supplement of a paper; each model’s page has a report of its own</li>
{{/FRONT_REPORT}}
</ul>
</section>
{{#CITE}}
<section class="reference" aria-labelledby="cite">
<h2 id="cite">To cite this board</h2>
<p>{{#CITE_AUTHORS}}{{CITE_AUTHORS}}. {{/CITE_AUTHORS}}<i>{{BOARD_TITLE}}</i>{{#CITE_RELEASE}}, release {{CITE_RELEASE}}{{/CITE_RELEASE}}.{{#CITE_DATE}} {{CITE_DATE}}.{{/CITE_DATE}}{{#CITE_DOI}} <a href="{{CITE_DOI_URL}}">doi:{{CITE_DOI_TEXT}}</a>{{/CITE_DOI}}{{#CITE_FILE}} For programs: <a href="{{ROOT}}CITATION.cff">CITATION.cff</a>.{{/CITE_FILE}}</p>
{{#CITATION}}
<pre tabindex="0">{{CITATION:pre_escape}}</pre>
{{/CITATION}}
</section>
{{/CITE}}
{{#DATASET_HTML}}
<script type="application/ld+json">{{DATASET_HTML:none}}</script>
{{/DATASET_HTML}}
