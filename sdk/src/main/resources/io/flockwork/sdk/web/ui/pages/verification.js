// How far answers can be trusted: what was measured, and who was caught.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get} from '../api.js';
import {count, moment, percent} from '../format.js';
import {listen} from '../live.js';
import {card, head, jobLink, standing, table, throttled, trouble, workerLink} from '../parts.js';

export function verification(redraw) {
    let found = null;
    let wrong = '';

    async function load() {
        try {
            found = await get('/verification');
            wrong = '';
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    const silence = listen(throttled(5000, load));
    load();
    return {title: () => 'Verification', close: silence,
        view: () => html`${trouble(wrong)}${found ? whole(found) : nothing}`};
}

const whole = found => html`<p>Answers are checked by having some units computed again by other operators’ workers. Who is
    proven wrong is banned, and what it had answered is computed anew.</p>
    <dl class="cards">
        ${card('Measured lie rate', percent(found.lieRate, 3),
            `${count(found.refuted)} of ${count(found.confirmed + found.refuted)} judged answers were wrong`)}
        ${card('Overhead', found.overhead ? found.overhead.toFixed(3) : '–', 'answers for each accepted unit')}
        ${card('Banned', count(found.banned), 'workers')}
        ${card('Accepted units', count(found.units), `from ${count(found.votes)} answers`)}</dl>
    <section class="panel"><h2>Who was caught</h2>${table('Workers with strikes',
        [head('Worker'), head('Operator'), head('Standing'), head('Agreement'), head('Strikes')],
        found.caught.map(worker => html`<tr><th scope="row">${workerLink(worker.worker, worker.name)}</th>
            <td>${worker.operator}</td><td>${standing(worker.standing)}</td>
            <td class="number">${percent(worker.agreement)}</td><td class="number">${count(worker.strikes)}</td></tr>`),
        'Nobody: every judged answer was right.')}</section>
    ${strikes(found.caught)}`;

/** For what these were struck. */
export function strikes(workers) {
    const all = workers.flatMap(worker => worker.struckFor.map(strike => ({worker, strike})))
        .sort((a, b) => b.strike.at.localeCompare(a.strike.at)).slice(0, 100);
    if (!all.length) return nothing;
    return html`<section class="panel"><h2>Wrong answers</h2>${table('Answers that were proven wrong',
        [head('When'), head('Worker'), head('Job'), head('Unit'), head('Answered'), head('Accepted'), head('Why it counts')],
        all.map(({worker, strike}) => html`<tr><td title=${moment(strike.at)}>${moment(strike.at)}</td>
            <td>${workerLink(worker.worker, worker.name)}</td><td>${jobLink(strike.job, strike.job)}</td>
            <td>${count(strike.from)}–${count(strike.to - 1)}</td><td><code title=${strike.given}>${strike.given.slice(0, 10)}</code></td>
            <td><code title=${strike.accepted}>${strike.accepted.slice(0, 10)}</code></td>
            <td>${strike.gang ? 'others gave the same wrong answer' : 'others agreed on another answer'}${
                strike.banned ? '; banned for it' : ''}</td></tr>`), '')}</section>`;
}
