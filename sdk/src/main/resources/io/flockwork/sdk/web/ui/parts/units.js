// The units of a job and what each worker said about them; disputes are what one looks for first.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, withQuery} from '../api.js';
import {count, plural, span} from '../format.js';
import {sentence} from '../shell.js';
import {unitState, workerLink} from './badges.js';
import {pager, table} from './table.js';

const LIMIT = 25;
const STATES = ['', 'contested', 'running', 'accepted', 'final', 'unverified', 'failed'];

const COLUMNS = [
  {label: 'Unit', cell: unit => span(unit.from, unit.to)},
  {label: 'State', cell: unit => unitState(unit.state)},
  {label: 'Who said what', cell: said},
  {label: 'Failures', number: true, wide: true, cell: unit => count(unit.failures ?? 0)},
];

export class Units {
  #host;
  #path;
  #signal;
  #list = null;
  #failure = null;
  #offset = 0;
  #state = '';
  #ended = false;

  constructor(host, path, signal) {
    this.#host = host;
    this.#path = path;
    this.#signal = signal;
  }

  /** After the end the votes are no longer in the grid, but in the proof. */
  async load(ended) {
    this.#ended = ended;
    const wish = {offset: this.#offset, limit: LIMIT, state: this.#state};
    try {
      this.#list = await get(withQuery(`${this.#path}/units`, wish), this.#signal);
      this.#failure = null;
    } catch (problem) {
      if (this.#signal.aborted) return;
      this.#failure = problem;
    }
    this.#draw();
  }

  #draw() {
    const change = (state, offset) => {
      this.#state = state;
      this.#offset = offset;
      this.load(this.#ended);
    };
    render(html`<section aria-labelledby="units-title"><h2 id="units-title">Units and votes
        ${this.#list ? html`<small>${plural(this.#list.total, 'unit')}</small>` : nothing}</h2>
      ${this.#ended ? html`<p class="help">Who said what is in the job's proof now.</p>` : nothing}
      <div class="chips" role="group" aria-label="State of the units">${STATES.map(state => html`<button type="button"
        aria-pressed=${state === this.#state} @click=${() => change(state, 0)}>${state ? state[0].toUpperCase() + state.slice(1) : 'All'}</button>`)}</div>
      ${this.#failure ? html`<p class="notice bad" role="alert">${sentence(this.#failure)}</p>` : nothing}
      ${this.#list ? html`${table({caption: 'Units and votes', columns: COLUMNS, rows: this.#list.units, empty: this.#state ? `No unit is ${this.#state}.` : 'No unit is given out yet.'})}
        ${pager({of: 'units', offset: this.#offset, limit: LIMIT, total: this.#list.total, onMove: offset => change(this.#state, offset)})}` : nothing}
    </section>`, this.#host);
  }
}

function said(unit) {
  const votes = unit.votes ?? [];
  const running = unit.running ?? [];
  if (votes.length === 0 && running.length === 0) return unit.cause || '–';
  return html`<ul class="votes">
    ${votes.map(vote => html`<li class=${vote.dropped ? 'dropped' : ''}>${workerLink(vote.worker, vote.name)} <code>${vote.digest}</code> ${verdict(vote)}</li>`)}
    ${running.map(worker => html`<li>${workerLink(worker.worker, worker.name)} <small>computes it now</small></li>`)}
    ${unit.cause ? html`<li>${unit.cause}</li>` : nothing}</ul>`;
}

function verdict(vote) {
  if (vote.dropped) return html`<small>no longer counts</small>`;
  if (vote.agrees === true) return html`<span class="good"><span aria-hidden="true">✓</span> agrees</span>`;
  if (vote.agrees === false) return html`<span class="bad"><span aria-hidden="true">✕</span> disagrees</span>`;
  return html`<small>not yet decided</small>`;
}
