{{%AUTOESCAPE context="HTML"}}<h1>Side by side</h1>
<p class="facts-line">{{TOGETHER_FACTS}}</p>
<div class="prose">
<p>Each domain has its own average and its own ranks. They are not added up: a benchmark of one says nothing about the scale of another.</p>
</div>
<div class="tools find"></div>
{{#TOGETHER}}
<div class="scroll" role="region" aria-labelledby="{{TABLE_ID}}" tabindex="0">
<table class="board sortable">
<caption id="{{TABLE_ID}}"><span>{{CAPTION}}</span></caption>
<thead>
<tr>
<th scope="col" rowspan="2" class="name">Model</th>
{{#TOGETHER_HEAD}}
<th scope="colgroup" colspan="{{DOMAIN_WIDTH}}" class="top first"><a href="{{ROOT}}{{DOMAIN_PATH}}">{{DOMAIN_TITLE}}</a></th>
{{/TOGETHER_HEAD}}
</tr>
<tr>
{{#TOGETHER_SUB}}
<th scope="col" class="rank first" data-n="{{RANK_NODE}}" data-v="rank">Rank</th>
{{#TOGETHER_COLUMN}}
<th scope="col" class="num"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html">{{NODE_TITLE}}</a></th>
{{/TOGETHER_COLUMN}}
<th scope="col" class="num cover" data-n="{{BOARD_NODE}}" data-v="cover">Scored</th>
{{/TOGETHER_SUB}}
</tr>
</thead>
<tbody>
{{#ROW}}
<tr{{#REFERENCE}} class="reference"{{/REFERENCE}}>
<th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#REFERENCE}} <span class="tag">reference</span>{{/REFERENCE}}{{#BY}} <span class="by"><bdi>{{BY}}</bdi></span>{{/BY}}</th>
{{#CELL}}
<td class="{{CELL_CLASS}}">{{CELL_SCORE}}{{#STATUS}}{{#STATUS_MARK}}<span class="mark" aria-hidden="true">{{STATUS_MARK}}</span>{{/STATUS_MARK}}{{STATUS_TEXT}}{{/STATUS}}</td>
{{/CELL}}
</tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/TOGETHER}}
{{>LEGEND}}
