{{%AUTOESCAPE context="HTML"}}<h1>Models</h1>
<p class="facts-line">{{INDEX_COUNT}} on this board, by name</p>
{{#NO_MODELS}}
<p>No model is on this board yet.</p>
{{/NO_MODELS}}
{{#INDEX}}
<div class="tools find"></div>
<div class="scroll" role="region" aria-label="All models" tabindex="0">
<table class="index sortable">
<thead>
<tr>
<th scope="col" class="name">Model</th>
{{#INDEX_HEAD}}
<th scope="col" class="num" data-n="{{NODE_ID}}"><a href="{{ROOT}}{{DOMAIN_PATH}}">{{DOMAIN_TITLE}}</a></th>
<th scope="col" class="num" data-n="{{NODE_ID}}" data-v="cover">Scored</th>
{{/INDEX_HEAD}}
{{#INDEX_MORE}}
<th scope="col">{{INDEX_TITLE}}</th>
{{/INDEX_MORE}}
</tr>
</thead>
<tbody>
{{#INDEX_ROW}}
<tr><th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a>{{#MODEL_REFERENCE}} <span class="tag">reference</span>{{/MODEL_REFERENCE}}</th>{{#INDEX_CELL}}<td class="num">{{SCORE}}</td><td class="num cover">{{COVERAGE}}</td>{{/INDEX_CELL}}{{#INDEX_TEXT}}<td><bdi>{{INDEX_VALUE}}</bdi></td>{{/INDEX_TEXT}}</tr>
{{/INDEX_ROW}}
</tbody>
</table>
</div>
{{/INDEX}}
