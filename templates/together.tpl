{{%AUTOESCAPE context="HTML"}}<h1>Side by side</h1>
<p class="facts-line">{{TOGETHER_FACTS}}</p>
<div class="prose">
<p>Each domain has its own average and its own ranks. They are not added up: a benchmark of one says nothing about the scale of another.</p>
</div>
<div class="board-frame" data-board="side-by-side" data-root="{{ROOT}}">
<div class="tools"></div>
<div class="scroll" role="region" aria-labelledby="table-side-by-side" tabindex="0">
<table class="board">
<caption id="table-side-by-side"><span><span class="status" role="status">{{CAPTION}}.</span>{{CAPTION_REST}}</span></caption>
<thead>
<tr>
<th scope="col" rowspan="2" class="name" data-node=".name">Model</th>
{{#TOGETHER_HEAD}}
<th scope="colgroup" colspan="{{DOMAIN_WIDTH}}" class="top first" data-group="{{BOARD_NODE}}" data-by="{{RANK_NODE}}" data-of="{{BOARD_OF}}" data-source="{{ROOT}}{{BOARD_DATA}}"{{#OPENS}} data-open="{{IS_OPEN}}"{{/OPENS}}><a href="{{ROOT}}{{DOMAIN_PATH}}">{{DOMAIN_TITLE}}</a></th>
{{/TOGETHER_HEAD}}
</tr>
<tr>
{{#TOGETHER_SUB}}
<th scope="col" class="rank first" data-n="{{RANK_NODE}}" data-v="rank">Rank</th>
{{#TOGETHER_COLUMN}}
<th scope="col" class="num {{COLUMN_CLASS}}" data-node="{{NODE_ID}}"{{#OPENS}} data-open="{{IS_OPEN}}"{{/OPENS}}><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html">{{NODE_TITLE}}</a></th>
{{/TOGETHER_COLUMN}}
<th scope="col" class="num cover" data-n="{{BOARD_NODE}}" data-v="cover" data-node=".cover.{{BOARD_NODE}}">Scored</th>
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
</div>
{{>LEGEND}}
