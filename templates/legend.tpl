{{%AUTOESCAPE context="HTML"}}<dl class="legend">
<div><dt class="st failed"><span class="mark" aria-hidden="true">✕</span>failed</dt><dd>an output is there and could not be scored; the model’s page says why</dd></div>
<div><dt class="st missing"><span class="mark" aria-hidden="true">–</span>not run</dt><dd>the model has no output for these stimuli</dd></div>
<div><dt class="st na">n/a</dt><dd>cannot be measured for this model</dd></div>
<div><dt><span class="tag">reference</span></dt><dd>a control, shown where its score puts it, without a rank</dd></div>
<div><dt><span class="scale" aria-hidden="true"><span class="s0"></span><span class="s2"></span><span class="s4"></span><span class="s6"></span><span class="s8"></span><span class="s9"></span></span><span class="vh">shade</span></dt><dd>from the worst to the best value of the column</dd></div>
</dl>
