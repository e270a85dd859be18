// What a worker was struck for: what it said, and what was true.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {span} from '../format.js';
import {idOf, mark, when} from './badges.js';
import {table} from './table.js';

const DIGITS = 12;
const digest = hex => (hex ? html`<code title=${hex}>${hex.slice(0, DIGITS)}</code>` : '–');

export const strikeTable = strikes => table({caption: 'What this worker was struck for', rows: strikes, columns: [
  {label: 'When', cell: strike => when(strike.at)},
  {label: 'Job', cell: strike => html`<a href="#/jobs/${encodeURIComponent(strike.job)}">${idOf(strike.job)}</a>`},
  {label: 'Unit', cell: strike => span(strike.from, strike.to)},
  {label: 'It said', cell: strike => digest(strike.given)},
  {label: 'True was', cell: strike => digest(strike.accepted)},
  {label: 'Then', cell: strike => html`${strike.banned ? mark('✕', 'banned', 'bad') : mark('!', 'struck', 'warn')}${strike.gang ? html` <small>the referee said otherwise, or others lied alike</small>` : nothing}`},
]});

/** Why, in one sentence. */
export function reason(worker) {
  const last = worker.struckFor?.[0];
  if (!last) return '';
  return html`In job <a href="#/jobs/${encodeURIComponent(last.job)}">${idOf(last.job)}</a>, unit ${span(last.from, last.to)}, it said ${digest(last.given)}; true was ${digest(last.accepted)}.`;
}
