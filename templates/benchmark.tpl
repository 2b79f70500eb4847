{{%AUTOESCAPE context="HTML"}}<nav class="crumbs" aria-label="Place in the tree">
<ol>
{{#CRUMB}}
<li><a href="{{ROOT}}{{CRUMB_PATH}}"><bdi>{{CRUMB_TITLE}}</bdi></a></li>
{{/CRUMB}}
</ol>
</nav>
<h1><bdi>{{NODE_TITLE}}</bdi>{{#SIMULATED}} <span class="tag">simulated data</span>{{/SIMULATED}}</h1>
<p class="facts-line"><span class="mono">{{NODE_ID}}</span>{{#NODE_VERSION}} · version {{NODE_VERSION}}{{/NODE_VERSION}}{{#NODE_STANDING}} · {{NODE_STANDING}}{{/NODE_STANDING}}</p>
<div class="prose">
{{#PARAGRAPH}}
<p>{{PARAGRAPH}}</p>
{{/PARAGRAPH}}
</div>
{{#ABSENT}}
<p class="notice"><strong>Not scored here.</strong> {{ABSENT}}</p>
{{/ABSENT}}
{{#CEILING_FAILURE}}
<p class="notice"><strong>The ceiling could not be computed.</strong> {{CEILING_FAILURE}}</p>
{{/CEILING_FAILURE}}
{{#WITHHELD}}
<p class="notice"><strong>Scores are not published.</strong> They count in the averages above this benchmark.</p>
{{/WITHHELD}}
{{#SAMPLES}}
<section aria-labelledby="samples">
<h2 id="samples" class="vh">Samples of the stimuli</h2>
<ul class="strip">
{{#SAMPLE}}
<li><img src="{{ROOT}}data/{{SAMPLE_PATH}}" alt="{{SAMPLE_ALT}}"{{#SAMPLE_SIZE}} width="{{SAMPLE_WIDTH}}" height="{{SAMPLE_HEIGHT}}"{{/SAMPLE_SIZE}}></li>
{{/SAMPLE}}
</ul>
</section>
{{/SAMPLES}}
<dl class="facts">
{{#FACT}}
<dt>{{FACT_NAME}}</dt><dd{{#FACT_MONO}} class="mono"{{/FACT_MONO}}>{{#FACT_URL}}<a href="{{FACT_URL}}"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_URL}}{{#FACT_TEXT}}<bdi>{{FACT_VALUE}}</bdi>{{/FACT_TEXT}}</dd>
{{/FACT}}
</dl>
{{#GROUP_TABLE}}
<section aria-labelledby="models">
<h2 id="models">Models</h2>
{{>BOARD}}
</section>
{{>LEGEND}}
{{/GROUP_TABLE}}
{{#CHILDREN}}
<section aria-labelledby="children">
<h2 id="children">Made of</h2>
<ul class="tree">
{{#CHILD}}
<li><a href="{{ROOT}}benchmarks/{{CHILD_ID}}/index.html"><bdi>{{CHILD_TITLE}}</bdi></a>{{#CHILD_NOTE}} <span class="by">{{CHILD_NOTE}}</span>{{/CHILD_NOTE}}</li>
{{/CHILD}}
</ul>
</section>
{{/CHILDREN}}
{{#LEAF_TABLE}}
<section aria-labelledby="models">
<h2 id="models">Models</h2>
<div class="scroll long" role="region" aria-labelledby="ranking" tabindex="0">
<table class="detail">
<caption id="ranking"><span>{{CAPTION}}</span></caption>
<thead>
<tr>
<th scope="col" class="rank">Rank</th>
<th scope="col" class="name">Model</th>
<th scope="col" class="num">Score</th>
<th scope="col" class="num">± Error</th>
<th scope="col">Error is</th>
<th scope="col" class="num">Raw</th>
<th scope="col" class="num">n</th>
</tr>
</thead>
<tbody>
{{#ROW}}
<tr{{#REFERENCE}} class="reference"{{/REFERENCE}}>
<td class="rank">{{#RANKED}}{{RANK}}{{#TIED}}<span class="tie">=</span>{{/TIED}}{{/RANKED}}{{#UNRANKED}}<span class="vh">not ranked</span>{{/UNRANKED}}</td>
<th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#REFERENCE}} <span class="tag">reference</span>{{/REFERENCE}}</th>
<td class="num score {{SHADE}}">{{SCORE}}</td>
<td class="num">{{ERROR}}</td>
<td class="kind">{{ERROR_KIND}}</td>
<td class="num">{{RAW}}</td>
<td class="num">{{COUNT}}</td>
</tr>
{{/ROW}}
</tbody>
</table>
</div>
{{#WARNING}}
<p class="note">{{WARNING}} ({{#WARNED}}<a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#WARNED_separator}}, {{/WARNED_separator}}{{/WARNED}})</p>
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
{{#BIBTEX}}
<section class="reference" aria-labelledby="reference">
<h2 id="reference">Reference</h2>
<pre tabindex="0">{{BIBTEX:pre_escape}}</pre>
</section>
{{/BIBTEX}}
