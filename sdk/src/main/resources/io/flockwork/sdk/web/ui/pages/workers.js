// The live workers, a page of them at a time: sorted and searched by the server.

import {html} from '/webjars/lit-html/lit-html.js';
import {get} from '../api.js';
import {ago, count, moment, percent, short} from '../format.js';
import {listen, state} from '../live.js';
import {head, pager, sortHead, standing, table, throttled, trouble, workerLink} from '../parts.js';

const LIMIT = 100;

export function workers(redraw) {
    const asked = {q: '', role: '', site: '', standing: '', sort: 'name', offset: 0};
    let found = {workers: [], total: 0};
    let wrong = '';

    async function load() {
        try {
            found = await get('/workers?' + new URLSearchParams({...asked, limit: LIMIT}));
            wrong = '';
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    const soon = throttled(3000, load);
    let known = state.workersVersion;
    let total = state.grid?.workers?.total;
    const silence = listen(() => {
        if (known !== state.workersVersion || total !== state.grid?.workers?.total || state.grid?.jobs?.running) {
            known = state.workersVersion;
            total = state.grid?.workers?.total;
            soon();
        }
    });
    const ask = change => {
        Object.assign(asked, {offset: 0}, change);
        load();
    };
    load();

    return {title: () => 'Workers', close: silence, view: () => html`${filters(ask)}${trouble(wrong)}
        ${table('Workers', heads(asked.sort, sort => ask({sort})), found.workers.map(row), 'No worker is like that.')}
        ${pager(found.total, asked.offset, LIMIT, offset => ask({offset}))}`};
}

function filters(ask) {
    const choice = (label, field, values, names = {}) => html`<label>${label}
        <select @change=${event => ask({[field]: event.target.value})}><option value="">any</option>
        ${values.map(value => html`<option value=${value}>${names[value] ?? value}</option>`)}</select></label>`;
    const numbers = state.grid?.workers || {};
    return html`<form class="filters" role="search" @submit=${event => event.preventDefault()}>
        <label>Search <input type="search" placeholder="name, operator, team or id"
            @input=${event => ask({q: event.target.value})}></label>
        ${choice('Role', 'role', ['core', 'edge'])}
        ${choice('Site', 'site', Object.keys(numbers.bySite || {}).filter(Boolean).slice(0, 200))}
        ${choice('Standing', 'standing', ['active', 'new', 'banned'])}</form>`;
}

const heads = (sort, onSort) => [
    sortHead('Worker', 'name', sort, onSort), sortHead('Role', 'role', sort, onSort),
    sortHead('Operator', 'operator', sort, onSort), sortHead('Site', 'site', sort, onSort), head('Team'),
    sortHead('Slots', 'slots', sort, onSort, true), sortHead('Units/s', 'unitsPerSecond', sort, onSort, true),
    sortHead('Does', 'activity', sort, onSort), sortHead('Standing', 'standing', sort, onSort),
    head('Agreement'), sortHead('Strikes', 'strikes', sort, onSort, true), sortHead('Since', 'started', sort, onSort)];

const row = worker => html`<tr><th scope="row">${workerLink(worker.worker, worker.name)}</th>
    <td>${worker.role}${worker.referee ? ', referee' : ''}</td><td>${worker.operator}</td><td>${worker.site || '–'}</td>
    <td>${worker.team || '–'}</td><td class="number">${count(worker.slots)}</td>
    <td class="number">${short(worker.unitsPerSecond)}</td>
    <td title=${worker.idleBecause}>${worker.activity}</td><td>${standing(worker.standing)}</td>
    <td class="number">${percent(worker.agreement)}</td>
    <td class="number ${worker.strikes ? 'bad' : ''}">${count(worker.strikes)}</td>
    <td title=${moment(worker.started)}>${ago(worker.started)}</td></tr>`;
