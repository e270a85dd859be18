// A job from the page: a program, how it is split, how sure the answers shall be.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, post, segment} from '../api.js';
import {bytes, percent} from '../format.js';
import {sentence} from '../shell.js';
import {dial, USUAL} from '../parts/assurance.js';
import {body, check, Wrong} from '../parts/request.js';
import {upload} from '../parts/upload.js';

const RECIPES = [
  ['range', 'A range of numbers', 'Each unit gets its first number, and the one after its last, as its last two arguments.'],
  ['lines', 'The lines of a file', 'Each unit finds some lines on its standard input.'],
  ['chunks', 'Pieces of a file', 'Each unit finds a piece of the given size on its standard input.'],
  ['each', 'Many files, one each', 'Each unit finds one file on its standard input.'],
  ['list', 'A list typed here', 'Each unit finds one line on its standard input.'],
];

export default function submitPage({host, signal, may}) {
  const form = {kind: 'type', name: '', type: '', parameters: '', module: null, arguments: '', recipe: '', from: '0', to: '', step: '',
    files: [], chunk: '1m', list: '', combine: '', assurance: USUAL, quorum: '', unitTime: '', unitMemory: '', priority: ''};
  let types = [];
  let wrong = null;
  let failure = null;
  let sending = null;

  get('/job-types', signal).then(answer => { types = answer.types; draw(); }, () => {});

  const set = (name, value) => {
    form[name] = value;
    // A module does not split by itself.
    if (form.kind === 'wasm' && !form.recipe) form.recipe = 'range';
    if (wrong?.field === name) wrong = null;
    draw();
  };
  const send = async event => {
    event.preventDefault();
    wrong = failure = null;
    try {
      check(form);
      sending = {words: 'Sending the job', share: null};
      draw();
      const module = form.kind === 'wasm' ? await carry(form.module) : null;
      const files = [];
      if (['lines', 'chunks', 'each'].includes(form.recipe)) for (const file of form.files) files.push(await carry(file));
      sending = {words: 'Sending the job', share: null};
      draw();
      const job = await post('/jobs', body(form, module, files));
      location.hash = `#/jobs/${segment(job.job)}`;
      return;
    } catch (problem) {
      if (signal.aborted) return;
      if (problem instanceof Wrong) wrong = problem;
      else failure = problem;
    }
    sending = null;
    draw();
    (host.querySelector('[aria-invalid=true]') ?? host.querySelector('[role=alert]'))?.focus();
  };
  // What was refused is often sent again with one word changed; its files are there already.
  const there = new WeakMap();
  const carry = async file => {
    if (!there.has(file)) {
      there.set(file, await upload(file, share => {
        sending = {words: `Uploading ${file.name}, ${bytes(file.size)}`, share};
        draw();
      }, signal));
    }
    return there.get(file);
  };

  const draw = () => signal.aborted || render(may('submit') ? view() : html`<h1>Submit a job</h1>
    <p class="notice">To submit a job, <a href="#/signin">sign in</a> as somebody who may.</p>`, host);

  const view = () => html`<div class="narrow"><h1>Submit a job</h1>
    <form class="stack" novalidate @submit=${send}>
      ${text('name', 'Name', 'what people will call it')}
      <fieldset><legend>Program</legend>
        ${radios('kind', [['type', 'A job type of this grid', 'The workers have it already.'],
          ['wasm', 'A WebAssembly module of your own', 'Any language that compiles to WASI preview 1.']])}
        ${form.kind === 'wasm' ? html`${filePicker('module', 'Module', false)}
            ${text('arguments', 'Arguments', 'given to every unit; quotes as in a shell')}`
          : html`${typeChoice()}${area('parameters', 'Parameters', 'such as width=800 height=600')}`}
      </fieldset>
      <fieldset><legend>How it is split into units</legend>
        ${radios('recipe', form.kind === 'type' ? [['', 'As the job type does', 'What it is told above decides.'], ...RECIPES] : RECIPES)}
        ${recipeFields()}
      </fieldset>
      <fieldset><legend>How sure the answers shall be</legend>
        ${form.quorum ? html`<p class="help">The first answer that ${form.quorum} workers give alike is taken; the dial has no say then.</p>` : dial(form.assurance, value => set('assurance', value))}
      </fieldset>
      <details><summary>Results and limits</summary>
        <div class="pair">${text('unitTime', 'Time limit of a unit', 'such as 10m')}${text('unitMemory', 'Memory limit of a unit', 'such as 256m')}</div>
        <div class="pair">${text('priority', 'Priority', 'higher goes first; 10 is usual', 'numeric')}${text('quorum', 'Quorum', 'instead of the dial', 'numeric')}</div>
        ${field('combine', 'Combine the units’ results', '', (id, help) => html`<select id=${id} aria-describedby=${help} @change=${event => set('combine', event.target.value)}>
          ${[['', 'not at all, or as the job type does'], ['concat', 'one after the other'], ['sum', 'added up']].map(([value, words]) =>
            html`<option value=${value} ?selected=${form.combine === value}>${words}</option>`)}</select>`)}
      </details>
      ${wrong ? html`<p class="notice bad" role="alert" tabindex="-1">${sentence(wrong)}</p>` : nothing}
      ${failure ? html`<p class="notice bad" role="alert" tabindex="-1">${sentence(failure)}</p>` : nothing}
      <div class="send"><button class="primary" ?disabled=${sending !== null}>${sending ? 'Submitting…' : 'Submit the job'}</button>
        <div aria-live="polite">${sending ? html`${sending.words}${sending.share === null ? nothing : html` <progress max="1" value=${sending.share} aria-label="Upload"></progress> ${percent(sending.share)}`}` : nothing}</div></div>
    </form></div>`;

  const invalid = name => (wrong?.field === name ? 'true' : 'false');
  const radios = (name, choices) => html`<div class="radios">${choices.map(([value, title, help]) => html`<label>
    <input type="radio" name=${name} .checked=${form[name] === value} @change=${() => set(name, value)}>
    <span>${title}<small>${help}</small></span></label>`)}</div>`;
  // The label alone is the name; the hint is read after it.
  const field = (name, label, hint, control) => html`<div class="field"><span><label for="f-${name}">${label}</label>
    <small id="h-${name}">${hint}</small></span>${control(`f-${name}`, `h-${name}`)}</div>`;
  const text = (name, label, hint, mode = 'text') => field(name, label, hint, (id, help) => html`<input id=${id} name=${name} inputmode=${mode}
    autocomplete="off" spellcheck="false" .value=${form[name]} aria-describedby=${help} aria-invalid=${invalid(name)} @input=${event => set(name, event.target.value)}>`);
  const area = (name, label, hint) => field(name, label, hint, (id, help) => html`<textarea id=${id} name=${name} rows="3" spellcheck="false"
    .value=${form[name]} aria-describedby=${help} aria-invalid=${invalid(name)} @input=${event => set(name, event.target.value)}></textarea>`);
  const filePicker = (name, label, many) => field(name, label, '', (id, help) => html`<input type="file" id=${id} name=${name} ?multiple=${many}
    accept=${name === 'module' ? '.wasm,application/wasm' : ''} aria-describedby=${help} aria-invalid=${invalid(name)}
    @change=${event => set(name, name === 'module' ? event.target.files[0] ?? null : [...event.target.files])}>`);
  const typeChoice = () => field('type', 'Job type', '', (id, help) => html`<select id=${id} name="type" aria-describedby=${help} aria-invalid=${invalid('type')}
    @change=${event => set('type', event.target.value)}><option value="">choose…</option>
    ${types.map(type => html`<option value=${type.name} ?selected=${form.type === type.name}>${type.name}: ${type.summary}</option>`)}</select>`);
  const recipeFields = () => {
    switch (form.recipe) {
      case 'range': return html`<div class="pair">${text('from', 'From', '', 'numeric')}${text('to', 'To (not included)', '', 'numeric')}${text('step', 'Numbers in a unit', 'empty: the grid decides', 'numeric')}</div>`;
      case 'lines': return filePicker('files', 'File', false);
      case 'chunks': return html`${filePicker('files', 'File', false)}${text('chunk', 'Size of a piece', 'such as 1m')}`;
      case 'each': return filePicker('files', 'Files', true);
      case 'list': return area('list', 'Inputs', 'one on each line');
      default: return nothing;
    }
  };
  draw();
}
