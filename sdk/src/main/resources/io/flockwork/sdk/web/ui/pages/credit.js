// Who has done how much.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get} from '../api.js';
import {count, duration} from '../format.js';
import {head, numberHead, table, trouble, workerLink} from '../parts.js';

const WAYS = [['operator', 'By operator'], ['team', 'By team'], ['worker', 'By worker']];

export function credit(redraw) {
    let by = 'operator';
    let found = null;
    let wrong = '';

    async function load(whose) {
        by = whose;
        try {
            found = await get('/credit?by=' + by);
            wrong = '';
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    load(by);
    return {title: () => 'Credit', view: () => html`
        <p>Work that was found right, in billions of units of fuel (one is about an instruction). Every core keeps a signed log of
            it; <code>flockwork credit</code> checks them all.</p>
        <div class="tabs" role="group" aria-label="Add up">${WAYS.map(([way, name]) => html`<button
            aria-pressed=${by === way} @click=${() => load(way)}>${name}</button>`)}</div>
        ${trouble(wrong)}${found ? board(found) : nothing}`};
}

function board({rows}) {
    const most = Math.max(1e-9, ...rows.map(row => row.credit));
    return table('Credit', [numberHead('Place'), head('Name'), numberHead('Credit'), head('Share of the first'), numberHead('Units'),
        numberHead('Jobs'), numberHead('Time')], rows.map((row, place) => html`<tr><td class="number">${place + 1}</td>
        <th scope="row">${row.worker ? workerLink(row.worker, row.name) : row.name}</th>
        <td class="number">${row.credit.toFixed(3)}</td>
        <td><meter min="0" .max=${most} .value=${row.credit} aria-hidden="true"></meter></td>
        <td class="number">${count(row.units)}</td><td class="number">${count(row.jobs)}</td>
        <td class="number">${duration(row.seconds)}</td></tr>`), 'Nobody yet: credit is given when a job has ended.');
}
