{{%AUTOESCAPE context="HTML"}}<h1>Our own page for what is lost</h1>
<p><a href="{{ROOT}}index.html">{{BOARD_TITLE}}</a></p>
