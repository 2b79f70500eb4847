{{%AUTOESCAPE context="HTML"}}<h1>Changes</h1>
<p class="facts-line">{{CHANGES_COUNT}}{{#FEED}} · <a href="{{ROOT}}changes/feed.xml">Atom feed</a>{{/FEED}}</p>
<div class="prose">
<p>What changed from each release to the next, and why. The parts of a change add up to it: <a href="#how">how they are told apart</a>.</p>
</div>
{{#RANKS_FIGURES}}
<section aria-labelledby="ranks">
<h2 id="ranks">Ranks over the releases</h2>
{{>FIGURES}}
</section>
{{/RANKS_FIGURES}}
<section aria-labelledby="releases">
<h2 id="releases">Releases</h2>
<ul class="releases">
{{#RELEASE_ITEM}}
<li><h3>{{#TREND_RELEASE}}<a href="{{ROOT}}changes/{{TREND_RELEASE}}/index.html">{{TREND_RELEASE}}</a>{{/TREND_RELEASE}}{{#TREND_NOW}}This build{{/TREND_NOW}}{{#TREND_DAY}} <span class="by">{{TREND_DAY}}</span>{{/TREND_DAY}}</h3>
<p>{{RELEASE_SUMMARY}}{{#AS_PUBLISHED}} · <a href="{{ROOT}}v/{{AS_PUBLISHED}}/index.html">as it was published</a>{{/AS_PUBLISHED}}{{#TREND_NOW}} (<a href="{{ROOT}}changes/this-build/index.html">what and why</a>){{/TREND_NOW}}</p></li>
{{/RELEASE_ITEM}}
</ul>
</section>
<section aria-labelledby="how">
<h2 id="how">How reasons are told apart</h2>
<div class="prose">
<p>An average moves because scores changed, came or went, because benchmarks did, or because the rule for missing scores did. The old board is made into the new one step by step, always in this order, and each step is charged with what the average moves by then: scores that changed; scores that are not there any more; newly scored; benchmarks without a score that no longer count for a model, or now do; benchmarks that were revised (version, definition or data); removed; the tree regrouped; benchmarks added; the rule for missing scores; and, where scores that are not published count in an average, the rest. Within a step the benchmarks are taken in the order of the tree and in the reverse order, and the mean of the two counts. The parts therefore sum to the whole.</p>
<p>A rank moves because of the model’s own score, which is put among the old scores of the others first, and because others entered the board, left it, or moved past. These are whole numbers, and sum to the change of the rank; plus is down.</p>
</div>
</section>
