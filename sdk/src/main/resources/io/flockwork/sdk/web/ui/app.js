// The frame around the pages: who is here, where to go, and what is drawn.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {post, remove} from './api.js';
import {listen, loadSession, maySee, start, state, stop} from './live.js';
import {overview} from './pages/overview.js';

const later = path => import(path);

/** Pages but the first are fetched when they are gone to. */
const ROUTES = [
    [/^$/, async () => overview],
    [/^jobs$/, async () => (await later('/ui/pages/jobs.js')).jobs],
    [/^jobs\/([a-z0-9]+)$/, async () => (await later('/ui/pages/job.js')).job],
    [/^workers$/, async () => (await later('/ui/pages/workers.js')).workers],
    [/^workers\/([a-z0-9]+)$/, async () => (await later('/ui/pages/worker.js')).worker],
    [/^verification$/, async () => (await later('/ui/pages/verification.js')).verification],
    [/^credit$/, async () => (await later('/ui/pages/credit.js')).credit],
    [/^submit$/, async () => (await later('/ui/pages/submit.js')).submit],
    [/^join$/, async () => (await later('/ui/pages/join.js')).join],
    [/^signin$/, async () => (await later('/ui/pages/signin.js')).signIn],
];

const LINKS = [['', 'Grid'], ['jobs', 'Jobs'], ['workers', 'Workers'], ['verification', 'Verification'],
    ['credit', 'Credit'], ['submit', 'Submit a job'], ['join', 'Join']];

let page = null;
let path = null;

const root = document.getElementById('app');

const drawn = () => render(frame(), root);

function frame() {
    return html`<header>
        <a class="brand" href="#/"><img src="/ui/icon.svg" alt="" width="24" height="24"> Flockwork
            <small>${state.grid ? 'grid ' + state.grid.name : nothing}</small></a>
        <nav aria-label="Pages of the dashboard">${LINKS.map(([to, name]) => html`<a href="#/${to}"
            aria-current=${(path || '').split('/')[0] === to ? 'page' : nothing}>${name}</a>`)}</nav>
        <div class="who">${connection()}
            <button class="plain" @click=${turnTheme} aria-label="Change between dark and light">◐</button>
            ${state.session.signedIn
                ? html`<span title=${state.session.member}>${state.session.operator}
                    <small>(${state.session.role})</small></span>
                    <button class="plain" @click=${signOut}>Sign out</button>`
                : html`<a href="#/signin">Sign in</a>`}</div>
    </header>
    <main id="main" tabindex="-1">${page ? html`<h1>${page.title()}</h1>${page.view()}`
        : html`<p class="loading">Looking at the grid …</p>`}</main>
    <footer><a href="/api/v1/openapi.yaml">HTTP API</a> <span>served by ${state.grid?.core?.name ?? 'this grid'}</span></footer>`;
}

function connection() {
    if (state.connection === 'lost') {
        return html`<span class="badge failed" role="status">connection lost, trying again</span>`;
    }
    return state.connection === 'open' ? html`<span class="badge done"><span aria-hidden="true">●</span> live</span>` : nothing;
}

function turnTheme() {
    const isDark = document.documentElement.dataset.theme
        ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    setTheme(isDark ? 'light' : 'dark');
    localStorage.setItem('theme', document.documentElement.dataset.theme);
}

function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('themechange'));
}

async function signOut() {
    await remove('/session').catch(() => {});
    stop();
    state.jobs.clear();
    state.grid = null;
    await loadSession().catch(() => {});
    start();
    location.hash = '#/signin';
}

async function go() {
    const wanted = location.hash.replace(/^#\/?/, '').split('?')[0];
    if (wanted === path && page) return;
    path = maySee() || wanted === 'signin' ? wanted : 'signin';
    const found = ROUTES.map(([pattern, load]) => [path.match(pattern), load]).find(([match]) => match);
    page?.close?.();
    page = null;
    drawn();
    if (!found) {
        page = {title: () => 'Nothing here', view: () => html`<p>There is no such page. <a href="#/">To the grid</a></p>`};
    } else {
        const opened = path;
        const make = await found[1]();
        if (opened !== path) return;
        page = make(drawn, ...found[0].slice(1));
    }
    drawn();
    document.title = page.title() + ' · Flockwork';
    document.getElementById('main').focus({preventScroll: true});
    scrollTo(0, 0);
}

/** The link that flockwork dashboard prints ends in a secret that lets in once. */
async function enterBySecret() {
    const secret = location.hash.match(/^#([A-Za-z0-9_-]{20,})$/);
    if (!secret) return;
    history.replaceState(null, '', '/#/');
    await post('/session', {secret: secret[1]}).catch(() => {});
}

async function begin() {
    const theme = localStorage.getItem('theme');
    if (theme === 'dark' || theme === 'light') setTheme(theme);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dispatchEvent(new Event('themechange')));
    // What stood there while this program was on its way.
    root.replaceChildren();
    drawn();
    await enterBySecret();
    await loadSession().catch(() => {});
    listen(drawn);
    addEventListener('hashchange', go);
    addEventListener('signedin', () => {
        start();
        location.hash = '#/';
        go();
    });
    start();
    go();
}

begin();
