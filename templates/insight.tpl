{{%AUTOESCAPE context="HTML"}}<h1>If a metric had the right model before it, would it say so? <span class="tag">simulated</span></h1>
<p class="facts-line">{{STUDY_FACTS}}</p>
<div class="prose">
<p>A score is high where a model answers like a brain. Does the highest score also find the model that the brain is made like? With real brains nobody can tell, because nobody knows how they work. Here the brains are simulated, so the truth is known, as in the study by Han, Poggio and Cheung (2023), “System identification of neural systems: if we got it right, would we know?”</p>
<p>In each experiment seven brains are measured: each neuroid reads a few of the brain’s features and answers with noisy spikes, in {{N_MANY}} presentations of each picture. {{N_CANDIDATES}} candidate models see the same pictures and are scored by each metric. Five of the brains have the architecture of a candidate; two are like none of them. A candidate <em>comes first</em> when its score is strictly the highest.</p>
</div>
<section aria-labelledby="found">
<h2 id="found">What was found</h2>
<ul class="plain">
{{#FINDING}}
<li>{{FINDING_TEXT}}</li>
{{/FINDING}}
</ul>
</section>
<section aria-labelledby="rates">
<h2 id="rates">How often the right model comes first</h2>
<div class="scroll" role="region" aria-labelledby="rates-table" tabindex="0">
<table class="board">
<caption id="rates-table"><span>Share of {{N_SEEDS}} experiments in which the candidate with the brain’s architecture has the highest score. Another individual: its parameters or random parts are not the brain’s. The very model: it is the brain’s own features. Few presentations: {{N_FEW}} instead of {{N_MANY}}.</span></caption>
<thead>
<tr>
<th scope="col" rowspan="2" class="name">True brain</th>
{{#CONDITION}}
<th scope="colgroup" colspan="{{CONDITION_WIDTH}}" class="top first">{{CONDITION_TITLE}}</th>
{{/CONDITION}}
</tr>
<tr>
{{#RATE_METRIC}}
<th scope="col" class="num leaf{{#METRIC_FIRST}} first{{/METRIC_FIRST}}">{{METRIC_NAME}}</th>
{{/RATE_METRIC}}
</tr>
</thead>
<tbody>
{{#RATE_ROW}}
<tr{{#ROW_WHOLE}} class="whole"{{/ROW_WHOLE}}>
<th scope="row" class="name">{{ROW_TITLE}}</th>
{{#RATE}}
<td class="num {{RATE_CLASS}}">{{RATE_VALUE}}</td>
{{/RATE}}
</tr>
{{/RATE_ROW}}
</tbody>
</table>
</div>
</section>
<section aria-labelledby="winners">
<h2 id="winners">Who comes first</h2>
<div class="scroll long" role="region" aria-labelledby="winners-table" tabindex="0">
<table class="board">
<caption id="winners-table"><span>Share of experiments in which each candidate has the highest score, when the right one is another individual of the brain’s architecture. The right one is in bold and underlined. Margin: its score minus the best other’s, mean ± SD over experiments.</span></caption>
<thead>
<tr>
<th scope="col" class="name">Brain, metric</th>
{{#CANDIDATE}}
<th scope="col" class="num">{{CANDIDATE_TITLE}}</th>
{{/CANDIDATE}}
<th scope="col" class="num">Margin</th>
</tr>
</thead>
{{#BLOCK}}
<tbody>
<tr class="whole">
<th scope="rowgroup" class="name">{{BLOCK_TITLE}}</th>
<td colspan="{{BLOCK_WIDTH}}" class="cover">{{#UNMATCHED}}no candidate is right{{/UNMATCHED}}</td>
</tr>
{{#WIN_ROW}}
<tr>
<th scope="row" class="name d1">{{WIN_METRIC}}</th>
{{#WIN}}
<td class="num {{WIN_CLASS}}">{{WIN_VALUE}}{{#WIN_RIGHT}}<span class="vh"> (right)</span>{{/WIN_RIGHT}}</td>
{{/WIN}}
<td class="num">{{WIN_MARGIN}}</td>
</tr>
{{/WIN_ROW}}
</tbody>
{{/BLOCK}}
</table>
</div>
</section>
<section aria-labelledby="predictions">
<h2 id="predictions">Predictions, and what became of them</h2>
<p class="note">Written down before the first run and not changed since; the program decides from the numbers whether each held. The conditions: <em>other</em> is another individual, <em>same</em> the very model, <em>few</em> another individual with few presentations.</p>
<ol class="plain">
{{#PREDICTION}}
<li>{{PREDICTION_NUMBER}}. {{PREDICTION_TEXT}} {{#HELD}}<strong>Held.</strong>{{/HELD}}{{#NOT_HELD}}<strong class="failed">Did not hold.</strong>{{/NOT_HELD}} <span class="by">{{PREDICTION_FOUND}}.</span></li>
{{/PREDICTION}}
</ol>
<p class="note">All of it: <a href="{{ROOT}}data/identification/predictions.md">design and predictions</a>, <a href="{{ROOT}}data/identification/results.csv">results.csv</a>, <a href="{{ROOT}}data/identification/results.json">results.json</a>. <code>make identify</code> computes them anew.</p>
</section>
