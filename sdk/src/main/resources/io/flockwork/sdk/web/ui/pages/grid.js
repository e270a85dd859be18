// The grid at a glance: who is there, how fast it goes, what runs, how it went.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get} from '../api.js';
import {count, percent, plural, rate} from '../format.js';
import * as live from '../live.js';
import {standingWord, tile} from '../parts/badges.js';
import {table} from '../parts/table.js';
import {GridCharts} from '../parts/charts.js';
import {JOB_COLUMNS} from './jobs.js';

const RUNNING_SHOWN = 8;
const SITES_SHOWN = 6;

export default function gridPage({host, signal}) {
  let running = null;
  render(html`<h1>The grid now</h1><div class="now"></div>
    <section aria-labelledby="over-time"><h2 id="over-time">Over time</h2><div class="charts"></div></section>
    <div class="below"></div>`, host);
  const [now, charts, below] = ['.now', '.charts', '.below'].map(name => host.querySelector(name));
  const history = new GridCharts(charts, signal);

  const draw = () => {
    const grid = live.state.grid;
    render(grid ? tiles(grid) : html`<div class="tiles skeleton" aria-hidden="true"><div></div><div></div><div></div><div></div></div>`, now);
    render(html`${running ? jobs(running) : nothing}${grid ? members(grid.workers) : nothing}`, below);
  };
  const loadJobs = live.throttled(2000, async () => {
    running = await get(`/jobs?state=RUNNING&limit=${RUNNING_SHOWN}`, signal).catch(() => running);
    if (!signal.aborted) draw();
  }, signal);
  const loadAll = () => {
    get('/grid', signal).then(live.tellGrid, () => {});
    get('/grid/history', signal).then(past => history.start(past), () => {});
    loadJobs();
  };

  live.on('grid', grid => {
    if (signal.aborted) return;
    history.add(grid);
    draw();
  }, signal);
  live.on('jobs', loadJobs, signal);
  live.on('again', loadAll, signal);
  draw();
  loadAll();
}

function tiles(grid) {
  const {workers, jobs} = grid;
  const extra = grid.unitsAccepted > 0 ? (grid.votes / grid.unitsAccepted - 1) : null;
  return html`<dl class="tiles">
    ${tile('Workers', count(workers.total), `${plural(workers.slots, 'slot')}, ${count(workers.core)} core, ${count(workers.edge)} edge`, '#/workers')}
    ${tile('Units per second', rate(grid.unitsPerSecond), `${rate(grid.votesPerSecond)} votes/s`)}
    ${tile('Jobs running', count(jobs.running), `${count(jobs.waiting)} waiting, ${count(jobs.done)} done`, '#/jobs')}
    ${tile('Units accepted', count(grid.unitsAccepted), extra === null ? 'none yet' : `${percent(Math.max(0, extra))} more votes than units, to check them`)}
    ${tile('Contested', count(grid.unitsContested), grid.unitsContested > 0 ? 'workers disagree; asking others' : 'nobody disagrees', '#/verification')}
  </dl>`;
}

const jobs = list => html`<section aria-labelledby="running"><div class="head"><h2 id="running">Running jobs</h2>
  <a href="#/jobs">All jobs</a></div>
  ${table({caption: 'Running jobs', columns: JOB_COLUMNS, rows: list.jobs, empty: 'No job runs now.'})}
  ${list.total > list.jobs.length ? html`<p><a href="#/jobs?state=RUNNING">${plural(list.total - list.jobs.length, 'more running job')}</a></p>` : nothing}
</section>`;

const members = workers => html`<section aria-labelledby="members"><h2 id="members">Workers</h2><div class="columns">
  ${bars('By role', 'role', {core: workers.core, edge: workers.edge}, workers.total, word => word)}
  ${bars('By standing', 'standing', workers.byStanding, workers.total, standingWord)}
  ${bars('By site', 'site', workers.bySite, workers.total, site => site || 'no site given')}
</div></section>`;

function bars(title, filter, counts, total, word) {
  const all = Object.entries(counts ?? {}).sort((a, b) => b[1] - a[1]);
  const rest = all.slice(SITES_SHOWN).reduce((sum, [, n]) => sum + n, 0);
  return html`<div><h3>${title}</h3><ul class="bars">
    ${all.slice(0, SITES_SHOWN).map(([key, n]) => html`<li>
      ${key ? html`<a href="#/workers?${filter}=${encodeURIComponent(key)}">${word(key)}</a>` : html`<span>${word(key)}</span>`}
      <span class="n">${count(n)}</span><progress max=${Math.max(total, 1)} value=${n} aria-hidden="true"></progress></li>`)}
    ${rest > 0 ? html`<li><span>${plural(all.length - SITES_SHOWN, 'other')}</span><span class="n">${count(rest)}</span>
      <progress max=${Math.max(total, 1)} value=${rest} aria-hidden="true"></progress></li>` : nothing}
  </ul></div>`;
}
