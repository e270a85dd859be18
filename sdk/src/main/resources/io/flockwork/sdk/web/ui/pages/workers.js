// All workers, a page at a time: ten thousand are sorted and searched by the server, never drawn.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, withQuery} from '../api.js';
import {bytes, count, percent, rate} from '../format.js';
import * as live from '../live.js';
import {sentence} from '../shell.js';
import {activity, standing, standingWord, when, workerLink} from '../parts/badges.js';
import {keepQuery, whenQuiet} from '../parts/query.js';
import {pager, table} from '../parts/table.js';

const LIMIT = 100;
const COLUMNS = [
  {label: 'Worker', sort: 'name', cell: worker => html`${workerLink(worker.worker, worker.name)}${worker.referee ? html` <small>referee</small>` : nothing}`},
  {label: 'Role', sort: 'role', wide: true, cell: worker => worker.role},
  {label: 'Standing', sort: 'standing', cell: worker => standing(worker.standing)},
  {label: 'Now', sort: 'activity', cell: worker => html`${activity(worker.activity)}${worker.idleBecause ? html`<small class="why">${worker.idleBecause}</small>` : nothing}`},
  {label: 'Units/s', sort: 'unitsPerSecond', number: true, cell: worker => rate(worker.unitsPerSecond)},
  {label: 'Agreement', sort: 'agreement', number: true, cell: worker => percent(worker.agreement)},
  {label: 'Slots', sort: 'slots', number: true, wide: true, cell: worker => count(worker.slots)},
  {label: 'Memory', sort: 'memoryBytes', number: true, wide: true, cell: worker => bytes(worker.memoryBytes)},
  {label: 'Operator', sort: 'operator', wide: true, cell: worker => worker.operator || '–'},
  {label: 'Site', sort: 'site', wide: true, cell: worker => worker.site || '–'},
  {label: 'Since', sort: 'started', wide: true, cell: worker => when(worker.started)},
];

export default function workersPage({host, signal, query}) {
  const filter = {q: '', role: '', standing: '', site: '', sort: 'name'};
  for (const name of Object.keys(filter)) filter[name] = query.get(name) ?? filter[name];
  let offset = 0;
  let list = null;
  let failure = null;

  const load = async () => {
    try {
      list = await get(withQuery('/workers', {...filter, offset, limit: LIMIT}), signal);
      failure = null;
    } catch (problem) {
      if (signal.aborted) return;
      failure = problem;
    }
    draw();
  };
  const change = wish => {
    Object.assign(filter, wish);
    offset = 0;
    keepQuery('workers', filter);
    load();
  };
  const reload = live.throttled(5000, load, signal);
  const type = whenQuiet(q => change({q}), signal);

  live.on('workers', ({changed = [], gone = [], reload: all}) => {
    if (!list) return;
    if (all) return reload();
    list.workers = list.workers.filter(worker => !gone.includes(worker.worker));
    const news = new Map(changed.map(worker => [worker.worker, worker]));
    const seen = list.workers.filter(worker => news.has(worker.worker)).length;
    list.workers = list.workers.map(worker => news.get(worker.worker) ?? worker);
    if (seen > 0 || gone.length > 0) draw();
    if (seen < news.size || gone.length > 0) reload();
  }, signal);
  live.on('again', reload, signal);

  function draw() {
    if (signal.aborted) return;
    const known = live.state.grid?.workers;
    render(html`
      <h1>Workers ${list ? html`<small aria-live="polite">${count(list.total)}</small>` : nothing}</h1>
      <form class="filters" role="search" @submit=${event => event.preventDefault()}>
        <input type="search" aria-label="Search workers by name, operator or id" placeholder="Search name, operator or id"
          .value=${filter.q} @input=${event => type(event.target.value.trim())}>
        ${choice('Role', 'role', {core: known?.core, edge: known?.edge}, word => word)}
        ${choice('Standing', 'standing', known?.byStanding ?? {}, standingWord)}
        ${choice('Site', 'site', known?.bySite ?? {}, word => word)}
      </form>
      ${failure ? html`<div class="notice bad" role="alert">${sentence(failure)}</div>` : nothing}
      ${list ? html`${table({caption: 'Workers', columns: COLUMNS, rows: list.workers, sorted: filter.sort,
          onSort: sort => change({sort}), empty: 'No worker matches.'})}
        ${pager({offset, limit: LIMIT, total: list.total, onMove: to => { offset = to; load(); }})}`
        : html`<div class="skeleton rows" aria-hidden="true"></div>`}`, host);
  }

  function choice(label, name, counts, word) {
    const keys = new Set(Object.keys(counts).filter(key => key));
    if (filter[name]) keys.add(filter[name]);
    return html`<label class="choice"><span>${label}</span><select @change=${event => change({[name]: event.target.value})}>
      <option value="" ?selected=${!filter[name]}>any</option>
      ${[...keys].sort().map(key => html`<option value=${key} ?selected=${filter[name] === key}>${word(key)}${counts[key] === undefined ? '' : ` (${count(counts[key])})`}</option>`)}
    </select></label>`;
  }
  draw();
  load();
}
