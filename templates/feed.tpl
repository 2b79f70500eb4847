{{%AUTOESCAPE context="XML"}}<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{{FEED_TITLE}}</title>
<id>{{FEED_ID}}</id>
<link rel="self" href="{{FEED_ID}}"/>
<link rel="alternate" href="{{FEED_PAGE}}"/>
<updated>{{FEED_UPDATED}}</updated>
<author><name>{{FEED_AUTHOR}}</name></author>
{{#ENTRY}}
<entry>
<title>{{ENTRY_TITLE}}</title>
<id>{{ENTRY_ID}}</id>
<link rel="alternate" href="{{ENTRY_PAGE}}"/>
<updated>{{ENTRY_UPDATED}}</updated>
<summary>{{ENTRY_SUMMARY}}</summary>
</entry>
{{/ENTRY}}
</feed>
