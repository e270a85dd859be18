// Small marks: states as shape, word and colour together; names, times, numbers.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {ago, count, left, nameOf, percent, shortId, time} from '../format.js';

const JOBS = {
  WAITING: ['○', 'waiting', 'plain'],
  RUNNING: ['▸', 'running', 'busy'],
  DONE: ['✓', 'done', 'good'],
  FAILED: ['✕', 'failed', 'bad'],
  CANCELLED: ['⊘', 'cancelled', 'plain'],
};
const STANDINGS = {
  new: ['○', 'new', 'plain'],
  probation: ['○', 'on probation', 'plain'],
  active: ['✓', 'trusted', 'good'],
  trusted: ['✓', 'trusted', 'good'],
  banned: ['✕', 'banned', 'bad'],
};
const ACTIVITIES = {
  computing: ['▸', 'computing', 'busy'],
  idle: ['○', 'idle', 'plain'],
  banned: ['✕', 'banned', 'bad'],
};
const UNITS = {
  running: ['▸', 'running', 'busy'],
  accepted: ['◐', 'accepted', 'good'],
  final: ['✓', 'final', 'good'],
  unverified: ['?', 'unverified', 'warn'],
  contested: ['!', 'contested', 'warn'],
  failed: ['✕', 'failed', 'bad'],
};

const badge = ([shape, word, tone]) => html`<span class="badge ${tone}"><span aria-hidden="true">${shape}</span>${word}</span>`;
const from = (table, key) => badge(table[key] ?? ['·', key || 'unknown', 'plain']);

export const jobState = job => (job.state === 'DONE' && job.unverified > 0
  ? badge(['?', job.guarantee?.startsWith('ONE_') ? 'done, unverified' : 'done, partly unverified', 'warn']) : from(JOBS, job.state));
export const standing = word => from(STANDINGS, word);
export const standingWord = word => STANDINGS[word]?.[1] ?? word;
export const activity = word => from(ACTIVITIES, word);
export const unitState = word => from(UNITS, word);
export const mark = (shape, word, tone) => badge([shape, word, tone]);

/** `3 min ago`, with the time itself where one points at it. */
export const when = iso => (iso ? html`<time datetime=${iso} title=${time(iso)}>${ago(iso)}</time>` : nothing);

export const jobLink = job => html`<a href="#/jobs/${encodeURIComponent(job.job)}">${nameOf(job.name, job.job)}</a>`;

export const workerLink = (id, name) => html`<a href="#/workers/${encodeURIComponent(id)}" title=${id}>${nameOf(name, id)}</a>`;

export const idOf = id => html`<code class="id" title=${id ?? ''}>${shortId(id)}</code>`;

export const tile = (label, value, note = nothing, href = null) => html`<div class="tile">
  <dt>${href ? html`<a href=${href}>${label}</a>` : label}</dt><dd>${value}<small>${note}</small></dd></div>`;

/** What share of a job's indices has an answer, 0 to 1. */
export function share(job) {
  if (job.state === 'DONE') return 1;
  const progress = job.progress;
  return progress?.indicesTotal > 0 ? progress.indicesDone / progress.indicesTotal : 0;
}

export const progressBar = job => html`<span class="progress"><progress max="1" value=${share(job)}
  aria-label=${`Progress of ${nameOf(job.name, job.job)}`}></progress><span>${percent(share(job))}</span></span>`;

/** When a job ends, or how it ended, in few words. */
export function ending(job) {
  switch (job.state) {
    case 'RUNNING': return left(job.progress?.secondsLeft);
    case 'WAITING': return job.progress?.message || 'waits for its turn';
    case 'FAILED': return job.failure || 'failed';
    case 'DONE': return job.unverified > 0 ? `${count(job.unverified)} unverified` : when(job.ended);
    default: return when(job.ended);
  }
}
