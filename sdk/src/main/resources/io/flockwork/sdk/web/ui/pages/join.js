// How another machine joins: an operator makes a link here, and gets the one line for each system.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {get, post} from '../api.js';
import {sentence} from '../shell.js';
import {copyLine} from '../parts/copy.js';

const ROLES = [
  ['edge', 'Worker', 'A volunteer\'s machine. It only dials out and is trusted with nothing.'],
  ['core', 'Core worker', 'A machine that stays on and that others can reach. It keeps the grid alive.'],
  ['submit', 'Submitter', 'Somebody who sends jobs.'],
  ['operate', 'Operator', 'Somebody who may do everything, such as invite and pardon.'],
];
const SYSTEMS = [['install', 'Linux, macOS, Windows with WSL; nothing installed before'], ['source', 'Where Flockwork is']];
const EXPIRIES = [['1h', 'an hour'], ['1d', 'a day'], ['7d', 'a week'], ['30d', '30 days']];

export default function joinPage({host, signal, may}) {
  const wish = {role: 'edge', uses: 1, expires: '7d', operator: ''};
  let place = null;
  let made = null;
  let failure = null;
  let busy = false;

  get('/join', signal).then(answer => { place = answer; draw(); }, problem => { failure = problem; draw(); });

  const make = async event => {
    event.preventDefault();
    busy = true;
    failure = null;
    draw();
    try {
      made = {role: wish.role, ...await post('/invitations', {...wish, operator: wish.operator.trim() || undefined})};
    } catch (problem) {
      failure = problem;
    }
    busy = false;
    draw();
    if (made) host.querySelector('#made')?.focus();
  };
  const set = (name, value) => {
    wish[name] = value;
    draw();
  };

  const draw = () => signal.aborted || render(html`<div class="narrow"><h1>Join this grid</h1>
    <p>A machine joins with one line. The line holds a secret, so each one is made for somebody.</p>
    ${failure ? html`<p class="notice bad" role="alert">${sentence(failure)}</p>` : nothing}
    ${place ? (place.mayInvite && may('operate') ? inviting() : asking()) : nothing}
    ${made ? lines() : nothing}</div>`, host);

  const inviting = () => html`<form class="card" @submit=${make}>
    <div class="radios">${ROLES.map(([role, title, help]) => html`<label><input type="radio" name="role" .checked=${wish.role === role} @change=${() => set('role', role)}>
      <span>${title}<small>${help}</small></span></label>`)}</div>
    <div class="pair">
      <label class="field"><span>Operator <small>whose they are</small></span><input autocomplete="off" .value=${wish.operator} @input=${event => set('operator', event.target.value)}></label>
      <label class="field"><span>Uses</span><input type="number" min="1" max="10000" required .value=${String(wish.uses)} @input=${event => set('uses', Number(event.target.value))}></label>
      <label class="field"><span>Good for</span><select @change=${event => set('expires', event.target.value)}>
        ${EXPIRIES.map(([value, words]) => html`<option value=${value} ?selected=${wish.expires === value}>${words}</option>`)}</select></label>
    </div>
    <button class="primary" ?disabled=${busy}>${busy ? 'Making…' : 'Make a link'}</button></form>`;

  const asking = () => html`<div class="card"><p>Only an operator makes such a line. Ask one for it${may('read') ? '' : html`, or <a href="#/signin">sign in</a> as one`}.
    On the coordinator's machine it is made with</p><pre class="line"><code>flockwork invite --role edge</code></pre>
    ${place.coordinator ? html`<p class="help">The coordinator of this grid is at <code>${place.coordinator}</code>.</p>`
      : html`<p class="help">The coordinator does not answer now. The grid works without it, but nobody can join until it is back.</p>`}</div>`;

  const lines = () => html`<section aria-labelledby="made"><h2 id="made" tabindex="-1">The line to run there</h2>
    ${SYSTEMS.filter(([system]) => made.lines?.[system]).map(([system, title]) => copyLine(title, made.lines[system]))}
    ${copyLine('The link alone', made.link)}
    <p class="help">It is shown once. Whoever has it can join: send it as you would send a password.</p></section>`;
  draw();
}
