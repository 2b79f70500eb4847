{{%AUTOESCAPE context="HTML"}}<h1>How this board is made</h1>
<div class="prose">
<section aria-labelledby="scores">
<h2 id="scores">From measurement to score</h2>
<p>Every benchmark compares what a model answered to a set of stimuli with what was measured from people or animals on the same stimuli. The comparison gives a <em>raw</em> value. The <em>ceiling</em> says how well the measurements predict themselves, and with it each benchmark turns the raw value into a <em>score</em> by the rule on its page.</p>
<p>An <em>error</em> is that of the raw value carried to the scale of the score, with the ceiling taken as exact. What it is (a standard deviation over subjects, a standard error over items …) stands beside it; where that is not known, no error is shown.</p>
</section>
{{>RULES}}
<section aria-labelledby="statuses">
<h2 id="statuses">When there is no score</h2>
{{>LEGEND}}
</section>
<section aria-labelledby="items">
<h2 id="items">Items</h2>
<p>{{#ITEMS_COMMON}}Where models lack some of the items, all are compared on the items that they have in common, unless a benchmark says otherwise.{{/ITEMS_COMMON}}{{#ITEMS_OWN}}Each model is compared on the items that it has, unless a benchmark says otherwise; n says how many.{{/ITEMS_OWN}}</p>
</section>
<section aria-labelledby="data">
<h2 id="data">Data</h2>
<p>All numbers at full precision, with every reason and digest: <a href="{{ROOT}}data/scores.json">scores.json</a>. One line per model and benchmark: <a href="{{ROOT}}data/scores.csv">scores.csv</a>.{{#ABOUT_UNITS}} Values per subject, condition or item: <a href="{{ROOT}}data/units.h5">units.h5</a>.{{/ABOUT_UNITS}}</p>
</section>
</div>
