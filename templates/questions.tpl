{{%AUTOESCAPE context="HTML"}}<h1>Insights</h1>
<p class="facts-line">{{QUESTIONS_FACTS}}</p>
<div class="prose">
<p>Each answer is made from this board’s numbers alone. A sentence says that something holds only where it holds over models and over families of models, because models of one family are no independent witnesses: both p values, corrected for all {{N_TESTS}} tests of this page, are below 0.05, and the interval that is left when whole families are drawn anew excludes zero. That something is not shown does not mean that it is not so; the intervals say what is still possible. What goes together need not be cause and effect.</p>
</div>
<ul class="toc">
{{#QUESTION_LINK}}
<li><a href="#{{QUESTION_ID}}">{{QUESTION_TITLE}}</a></li>
{{/QUESTION_LINK}}
</ul>
{{#QUESTION}}
<section class="question" aria-labelledby="{{QUESTION_ID}}">
<h2 id="{{QUESTION_ID}}">{{QUESTION_TITLE}}</h2>
<div class="findings">
{{#FINDING}}
<p{{#FINDING_HOLDS}} class="holds"{{/FINDING_HOLDS}}>{{FINDING_TEXT}}</p>
{{/FINDING}}
</div>
{{#MORE_FINDINGS}}
<details class="fold">
<summary>{{MORE_FINDINGS}} more</summary>
<div class="findings">
{{#MORE_FINDING}}
<p{{#FINDING_HOLDS}} class="holds"{{/FINDING_HOLDS}}>{{FINDING_TEXT}}</p>
{{/MORE_FINDING}}
</div>
</details>
{{/MORE_FINDINGS}}
{{>FIGURES}}
{{#TABLE}}
<details class="fold">
<summary>{{TABLE_SUMMARY}}</summary>
<div class="scroll" role="region" aria-labelledby="{{TABLE_ID}}" tabindex="0">
<table class="detail">
<caption id="{{TABLE_ID}}"><span>{{CAPTION}}</span></caption>
<thead>
<tr>
{{#HEAD}}
<th scope="col" class="{{CELL_CLASS}}">{{HEAD_TITLE}}</th>
{{/HEAD}}
</tr>
</thead>
<tbody>
{{#ROW}}
<tr>
<th scope="row" class="name"><bdi>{{ROW_TITLE}}</bdi></th>
{{#CELL}}
<td class="{{CELL_CLASS}}">{{CELL_TEXT}}</td>
{{/CELL}}
</tr>
{{/ROW}}
</tbody>
</table>
</div>
</details>
{{/TABLE}}
<p class="note method">{{QUESTION_METHOD}}</p>
</section>
{{/QUESTION}}
{{#IDENTIFICATION}}
<section aria-labelledby="identification">
<h2 id="identification">If a metric had the right model before it, would it say so?</h2>
<p><a href="{{ROOT}}insights/identification/index.html">A simulated study</a> of how often each metric finds the model that a brain is made like.</p>
</section>
{{/IDENTIFICATION}}
<section aria-labelledby="limits">
<h2 id="limits">How the tests are made</h2>
<div class="prose">
<p>Models are those of the leaderboards, without references. r is Pearson’s, its p that of the t test, its interval Fisher’s; quantities on a log scale are tested as log10, and signs are turned so that up is better. Texts that describe models are tested by η², the share of variance between their groups, with p by dealing scores out anew. The share of variance explained is adjusted for the number of groups, so it may be negative. p values of all tests are corrected together by Holm’s method, which bounds the chance of even one false claim; the {{N_PAIRS}} pairs of benchmarks are corrected among themselves. Families are drawn anew {{N_DRAWS}} times, and the middle 95 % is shown; its width gives the p over families, with as many degrees of freedom as there are families less one; nothing is claimed of fewer than {{N_FAMILIES}} families or {{N_FEWEST}} models. Every test is made again under each rule for missing scores, and a difference that matters is said. Draws are seeded: the same board gives the same page.</p>
<p>All tests as a table: <a href="{{ROOT}}data/insights.csv">insights.csv</a>.</p>
</div>
</section>
