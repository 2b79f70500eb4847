{{%AUTOESCAPE context="HTML"}}<nav class="crumbs" aria-label="Place in the tree">
<ol>
{{#CRUMB}}
<li><a href="{{ROOT}}{{CRUMB_PATH}}"><bdi>{{CRUMB_TITLE}}</bdi></a></li>
{{/CRUMB}}
</ol>
</nav>
<h1><bdi>{{NODE_TITLE}}</bdi>{{#SIMULATED}} <span class="tag">simulated data</span>{{/SIMULATED}}</h1>
<p class="facts-line"><span class="mono">{{NODE_ID}}</span>{{#NODE_VERSION}} · version {{NODE_VERSION}}{{/NODE_VERSION}}{{#NODE_STANDING}} · {{NODE_STANDING}}{{/NODE_STANDING}}{{#CHECKED}} · <a href="{{ROOT}}about/index.html#checked">{{CHECKED}}</a>{{/CHECKED}} · <a href="{{ROOT}}data/benchmarks/{{NODE_ID}}.json">as JSON</a></p>
{{#DESCRIPTION_HTML}}
<div class="prose">
{{DESCRIPTION_HTML:none}}
</div>
{{/DESCRIPTION_HTML}}
{{#ABSENT}}
<p class="notice"><strong>Not scored here:</strong> {{ABSENT}}</p>
{{/ABSENT}}
{{#CEILING_FAILURE}}
<p class="notice"><strong>The ceiling could not be computed.</strong> {{CEILING_FAILURE}}</p>
{{/CEILING_FAILURE}}
{{#WITHHELD}}
<p class="notice"><strong>Scores are not published.</strong> They count in the averages above this benchmark.</p>
{{/WITHHELD}}
{{#SAMPLES}}
<section aria-labelledby="samples">
<h2 id="samples" class="vh">Samples of the stimuli</h2>
<ul class="strip">
{{#SAMPLE}}
<li><img src="{{ROOT}}data/{{SAMPLE_PATH}}" alt="{{SAMPLE_ALT}}"{{#SAMPLE_SIZE}} width="{{SAMPLE_WIDTH}}" height="{{SAMPLE_HEIGHT}}"{{/SAMPLE_SIZE}}></li>
{{/SAMPLE}}
</ul>
</section>
{{/SAMPLES}}
