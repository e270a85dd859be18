// One job in depth: how far it is, what each part of it is doing, who computed it, and what came out.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {BASE, get, post, segment} from '../api.js';
import {count, nameOf, percent, plural, rate} from '../format.js';
import * as live from '../live.js';
import {drawFailure, sentence} from '../shell.js';
import {ending, idOf, jobState, mark, share, tile, when, workerLink} from '../parts/badges.js';
import {confirm} from '../parts/dialog.js';
import {guarantee, verification} from '../parts/guarantee.js';
import {Results} from '../parts/results.js';
import {Speed} from '../parts/speed.js';
import {pager, table} from '../parts/table.js';
import {cellsFor, UnitMap} from '../parts/unitmap.js';
import {Units} from '../parts/units.js';

const MAP_MILLIS = 2000;
const RETRY_MILLIS = 3000;
const UNITS_MILLIS = 3000;
const WORKERS_SHOWN = 20;
// Before somebody leads the job, nobody knows its units.
const isKnown = job => ended(job) || (job.state === 'RUNNING' && job.progress?.unitsRunning + job.progress?.votes > 0);
const ended = job => ['DONE', 'FAILED', 'CANCELLED'].includes(job.state);

export default async function jobPage({host, signal, id, me, may}) {
  const path = `/jobs/${segment(id)}`;
  let job;
  try {
    job = await get(path, signal);
  } catch (problem) {
    if (!signal.aborted) drawFailure(host, problem, () => jobPage({host, signal, id, me, may}));
    return;
  }
  if (signal.aborted) return;
  render(html`<div class="top-part"></div>
    <section aria-labelledby="map-title"><h2 id="map-title">Unit map</h2><div class="map"></div></section>
    <div class="results"></div><div class="units"></div><div class="who-computed"></div>`, host);
  const part = name => host.querySelector(`.${name}`);
  const map = new UnitMap(part('map'), signal);
  const units = new Units(part('units'), path, signal);
  const results = new Results(part('results'), path, signal);
  let failure = null;
  let offset = 0;
  let late = 5;
  const speed = new Speed();

  const loadMap = live.throttled(MAP_MILLIS, () =>
    get(`${path}/map?cells=${cellsFor(part('map'))}`, signal).then(answer => {
      map.show(answer);
      // A job ends a moment before its results are listed.
      if (job.state === 'DONE' && /^$|[.ra]/.test(answer.states) && late-- > 0) loadMap();
    }, () => {}), signal);
  const loadUnits = live.throttled(UNITS_MILLIS, () => units.load(ended(job)), signal);

  const cancel = async () => {
    const sure = await confirm({title: 'Cancel this job?', words: `${nameOf(job.name, job.job)} ends on all workers, and what was computed is lost.`,
      act: 'End it', keep: 'Let it run'});
    if (!sure) return;
    try {
      show(await post(`${path}/cancel`));
    } catch (problem) {
      failure = problem;
      drawTop();
    }
  };
  const drawTop = () => {
    render(top(job, {failure, speed: ended(job) ? null : speed.now(), cancel: !ended(job) && (job.mine || job.owner === me.member || may('operate')) ? cancel : null, mine: job.mine || may('operate'), path}), part('top-part'));
    render(computed(job, offset, to => {
      offset = to;
      drawTop();
    }), part('who-computed'));
  };
  const show = news => {
    if (signal.aborted) return;
    job = {...news, mine: news.owner === me.member};
    if (job.progress && !ended(job)) speed.add(job.progress.indicesDone);
    document.title = `${nameOf(job.name, job.job)} · Flockwork`;
    drawTop();
    if (isKnown(job)) {
      loadMap();
      // Who said what is for those whose job it is.
      if (job.mine || may('operate')) loadUnits();
    }
    if (ended(job) && (job.mine || may('operate'))) results.show(job);
  };
  show(job);
  if (!ended(job)) follow(path, signal, show);
}

// The job's own events. The stream ends with the job; a browser would dial again, so it is closed here. After a refusal, as
// while another core takes over, a browser does not dial again by itself.
function follow(path, signal, show) {
  let source = null;
  const listen = () => {
    source = new EventSource(`${BASE}${path}/events`);
    source.addEventListener('job', event => {
      const job = JSON.parse(event.data);
      show(job);
      if (ended(job)) source.close();
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED && !signal.aborted) setTimeout(again, RETRY_MILLIS);
    });
  };
  const again = () => !signal.aborted && listen();
  listen();
  signal.addEventListener('abort', () => source.close());
}

