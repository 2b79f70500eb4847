{{%AUTOESCAPE context="HTML"}}<ul class="legend">
<li><span class="st failed"><span class="mark" aria-hidden="true">✕</span>failed</span> an output is there and could not be scored; the model’s page says why</li>
<li><span class="st missing"><span class="mark" aria-hidden="true">–</span>not run</span> the model has no output for these stimuli</li>
<li><span class="st na">n/a</span> cannot be measured for this model</li>
<li><span class="tag">reference</span> a control, shown where its score puts it, without a rank</li>
{{#OWN_SCALE}}
<li><span class="scale" aria-hidden="true"><span class="s0">&nbsp;</span><span class="s2">&nbsp;</span><span class="s4">&nbsp;</span><span class="s6">&nbsp;</span><span class="s8">&nbsp;</span><span class="s9">&nbsp;</span></span> shaded from the worst to the best value of the column</li>
{{/OWN_SCALE}}
{{#REFERENCE_SCALE}}
<li><span class="scale" aria-hidden="true"><span class="bs bs0-10">&nbsp;</span><span class="bs bs7-37">&nbsp;</span><span class="bs bs20-55">&nbsp;</span><span class="bs bs39-73">&nbsp;</span><span class="bs bs57-86">&nbsp;</span><span class="bs bs80-100">&nbsp;</span></span> coloured from the smallest to the largest value of the column, as on brain-score.org</li>
{{/REFERENCE_SCALE}}
</ul>
