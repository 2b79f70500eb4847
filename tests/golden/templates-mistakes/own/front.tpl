{{%AUTOESCAPE context="HTML"}}<h1>{{BOARD_TITEL}}</h1>
<p>{{FRONT_FACTS:none}}</p>
{{#FRONT_DOMAIN}}
<h2 id={{FRONT_ID}}>{{FRONT_TITLE}}</h2>
{{#FRONT_ROW}}
<p>{{MODEL_NAME}}</p>
{{/FRONT_DOMAIN}}
