{{%AUTOESCAPE context="HTML"}}<h1>No such page</h1>
<div class="prose">
<p>There is no page at this address. A model or benchmark may have left the board, or the address is mistyped.</p>
<p><a href="{{ROOT}}index.html">To the front page</a></p>
</div>
