// How often the grid is lied to, what checking costs, and who was caught.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get} from '../api.js';
import {count, percent, plural} from '../format.js';
import * as live from '../live.js';
import {sentence} from '../shell.js';
import {idOf, standing, tile, when, workerLink} from '../parts/badges.js';
import {reason} from '../parts/strikes.js';
import {pager, table} from '../parts/table.js';

const LIMIT = 50;
const COLUMNS = [
  {label: 'Worker', cell: worker => (worker.present ? workerLink(worker.worker, worker.name) : html`${idOf(worker.worker)} <small>has left</small>`)},
  {label: 'Operator', cell: worker => worker.operator || '–', wide: true},
  {label: 'Standing', cell: worker => standing(worker.standing)},
  {label: 'Strikes', number: true, cell: worker => count(worker.strikes)},
  {label: 'Why', cell: reason},
  {label: 'When', wide: true, cell: worker => when(worker.struckFor?.[0]?.at)},
];

export default function verificationPage({host, signal}) {
  let answer = null;
  let failure = null;
  let offset = 0;

  const load = live.throttled(5000, async () => {
    try {
      answer = await get('/verification', signal);
      failure = null;
    } catch (problem) {
      failure = problem;
    }
    draw();
  }, signal);
  for (const type of ['grid', 'again']) live.on(type, load, signal);

  const draw = () => signal.aborted || render(html`<h1>Verification</h1>
    ${failure ? html`<p class="notice bad" role="alert">${sentence(failure)}</p>` : nothing}
    ${answer ? view() : html`<div class="skeleton rows" aria-hidden="true"></div>`}`, host);

  function view() {
    const {caught} = answer;
    return html`<dl class="tiles">
        ${tile('Measured lie rate', percent(answer.lieRate), answer.lieRate === null ? 'nothing checked yet' : 'of the answers that were checked')}
        ${tile('Votes per unit', answer.units > 0 ? answer.overhead.toFixed(2) : '–', answer.units > 0 ? `${percent(Math.max(0, answer.overhead - 1))} more work than without checks` : 'nothing accepted yet')}
        ${tile('Confirmed', count(answer.confirmed), 'answers that others gave too')}
        ${tile('Refuted', count(answer.refuted), 'answers proven wrong')}
        ${tile('Banned', count(answer.banned), 'workers', '#/workers?standing=banned')}
      </dl>
      <p class="help">Each answer has a secret chance of being computed again by another operator's worker. Who is proven to have lied is
        banned, and what it said that is not final is computed anew.</p>
      <section aria-labelledby="caught"><h2 id="caught">Who was caught <small>${plural(caught.length, 'worker')}</small></h2>
        ${table({caption: 'Workers that were caught', columns: COLUMNS, rows: caught.slice(offset, offset + LIMIT), empty: 'Nobody was caught lying.'})}
        ${pager({offset, limit: LIMIT, total: caught.length, onMove: to => { offset = to; draw(); }})}</section>`;
  }
  draw();
  load();
}
