// What surrounds every page: the bar's right end, the state of the line, and failures.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {del, session} from './api.js';
import {compact, rate} from './format.js';
import {state} from './live.js';

const status = document.getElementById('status');
const link = document.getElementById('link');

export function drawStatus(me, grid) {
  render(html`
    ${state.link === 'open' ? html`<span class="live" title="what you see is as it is now">live</span>` : nothing}
    ${grid ? html`<span class="pulse" title="units computed and accepted per second, on all workers">
      ${rate(grid.unitsPerSecond)} units/s · ${compact(grid.workers.total)} workers</span>` : nothing}
    <button type="button" class="quiet icon" @click=${turnTheme} aria-label="Switch between dark and light"
      title="Dark or light">◐</button>
    ${me.signedIn ? html`<span class="who" title=${`Signed in as ${me.operator || me.member}, role ${me.role}`}>${me.operator || 'me'}</span>
        <button type="button" class="quiet" @click=${signOut}>Sign out</button>`
      : html`<a class="button quiet" href="#/signin">Sign in</a>`}`, status);
}

export function drawLink(state) {
  link.classList.toggle('shown', state === 'lost');
  render(state === 'lost' ? 'Connection lost, trying again. What you see may be old.' : nothing, link);
}

export function markPage(first, title) {
  document.title = first ? `${title} · Flockwork` : 'Flockwork';
  const name = first || 'grid';
  for (const each of document.querySelectorAll('#nav a')) {
    if (each.dataset.page === name) {
      each.setAttribute('aria-current', 'page');
      // On a phone the bar scrolls sideways; the page one is on shall be in sight.
      each.parentElement.scrollLeft = each.offsetLeft - each.parentElement.offsetLeft - 40;
    } else {
      each.removeAttribute('aria-current');
    }
  }
}

/** One sentence, and a way to go on. */
export function drawFailure(host, problem, again) {
  const box = document.createElement('div');
  host.replaceChildren(box);
  render(html`<div class="notice bad" role="alert"><p>${sentence(problem)}</p>
    <button type="button" @click=${again}>Try again</button></div>`, box);
}

export const sentence = problem => problem?.message || 'Something went wrong.';

function turnTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try {
    localStorage.setItem('flockwork-theme', root.dataset.theme);
  } catch {
    // Then the choice lasts as long as the page.
  }
  dispatchEvent(new Event('themechange'));
}

async function signOut() {
  await del('/session').catch(() => {});
  session.dispatchEvent(new Event('changed'));
}
