{{%AUTOESCAPE context="HTML"}}<h1>The latest release</h1>
<p>It is <a href="{{ROOT}}v/{{EDITION_NAME}}/index.html">{{EDITION_NAME}}</a>{{#EDITION_DATE}}, of <time datetime="{{EDITION_DATE}}">{{EDITION_DATE}}</time>{{/EDITION_DATE}}, and your browser goes there. <a href="{{ROOT}}v/index.html">All releases</a></p>
