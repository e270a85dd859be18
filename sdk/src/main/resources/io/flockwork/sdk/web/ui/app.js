// Where the page starts: who is there, which page is wanted, and the live line.

import {get, post, session, Problem} from './api.js';
import * as live from './live.js';
import {drawFailure, drawLink, drawStatus, markPage} from './shell.js';

// A page is loaded when it is first wanted, so that the first paint waits for few files.
const PAGES = {
  '': ['grid', 'The grid now'],
  jobs: ['jobs', 'Jobs'],
  workers: ['workers', 'Workers'],
  verification: ['verification', 'Verification'],
  credit: ['credit', 'Credit'],
  join: ['join', 'Join'],
  submit: ['submit', 'Submit a job'],
  signin: ['signin', 'Sign in'],
};
const DEEP = {jobs: ['job', 'Job'], workers: ['worker', 'Worker']};

const main = document.getElementById('main');
let me = {signedIn: false, public: false};
let leaving = new AbortController();

/** Whoever looks, as the server knows them; pages ask before they offer an act. */
export const may = scope => Boolean(me.signedIn && me.scopes?.includes(scope));

async function start() {
  live.on('link', link => {
    drawLink(link);
    drawStatus(me, live.state.grid);
  });
  live.on('grid', () => drawStatus(me, live.state.grid));
  session.addEventListener('signedout', () => {
    if (me.signedIn) whoAmI().catch(() => {}).then(show);
  });
  session.addEventListener('changed', () => enter());
  document.getElementById('skip').addEventListener('click', event => {
    event.preventDefault();
    main.focus();
  });
  addEventListener('hashchange', () => (hasSecret() ? enter() : show()));
  await enter();
}

/** Looks who is there, and shows what that person may see. */
async function enter() {
  try {
    if (hasSecret()) await giveSecret();
    await whoAmI();
  } catch (problem) {
    drawFailure(main, problem, enter);
    return;
  }
  // Once is enough: each start begins a new stream.
  if (!mayRead()) live.stop();
  else if (!live.isOn()) live.start();
  await show();
}

async function whoAmI() {
  me = await get('/session');
  drawStatus(me, live.state.grid);
}

const mayRead = () => me.signedIn || me.public;

// `flockwork dashboard` opens the page with a one-time secret behind the #, which no server log sees.
const hasSecret = () => /^#[^/]{8,}/.test(location.hash);

async function giveSecret() {
  const secret = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', `${location.pathname}#/`);
  try {
    await post('/session', {secret});
  } catch (problem) {
    // A link that was used before is no harm when this browser is signed in already.
    if (!(problem instanceof Problem) || problem.status === 0) throw problem;
  }
}

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const {signal} = leaving;
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [first, id] = path.split('/');
  const [file, title] = !mayRead() ? PAGES.signin : id ? DEEP[first] ?? PAGES[''] : PAGES[first] ?? PAGES[''];
  markPage(first, title);
  try {
    const page = await import(`./pages/${file}.js`);
    if (signal.aborted) return;
    // Each page gets an element of its own: what a late answer draws for the last one is then not seen.
    const host = document.createElement('div');
    host.className = `page page-${file}`;
    main.replaceChildren(host);
    scrollTo(0, 0);
    page.default({host, signal, id: id && decodeURIComponent(id), query: new URLSearchParams(query), me, may});
  } catch (problem) {
    if (!signal.aborted) drawFailure(main, problem, show);
  }
}

start();
