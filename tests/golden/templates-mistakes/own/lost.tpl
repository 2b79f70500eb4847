<p>{{ROOT}}</p>
