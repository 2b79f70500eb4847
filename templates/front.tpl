{{%AUTOESCAPE context="HTML"}}<h1><bdi>{{BOARD_TITLE}}</bdi></h1>
<p class="facts-line">{{FRONT_FACTS}}</p>
<div class="prose">
{{#PARAGRAPH}}
<p>{{PARAGRAPH}}</p>
{{/PARAGRAPH}}
<p>A score says how closely a model’s answers match what was measured in people or animals. Each benchmark is one such comparison. <a href="{{ROOT}}about/index.html">How scores, averages and ranks are made</a>.</p>
</div>
<div class="fronts">
{{#FRONT_DOMAIN}}
<section class="front" aria-labelledby="{{FRONT_ID}}">
<h2 id="{{FRONT_ID}}"><a href="{{ROOT}}{{FRONT_PATH}}">{{FRONT_TITLE}}</a></h2>
{{>BOARD}}
<p class="more"><a href="{{ROOT}}{{FRONT_PATH}}">{{FRONT_MORE}}</a></p>
</section>
{{/FRONT_DOMAIN}}
</div>
{{#NO_SCORES}}
<p>No benchmark of this board has a score yet.</p>
{{/NO_SCORES}}
{{#INSIGHT}}
<section aria-labelledby="insights">
<h2 id="insights">Insights</h2>
<p><a href="{{ROOT}}insights/identification/index.html">If a metric had the right model before it, would it say so?</a> A simulated study of how often each metric finds the model that a brain is made like.</p>
</section>
{{/INSIGHT}}
{{#CITATION}}
<section class="reference" aria-labelledby="cite">
<h2 id="cite">To cite this board</h2>
<pre tabindex="0">{{CITATION:pre_escape}}</pre>
</section>
{{/CITATION}}
