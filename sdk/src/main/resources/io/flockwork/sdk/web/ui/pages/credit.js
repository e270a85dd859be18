// Who computed how much: leaderboards of operators, teams and workers.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, withQuery} from '../api.js';
import {compact, count, duration, rate} from '../format.js';
import * as live from '../live.js';
import {sentence} from '../shell.js';
import {workerLink} from '../parts/badges.js';
import {keepQuery} from '../parts/query.js';
import {pager, table} from '../parts/table.js';

const LIMIT = 100;
const BY = [['operator', 'Operators'], ['team', 'Teams'], ['worker', 'Workers']];

export default function creditPage({host, signal, query}) {
  let by = BY.some(([word]) => word === query.get('by')) ? query.get('by') : 'operator';
  let answer = null;
  let failure = null;
  let sort = '-credit';
  let offset = 0;

  const load = async () => {
    try {
      answer = await get(withQuery('/credit', {by}), signal);
      failure = null;
    } catch (problem) {
      failure = problem;
    }
    draw();
  };
  const reload = live.throttled(10000, load, signal);
  for (const type of ['jobs', 'again']) live.on(type, reload, signal);
  const choose = word => {
    by = word;
    answer = null;
    offset = 0;
    keepQuery('credit', {by});
    draw();
    load();
  };

  const draw = () => signal.aborted || render(html`<h1>Credit</h1>
    <div class="filters"><div class="chips" role="group" aria-label="Credit of">${BY.map(([word, label]) => html`<button type="button"
      aria-pressed=${word === by} @click=${() => choose(word)}>${label}</button>`)}</div></div>
    ${failure ? html`<p class="notice bad" role="alert">${sentence(failure)}</p>` : nothing}
    ${answer ? board() : html`<div class="skeleton rows" aria-hidden="true"></div>`}
    <p class="help">Credit is granted at a job's end, for answers that were accepted. Work counts the instructions that modules ran, the same on
      every machine; Java time is what job types in Java took.</p>`, host);

  function board() {
    const key = sort.replace('-', '');
    const most = Math.max(1, ...answer.rows.map(row => row.credit));
    // Its place by credit stays with a row, however the table is sorted.
    const ranked = [...answer.rows].sort((a, b) => b.credit - a.credit).map((row, i) => ({...row, rank: i + 1}));
    ranked.sort((a, b) => (a[key] > b[key] ? 1 : a[key] < b[key] ? -1 : a.rank - b.rank) * (sort.startsWith('-') ? -1 : 1));
    return html`${table({caption: `Credit by ${by}`, rows: ranked.slice(offset, offset + LIMIT), sorted: sort, empty: 'No credit yet: it is granted when a job ends.',
      onSort: next => { sort = next; offset = 0; draw(); }, columns: [
        {label: 'Place', number: true, cell: row => row.rank},
        {label: 'Name', sort: 'name', cell: row => (row.worker ? workerLink(row.worker, row.name) : row.name || 'no name given')},
        {label: 'Credit', sort: 'credit', number: true, cell: row => rate(row.credit)},
        {label: 'Units', sort: 'units', wide: true, number: true, cell: row => count(row.units)},
        {label: 'Share of the first', wide: true, cell: row => html`<progress max=${most} value=${row.credit} aria-hidden="true"></progress>`},
        {label: 'Work', sort: 'fuel', number: true, wide: true, cell: row => html`<span title=${`${count(row.fuel)} instructions`}>${compact(row.fuel)}</span>`},
        {label: 'Java time', sort: 'seconds', number: true, wide: true, cell: row => (row.seconds > 0 ? duration(row.seconds) : '–')},
      ]})}${pager({offset, limit: LIMIT, total: ranked.length, onMove: to => { offset = to; draw(); }})}`;
  }
  draw();
  load();
}
