{{%AUTOESCAPE context="HTML"}}<h1>Our own page for what is lost</h1>
{{#LOST_LINK}}<p><a href="{{ROOT}}index.html">{{BOARD_TITLE}}</a></p>{{/LOST_LINK}}
{{#LOST_WORDS}}<p>{{BOARD_TITLE}} has no such page.</p>{{/LOST_WORDS}}
