{{%AUTOESCAPE context="HTML"}}<div class="charts">
{{#FIGURE}}
<figure class="figure">
<figcaption>{{#FIGURE_LINK}}<a href="{{ROOT}}{{FIGURE_PATH}}"><bdi>{{FIGURE_TITLE}}</bdi></a>{{/FIGURE_LINK}}{{#FIGURE_TITLE}}<bdi>{{FIGURE_TITLE}}</bdi>{{/FIGURE_TITLE}}{{#FIGURE_NOTE}} <span class="figure-note">{{FIGURE_NOTE}}</span>{{/FIGURE_NOTE}}</figcaption>
{{#FIGURE_PLAIN}}
{{CHART_HTML:none}}
{{/FIGURE_PLAIN}}
{{#FIGURE_WIDE}}
<div class="scroll" role="region" aria-label="{{FIGURE_OF}}" tabindex="0">
{{CHART_HTML:none}}
</div>
{{/FIGURE_WIDE}}
{{>FIGURE_FILES}}
{{#FIGURE_TABLE}}
<details class="fold">
<summary>Numbers<span class="vh"> of {{FIGURE_OF}}</span></summary>
<div class="scroll long" role="region" aria-label="Numbers of {{FIGURE_OF}}" tabindex="0">
<table class="detail">
<thead>
<tr>{{#FIGURE_HEAD}}<th scope="col"{{#FIGURE_NUMBERS}} class="num"{{/FIGURE_NUMBERS}}><bdi>{{FIGURE_COLUMN}}</bdi></th>{{/FIGURE_HEAD}}</tr>
</thead>
<tbody>
{{#FIGURE_ROW}}
<tr>{{#FIGURE_FIRST}}<th scope="row"><bdi>{{FIGURE_VALUE}}</bdi></th>{{/FIGURE_FIRST}}{{#FIGURE_TEXT}}<td><bdi>{{FIGURE_VALUE}}</bdi></td>{{/FIGURE_TEXT}}{{#FIGURE_NUMBER}}<td class="num">{{FIGURE_VALUE}}</td>{{/FIGURE_NUMBER}}</tr>
{{/FIGURE_ROW}}
</tbody>
</table>
</div>
</details>
{{/FIGURE_TABLE}}
</figure>
{{/FIGURE}}
</div>
