{{%AUTOESCAPE context="HTML"}}<div class="charts">
{{#FIGURE}}
<figure class="figure">
<figcaption>{{#FIGURE_LINK}}<a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{FIGURE_TITLE}}</bdi></a>{{/FIGURE_LINK}}{{#FIGURE_TITLE}}<bdi>{{FIGURE_TITLE}}</bdi>{{/FIGURE_TITLE}}{{#FIGURE_NOTE}} <span class="figure-note">{{FIGURE_NOTE}}</span>{{/FIGURE_NOTE}}</figcaption>
{{CHART_HTML:none}}
</figure>
{{/FIGURE}}
</div>
