// A job from this page: a program, what it splits, how sure the answers are to be.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, post, upload} from '../api.js';
import {bytes, percent} from '../format.js';
import {may} from '../live.js';
import {announce, trouble} from '../parts.js';

const SURE = [
    ['{"epsilon":0.01}', 'Quick: at most 1 answer in 100 wrong'],
    ['{}', 'Usual: at most 1 answer in 1,000 wrong'],
    ['{"strict":true}', 'Strict: every answer computed twice, at most 1 in 10,000 wrong'],
    ['{"quorum":2}', 'Fixed: two equal answers for each unit'],
    ['{"quorum":1}', 'Unchecked: the first answer counts'],
];
const SOURCES = {
    range: 'A range of whole numbers', lines: 'Each line of a file', chunks: 'Pieces of a file', each: 'Each of some files',
};

export function submit(redraw) {
    const form = {kind: 'type', type: '', source: '', uploading: '', share: 0, wrong: '', busy: false};
    let types = [];
    get('/job-types').then(found => {
        types = found.types;
        form.type ||= types.find(type => type.name === 'mandelbrot')?.name || types[0]?.name || '';
        redraw();
    }, refused => {
        form.wrong = refused.message;
        redraw();
    });

    const set = change => {
        Object.assign(form, change);
        redraw();
    };

    async function send(event) {
        event.preventDefault();
        const given = new FormData(event.target);
        set({busy: true, wrong: ''});
        try {
            const job = await post('/jobs', await description(form, given, file => send.one(file)));
            announce(`Job ${job.name} is submitted.`);
            location.hash = '#/jobs/' + job.job;
        } catch (refused) {
            set({wrong: refused.message, busy: false, uploading: ''});
        }
    }

    send.one = async file => {
        set({uploading: `${file.name} (${bytes(file.size)})`, share: 0});
        const blob = await upload(file, share => set({share}));
        set({uploading: ''});
        return {name: file.name, blob: blob.blob};
    };

    return {title: () => 'Submit a job', view: () => may('submit') ? page(form, types, set, send)
        : html`<p class="notice">Sign in as somebody who may submit jobs first. <a href="#/signin">Sign in</a></p>`};
}

/** The form in the API's words; files are uploaded on the way. */
async function description(form, given, send) {
    const job = {name: given.get('name').trim() || undefined, ...JSON.parse(given.get('sure'))};
    if (form.kind === 'wasm') {
        job.wasm = {module: (await send(given.get('module'))).blob, arguments: words(given.get('arguments'))};
    } else {
        job.type = form.type;
        job.parameters = parameters(given.get('parameters'));
    }
    const source = form.kind === 'wasm' ? form.source || 'range' : form.source;
    if (source === 'range') {
        job.range = {from: number(given, 'from'), to: number(given, 'to')};
    } else if (source === 'lines') {
        job.lines = await send(given.get('file'));
    } else if (source === 'chunks') {
        job.chunks = {file: await send(given.get('file')), size: Math.round(number(given, 'size') * 1024)};
    } else if (source === 'each') {
        job.each = [];
        for (const file of given.getAll('files')) job.each.push(await send(file));
    }
    if (given.get('combine')) job.combine = given.get('combine');
    if (given.get('unitTime')) job.unitTime = given.get('unitTime').trim();
    if (given.get('unitMemory')) job.unitMemory = given.get('unitMemory').trim();
    return job;
}

const words = text => (text.match(/"[^"]*"|\S+/g) || []).map(word => word.replace(/^"(.*)"$/, '$1'));

function parameters(text) {
    const found = {};
    for (const word of words(text)) {
        const at = word.indexOf('=');
        if (at < 1) throw new Error(`“${word}” is not a parameter like width=800.`);
        found[word.slice(0, at)] = word.slice(at + 1);
    }
    return found;
}

function number(given, name) {
    const value = Number(String(given.get(name)).replaceAll(/[ ,_]/g, ''));
    if (!Number.isSafeInteger(value)) throw new Error(`“${given.get(name)}” is not a whole number.`);
    return value;
}

const page = (form, types, set, send) => html`<section class="panel narrow"><form @submit=${send}>${trouble(form.wrong)}
    <label>Name <input name="name" maxlength="200" placeholder="what people will call it"></label>
    <fieldset><legend>Program</legend>
        ${radio('kind', 'type', 'A job type of this grid', form.kind, set)}
        ${radio('kind', 'wasm', 'A WebAssembly module of your own', form.kind, set)}
        ${form.kind === 'wasm' ? html`
            <label>Module <input type="file" name="module" accept=".wasm" required></label>
            <label>Arguments <input name="arguments" placeholder="separated by spaces"></label>`
        : html`<label>Job type <select name="type" @change=${event => set({type: event.target.value})}>${types.map(type =>
                html`<option value=${type.name} ?selected=${type.name === form.type}>${type.name}: ${type.summary}</option>`)}</select></label>
            <label>Parameters <input name="parameters" placeholder="width=800 height=600"></label>`}</fieldset>
    <fieldset><legend>What it splits</legend>
        ${form.kind === 'type' ? radio('source', '', 'As the job type does by its parameters', form.source, set) : nothing}
        ${Object.entries(SOURCES).map(([value, name]) => radio('source', value, name, sourceOf(form), set))}
        ${source(sourceOf(form))}</fieldset>
    <fieldset><legend>How sure the answers are to be</legend><label class="unseen" for="sure">Assurance</label>
        <select id="sure" name="sure">${SURE.map(([value, name], i) => html`<option value=${value} ?selected=${i === 1}>${name}</option>`)}</select></fieldset>
    <details><summary>Results and limits</summary>
        <label>Combine the units’ results <select name="combine"><option value="">the job type’s own way, or side by side</option>
            <option value="concat">one after the other</option><option value="sum">add up the numbers</option></select></label>
        <label>Time for a unit <input name="unitTime" placeholder="10m" pattern="[0-9]+(ms|s|m|h|d)"></label>
        <label>Memory for a unit <input name="unitMemory" placeholder="256m" pattern="[0-9]+[kmgKMG]?"></label></details>
    ${form.uploading ? html`<p role="status">Uploading ${form.uploading}: ${percent(form.share, 0)}
        <progress max="1" .value=${form.share}></progress></p>` : nothing}
    <button type="submit" ?disabled=${form.busy}>Submit the job</button></form></section>`;

const sourceOf = form => form.kind === 'wasm' ? form.source || 'range' : form.source;

const radio = (group, value, name, chosen, set) => html`<label class="choice"><input type="radio" name=${group} value=${value}
    .checked=${chosen === value} @change=${() => set({[group]: value})}> ${name}</label>`;

function source(kind) {
    if (kind === 'range') {
        return html`<label>From <input name="from" inputmode="numeric" value="0" required></label>
            <label>To (not included) <input name="to" inputmode="numeric" required></label>`;
    }
    if (kind === 'each') return html`<label>Files <input type="file" name="files" multiple required></label>`;
    if (!kind) return nothing;
    return html`<label>File <input type="file" name="file" required></label>${kind === 'chunks'
        ? html`<label>Size of a piece, KiB <input name="size" inputmode="numeric" value="1024" required></label>` : nothing}`;
}
