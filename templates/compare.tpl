{{%AUTOESCAPE context="HTML"}}<h1>Compare</h1>
<p class="facts-line">{{COMPARE_FACTS}} · <a href="{{ROOT}}compare/models/index.html">Models against each other</a></p>
{{#NOTHING}}
<p>There is nothing to compare yet: no two quantities that differ between models have values of three models in common.</p>
{{/NOTHING}}
{{#FIRST}}
<section class="compare" aria-label="Two quantities" data-source="{{ROOT}}{{COMPARE_DATA}}" data-root="{{ROOT}}" data-x="{{PAIR_X}}" data-y="{{PAIR_Y}}">
<div class="tools chooser">
<span class="field"><label for="compare-x">Across</label>
<select id="compare-x">
{{#CHOICE_GROUP}}
<optgroup label="{{CHOICE_TITLE}}">
{{#CHOICE}}
<option value="{{CHOICE_ID}}">{{CHOICE_NAME}}</option>
{{/CHOICE}}
</optgroup>
{{/CHOICE_GROUP}}
</select></span>
</div>
<div class="pair">
<figure class="figure">
<figcaption><strong class="pair-title"><bdi>{{PAIR_TITLE}}</bdi></strong> <span class="figure-note">Each point is a model. Line: least squares, with the 95&nbsp;% band of the line. <a class="pair-data" href="#values">The values</a>.</span></figcaption>
{{CHART_HTML:none}}
<noscript>{{>FIGURE_FILES}}</noscript>
</figure>
<div class="beside">
<dl class="numbers">
{{#NUMBER}}
<dt>{{NUMBER_NAME}}</dt><dd>{{NUMBER_VALUE}}{{#NUMBER_NOTE}} <span class="by">{{NUMBER_NOTE}}</span>{{/NUMBER_NOTE}}</dd>
{{/NUMBER}}
</dl>
{{#FEW}}
<p class="note few-models">{{FEW}}</p>
{{/FEW}}
<p class="note">p: t test of r&nbsp;=&nbsp;0, as if models were independent draws, which relatives are not; one of many pairs that could have been chosen. Not a claim.</p>
</div>
</div>
</section>
{{/FIRST}}
{{#OTHERS}}
<section aria-labelledby="others">
<h2 id="others">What this board compares</h2>
{{>FIGURES}}
</section>
{{/OTHERS}}
{{#AGREE}}
<section aria-labelledby="{{AGREE_ID}}">
<h2 id="{{AGREE_ID}}">{{AGREE_TITLE}}: which benchmarks agree</h2>
{{>FIGURES}}
<div class="scroll" role="region" aria-labelledby="{{AGREE_ID}}-t" tabindex="0">
<table class="board agree">
<caption id="{{AGREE_ID}}-t"><span>{{AGREE_TITLE}}: Pearson r between benchmarks over the models that both have scored, and how many those are. Fewer than 8 models, the least that Brain-Score shows, are set in grey and say little.{{#AGREE_CUT}} Groups stand for their benchmarks, which are {{AGREE_LEAVES}}.{{/AGREE_CUT}}</span></caption>
<thead>
<tr>
<th scope="col" class="name">Benchmark</th>
{{#AGREE_HEAD}}
<th scope="col" class="num leaf"><bdi>{{AGREE_NAME}}</bdi></th>
{{/AGREE_HEAD}}
</tr>
</thead>
<tbody>
{{#AGREE_ROW}}
<tr><th scope="row" class="name"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{AGREE_NAME}}</bdi></a></th>{{#AGREE_CELL}}<td class="num {{CELL_CLASS}}">{{CELL_R}} <span class="of">{{CELL_N}}</span></td>{{/AGREE_CELL}}</tr>
{{/AGREE_ROW}}
</tbody>
</table>
</div>
</section>
{{/AGREE}}
{{#VALUES}}
<section aria-labelledby="values">
<h2 id="values">The values</h2>
<div class="scroll" role="region" aria-labelledby="values-t" tabindex="0">
<table class="board sortable">
<caption id="values-t"><span>What the charts of this page show. With all digits: <a href="{{ROOT}}data/scores.csv">scores.csv</a>.</span></caption>
<thead>
<tr>
<th scope="col" class="name">Model</th>
{{#VALUE_HEAD}}
<th scope="col" class="num leaf"><bdi>{{QUANTITY}}</bdi></th>
{{/VALUE_HEAD}}
</tr>
</thead>
<tbody>
{{#VALUE_ROW}}
<tr><th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#BY}} <span class="by"><bdi>{{BY}}</bdi></span>{{/BY}}</th>{{#VALUE_CELL}}<td class="num">{{VALUE}}</td>{{/VALUE_CELL}}</tr>
{{/VALUE_ROW}}
</tbody>
</table>
</div>
</section>
{{/VALUES}}
