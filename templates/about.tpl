{{%AUTOESCAPE context="HTML"}}<h1>How this board is made</h1>
<div class="prose">
<section aria-labelledby="scores">
<h2 id="scores">From measurement to score</h2>
<p>Every benchmark compares what a model answered to a set of stimuli with what was measured from people or animals on the same stimuli. The comparison gives a <em>raw</em> value. The <em>ceiling</em> says how well the measurements predict themselves, and with it each benchmark turns the raw value into a <em>score</em> by the rule on its page.</p>
<p>An <em>error</em> is that of the raw value carried to the scale of the score, with the ceiling taken as exact. What it is (a standard deviation over subjects, a standard error over items …) stands beside it; where that is not known, no error is shown.</p>
</section>
<section aria-labelledby="averages">
<h2 id="averages">Averages</h2>
<p>The score of a group is the plain mean of its children, each with the same weight, whatever stands below it. {{#RULE_ZERO}}A child without a score (failed or not run) counts as zero in its parent, as long as any child has a score; without any, the group has no score either.{{/RULE_ZERO}}{{#RULE_SKIP}}A child without a score (failed or not run) is left out of the mean, so averages of models with different coverage do not compare.{{/RULE_SKIP}}{{#RULE_REQUIRE}}A group has a score only when every child has one.{{/RULE_REQUIRE}} Benchmarks that cannot be measured for a model do not count for it. <em>Scored</em> says how many of a model’s benchmarks have a score. Benchmarks whose data was not at hand count in no average; they are listed as such. Engineering benchmarks stand apart.</p>
</section>
<section aria-labelledby="ranks">
<h2 id="ranks">Ranks and rounding</h2>
<p>A number is rounded once, when it is shown, half away from zero; averages are taken from unrounded values. Models are ranked on the score rounded to two decimals, and equal scores share a rank, marked =: 1, 2=, 2=, 4. Reference rows and unlisted models have no rank and take none from others.</p>
</section>
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
