{{%AUTOESCAPE context="HTML"}}<h1>Benchmarks</h1>
<p class="facts-line">{{TREE_FACTS}}</p>
<p class="prose">Each benchmark compares what models answer to a set of stimuli with what was measured on the same stimuli. Groups average what stands below them.</p>
{{#TREE_TABLE}}
<section>
<h2 id="{{TREE_TABLE_ID}}">{{TREE_TABLE_TITLE}}</h2>
<div class="scroll long" role="region" aria-labelledby="{{TREE_TABLE_ID}}" tabindex="0">
<table class="detail index">
<thead>
<tr>
<th scope="col" class="name">Benchmark</th>
<th scope="col">Region</th>
<th scope="col">Species</th>
<th scope="col" class="num">Stimuli</th>
<th scope="col">Metric</th>
<th scope="col" class="num" data-v="ceiling">Ceiling</th>
<th scope="col" class="num">Models</th>
<th scope="col">Data</th>
</tr>
</thead>
<tbody>
{{#TREE_ROW}}
<tr class="{{TREE_CLASS}}">
<th scope="row" class="name d{{TREE_DEPTH}}"><a href="{{ROOT}}benchmarks/{{TREE_ID}}/index.html"><bdi>{{TREE_TITLE}}</bdi></a></th>
{{#TREE_GROUP}}
<td colspan="5" class="kind">{{TREE_NOTE}}</td>
<td class="num">{{TREE_MODELS}}</td>
<td></td>
{{/TREE_GROUP}}
{{#TREE_LEAF}}
<td>{{TREE_REGION}}</td>
<td>{{TREE_SPECIES}}</td>
<td class="num">{{TREE_STIMULI}}</td>
<td>{{TREE_METRIC}}</td>
<td class="num">{{TREE_CEILING}}</td>
<td class="num">{{TREE_MODELS}}</td>
<td class="kind">{{TREE_DATA}}</td>
{{/TREE_LEAF}}
</tr>
{{/TREE_ROW}}
</tbody>
</table>
</div>
</section>
{{/TREE_TABLE}}
