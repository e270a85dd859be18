// What a job has given: to look at, and to keep.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {address, bytes, get} from '../api.js';
import {bytes as size, count} from '../format.js';
import {head, numberHead, pager, table, trouble} from '../parts.js';

const LIMIT = 20;
const LONGEST_TEXT = 20_000;

export function results(redraw, id) {
    const shown = {list: null, offset: 0, preview: null, wrong: '', loaded: false};

    async function load(job) {
        if (shown.loaded || !job.results) return;
        shown.loaded = true;
        await page(0);
        if (job.combined) {
            await preview('/result', 'The result');
        } else if (shown.list?.total) {
            await preview('/results/0', 'Unit 0');
        }
    }

    async function page(offset) {
        try {
            shown.offset = offset;
            shown.list = await get(`/jobs/${id}/results?offset=${offset}&limit=${LIMIT}`);
            shown.wrong = '';
        } catch (refused) {
            // Others may look at the job, and not at its results.
            shown.wrong = refused.status === 401 || refused.status === 403 ? '' : refused.message;
        }
        redraw();
    }

    async function preview(path, title) {
        forget();
        try {
            const found = await bytes(`/jobs/${id}${path}?preview=true`);
            shown.preview = found.type.startsWith('image/')
                ? {title, image: URL.createObjectURL(found.blob)}
                : found.type.startsWith('text/plain') ? {title, text: (await found.blob.text()).slice(0, LONGEST_TEXT)}
                : {title, binary: found.blob.size};
        } catch (refused) {
            shown.wrong = refused.message;
        }
        redraw();
    }

    function forget() {
        if (shown.preview?.image) URL.revokeObjectURL(shown.preview.image);
        shown.preview = null;
    }

    return {load, close: forget, view(job, mine) {
        if (!job.results || !mine) return nothing;
        return html`<section class="panel" aria-label="Results"><h2>Results</h2>${trouble(shown.wrong)}
            <p class="actions"><a class="button" download href=${address(`/jobs/${id}/result`)}>Download the result</a>
                ${job.proof ? html`<a class="button" download href=${address(`/jobs/${id}/proof`)}>Download the proof</a>
                    <small>check it with <code>flockwork audit FILE</code></small>` : nothing}</p>
            ${shown.preview ? look(shown.preview) : nothing}
            ${shown.list ? list(shown, id, preview, page) : nothing}</section>`;
    }};
}

const look = ({title, image, text, binary}) => html`<figure><figcaption>${title}</figcaption>
    ${image ? html`<img class="result" src=${image} alt="The result, an image">` : nothing}
    ${text !== undefined ? html`<pre tabindex="0">${text || '(empty)'}</pre>` : nothing}
    ${binary !== undefined ? html`<p>${size(binary)} of binary data or more: download it to look at it.</p>` : nothing}</figure>`;

const list = (shown, id, preview, page) => html`<details><summary>${count(shown.list.total)} units</summary>
    ${table('Results of the units', [numberHead('Unit'), head('Indices or file'), numberHead('Size'), head('Failure'), head('')],
        shown.list.results.map(unit => html`<tr><th scope="row" class="number">${unit.unit}</th>
            <td>${unit.inputName || `${count(unit.from)}–${count(unit.to - 1)}`}</td>
            <td class="number">${size(unit.size)}</td>
            <td>${unit.failure}${unit.stderr ? html`<details><summary>what it said</summary><pre>${unit.stderr}</pre></details>` : nothing}</td>
            <td>${unit.size === null ? nothing : html`
                <button @click=${() => preview(`/results/${unit.unit}`, `Unit ${unit.unit}`)}>Show</button>
                <a download href=${address(`/jobs/${id}/results/${unit.unit}`)}>Download</a>`}</td></tr>`), 'None.')}
    ${pager(shown.list.total, shown.offset, LIMIT, page)}</details>`;
