{{%AUTOESCAPE context="HTML"}}<ul class="legend">
<li><span class="st failed"><span class="mark" aria-hidden="true">✕</span>failed</span> an output is there and could not be scored; the model’s page says why</li>
<li><span class="st missing"><span class="mark" aria-hidden="true">–</span>not run</span> the model has no output for these stimuli</li>
<li><span class="st na">n/a</span> cannot be measured for this model</li>
<li><span class="tag">reference</span> a control, shown where its score puts it, without a rank</li>
<li><span class="scale" aria-hidden="true"><span class="s0">&nbsp;</span><span class="s2">&nbsp;</span><span class="s4">&nbsp;</span><span class="s6">&nbsp;</span><span class="s8">&nbsp;</span><span class="s9">&nbsp;</span></span> shaded from the worst to the best value of the column</li>
</ul>
