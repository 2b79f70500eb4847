{{%AUTOESCAPE context="HTML"}}<h1>Participate</h1>
<div class="prose">
<p>A model joins this board with files: what it answered to each stimulus set, and an entry that names them. Nothing of the model itself is needed, and no set must be answered: what is missing is said, and <a href="{{ROOT}}about/index.html#averages">counts as the rules say</a>.{{#PARTICIPATE_CONTACT}} Write to {{PARTICIPATE_CONTACT}}.{{/PARTICIPATE_CONTACT}}</p>
<ol class="toc">
{{#SETS_LINK}}
<li><a href="#sets">Answer the stimulus sets</a></li>
{{/SETS_LINK}}
<li><a href="#formats">Write the answers to files</a></li>
<li><a href="#entry">Name them in an entry</a></li>
<li><a href="#check">Check, and see your row</a></li>
</ol>
</div>
{{#SETS}}
<section aria-labelledby="sets">
<h2 id="sets">1. What a model must answer</h2>
<div class="scroll long" role="region" aria-labelledby="sets-caption" tabindex="0">
<table class="detail sets">
<caption id="sets-caption"><span>Stimulus sets of this board. Where the stimuli are from stands on the pages of the benchmarks.</span></caption>
<thead>
<tr>
<th scope="col" class="name">Stimulus set</th>
<th scope="col">The model answers with</th>
<th scope="col" class="num">Stimuli</th>
<th scope="col" class="num">Visual angle</th>
<th scope="col">For</th>
</tr>
</thead>
<tbody>
{{#SET}}
<tr{{#SET_ANCHOR}} id="{{SET_ANCHOR}}"{{/SET_ANCHOR}}>
<th scope="row" class="name"><bdi>{{SET_NAME}}</bdi></th>
<td>{{#SET_ANSWER}}<a href="{{ANSWER_FORMAT}}">{{ANSWER_WORD}}</a>{{#SET_ANSWER_separator}}, {{/SET_ANSWER_separator}}{{/SET_ANSWER}}</td>
<td class="num">{{SET_SIZE}}</td>
<td class="num">{{SET_DEGREES}}</td>
<td class="words">{{#SET_USE}}{{USE_ROLE}}<a href="{{ROOT}}benchmarks/{{USE_ID}}/index.html"><bdi>{{USE_TITLE}}</bdi></a>{{#SET_USE_separator}}, {{/SET_USE_separator}}{{/SET_USE}}{{#SET_MORE}} and <a href="{{ROOT}}benchmarks/index.html">{{USES_MORE}} more</a>{{/SET_MORE}}</td>
</tr>
{{/SET}}
</tbody>
</table>
</div>
<div class="prose">
<p>With brainboard and the board’s manifest, <code>kit</code> makes a folder with all that follows: the stimuli that are on this machine, placed as the model sees them at the visual angle that is asked for, the programs, and the entry to fill in.</p>
<pre tabindex="0">brainboard needs manifest.json          # this table, with bytes
brainboard fetch --list                 # what is published
brainboard fetch NAME                   # gets it
brainboard kit manifest.json -o kit     # makes the folder</pre>
</div>
</section>
{{/SETS}}
<section aria-labelledby="formats">
<h2 id="formats">2. The files</h2>
<div class="prose">
<p>A stimulus_id is the stimulus’s name in its set. Rows and dimensions may stand in any order; tables are CSV or TSV with a header, .gz too, and their columns may have any names, which the entry maps.</p>
</div>
{{#FORMAT_ACTIVATIONS}}
<h3 id="activations">Activations</h3>
<div class="prose">
<p>A netCDF-4 or HDF5 file: presentation × neuroid, with the coordinates <code>stimulus_id</code> and <code>layer</code>, as xarray and BrainIO write it. One file may hold several layers. With h5py:</p>
<pre tabindex="0">with h5py.File("mymodel_{{FORMAT_SET:h}}.h5", "w") as f:
    f["data"] = features                  # stimuli × features, float32
    f["stimulus_id"] = ids
    f["layer"] = layers                   # of each feature</pre>
<p>Where features are too many to write, the Gram matrix of a layer, which may be summed batch by batch, serves every linear metric; the entry then says <code>"gram"</code> instead of <code>"file"</code>. Measured with VGG-16, the last three pooled and three fully connected layers (335,336 features), on 1,000 pictures: features are a file of 1.36 GB, written with 2.2 GB of memory; Gram matrices one of 48 MB, with 3.2 GB.</p>
<pre tabindex="0">with h5py.File("mymodel_{{FORMAT_SET:h}}.gram.h5", "w") as f:
    f["layer4/K"] = X @ X.T               # float64
    f["layer4/row_sum"] = X.sum(axis=1)
    f["layer4/p"] = X.shape[1]
    f["stimulus_id"] = ids</pre>
{{#FORMAT_WITH}}
<p>Written by <a href="#programs">{{WITH_NAME}}</a>:</p>
<pre tabindex="0">{{WITH_COMMANDS:pre_escape}}</pre>
{{/FORMAT_WITH}}
</div>
{{/FORMAT_ACTIVATIONS}}
{{#FORMAT_CHOICES}}
<h3 id="choices">Choices</h3>
<div class="prose">
<p>A table with a row per trial: the label that the model gave. Labels are those of the benchmark; an empty one is a trial without a right answer. Every stimulus must be answered: a model that answers a part has no score, unless its entry says <code>"partial": true</code> beside the file. Then it is scored on that part, with a note. A stochastic model may answer all stimuli several times, with a column <code>repetition</code>. Probabilities do as well, and some benchmarks compare them: a row for each stimulus and label, with a column <code>value</code>; those of a stimulus sum to 1. Shape bias needs the columns <code>shape</code> and <code>texture</code> as well.</p>
<pre tabindex="0">stimulus_id,choice
0001_cat.png,cat
0002_truck.png,car</pre>
{{#FORMAT_WITH}}
<p>Written by <a href="#programs">{{WITH_NAME}}</a>:</p>
<pre tabindex="0">{{WITH_COMMANDS:pre_escape}}</pre>
{{/FORMAT_WITH}}
</div>
{{/FORMAT_CHOICES}}
{{#FORMAT_VALUES}}
<h3 id="values">A number per item</h3>
<div class="prose">
<p>A table with a row per item, such as the surprisal of a word; its unit does not matter to correlations. Where a benchmark takes the words before into account, <code>text</code> and <code>position</code> say which those are.</p>
<pre tabindex="0">stimulus_id,text,position,value
1.1,1,1,10.18
1.2,1,2,4.32</pre>
{{#FORMAT_WITH}}
<p>Written by <a href="#programs">{{WITH_NAME}}</a>:</p>
<pre tabindex="0">{{WITH_COMMANDS:pre_escape}}</pre>
{{/FORMAT_WITH}}
</div>
{{/FORMAT_VALUES}}
{{#FORMAT_BITS}}
<h3 id="bits">Met or not, per item</h3>
<div class="prose">
<p>A table whose column <code>bits</code> holds a 1 for each item whose prediction the model meets and a 0 for each other, in the order of the items; a row may hold one item, or all of a suite.</p>
<pre tabindex="0">suite,bits
number_orc,11101101100111011110
subordination,11111111111111111111</pre>
</div>
{{/FORMAT_BITS}}
{{#FORMAT_REGIONS}}
<h3 id="regions">Surprisal per region</h3>
<div class="prose">
<p>A table with a row per region of each sentence of a suite: the surprisals of its words in bits, summed. A sentence is an item in a condition; regions are numbered from 1, and those that no prediction names may be left out. The board judges the predictions of each item itself.</p>
<pre tabindex="0">suite,item,condition,region,value
number_orc,1,match_sing,7,11.32
number_orc,1,mismatch_sing,7,14.05</pre>
<p>Or what was judged already: a column <code>bits</code> in the place of the last four, with a 1 for each item whose predictions are all met and a 0 for each other, in the order of the items.</p>
{{#FORMAT_WITH}}
<p>Written by <a href="#programs">{{WITH_NAME}}</a>:</p>
<pre tabindex="0">{{WITH_COMMANDS:pre_escape}}</pre>
{{/FORMAT_WITH}}
</div>
{{/FORMAT_REGIONS}}
{{#FORMAT_PAIRS}}
<h3 id="pairs">A dissimilarity per pair</h3>
<div class="prose">
<p>A table with a row per pair of stimuli, in either order; each pair once. Of activations or Gram matrices they are made: 1 − the correlation of two stimuli over the features of a layer.</p>
<pre tabindex="0">stimulus_a,stimulus_b,value
0,1,0.83
0,2,0.41</pre>
</div>
{{/FORMAT_PAIRS}}
{{#PROGRAMS}}
<h3 id="programs">Programs that write them</h3>
<div class="prose">
<p>Put your model where the head of the program says, and call it as above; or import it, and call its functions.</p>
</div>
{{#PROGRAM}}
<details class="program">
<summary>{{PROGRAM_NAME}}</summary>
<p class="more"><a href="{{ROOT}}{{PROGRAM_PATH}}" download="{{PROGRAM_NAME}}">Download {{PROGRAM_NAME}}</a></p>
<pre tabindex="0">{{PROGRAM_TEXT:pre_escape}}</pre>
</details>
{{/PROGRAM}}
{{/PROGRAMS}}
</section>
<section aria-labelledby="entry">
<h2 id="entry">3. The entry</h2>
<div class="prose">
<p>A JSON file that says who the model is and which file answers which set; keep what you have. <code>degrees</code> is the visual angle that the images were shown at: another one than the benchmark asks for is refused, and where none is stated, the score says so. A model that states <code>"layers": {"IT": "layer4"}</code> has them taken; for regions that it does not state, <a href="{{ROOT}}about/index.html#layers">they are chosen</a>. <code>"sha256"</code> beside a file pins it.</p>
<pre tabindex="0">{{ENTRY:pre_escape}}</pre>
</div>
</section>
<section aria-labelledby="check">
<h2 id="check">4. Check, and see your row</h2>
<div class="prose">
<p>With brainboard and the board’s manifest, before sending anything:</p>
<pre tabindex="0">brainboard check manifest.json                # every problem of the entry and its files, with line and column
brainboard build manifest.json -o site        # scores what is new, and renders the board with your row</pre>
<p>The entry joins the manifest by its file’s name: <code>"models": ["models/*.json"]</code>.</p>
</div>
</section>
