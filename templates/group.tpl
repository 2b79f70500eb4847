{{%AUTOESCAPE context="HTML"}}{{>NODE_HEAD}}
{{#GROUP_FACTS}}
{{#FACTS}}
<dl class="facts">
{{#FACT}}
<dt>{{FACT_NAME}}</dt><dd{{#FACT_MONO}} class="mono"{{/FACT_MONO}}>{{#FACT_URL}}<a href="{{FACT_URL}}"><bdi>{{FACT_VALUE}}</bdi></a>{{/FACT_URL}}{{#FACT_TEXT}}<bdi>{{FACT_VALUE}}</bdi>{{/FACT_TEXT}}</dd>
{{/FACT}}
</dl>
{{/FACTS}}
{{/GROUP_FACTS}}
{{#GROUP_TABLE}}
<section aria-labelledby="models">
<h2 id="models">Models</h2>
{{>BOARD}}
{{>LEGEND}}
</section>
{{/GROUP_TABLE}}
<section aria-labelledby="children">
<h2 id="children">What it is made of</h2>
<p class="prose">{{GROUP_RULE}} <a href="{{ROOT}}about/index.html#averages">How averages are made</a>.</p>
{{#PARTS}}
<div class="scroll long" role="region" aria-labelledby="parts" tabindex="0">
<table class="detail parts">
<caption id="parts"><span>Parts that count</span></caption>
<thead>
<tr>
<th scope="col" class="name">Part</th>
<th scope="col">What it is</th>
<th scope="col" class="num">Models</th>
<th scope="col" class="num" data-v="median">Median</th>
<th scope="col" class="num" data-v="best">Best</th>
{{#EXAMPLE_HEAD}}
<th scope="col" class="num example" data-m="{{EXAMPLE_ID}}" data-v="score"><bdi>{{EXAMPLE_NAME}}</bdi></th>
{{/EXAMPLE_HEAD}}
</tr>
</thead>
<tbody>
{{#PART}}
<tr>
<th scope="row" class="name"><a href="{{ROOT}}benchmarks/{{PART_ID}}/index.html"><bdi>{{PART_TITLE}}</bdi></a></th>
<td class="kind">{{PART_WHAT}}</td>
<td class="num">{{PART_MODELS}}</td>
<td class="num">{{PART_MEDIAN}}</td>
<td class="num">{{PART_BEST}}</td>
{{#PART_EXAMPLE}}
<td class="{{PART_CLASS}}">{{PART_SCORE}}{{#PART_STATUS}}{{#STATUS_MARK}}<span class="mark" aria-hidden="true">{{STATUS_MARK}}</span>{{/STATUS_MARK}}{{STATUS_TEXT}}{{/PART_STATUS}}</td>
{{/PART_EXAMPLE}}
</tr>
{{/PART}}
</tbody>
</table>
</div>
{{/PARTS}}
{{#AVERAGE_EXAMPLE}}
<p class="worked">For example <a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>: {{#AVERAGE_MATH}}<span class="math">{{AVERAGE_MATH}}</span>, {{/AVERAGE_MATH}}shown as <span data-m="{{MODEL_ID}}" data-v="score">{{AVERAGE_SCORE}}</span>.{{#AVERAGE_ZEROS}} Without a score, and so zero: {{AVERAGE_ZEROS}}.{{/AVERAGE_ZEROS}}</p>
{{/AVERAGE_EXAMPLE}}
</section>
{{#PARTS_APART}}
<section aria-labelledby="apart">
<h2 id="apart">Apart from the average</h2>
<ul class="tree">
{{#APART_PART}}
<li><a href="{{ROOT}}benchmarks/{{PART_ID}}/index.html"><bdi>{{PART_TITLE}}</bdi></a> <span class="by">{{PART_WHAT}}</span></li>
{{/APART_PART}}
</ul>
</section>
{{/PARTS_APART}}
{{#BIBTEX}}
<section class="reference" aria-labelledby="reference">
<h2 id="reference">Reference</h2>
<pre tabindex="0">{{BIBTEX:pre_escape}}</pre>
</section>
{{/BIBTEX}}
{{#TRENDS}}
<section aria-labelledby="history">
<h2 id="history">History</h2>
{{>TREND}}
</section>
{{/TRENDS}}
