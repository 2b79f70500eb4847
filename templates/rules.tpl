{{%AUTOESCAPE context="HTML"}}<section aria-labelledby="averages">
<h2 id="averages">Averages</h2>
<p>The score of a group is the plain mean of its children, each with the same weight, whatever stands below it. {{#RULE_ZERO}}A child without a score (failed or not run) counts as zero in its parent, as long as any child has a score; without any, the group has no score either.{{/RULE_ZERO}}{{#RULE_SKIP}}A child without a score (failed or not run) is left out of the mean, so averages of models with different coverage do not compare.{{/RULE_SKIP}}{{#RULE_REQUIRE}}A group has a score only when every child has one.{{/RULE_REQUIRE}} Benchmarks that cannot be measured for a model do not count for it. <em>Scored</em> says how many of a model’s benchmarks have a score. Benchmarks whose data was not at hand count in no average; they are listed as such. Engineering benchmarks, which compare with no brain and no behaviour, stand apart from the average.</p>
</section>
<section aria-labelledby="policies">
<h2 id="policies">If missing scores counted otherwise</h2>
<p>Three rules are in use for a child without a score: <em>zero</em> counts it as zero, <em>skip</em> leaves it out, <em>require</em> gives the group no score at all.{{#POLICY_NO_CHANGE}} On this board all three give the same ranks.{{/POLICY_NO_CHANGE}}</p>
{{#POLICY_UNKNOWN}}
<p class="note">{{POLICY_DOMAIN}}: what another rule would give cannot be told, because scores that count in its average are not published.</p>
{{/POLICY_UNKNOWN}}
{{#POLICY_TABLE}}
<div class="scroll long" role="region" aria-labelledby="{{POLICY_ID}}" tabindex="0">
<table class="policies">
<caption id="{{POLICY_ID}}"><span>{{POLICY_CAPTION}}</span></caption>
<thead>
<tr>
<th scope="col" class="name">Model</th>
{{#POLICY}}
<th scope="col" class="num">{{POLICY_NAME}}{{#POLICY_IN_FORCE}} <span class="by">in force</span>{{/POLICY_IN_FORCE}}</th>
{{/POLICY}}
</tr>
</thead>
<tbody>
{{#CHANGE}}
<tr>
<th scope="row" class="name"><a href="{{ROOT}}models/{{MODEL_ID}}/index.html"><bdi>{{MODEL_NAME}}</bdi></a></th>
{{#CHANGE_RANK}}
<td class="num">{{CHANGE_PLACE}}{{#CHANGE_SCORE}} <span class="by">{{CHANGE_SCORE}}</span>{{/CHANGE_SCORE}}</td>
{{/CHANGE_RANK}}
</tr>
{{/CHANGE}}
</tbody>
</table>
</div>
<p class="note">Rank, and the average that it comes from.</p>
{{/POLICY_TABLE}}
</section>
<section aria-labelledby="ranks">
<h2 id="ranks">Ranks and rounding</h2>
<p>{{#ROUND_ONCE}}A number is rounded once, when it is shown, half away from zero; averages are taken from unrounded values. Models are ranked on the score rounded to two decimals,{{/ROUND_ONCE}}{{#ROUND_TWICE}}Averages are taken from unrounded values. Scores are rounded as on brain-score.org: to three decimals (one from 1 on), and that again to two, half away from zero, so that 0.4446 becomes 0.445 and then 0.45. Models are ranked on what comes out, those that failed on everything behind all others,{{/ROUND_TWICE}} and equal scores share a rank, marked =: 1, 2=, 2=, 4. Within a tie the unrounded score decides the place in the table, and then the name. Reference rows and unlisted models have no rank and take none from others.</p>
</section>
<section aria-labelledby="colours">
<h2 id="colours">Colours</h2>
{{#OWN_COLOURS}}
<p>A cell is shaded by where its score lies between the worst and the best of its column, in ten even steps of one hue: darker is better on a light page, lighter on a dark one. The steps can be told apart without colour vision and in grey print; the number always stands in the cell.</p>
{{/OWN_COLOURS}}
{{#REFERENCE_COLOURS}}
<p>Cells have the colours of brain-score.org: from red to green (engineering: in greys) with the square of where a score lies between the smallest and the largest of its column, fainter the smaller it is. Scores of zero do not count for the smallest, and an engineering column ends at two and a half times its largest. The scale does not read in grey print, nor for readers who do not tell red from green; the number always stands in the cell.</p>
{{/REFERENCE_COLOURS}}
</section>
