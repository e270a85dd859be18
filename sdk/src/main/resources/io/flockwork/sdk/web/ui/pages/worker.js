// One worker: what it is, what it does now, how far it is believed, and what it was struck for.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, post, segment} from '../api.js';
import {bytes, count, nameOf, percent, plural, rate} from '../format.js';
import * as live from '../live.js';
import {drawFailure, sentence} from '../shell.js';
import {activity, standing, tile, when} from '../parts/badges.js';
import {confirm} from '../parts/dialog.js';
import {strikeTable} from '../parts/strikes.js';

export default async function workerPage({host, signal, id, may}) {
  const path = `/workers/${segment(id)}`;
  let worker;
  let failure = null;
  let gone = false;
  try {
    worker = await get(path, signal);
  } catch (problem) {
    if (!signal.aborted) drawFailure(host, problem, () => workerPage({host, signal, id, may}));
    return;
  }

  const pardon = async () => {
    const sure = await confirm({title: 'Pardon this worker?', words: `${nameOf(worker.name, worker.worker)} gets work again, and starts as a new worker whose answers are all checked.`,
      act: 'Pardon', keep: 'Leave it banned'});
    if (!sure) return;
    try {
      worker = await post(`${path}/pardon`);
      failure = null;
    } catch (problem) {
      failure = problem;
    }
    draw();
  };
  const draw = () => signal.aborted || render(view(), host);
  const view = () => html`<p class="crumbs"><a href="#/workers"><span aria-hidden="true">← </span>All workers</a></p>
    <div class="head"><h1>${nameOf(worker.name, worker.worker)}</h1>${standing(worker.standing)}${gone ? nothing : activity(worker.activity)}
      ${may('operate') && worker.standing === 'banned' ? html`<button type="button" @click=${pardon}>Pardon</button>` : nothing}</div>
    ${gone ? html`<p class="notice" role="status">This worker has left the grid. This is what was known last.</p>` : nothing}
    ${failure ? html`<p class="notice bad" role="alert">${sentence(failure)}</p>` : nothing}
    ${worker.idleBecause && !gone && worker.activity === 'idle' ? html`<p class="notice"><strong>Why it is idle:</strong> ${worker.idleBecause}</p>` : nothing}
    <dl class="tiles small">
      ${tile('Units per second', rate(worker.unitsPerSecond), 'now')}
      ${tile('Votes', count(worker.votes), 'in running jobs')}
      ${tile('Agreement', percent(worker.agreement), 'of its checked answers')}
      ${tile('Confirmed', count(worker.confirmed), 'answers others gave too')}
      ${tile('Refuted', count(worker.refuted), 'answers proven wrong')}
      ${tile('Strikes', count(worker.strikes), worker.strikes > 0 ? 'see below' : 'none')}
    </dl>
    <dl class="facts">
      <dt>Role</dt><dd>${worker.role}${worker.referee ? ', referee: it decides where workers disagree' : ''}</dd>
      <dt>Operator</dt><dd>${worker.operator || '–'}</dd>
      <dt>Site</dt><dd>${worker.site ? html`<a href="#/workers?site=${encodeURIComponent(worker.site)}">${worker.site}</a>` : 'none given'}</dd>
      <dt>Team</dt><dd>${worker.team || 'none'}</dd>
      <dt>Machine</dt><dd>${plural(worker.slots, 'slot')}, ${bytes(worker.memoryBytes)} for units</dd>
      ${worker.gateway ? html`<dt>Gateway</dt><dd><code>${worker.gateway}</code></dd>` : nothing}
      <dt>Started</dt><dd>${when(worker.started)}</dd>
      <dt>Id</dt><dd><code class="id whole">${worker.worker}</code></dd>
    </dl>
    ${worker.struckFor?.length > 0 ? html`<section aria-labelledby="strikes"><h2 id="strikes">Struck for</h2>${strikeTable(worker.struckFor)}</section>` : nothing}`;

  live.on('workers', news => {
    if (news.reload) return again();
    gone = news.gone?.includes(id) || (gone && !news.changed?.some(each => each.worker === id));
    worker = news.changed?.find(each => each.worker === id) ?? worker;
    draw();
  }, signal);
  const again = live.throttled(3000, () => get(path, signal).then(answer => { worker = answer; gone = false; draw(); },
    problem => { gone ||= problem.status === 404; draw(); }), signal);
  live.on('again', again, signal);
  draw();
}
