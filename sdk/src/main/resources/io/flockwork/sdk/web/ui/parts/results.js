// A job's results after its end: the whole as a preview, and the units one by one.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {BASE, get} from '../api.js';
import {bytes, nameOf, span} from '../format.js';
import {sentence} from '../shell.js';
import {unitState} from './badges.js';
import {preview} from './preview.js';
import {pager, table} from './table.js';

const LIMIT = 50;

export class Results {
  #host;
  #path;
  #signal;
  #job = null;
  #list = null;
  #failure = null;
  #offset = 0;

  constructor(host, path, signal) {
    this.#host = host;
    this.#path = path;
    this.#signal = signal;
  }

  show(job) {
    if (this.#job || job.state === 'CANCELLED') return;
    this.#job = job;
    render(html`<section aria-labelledby="result-title"><h2 id="result-title">Result</h2>
      <div class="whole"></div><details class="each"><summary>Each unit's result</summary><div class="list"></div></details>
      <div class="one" aria-live="polite"></div></section>`, this.#host);
    this.#host.querySelector('details').addEventListener('toggle', () => this.#list || this.#load());
    if (job.state === 'DONE') {
      preview(this.#host.querySelector('.whole'), `${BASE}${this.#path}/result?preview=true`, nameOf(job.name, job.job), this.#signal);
    }
  }

  async #load() {
    try {
      this.#list = await get(`${this.#path}/results?offset=${this.#offset}&limit=${LIMIT}`, this.#signal);
      this.#failure = null;
    } catch (problem) {
      if (this.#signal.aborted) return;
      this.#failure = problem;
    }
    this.#draw();
  }

  #draw() {
    const move = offset => {
      this.#offset = offset;
      this.#load();
    };
    render(this.#failure ? html`<p class="notice bad" role="alert">${sentence(this.#failure)}</p>` : html`
      ${table({caption: 'Results of the units, in order', columns: this.#columns(), rows: this.#list.results, empty: 'No unit has a result.'})}
      ${pager({of: 'results', offset: this.#offset, limit: LIMIT, total: this.#list.total, onMove: move})}`, this.#host.querySelector('.list'));
  }

  #columns() {
    const url = result => `${BASE}${this.#path}/results/${result.unit}`;
    const look = result => preview(this.#host.querySelector('.one'), `${url(result)}?preview=true`, `unit ${result.unit}`, this.#signal);
    return [
      {label: 'Unit', cell: result => result.inputName || span(result.from, result.to)},
      {label: 'Size', number: true, cell: result => bytes(result.size)},
      {label: 'Verified', cell: result => result.failure ? nothing : result.verified ? 'yes' : unitState('unverified')},
      {label: 'Said on the way', wide: true, cell: result => result.failure || result.stderr || nothing},
      {label: '', cell: result => result.size === null || result.size === undefined ? nothing : html`
        <button type="button" class="quiet" @click=${() => look(result)}>Look</button>
        <a class="button quiet" href=${url(result)} download>Download</a>`},
    ];
  }
}
