{{%AUTOESCAPE context="HTML"}}<div class="scroll long" role="region" aria-labelledby="{{TABLE_ID}}" tabindex="0">
<table class="detail history">
<caption id="{{TABLE_ID}}"><span>{{CAPTION}}</span></caption>
<thead>
<tr><th scope="col">Release</th>{{#TREND_DATED}}<th scope="col">Date</th>{{/TREND_DATED}}{{#TREND_HEAD}}<th scope="col"{{#TREND_NUMBER}} class="num"{{/TREND_NUMBER}}>{{TREND_TITLE}}</th>{{/TREND_HEAD}}</tr>
</thead>
<tbody>
{{#TREND_ROW}}
<tr><th scope="row">{{#TREND_RELEASE}}<a href="{{ROOT}}changes/{{TREND_RELEASE}}/index.html">{{TREND_RELEASE}}</a>{{/TREND_RELEASE}}{{#TREND_NOW}}this build{{/TREND_NOW}}</th>{{#TREND_DAY}}<td class="day">{{TREND_DAY}}</td>{{/TREND_DAY}}{{#TREND_CELL}}<td{{#TREND_NUMBER}} class="num"{{/TREND_NUMBER}}>{{TREND_TEXT}}</td>{{/TREND_CELL}}</tr>
{{/TREND_ROW}}
</tbody>
</table>
</div>
