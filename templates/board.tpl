{{%AUTOESCAPE context="HTML"}}<div class="board-frame" data-board="{{BOARD_NODE}}" data-by="{{RANK_NODE}}" data-of="{{BOARD_OF}}" data-source="{{ROOT}}{{BOARD_DATA}}" data-key="{{BOARD_KEY}}" data-root="{{ROOT}}">
<div class="tools"></div>
<div class="scroll" role="region" aria-labelledby="{{TABLE_ID}}" tabindex="0">
<table class="board">
<caption id="{{TABLE_ID}}"><span><span class="status" role="status">{{CAPTION}}.</span>{{CAPTION_REST}}</span></caption>
<colgroup span="{{LEAD_WIDTH}}"></colgroup>
{{#SPAN}}
<colgroup span="{{SPAN_WIDTH}}"></colgroup>
{{/SPAN}}
<thead>
<tr>
<th scope="col" rowspan="{{HEAD_ROWS}}" class="rank" data-n="{{RANK_NODE}}" data-v="rank">Rank</th>
<th scope="col" rowspan="{{HEAD_ROWS}}" class="name" data-node=".name">Model</th>
{{#OWN}}
<th scope="col" rowspan="{{HEAD_ROWS}}" class="num own" data-node="{{OWN_ID}}"{{#SORTED}} aria-sort="{{DIRECTION}}"{{/SORTED}}><a href="{{ROOT}}benchmarks/{{OWN_ID}}/index.html">{{OWN_TITLE}}</a></th>
{{/OWN}}
<th scope="col" rowspan="{{HEAD_ROWS}}" class="num cover" data-n="{{BOARD_NODE}}" data-v="cover" data-node=".cover">Scored</th>
{{#TOP}}
{{#TOP_SINGLE}}
<th scope="col" rowspan="{{HEAD_ROWS}}" class="{{TOP_CLASS}}" data-node="{{TOP_ID}}"{{#OPENS}} data-open="{{IS_OPEN}}"{{/OPENS}}{{#SORTED}} aria-sort="{{DIRECTION}}"{{/SORTED}}><a href="{{ROOT}}benchmarks/{{TOP_ID}}/index.html">{{TOP_TITLE}}</a></th>
{{/TOP_SINGLE}}
{{#TOP_GROUP}}
<th scope="colgroup" colspan="{{TOP_WIDTH}}" class="top first" data-group="{{TOP_ID}}"{{#OPENS}} data-open="{{IS_OPEN}}"{{/OPENS}}><a href="{{ROOT}}benchmarks/{{TOP_ID}}/index.html">{{TOP_TITLE}}</a></th>
{{/TOP_GROUP}}
{{/TOP}}
</tr>
{{#SECOND}}
<tr>
{{#SUB}}
<th scope="col" class="num {{SUB_CLASS}}" data-node="{{SUB_ID}}"{{#OPENS}} data-open="{{IS_OPEN}}"{{/OPENS}}{{#SORTED}} aria-sort="{{DIRECTION}}"{{/SORTED}}><a href="{{ROOT}}benchmarks/{{SUB_ID}}/index.html">{{SUB_TITLE}}</a></th>
{{/SUB}}
</tr>
{{/SECOND}}
</thead>
<tbody>
{{#ROW}}
<tr{{#REFERENCE}} class="reference"{{/REFERENCE}}>
<td class="rank">{{#RANKED}}{{RANK}}{{#TIED}}<span class="tie">=</span>{{/TIED}}{{/RANKED}}{{#UNRANKED}}<span class="vh">not ranked</span>{{/UNRANKED}}</td>
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
{{>EXPORTS}}
