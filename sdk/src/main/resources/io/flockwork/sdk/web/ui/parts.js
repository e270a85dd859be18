// Pieces that several pages are made of.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {brief, count, duration, percent, share} from './format.js';

const STATES = {WAITING: ['waiting', '◌'], RUNNING: ['running', '▶'], DONE: ['done', '✓'], FAILED: ['failed', '✕'],
    CANCELLED: ['cancelled', '■']};

export function jobState(state) {
    const [word, sign] = STATES[state] || [state, '?'];
    return html`<span class="badge ${word}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

const STANDINGS = {active: '✓', new: '◌', banned: '✕'};

export const standing = word =>
    html`<span class="badge ${word}"><span aria-hidden="true">${STANDINGS[word] || ''}</span> ${word}</span>`;

export function progressBar(progress, label) {
    const done = share(progress);
    return html`<span class="bar" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
        aria-valuenow=${Math.floor(100 * done)}><meter min="0" max="1" .value=${done} tabindex="-1"></meter>
        <span class="number">${percent(done, done < 1 && done > .999 ? 2 : 0)}</span></span>`;
}

export function timeLeft(job) {
    if (job.state !== 'RUNNING') return nothing;
    const left = job.progress?.secondsLeft;
    return left === null || left === undefined ? 'time left unknown' : duration(left) + ' left';
}

export const card = (label, value, note) => html`<div class="card"><dt>${label}</dt>
    <dd>${value}${note ? html`<small>${note}</small>` : nothing}</dd></div>`;

/** Numbers by name, as bars with their text. */
export function bars(title, numbers, names = {}) {
    const entries = Object.entries(numbers || {}).sort((a, b) => b[1] - a[1]).slice(0, 12);
    const most = Math.max(1, ...entries.map(entry => entry[1]));
    return html`<section class="panel"><h2>${title}</h2><ul class="bars">${entries.map(([name, number]) => html`
        <li><span class="name">${names[name] ?? (name || '(not said)')}</span>
        <meter min="0" .max=${most} .value=${number} aria-hidden="true"></meter>
        <span class="number">${count(number)}</span></li>`)}</ul></section>`;
}

/** A table that can be scrolled sideways on narrow screens. */
export const table = (caption, heads, rows, empty) => html`<div class="scroll" tabindex="0" role="region"
    aria-label=${caption}><table><caption class="unseen">${caption}</caption>
    <thead><tr>${heads}</tr></thead>
    <tbody>${rows.length ? rows : html`<tr><td colspan=${heads.length} class="empty">${empty}</td></tr>`}</tbody>
    </table></div>`;

export const head = text => html`<th scope="col">${text}</th>`;
export const numberHead = text => html`<th scope="col" class="number">${text}</th>`;

/** A column by which the server sorts. */
export function sortHead(text, field, sort, onSort, isNumber = false) {
    const is = sort === field ? 'ascending' : sort === '-' + field ? 'descending' : 'none';
    const next = is === 'none' ? (isNumber ? '-' + field : field) : is === 'ascending' ? '-' + field : field;
    return html`<th scope="col" class=${isNumber ? 'number' : ''} aria-sort=${is}><button class="plain"
        @click=${() => onSort(next)}>${text}<span aria-hidden="true"> ${is === 'ascending' ? '↑'
        : is === 'descending' ? '↓' : ''}</span></button></th>`;
}

export function pager(total, offset, limit, onMove) {
    if (total <= limit) return nothing;
    return html`<nav class="pager" aria-label="Pages">
        <button ?disabled=${offset === 0} @click=${() => onMove(Math.max(0, offset - limit))}>Earlier</button>
        <span>${count(offset + 1)}–${count(Math.min(total, offset + limit))} of ${count(total)}</span>
        <button ?disabled=${offset + limit >= total} @click=${() => onMove(offset + limit)}>Later</button></nav>`;
}

export const workerLink = (id, name) => html`<a href="#/workers/${id}" title=${id}>${name || brief(id)}</a>`;
export const jobLink = (id, name) => html`<a href="#/jobs/${id}" title=${id}>${name || id}</a>`;
export const trouble = sentence => sentence ? html`<p class="trouble" role="alert">${sentence}</p>` : nothing;

/** Asks before something that cannot be undone; true when it is wanted. */
export function confirmed(question, act) {
    return new Promise(answer => {
        const dialog = document.createElement('dialog');
        dialog.setAttribute('aria-label', question);
        const text = document.createElement('p');
        text.textContent = question;
        const form = document.createElement('form');
        form.method = 'dialog';
        for (const [name, value] of [['No', ''], [act, 'yes']]) {
            const button = document.createElement('button');
            button.textContent = name;
            button.value = value;
            form.append(button);
        }
        dialog.append(text, form);
        dialog.addEventListener('close', () => {
            dialog.remove();
            answer(dialog.returnValue === 'yes');
        });
        document.body.append(dialog);
        dialog.showModal();
    });
}

/** Says something to those who listen rather than look. */
export function announce(sentence) {
    document.getElementById('announcer').textContent = sentence;
}

/** Asks again at most so often, however often it is wanted. */
export function throttled(millis, action) {
    let last = 0;
    let timer = null;
    return () => {
        if (timer) return;
        timer = setTimeout(() => {
            timer = null;
            last = Date.now();
            action();
        }, Math.max(0, last + millis - Date.now()));
    };
}
