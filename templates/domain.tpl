{{%AUTOESCAPE context="HTML"}}<h1>{{DOMAIN_TITLE}}</h1>
{{#DOMAIN_TABLE}}
<section aria-labelledby="{{SECTION_ID}}">
<h2 id="{{SECTION_ID}}"{{#MAIN_TABLE}} class="vh"{{/MAIN_TABLE}}><bdi>{{SECTION_TITLE}}</bdi></h2>
{{#APART}}
<p class="note">These benchmarks stand apart: they do not count in the average.</p>
{{/APART}}
{{>BOARD}}
</section>
{{/DOMAIN_TABLE}}
{{#NO_SCORES}}
<p>No benchmark here has a score yet.</p>
{{/NO_SCORES}}
{{>LEGEND}}
<section aria-labelledby="benchmarks">
<h2 id="benchmarks">Benchmarks</h2>
<ul class="tree">
{{#NODE}}
<li class="d{{NODE_DEPTH}}"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a>{{#NODE_NOTE}} <span class="by">{{NODE_NOTE}}</span>{{/NODE_NOTE}}</li>
{{/NODE}}
</ul>
</section>
