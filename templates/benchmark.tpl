{{%AUTOESCAPE context="HTML"}}{{>NODE_HEAD}}
{{#MEASURED}}
{{#FACTS}}
<dl class="facts">
{{#FACT}}
<dt>{{FACT_NAME}}</dt><dd{{#FACT_MONO}} class="mono"{{/FACT_MONO}}>{{#FACT_URL}}<a href="{{FACT_URL}}"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_URL}}{{#FACT_TEXT}}<bdi>{{FACT_VALUE}}</bdi>{{/FACT_TEXT}}</dd>
{{/FACT}}
</dl>
{{/FACTS}}
{{/MEASURED}}
{{#ANSWER}}
<p class="more"><a href="{{ROOT}}participate/index.html{{ANSWER_ANCHOR}}">What a model must answer to be scored here</a></p>
{{/ANSWER}}
{{#STEPS}}
<section aria-labelledby="score">
<h2 id="score">From raw value to score</h2>
<dl class="steps">
{{#STEP}}
<dt>{{STEP_NAME}}</dt><dd><span class="step"><bdi>{{STEP_TEXT}}</bdi></span>{{#STEP_MORE}}<span class="more-words"><bdi>{{STEP_MORE}}</bdi></span>{{/STEP_MORE}}</dd>
{{/STEP}}
{{#EXAMPLE}}
<dt>For example</dt><dd data-m="{{MODEL_ID}}"><span class="step"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#EXAMPLE_RAW}}: r = <span data-v="raw">{{EXAMPLE_RAW}}</span>{{/EXAMPLE_RAW}}{{#EXAMPLE_CEILING}}, c = <span data-v="ceiling">{{EXAMPLE_CEILING}}</span>{{/EXAMPLE_CEILING}}</span>{{#EXAMPLE_MATH}}<span class="math">{{EXAMPLE_MATH}}</span>{{/EXAMPLE_MATH}}<span class="more-words">Shown as <span data-v="score">{{EXAMPLE_SCORE}}</span> in tables.{{#EXAMPLE_OTHER}} {{EXAMPLE_OTHER}}{{/EXAMPLE_OTHER}}{{#EXAMPLE_ERROR}} Its error, the {{ERROR_KIND}}, carried to the score: <span class="whole-math">{{ERROR_MATH}}</span>.{{/EXAMPLE_ERROR}}</span></dd>
{{/EXAMPLE}}
</dl>
<p class="more"><a href="{{ROOT}}about/index.html#scores">The rules that all benchmarks follow</a></p>
</section>
{{/STEPS}}
{{#LEAF_TABLE}}
<section aria-labelledby="models">
<h2 id="models">Models</h2>
{{#SPREAD}}
<p class="spread"><span>{{SPREAD_N}} models</span>{{#SPREAD_PART}}<span>{{SPREAD_NAME}} <b>{{SPREAD_VALUE}}</b></span>{{/SPREAD_PART}}</p>
{{/SPREAD}}
{{>FIGURES}}
<div class="scroll long" role="region" aria-labelledby="ranking" tabindex="0">
<table class="detail">
<caption id="ranking"><span>{{CAPTION}}</span></caption>
<thead>
<tr>
<th scope="col" class="rank" data-v="rank">Rank</th>
<th scope="col" class="name">Model</th>
<th scope="col" class="num" data-v="score">Score</th>
{{#ERROR_HEAD}}
<th scope="col" class="num" data-v="error">± Error</th>
{{/ERROR_HEAD}}
{{#KIND_HEAD}}
<th scope="col">Error is</th>
{{/KIND_HEAD}}
<th scope="col" class="num" data-v="raw">Raw</th>
{{#COUNT_HEAD}}
<th scope="col" class="num" data-v="n">n</th>
{{/COUNT_HEAD}}
{{#LAYER_HEAD}}
<th scope="col">Layer</th>
{{/LAYER_HEAD}}
</tr>
</thead>
<tbody>
{{#ROW}}
<tr{{#REFERENCE}} class="reference"{{/REFERENCE}}>
<td class="rank">{{#RANKED}}{{RANK}}{{#TIED}}<span class="tie">=</span>{{/TIED}}{{/RANKED}}{{#UNRANKED}}<span class="vh">not ranked</span>{{/UNRANKED}}</td>
<th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#REFERENCE}} <span class="tag">reference</span>{{/REFERENCE}}</th>
<td class="num score {{SHADE}}">{{SCORE}}</td>
{{#ERROR_CELL}}
<td class="num">{{ERROR}}</td>
{{/ERROR_CELL}}
{{#KIND_CELL}}
<td class="kind">{{ERROR_KIND}}</td>
{{/KIND_CELL}}
<td class="num">{{RAW}}</td>
{{#COUNT_CELL}}
<td class="num">{{COUNT}}</td>
{{/COUNT_CELL}}
{{#LAYER_CELL}}
<td class="layer"><bdi>{{LAYER}}</bdi></td>
{{/LAYER_CELL}}
</tr>
{{/ROW}}
</tbody>
</table>
</div>
{{>EXPORTS}}
{{#REPORT_PLACE}}
<p class="exports">In print: <a href="{{ROOT}}{{REPORT_PLACE}}">its section of report.pdf</a></p>
{{/REPORT_PLACE}}
{{#WARNING}}
<p class="note">{{WARNING}} ({{#WARNED_ALL}}all scores above{{/WARNED_ALL}}{{#WARNED}}<a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#WARNED_separator}}, {{/WARNED_separator}}{{/WARNED}})</p>
{{/WARNING}}
</section>
{{/LEAF_TABLE}}
{{#UNSCORED_LIST}}
<section aria-labelledby="{{UNSCORED_ID}}">
<h2 id="{{UNSCORED_ID}}"><span class="st {{STATUS_CLASS}}">{{#STATUS_MARK}}<span class="mark" aria-hidden="true">{{STATUS_MARK}}</span>{{/STATUS_MARK}}{{UNSCORED_TITLE}}</span></h2>
<ul class="plain {{STATUS_CLASS}}">
{{#UNSCORED}}
<li><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#REASON}}<span class="reason">{{REASON}}</span>{{/REASON}}</li>
{{/UNSCORED}}
</ul>
</section>
{{/UNSCORED_LIST}}
{{#RELATIONS}}
<section aria-labelledby="relations">
<h2 id="relations">Correlation with other benchmarks</h2>
<div class="scroll long" role="region" aria-labelledby="relations-caption" tabindex="0">
<table class="detail relations">
<caption id="relations-caption"><span>{{RELATIONS_CAPTION}}</span></caption>
<thead>
<tr>
<th scope="col" class="name">Benchmark</th>
<th scope="col" class="num">Pearson r</th>
<th scope="col" class="num">95 % interval</th>
<th scope="col" class="num">Spearman ρ</th>
<th scope="col" class="num">Models</th>
</tr>
</thead>
{{#RELATIONS_BODY}}
<tbody>
{{#BODY_TITLE}}
<tr class="body-title"><th scope="rowgroup" colspan="5">{{BODY_TITLE}}</th></tr>
{{/BODY_TITLE}}
{{#RELATION}}
<tr{{#FEW}} class="few"{{/FEW}}>
<th scope="row" class="name"><a href="{{ROOT}}benchmarks/{{OTHER_ID}}/index.html"><bdi>{{OTHER_TITLE}}</bdi></a>{{#OTHER_IN}} <span class="by"><bdi>{{OTHER_IN}}</bdi></span>{{/OTHER_IN}}</th>
<td class="num">{{PEARSON}}</td>
<td class="num interval">{{INTERVAL_LOW}} to {{INTERVAL_HIGH}}</td>
<td class="num">{{SPEARMAN}}</td>
<td class="num">{{COMMON}}{{#FEW}}<span class="few-mark"> few</span>{{/FEW}}</td>
</tr>
{{/RELATION}}
</tbody>
{{/RELATIONS_BODY}}
</table>
</div>
<p class="note">Over the models that both have scored, without reference rows. {{#RELATIONS_FEW}}Fewer than {{FEW_LIMIT}} models say little. {{/RELATIONS_FEW}}<a href="{{ROOT}}compare/index.html#x={{NODE_ID}}">Against another benchmark or attribute, as a chart</a>. <a href="{{ROOT}}about/index.html#relations">What the interval means</a>.</p>
</section>
{{/RELATIONS}}
{{#TRENDS}}
<section aria-labelledby="history">
<h2 id="history">History</h2>
{{>TREND}}
</section>
{{/TRENDS}}
{{#PROVENANCE}}
<section aria-labelledby="provenance">
<h2 id="provenance">Data and provenance</h2>
{{#FACTS}}
<dl class="facts">
{{#FACT}}
<dt>{{FACT_NAME}}</dt><dd{{#FACT_MONO}} class="mono"{{/FACT_MONO}}>{{#FACT_URL}}<a href="{{FACT_URL}}"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_URL}}{{#FACT_TEXT}}<bdi>{{FACT_VALUE}}</bdi>{{/FACT_TEXT}}</dd>
{{/FACT}}
</dl>
{{/FACTS}}
</section>
{{/PROVENANCE}}
{{#BIBTEX}}
<section class="reference" aria-labelledby="reference">
<h2 id="reference">Reference</h2>
<pre tabindex="0">{{BIBTEX:pre_escape}}</pre>
</section>
{{/BIBTEX}}
