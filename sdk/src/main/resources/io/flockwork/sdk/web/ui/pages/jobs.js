// All jobs, newest first, with a filter and a search.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, withQuery} from '../api.js';
import {count} from '../format.js';
import * as live from '../live.js';
import {sentence} from '../shell.js';
import {ending, jobLink, jobState, progressBar, when} from '../parts/badges.js';
import {keepQuery, whenQuiet} from '../parts/query.js';
import {pager, table} from '../parts/table.js';

const LIMIT = 100;
const STATES = ['RUNNING', 'WAITING', 'DONE', 'FAILED', 'CANCELLED'];

export const JOB_COLUMNS = [
  {label: 'Job', cell: job => html`${jobLink(job)}${job.mine ? html` <small>yours</small>` : nothing}`},
  {label: 'State', cell: job => jobState(job)},
  {label: 'Progress', cell: job => html`${progressBar(job)}<small class="narrow-only">${ending(job)}</small>`},
  {label: 'End', cell: ending, wide: true},
  {label: 'Program', cell: job => job.program, wide: true},
  {label: 'Units', cell: job => count(job.progress?.unitsAccepted), number: true, wide: true},
  {label: 'Votes', cell: job => count(job.progress?.votes), number: true, wide: true},
  {label: 'Submitted', cell: job => when(job.submitted), wide: true},
];

export default function jobsPage({host, signal, query, may}) {
  const filter = {state: query.get('state') ?? '', q: query.get('q') ?? '', offset: 0};
  let list = null;
  let failure = null;

  const load = async () => {
    try {
      list = await get(withQuery('/jobs', {...filter, limit: LIMIT}), signal);
      failure = null;
    } catch (problem) {
      if (signal.aborted) return;
      failure = problem;
    }
    draw();
  };
  const change = wish => {
    Object.assign(filter, {offset: 0}, wish);
    keepQuery('jobs', {state: filter.state, q: filter.q});
    load();
  };
  const reload = live.throttled(2000, load, signal);
  const type = whenQuiet(q => change({q}), signal);

  live.on('jobs', changed => {
    if (!list) return;
    const news = new Map(changed.map(job => [job.job, job]));
    let strangers = news.size;
    list.jobs = list.jobs.map(job => {
      if (!news.has(job.job)) return job;
      strangers--;
      return news.get(job.job);
    });
    draw();
    // New jobs, or such as no longer match, are the server's to sort in.
    if (strangers > 0 || filter.state) reload();
  }, signal);
  live.on('grid', () => draw(), signal);
  live.on('again', reload, signal);

  function draw() {
    if (signal.aborted) return;
    render(html`
      <div class="head"><h1>Jobs</h1>${may('submit') ? html`<a class="button primary" href="#/submit">Submit a job</a>` : nothing}</div>
      <form class="filters" role="search" @submit=${event => event.preventDefault()}>
        <input type="search" name="q" aria-label="Search jobs by name or id" placeholder="Search name or id" .value=${filter.q}
          @input=${event => type(event.target.value.trim())}>
        <div class="chips" role="group" aria-label="State">
          ${['', ...STATES].map(state => html`<button type="button" aria-pressed=${filter.state === state}
            @click=${() => change({state})}>${state ? word(state) : 'All'}${tally(state)}</button>`)}
        </div>
      </form>
      ${failure ? html`<div class="notice bad" role="alert">${sentence(failure)}</div>` : nothing}
      ${list ? html`${table({caption: 'Jobs, newest first', columns: JOB_COLUMNS, rows: list.jobs,
          empty: filter.q || filter.state ? 'No job matches.' : 'No job yet. The first one is yours to submit.'})}
        ${pager({...filter, limit: LIMIT, total: list.total, onMove: offset => { filter.offset = offset; load(); }})}`
        : html`<div class="skeleton rows" aria-hidden="true"></div>`}`, host);
  }
  draw();
  load();
}

const word = state => state[0] + state.slice(1).toLowerCase();

function tally(state) {
  const jobs = live.state.grid?.jobs;
  return jobs ? html` <small>${count(jobs[state ? state.toLowerCase() : 'total'] ?? 0)}</small>` : nothing;
}
