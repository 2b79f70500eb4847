{{%AUTOESCAPE context="HTML"}}<h1><bdi>{{MODEL_NAME}}</bdi>{{#MODEL_REFERENCE}} <span class="tag">reference</span>{{/MODEL_REFERENCE}}{{#MODEL_UNLISTED}} <span class="tag">unlisted</span>{{/MODEL_UNLISTED}}</h1>
<p class="facts-line">{{MODEL_SUMMARY}}</p>
<div class="prose">
{{#PARAGRAPH}}
<p>{{PARAGRAPH}}</p>
{{/PARAGRAPH}}
</div>
<dl class="facts">
{{#FACT}}
<dt>{{FACT_NAME}}</dt><dd{{#FACT_MONO}} class="mono"{{/FACT_MONO}}>{{#FACT_URL}}<a href="{{FACT_URL}}"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_URL}}{{#FACT_TEXT}}<bdi>{{FACT_VALUE}}</bdi>{{/FACT_TEXT}}</dd>
{{/FACT}}
</dl>
{{#MODEL_TABLE}}
<section aria-labelledby="{{TABLE_ID}}-h">
<h2 id="{{TABLE_ID}}-h"><bdi>{{MODEL_TABLE_TITLE}}</bdi></h2>
<div class="scroll long" role="region" aria-labelledby="{{TABLE_ID}}-h {{TABLE_ID}}" tabindex="0">
<table class="detail">
<caption id="{{TABLE_ID}}"><span>Scores, and what they are made of. n: what was compared; of a group, how many of its benchmarks have a score.</span></caption>
<thead>
<tr>
<th scope="col" class="name">Benchmark</th>
<th scope="col" class="num">Score</th>
<th scope="col" class="num">± Error</th>
<th scope="col">Error is</th>
<th scope="col" class="num">Raw</th>
<th scope="col" class="num">Ceiling</th>
<th scope="col" class="num">n</th>
<th scope="col" class="num">Rank</th>
</tr>
</thead>
<tbody>
{{#ROW}}
<tr class="{{ROW_CLASS}}">
<th scope="row" class="name d{{NODE_DEPTH}}"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a></th>
{{#SCORED}}
<td class="num score">{{SCORE}}</td>
<td class="num">{{ERROR}}</td>
<td class="kind">{{ERROR_KIND}}</td>
<td class="num">{{RAW}}</td>
<td class="num">{{CEILING}}</td>
<td class="num">{{COUNT}}</td>
<td class="num">{{RANK}}</td>
{{/SCORED}}
{{#UNSCORED}}
<td colspan="7" class="st {{STATUS_CLASS}}">{{#STATUS_MARK}}<span class="mark" aria-hidden="true">{{STATUS_MARK}}</span>{{/STATUS_MARK}}{{STATUS_TEXT}}{{#REASON}}<span class="reason">{{REASON}}</span>{{/REASON}}</td>
{{/UNSCORED}}
</tr>
{{#NOTE}}
<tr class="note-row"><td colspan="8" class="d{{NODE_DEPTH}}"><p>{{NOTE}}</p></td></tr>
{{/NOTE}}
{{/ROW}}
</tbody>
</table>
</div>
</section>
{{/MODEL_TABLE}}
{{#NO_SCORES}}
<p>This model has no score on this board.</p>
{{/NO_SCORES}}
{{#BIBTEX}}
<section class="reference" aria-labelledby="reference">
<h2 id="reference">Reference</h2>
<pre tabindex="0">{{BIBTEX:pre_escape}}</pre>
</section>
{{/BIBTEX}}