function top(job, {failure, speed, cancel, mine, path}) {
  const progress = job.progress;
  return html`<p class="crumbs"><a href="#/jobs"><span aria-hidden="true">← </span>All jobs</a></p>
    <div class="head headline"><h1>${nameOf(job.name, job.job)}</h1>${jobState(job)}
      <span class="actions">
        ${job.state === 'DONE' && mine ? html`<a class="button primary" href="${BASE}${path}/result" download>Download the result</a>` : nothing}
        ${job.proof && mine ? html`<a class="button" href="${BASE}${path}/proof" download title="Everybody can check it: flockwork audit FILE">Download the proof</a>` : nothing}
        ${cancel ? html`<button type="button" class="danger" @click=${cancel}>Cancel the job</button>` : nothing}
      </span></div>
    ${failure ? html`<div class="notice bad" role="alert">${sentence(failure)}</div>` : nothing}
    ${job.failure ? html`<div class="notice bad">${job.failure}</div>` : nothing}
    <div class="long-progress"><progress max="1" value=${share(job)} aria-label="Progress"></progress>
      <p><strong>${percent(share(job))}</strong> <span>${ended(job) ? html`ended ${when(job.ended)}` : ending(job)}</span>
      ${progress?.message && job.state === 'RUNNING' ? html`<span>${progress.message}</span>` : nothing}</p></div>
    <p class="unseen" aria-live="polite">${spoken(job)}</p>
    <dl class="tiles small">
      ${tile('Units accepted', count(progress?.unitsAccepted), progress ? `${count(progress.unitsRunning)} running` : nothing)}
      ${tile('Indices done', count(progress?.indicesDone), progress ? `of ${count(progress.indicesTotal)}${speed === null ? '' : `, ${rate(speed)}/s`}` : nothing)}
      ${tile('Votes', count(progress?.votes), progress?.unitsAccepted > 0 ? `${(progress.votes / progress.unitsAccepted).toFixed(2)} for each unit` : nothing)}
      ${tile('Contested', count(progress?.unitsContested), 'workers disagree')}
      ${tile('Failed', count(progress?.unitsFailed), 'no answer')}
      ${ended(job) ? tile('Unverified', count(job.unverified), 'nobody could confirm') : nothing}
    </dl>
    <dl class="facts">
      ${job.guarantee ? html`<dt>Guarantee</dt><dd>${guarantee(job)}</dd>` : nothing}
      <dt>Checked by</dt><dd>${verification(job)}</dd>
      <dt>Program</dt><dd>${job.program === 'wasm' ? 'WebAssembly module' : job.program}</dd>
      <dt>Submitted</dt><dd>${when(job.submitted)}${job.mine ? ' by you' : html` by ${idOf(job.owner)}`}</dd>
      ${job.ended ? html`<dt>Ended</dt><dd>${when(job.ended)}</dd>` : nothing}
      ${job.master ? html`<dt>Led by</dt><dd>${workerLink(job.master)}${job.epoch > 1 ? html` <small>(it changed ${plural(job.epoch - 1, 'time')})</small>` : nothing}</dd>` : nothing}
      <dt>Id</dt><dd><code class="id whole">${job.job}</code></dd>
    </dl>`;
}

// Said aloud at every tenth only, or a screen reader would never be quiet.
function spoken(job) {
  return job.state === 'RUNNING' ? `${Math.floor(share(job) * 10) * 10}% done` : `The job is ${job.state.toLowerCase()}.`;
}

function computed(job, offset, onMove) {
  const workers = [...(job.progress?.workers ?? [])].sort((a, b) => b.votes - a.votes);
  if (workers.length === 0) return nothing;
  return html`<section aria-labelledby="who-title"><h2 id="who-title">Who computed <small>${plural(workers.length, 'worker')}</small></h2>
    ${table({caption: 'Workers of this job', rows: workers.slice(offset, offset + WORKERS_SHOWN), columns: [
      {label: 'Worker', cell: worker => workerLink(worker.worker, worker.name)},
      {label: 'Votes', number: true, cell: worker => count(worker.votes)},
      {label: 'Outvoted', number: true, cell: worker => worker.outvoted > 0 ? mark('!', count(worker.outvoted), 'warn') : '0'},
      {label: 'Failures', number: true, cell: worker => count(worker.failures)}]})}
    ${pager({of: 'workers', offset, limit: WORKERS_SHOWN, total: workers.length, onMove})}</section>`;
}
