// One worker: how fast, how right, why idle, and what it was caught with.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, post} from '../api.js';
import {ago, bytes, count, moment, percent, short} from '../format.js';
import {listen, may, state} from '../live.js';
import {announce, card, confirmed, standing, throttled, trouble} from '../parts.js';
import {strikes} from './verification.js';

export function worker(redraw, id) {
    let found = null;
    let wrong = '';

    async function load() {
        try {
            found = await get('/workers/' + id);
            wrong = '';
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    async function pardon() {
        if (!await confirmed(`Let ${found.name} start anew? Its answers will be believed again once they have proven right.`, 'Pardon it')) return;
        try {
            found = await post(`/workers/${id}/pardon`);
            announce('The worker is pardoned.');
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    const soon = throttled(3000, load);
    let version = state.workersVersion;
    const silence = listen(() => {
        if (version !== state.workersVersion || state.grid?.jobs?.running) {
            version = state.workersVersion;
            soon();
        }
    });
    load();
    return {title: () => found?.name || 'Worker', close: silence,
        view: () => html`${trouble(wrong)}${found ? whole(found, pardon) : nothing}`};
}

const whole = (worker, pardon) => html`
    <p class="headline">${standing(worker.standing)} <span>${worker.activity}</span>
        ${worker.idleBecause ? html`<small>${worker.idleBecause}</small>` : nothing}
        ${worker.strikes && may('operate') ? html`<button @click=${pardon}>Pardon</button>` : nothing}</p>
    <dl class="cards">
        ${card('Units a second', short(worker.unitsPerSecond), `${count(worker.votes)} answers in running jobs`)}
        ${card('Agreement', percent(worker.agreement), `${count(worker.confirmed)} confirmed, ${count(worker.refuted)} proven wrong`)}
        ${card('Strikes', count(worker.strikes))}
        ${card('Slots', count(worker.slots), bytes(worker.memoryBytes) + ' of memory')}</dl>
    ${strikes([worker])}
    <section class="panel"><h2>About it</h2><dl class="facts"><dt>Id</dt><dd><code>${worker.worker}</code></dd>
        <dt>Role</dt><dd>${worker.role}${worker.referee ? ', referee' : ''}</dd>
        <dt>Operator</dt><dd>${worker.operator}</dd><dt>Site</dt><dd>${worker.site || '–'}</dd>
        <dt>Team</dt><dd>${worker.team || '–'}</dd><dt>Address</dt><dd>${worker.gateway || 'only dials out'}</dd>
        <dt>Here since</dt><dd title=${moment(worker.started)}>${ago(worker.started)}</dd></dl></section>`;
