{{%AUTOESCAPE context="HTML"}}<div class="scroll long" role="region" aria-labelledby="{{TABLE_ID}}-h {{TABLE_ID}}" tabindex="0">
<table class="detail scores">
<caption id="{{TABLE_ID}}"><span>{{#CAPTION}}{{CAPTION}}{{/CAPTION}}{{#APART}}Not part of the average. {{/APART}}{{#KEY}}What each score is made of, and where it stands. Bars: <svg class="key" viewBox="0 0 12 14" aria-hidden="true"><path class="c-median" d="M6 2v10"/></svg>median and <svg class="key" viewBox="0 0 12 14" aria-hidden="true"><path class="c-best" d="M6 2l5 5-5 5-5-5z"/></svg>best of the ranked models; a line through the end is the error, where that is a standard error.{{/KEY}}</span></caption>
<thead>
<tr>
<th scope="col" class="name">Benchmark</th>
<th scope="col" class="num" data-v="score">Score</th>
<th scope="col" class="axis"><span>{{AXIS_LOW}}</span><span>1</span></th>
<th scope="col" class="num" data-v="rank">Rank</th>
<th scope="col" class="num" data-v="median">Median</th>
<th scope="col" class="num" data-v="best">Best</th>
<th scope="col" data-v="error">± Error</th>
<th scope="col">From raw and ceiling</th>
<th scope="col" class="num" data-v="n">n</th>
<th scope="col">Layer</th>
</tr>
</thead>
<tbody>
{{#ROW}}
<tr class="{{ROW_CLASS}}"><th scope="row" class="name d{{NODE_DEPTH}}"><a href="{{ROOT}}benchmarks/{{NODE_ID}}/index.html"><bdi>{{NODE_TITLE}}</bdi></a>{{#NODE_VERSION}} <span class="by">{{NODE_VERSION}}</span>{{/NODE_VERSION}}{{#FOLDED}} <a class="by" href="#in-{{NODE_ID}}">{{FOLDED}} below</a>{{/FOLDED}}</th>{{#SCORED}}<td class="num score">{{SCORE}}{{#MARK}}<sup><a href="#note-{{MARK}}">{{MARK}}</a></sup>{{/MARK}}</td><td>{{BAR_HTML:none}}</td><td class="num">{{RANK}}</td><td class="num ref">{{MEDIAN}}</td><td class="num ref">{{BEST}}</td><td>{{#ERROR}}{{ERROR_VALUE}} <span class="by">{{ERROR_KIND}}</span>{{/ERROR}}</td><td class="how">{{HOW}}{{#DETAIL}} <span class="by">{{DETAIL}}</span>{{/DETAIL}}</td><td class="num">{{COUNT}}</td><td class="mono"><bdi>{{LAYER}}</bdi></td>{{/SCORED}}{{#UNSCORED}}<td colspan="9" class="st {{STATUS_CLASS}}">{{#STATUS_MARK}}<span class="mark" aria-hidden="true">{{STATUS_MARK}}</span>{{/STATUS_MARK}}{{STATUS_TEXT}}{{#ALIKE}}, {{ALIKE}}{{/ALIKE}}{{#REASON}}<span class="reason">{{REASON}}</span>{{/REASON}}{{#LAST_RELEASE}}<span class="reason">Last scored <b>{{LAST_SCORE}}</b> in <a href="{{ROOT}}changes/{{LAST_RELEASE}}/index.html">{{LAST_RELEASE}}</a>{{#LAST_DAY}}, {{LAST_DAY}}{{/LAST_DAY}}</span>{{/LAST_RELEASE}}</td>{{/UNSCORED}}</tr>
{{/ROW}}
</tbody>
</table>
</div>
