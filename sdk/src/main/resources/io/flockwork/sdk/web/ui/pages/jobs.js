// All jobs: searched and filtered by the server, brought up to date by events.

import {html} from '/webjars/lit-html/lit-html.js';
import {get} from '../api.js';
import {ago, count, moment} from '../format.js';
import {listen, state} from '../live.js';
import {head, jobLink, jobState, numberHead, pager, progressBar, table, throttled, timeLeft, trouble} from '../parts.js';

const LIMIT = 50;

export function jobs(redraw) {
    const asked = {state: '', q: '', offset: 0};
    let found = {jobs: [], total: 0};
    let wrong = '';

    async function load() {
        try {
            found = await get('/jobs?' + new URLSearchParams({...asked, limit: LIMIT}));
            wrong = '';
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    const soon = throttled(2000, load);
    let known = state.jobCount;
    const silence = listen(() => {
        if (known !== state.jobCount) {
            known = state.jobCount;
            soon();
        }
    });
    const ask = change => {
        Object.assign(asked, {offset: 0}, change);
        load();
    };
    load();

    return {title: () => 'Jobs', close: silence, view: () => html`
        <form class="filters" role="search" @submit=${event => event.preventDefault()}>
            <label>Search <input type="search" placeholder="name or id" @input=${event => ask({q: event.target.value})}></label>
            <label>State <select @change=${event => ask({state: event.target.value})}>
                <option value="">any</option>${['RUNNING', 'WAITING', 'DONE', 'FAILED', 'CANCELLED'].map(word =>
                    html`<option value=${word}>${word.toLowerCase()}</option>`)}</select></label>
            <a class="button" href="#/submit">Submit a job</a>
        </form>${trouble(wrong)}
        ${table('Jobs', [head('Job'), head('State'), head('Progress'), numberHead('Units'), numberHead('Answers'),
            head('Program'), head('Submitted')],
            found.jobs.map(job => row(state.jobs.get(job.job) || job)), 'No job is like that.')}
        ${pager(found.total, asked.offset, LIMIT, offset => ask({offset}))}`};
}

const row = job => html`<tr><th scope="row">${jobLink(job.job, job.name)}<small>${job.job}</small></th>
    <td>${jobState(job.state)}</td>
    <td>${progressBar(job.progress, 'Progress of ' + job.name)} <small>${timeLeft(job)}</small></td>
    <td class="number">${count(job.progress?.unitsAccepted)}</td><td class="number">${count(job.progress?.votes)}</td>
    <td>${job.program}</td><td title=${moment(job.submitted)}>${ago(job.submitted)}</td></tr>`;
