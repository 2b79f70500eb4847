{{%AUTOESCAPE context="HTML"}}<h1>How this board is made</h1>
<div class="prose">
<p>Every rule stands here once. Pages that use one link to it.</p>
<nav aria-label="On this page">
<ul class="toc">
<li><a href="#scores">From measurement to score</a></li>
<li><a href="#ceilings">Ceilings and oracles</a></li>
<li><a href="#errors">Errors</a></li>
<li><a href="#layers">Layers</a></li>
<li><a href="#items">Items</a></li>
<li><a href="#averages">Averages</a></li>
<li><a href="#policies">If missing scores counted otherwise</a></li>
<li><a href="#ranks">Ranks and rounding</a></li>
<li><a href="#colours">Colours</a></li>
<li><a href="#statuses">When there is no score</a></li>
<li><a href="#relations">Correlations of benchmarks</a></li>
<li><a href="#versions">Versions and provenance</a></li>
<li><a href="#data">Data</a></li>
<li><a href="#access">Access</a></li>
</ul>
</nav>
</div>
<section aria-labelledby="scores">
<h2 id="scores">From measurement to score</h2>
<div class="prose">
<p>A benchmark compares what a model answered to a set of stimuli with what was measured from people or animals on the same stimuli. The comparison, by the benchmark’s metric, gives a <em>raw value</em> r. The <em>ceiling</em> c says how well the measurements predict themselves. The <em>score</em> is made of the two by one of the rules below, which the benchmark’s page works out with its own numbers.</p>
<p>Where a benchmark says so, the score is cut to a range, [0, 1] unless it states another; the raw value is never cut. A benchmark may score each subject by itself: its score is then the mean of the subjects’ scores, each by its own ceiling. Where lower is better (a distance, a difference of accuracies), ranks and shades turn round, and the page says so.</p>
</div>
<div class="scroll long" role="region" aria-labelledby="normalisations" tabindex="0">
<table class="detail">
<caption id="normalisations"><span>Rules that make a score, and how many benchmarks of this board follow them</span></caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Score</th><th scope="col">What it says</th><th scope="col" class="num">Benchmarks</th></tr></thead>
<tbody>
{{#NORMALISATION}}
<tr><th scope="row" class="mono">{{NORMALISE_NAME}}</th><td class="formula">{{NORMALISE_FORMULA}}</td><td class="words">{{NORMALISE_WHEN}}</td><td class="num">{{NORMALISE_COUNT}}</td></tr>
{{/NORMALISATION}}
</tbody>
</table>
</div>
{{#METRICS}}
<div class="scroll long" role="region" aria-labelledby="metrics" tabindex="0">
<table class="detail">
<caption id="metrics"><span>Metrics of this board, with the version that a change of their numbers would raise</span></caption>
<thead><tr><th scope="col">Metric</th><th scope="col">Raw value r</th><th scope="col">Name</th><th scope="col" class="num">Benchmarks</th></tr></thead>
<tbody>
{{#METRIC}}
<tr><th scope="row">{{METRIC_TITLE}}</th><td class="words">{{METRIC_FORMULA}}</td><td class="mono">{{METRIC_NAME}}</td><td class="num">{{METRIC_COUNT}}</td></tr>
{{/METRIC}}
</tbody>
</table>
</div>
{{/METRICS}}
</section>
<section aria-labelledby="ceilings">
<h2 id="ceilings">Ceilings and oracles</h2>
<div class="prose">
<p>A ceiling is computed from the recording’s own repetitions or subjects, or stated with the benchmark. It estimates how well the measured values can be known at all, not how well a model can predict them; so a score may pass 1 before it is cut. A ceiling that cannot be computed fails all cells of its benchmark, with the reason.</p>
<p>The <em>oracle</em> of a neural benchmark is the recording predicting itself through the same metric and splits. What the mapping loses on the very data, it loses on any model.</p>
</div>
{{#CEILINGS}}
<div class="scroll long" role="region" aria-labelledby="ceiling-kinds" tabindex="0">
<table class="detail">
<caption id="ceiling-kinds"><span>Ceilings of this board</span></caption>
<thead><tr><th scope="col">Ceiling</th><th scope="col">Value c</th><th scope="col">Name</th><th scope="col" class="num">Benchmarks</th></tr></thead>
<tbody>
{{#CEILING}}
<tr><th scope="row">{{CEILING_TITLE}}</th><td class="words">{{CEILING_FORMULA}}</td><td class="mono">{{CEILING_NAME}}</td><td class="num">{{CEILING_COUNT}}</td></tr>
{{/CEILING}}
</tbody>
</table>
</div>
{{/CEILINGS}}
</section>
<section aria-labelledby="errors">
<h2 id="errors">Errors</h2>
<div class="prose">
<p>The error of a score is that of its raw value carried to the score’s scale to first order, |d score / d r| times the error of r, with the ceiling taken as exact. What kind of error it is stands beside it, because a standard deviation over subjects and a standard error over splits answer different questions. Where the kind is not known, no error is shown. Two scores whose errors overlap need not be equal, and errors of splits, which share their stimuli, are smaller than those of new data would be.</p>
</div>
{{#ERROR_KINDS}}
<div class="scroll long" role="region" aria-labelledby="error-kinds" tabindex="0">
<table class="detail">
<caption id="error-kinds"><span>Kinds of errors on this board</span></caption>
<thead><tr><th scope="col">Error</th><th scope="col">What it says</th><th scope="col">In the data</th><th scope="col" class="num">Scores</th></tr></thead>
<tbody>
{{#ERROR_ROW}}
<tr><th scope="row"><bdi>{{KIND_WORDS}}</bdi></th><td class="words">{{KIND_MEANING}}</td><td class="mono"><bdi>{{KIND_NAME}}</bdi></td><td class="num">{{KIND_COUNT}}</td></tr>
{{/ERROR_ROW}}
</tbody>
</table>
</div>
{{/ERROR_KINDS}}
</section>
<section aria-labelledby="layers">
<h2 id="layers">Layers</h2>
<div class="prose">
<p>A neural benchmark compares one layer of a model with one region. {{#LAYERS_REFERENCE}}A model that states no layer for a region has it chosen on the region’s selection benchmark, and where there is none, on the benchmark itself.{{/LAYERS_REFERENCE}}{{#LAYERS_NESTED}}A model that states no layer for a region has it chosen on the region’s selection benchmark, and where there is none, within the training part of each split.{{/LAYERS_NESTED}} The score of every layer that was tried stands on the model’s page.</p>
</div>
{{#LAYERS}}
<div class="scroll long" role="region" aria-labelledby="layer-choices" tabindex="0">
<table class="detail">
<caption id="layer-choices"><span>How layers were found</span></caption>
<thead><tr><th scope="col">Choice</th><th scope="col">What it means</th><th scope="col" class="num">Scores</th></tr></thead>
<tbody>
{{#LAYER_ROW}}
<tr><th scope="row" class="mono">{{CHOICE_NAME}}</th><td class="words">{{CHOICE_WORDS}}</td><td class="num">{{CHOICE_COUNT}}</td></tr>
{{/LAYER_ROW}}
</tbody>
</table>
</div>
{{/LAYERS}}
</section>
<div class="prose">
<section aria-labelledby="items">
<h2 id="items">Items</h2>
<p>Where behaviour is compared, a model answers all stimuli of a benchmark, or it has no score there, because those that it leaves out may be the hard ones. A model whose entry says that it answers a part is scored on that part, and its pages say how many have no answer. Where a number for each word is compared{{#ITEMS_COMMON}} and models lack some of the words, all are compared on those that they have in common, unless a benchmark says otherwise.{{/ITEMS_COMMON}}{{#ITEMS_OWN}}, each model is compared on the words that it has, unless a benchmark says otherwise; n says how many.{{/ITEMS_OWN}}</p>
</section>
{{>RULES}}
<section aria-labelledby="statuses">
<h2 id="statuses">When there is no score</h2>
{{>LEGEND}}
</section>
<section aria-labelledby="relations">
<h2 id="relations">Correlations of benchmarks</h2>
<p>A benchmark’s page shows how alike it and each other benchmark order the models: Pearson’s r of the unrounded scores and Spearman’s ρ of their ranks, over the listed models that both have scored, without reference rows. The 95 % interval is Fisher’s, tanh(atanh r ± 1.96 / √(n − 3)). It takes models as independent draws. Models of one family are not, so it is narrower than the truth. Pairs with fewer than 4 models in common are left out.</p>
</section>
<section aria-labelledby="versions">
<h2 id="versions">Versions and provenance</h2>
<p>A benchmark whose data or rule changes gets a new version, and scores of two versions are never mixed in one column. With each benchmark stand the digests of its data and of its definition, and the version of the metric that made its numbers; with each model the digests of its outputs. Made with brainboard {{PROGRAM_VERSION}}{{#ABOUT_RELEASE}}, as release {{ABOUT_RELEASE}}{{/ABOUT_RELEASE}}.</p>
{{#CHECKED_COUNTS}}
<p id="checked">Of the benchmarks here that come with the program’s catalog, {{CHECKED_REAL}} were verified on real data: the measurements themselves give the published numbers. {{CHECKED_INDEPENDENT}} were verified against an independent implementation: their metric and ceiling give what other programs give. {{CHECKED_DEFINED}} are defined, and not checked so far.{{#CHECKED_ABSENT}} Of them, {{CHECKED_ABSENT}} could not be scored on the machine that made this board, for want of data or of answers: they are listed with the reason, and are in no average.{{/CHECKED_ABSENT}}</p>
{{/CHECKED_COUNTS}}
<p>The same inputs give the same numbers, to the byte, on any number of processors, at any time and in any language. Whoever has the data can compute every number again.</p>
{{#ALL_SIMULATED}}
<p id="simulated"><span class="tag">simulated data</span> Nothing on this board was measured: brains, people and models were simulated. Scores say how the methods behave, and nothing about brains.</p>
{{/ALL_SIMULATED}}
{{#PART_SIMULATED}}
<p id="simulated"><span class="tag">simulated data</span> marks benchmarks whose measurements were computed, not taken from people or animals.</p>
{{/PART_SIMULATED}}
</section>
</div>
<section aria-labelledby="data">
<h2 id="data">Data</h2>
<div class="prose">
<p>All numbers at full precision, with every reason, digest and layer: <a href="{{ROOT}}data/scores.json">scores.json</a>. One line per model and benchmark: <a href="{{ROOT}}data/scores.csv">scores.csv</a>. Each model and each benchmark has a small file of its own, linked from its page. <a href="{{ROOT}}data/README.md">What is in them</a>; <a href="{{ROOT}}data/SHA256SUMS">their checksums</a>.{{#ABOUT_UNITS}} Values per subject, condition, unit or item, as far as the benchmarks publish them: <a href="{{ROOT}}data/units.h5">units.h5</a>, a group per benchmark.{{/ABOUT_UNITS}}{{#ABOUT_LICENSE}} License: {{ABOUT_LICENSE}}.{{/ABOUT_LICENSE}} Data of the benchmarks have licenses of their own, which stand on their pages.</p>
</div>
<div class="scroll long" role="region" aria-labelledby="columns" tabindex="0">
<table class="detail">
<caption id="columns"><span>Columns of scores.csv (UTF-8, RFC 4180; empty: not known)</span></caption>
<thead><tr><th scope="col">Column</th><th scope="col">What it is</th></tr></thead>
<tbody>
{{#DATA_COLUMN}}
<tr><th scope="row" class="mono">{{COLUMN_NAME}}</th><td class="words">{{COLUMN_MEANING}}</td></tr>
{{/DATA_COLUMN}}
</tbody>
</table>
</div>
</section>
<div class="prose">
<section aria-labelledby="access">
<h2 id="access">Access</h2>
<p>Every page is complete without JavaScript, which adds sorting, searching and filtering. Tables have row and column headings and scroll in their own frame, which the keyboard reaches; what a colour or a mark says is said in words too; charts have the numbers beside them in a table. Pages follow the reader’s light or dark setting, print on paper, ask no third party for anything, and set no cookies.</p>
</section>
</div>
