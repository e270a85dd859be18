// One job in depth.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {address, get, post} from '../api.js';
import {ago, brief, count, moment, percent} from '../format.js';
import {may, state} from '../live.js';
import {announce, card, confirmed, head, jobState, numberHead, progressBar, table, timeLeft, trouble, workerLink} from '../parts.js';
import {counts, KINDS} from '../unitmap.js';
import {results} from './results.js';

const MAP_MILLIS = 2000;

export function job(redraw, id) {
    const seen = {job: null, map: null, disputes: null, wrong: '', asked: false};
    let mapTimer = null;
    const outcome = results(redraw, id);
    const source = new EventSource(address(`/jobs/${id}/events`));

    source.addEventListener('job', event => heard(JSON.parse(event.data)));
    source.addEventListener('error', () => {
        if (!seen.job && !seen.asked) first();
        if (seen.job && ended(seen.job)) source.close();
    });

    /** The stream does not say why it was refused; the job itself does. */
    async function first() {
        seen.asked = true;
        try {
            heard(await get(`/jobs/${id}`));
        } catch (refused) {
            seen.wrong = refused.message;
            source.close();
            redraw();
        }
    }

    function heard(now) {
        const before = seen.job?.state;
        seen.job = now;
        if (before && before !== now.state) announce(`Job ${now.name} is ${now.state.toLowerCase()}.`);
        if (ended(now)) {
            source.close();
            outcome.load(now);
        }
        if (before !== now.state) look();
        redraw();
    }

    async function look() {
        clearTimeout(mapTimer);
        if (document.visibilityState === 'visible') {
            try {
                seen.map = await get(`/jobs/${id}/map?cells=1200`);
                seen.disputes = seen.job?.progress?.unitsContested
                    ? await get(`/jobs/${id}/units?state=contested&limit=20`) : null;
            } catch {
                // Nobody leads the job just now; what is shown stays.
            }
            redraw();
        }
        if (seen.job && !ended(seen.job)) mapTimer = setTimeout(look, MAP_MILLIS);
    }

    async function cancel() {
        if (!await confirmed(`End the job “${seen.job.name}”? What has been computed is lost.`, 'End it')) return;
        try {
            heard(await post(`/jobs/${id}/cancel`));
        } catch (refused) {
            seen.wrong = refused.message;
            redraw();
        }
    }

    return {
        title: () => seen.job ? seen.job.name : 'Job ' + id,
        close() {
            source.close();
            clearTimeout(mapTimer);
            outcome.close();
        },
        view: () => seen.job ? whole(seen, cancel, outcome)
            : html`${trouble(seen.wrong)}${seen.wrong ? nothing : html`<p class="loading">Asking for the job …</p>`}`,
    };
}

const ended = job => ['DONE', 'FAILED', 'CANCELLED'].includes(job.state);

function whole({job, map, disputes, wrong}, cancel, outcome) {
    const progress = job.progress || {};
    const mine = job.owner === state.session.member || state.session.role === 'operate';
    return html`${trouble(wrong)}
    <p class="headline">${jobState(job.state)} ${progressBar(job.progress, 'Progress')} <span>${timeLeft(job)}</span>
        ${mine && may('submit') && !ended(job) ? html`<button class="danger" @click=${cancel}>Cancel the job</button>` : nothing}</p>
    ${job.failure ? html`<p class="trouble">${job.failure}</p>` : nothing}
    ${progress.message && !ended(job) ? html`<p class="notice">${progress.message}</p>` : nothing}
    ${job.unverified ? html`<p class="notice">${count(job.unverified)} results are unverified: too few others were there to confirm them.</p>` : nothing}
    <dl class="cards">
        ${card('Units accepted', count(progress.unitsAccepted), `${count(progress.indicesDone)} of ${count(progress.indicesTotal)} indices`)}
        ${card('Running now', count(progress.unitsRunning))}
        ${card('Answers', count(progress.votes), progress.unitsAccepted
            ? `${(progress.votes / progress.unitsAccepted).toFixed(2)} for each unit` : '')}
        ${card('Contested', count(progress.unitsContested))}
        ${card('Failed units', count(progress.unitsFailed))}
        ${card('Assurance', job.quorum ? `${job.quorum} equal answers` : `≤ ${percent(job.epsilon, 2)} wrong`,
            job.guaranteeInWords || '')}
    </dl>
    ${map ? unitMap(map) : nothing}
    ${outcome.view(job, mine)}
    ${disputes?.units?.length ? disputed(disputes) : nothing}
    ${workers(progress)}
    <section class="panel"><h2>About it</h2><dl class="facts">
        <dt>Id</dt><dd><code>${job.job}</code></dd><dt>Program</dt><dd>${job.program}</dd>
        <dt>Submitted</dt><dd title=${moment(job.submitted)}>${ago(job.submitted)} by ${brief(job.owner)}</dd>
        ${job.ended ? html`<dt>Ended</dt><dd title=${moment(job.ended)}>${ago(job.ended)}</dd>` : nothing}
        <dt>Led by</dt><dd>${job.master ? workerLink(job.master) : 'nobody yet'} <small>epoch ${job.epoch}</small></dd>
        <dt>Priority</dt><dd>${job.priority}</dd></dl></section>`;
}

function unitMap(map) {
    const found = counts(map.states);
    return html`<section class="panel"><h2>Units</h2><unit-map .states=${map.states}></unit-map>
        <ul class="legend">${Object.entries(KINDS).filter(([mark]) => found[mark]).map(([mark, [name]]) => html`
            <li><i class="mark ${name.replace(/\W+/g, '-')}" aria-hidden="true"></i> ${name}
            <span class="number">${percent(found[mark] / map.states.length)}</span></li>`)}</ul>
        <p><small>Indices ${count(map.from)} to ${count(map.to - 1)}, ${count(Math.ceil((map.to - map.from) / Math.max(1, map.cells)))} to a square</small></p>
        </section>`;
}

const disputed = disputes => html`<section class="panel"><h2>Disputes</h2>${table('Units whose answers differ',
    [head('Unit'), head('Answers of'), head('Asked now')], disputes.units.map(unit => html`<tr>
        <th scope="row">${count(unit.from)}–${count(unit.to - 1)}</th>
        <td>${unit.votes.map(vote => html`${workerLink(vote.worker, vote.name)} `)}</td>
        <td>${unit.running.map(one => html`${workerLink(one.worker, one.name)} `)}</td></tr>`), '')}</section>`;

function workers(progress) {
    const all = progress.workers || [];
    return html`<section class="panel"><h2>Who computes it</h2>${table('Workers of the job',
        [head('Worker'), numberHead('Answers'), numberHead('Proven wrong'), numberHead('Failed tries')],
        all.slice(0, 50).map(one => html`<tr><th scope="row">${workerLink(one.worker, one.name)}</th>
            <td class="number">${count(one.votes)}</td>
            <td class="number ${one.outvoted ? 'bad' : ''}">${count(one.outvoted)}</td>
            <td class="number">${count(one.failures)}</td></tr>`), 'Nobody yet.')}</section>`;
}
