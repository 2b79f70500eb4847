{{%AUTOESCAPE context="HTML"}}<h1>No such page</h1>
<div class="prose">
<p>There is no page at this address. A model or benchmark may have left the board, or the address is mistyped.</p>
{{#LOST_LINK}}
<p><a href="{{ROOT}}index.html">To the front page</a></p>
{{/LOST_LINK}}
{{#LOST_WORDS}}
<p>To reach the front page, cut the address off before <code>models/</code>, <code>benchmarks/</code> and the like.</p>
{{/LOST_WORDS}}
</div>
