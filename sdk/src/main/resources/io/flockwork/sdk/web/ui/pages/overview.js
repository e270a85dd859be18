// The grid now.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {count, percent, short} from '../format.js';
import {jobsInOrder, state} from '../live.js';
import {bars, card, jobLink, jobState, progressBar, timeLeft} from '../parts.js';

const later = () => import('/ui/chart.js');

export function overview() {
    later();
    return {title: () => 'The grid now', view};
}

function view() {
    const grid = state.grid;
    if (!grid?.workers) return html`<p class="loading">Looking at the grid …</p>`;
    const overhead = grid.unitsAccepted ? grid.votes / grid.unitsAccepted : null;
    return html`<dl class="cards">
        ${card('Workers', count(grid.workers.total),
            `${count(grid.workers.core)} core, ${count(grid.workers.edge)} edge, ${count(grid.workers.slots)} slots`)}
        ${card('Units a second', short(grid.unitsPerSecond), `${short(grid.votesPerSecond)} answers a second`)}
        ${card('Jobs running', count(grid.jobs.running),
            `${count(grid.jobs.done)} done, ${count(grid.jobs.failed)} failed, ${count(grid.jobs.waiting)} waiting`)}
        ${card('Verified units', short(grid.unitsAccepted),
            overhead ? `${overhead.toFixed(2)} answers for each` : 'no answers yet')}
        ${card('Contested now', count(grid.unitsContested),
            grid.unitsContested ? 'answers differ; others are asked' : 'all answers agree')}
    </dl>
    <div class="columns">
        <section class="panel wide"><h2>Units a second</h2>${chart([['Units a second', '--accent', 'unitsPerSecond']])}</section>
        <section class="panel"><h2>Workers and running jobs</h2>${chart([['Workers', '--accent', 'workers'],
            ['Running jobs', '--warm', 'running']])}</section>
    </div>
    <section class="panel"><h2>Jobs</h2>${jobs()}</section>
    <div class="columns">
        ${bars('Workers by site', grid.workers.bySite)}
        ${bars('Workers by standing', grid.workers.byStanding, {new: 'new (all answers checked)',
            active: 'active (checked by lot)', banned: 'banned (caught with wrong answers)'})}
    </div>`;
}

function chart(lines) {
    const seconds = state.history.map(sample => sample.timeMillis / 1000);
    return html`<flock-chart .samples=${{seconds, lines: lines.map(([label, colour, field]) =>
        ({label, colour, values: state.history.map(sample => sample[field])}))}}></flock-chart>`;
}

function jobs() {
    const all = jobsInOrder();
    const shown = [...all.filter(job => job.state === 'RUNNING'), ...all.filter(job => job.state !== 'RUNNING')].slice(0, 8);
    if (!shown.length) return html`<p class="empty">No jobs yet. <a href="#/submit">Submit one</a></p>`;
    return html`<ul class="joblist">${shown.map(job => html`<li>
        ${jobState(job.state)} ${jobLink(job.job, job.name)}
        ${progressBar(job.progress, 'Progress of ' + job.name)}
        <small>${timeLeft(job)}${job.progress?.unitsContested ? `, ${job.progress.unitsContested} contested` : nothing}</small>
        </li>`)}</ul><p><a href="#/jobs">All ${count(state.jobCount)} jobs</a></p>`;
}
