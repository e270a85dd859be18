// How a machine joins: one line to copy.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, post} from '../api.js';
import {announce, trouble} from '../parts.js';

const ROLES = [['edge', 'Edge worker: computes; for volunteers'], ['core', 'Core worker: computes and hosts the mesh'],
    ['submit', 'Submitter: hands in jobs'], ['operate', 'Operator: sees and ends everything']];

export function join(redraw) {
    let place = null;
    let invited = null;
    let wrong = '';

    get('/join').then(found => {
        place = found;
        redraw();
    }, refused => {
        wrong = refused.message;
        redraw();
    });

    async function invite(event) {
        event.preventDefault();
        const form = new FormData(event.target);
        try {
            invited = {role: form.get('role'), ...await post('/invitations', {role: form.get('role'),
                uses: Number(form.get('uses')), expires: form.get('expires'), operator: form.get('operator') || ''})};
            wrong = '';
            announce('The line to copy is there.');
        } catch (refused) {
            wrong = refused.message;
        }
        redraw();
    }

    return {title: () => 'Join this grid', view: () => html`${trouble(wrong)}
        ${place?.mayInvite ? form(invite) : nothing}
        ${invited ? lines(invited) : nothing}
        ${place ? about(place) : nothing}`};
}

const form = invite => html`<section class="panel narrow"><h2>Invite</h2><form @submit=${invite}>
    <label>Who <select name="role">${ROLES.map(([role, name]) => html`<option value=${role}>${name}</option>`)}</select></label>
    <label>How many may use the link <input name="uses" type="number" min="1" max="100000" value="1" required></label>
    <label>Good for <select name="expires"><option value="1d">a day</option><option value="7d" selected>a week</option>
        <option value="30d">a month</option></select></label>
    <label>Belonging to <input name="operator" maxlength="64" placeholder="each its own operator"></label>
    <button type="submit">Make the line to copy</button></form></section>`;

const lines = ({role, link, lines}) => html`<section class="panel"><h2>Copy one line</h2>
    ${lines.install ? line('Linux and macOS, nothing installed yet (the coordinator’s own system)', lines.install) : nothing}
    ${line(role === 'edge' || role === 'core' ? 'Where Flockwork is: Linux, macOS, or Windows with WSL' : 'Where Flockwork is', lines.source)}
    ${line('The link alone, a secret', link)}</section>`;

function line(title, text) {
    const copy = event => navigator.clipboard.writeText(text).then(() => {
        event.target.textContent = 'Copied';
        announce('Copied.');
    });
    return html`<h3>${title}</h3><div class="copy"><pre tabindex="0">${text}</pre><button @click=${copy}>Copy</button></div>`;
}

const about = place => html`<section class="panel"><h2>By hand</h2>
    <p>An operator makes a link with <code>flockwork invite --role edge</code>, or here when signed in. A volunteer runs
        <code>flockwork worker --join LINK</code>; the machine then computes while its owner does not need it, in a sandbox, and
        needs no open port.</p>
    <dl class="facts"><dt>Coordinator</dt><dd><code>${place.coordinator}</code></dd>
        <dt>Its key, for <code>curl --pinnedpubkey</code></dt><dd><code>${place.pin}</code></dd></dl></section>`;
