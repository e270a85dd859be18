// What is known of the grid now. One stream of events feeds all pages; those who listen are told at most once a frame.

import {get} from './api.js';

export const state = {
    session: {signedIn: false, public: false, scopes: []},
    grid: null,
    history: [],
    jobs: new Map(),
    jobCount: 0,
    /** Changes when the list of workers has changed so much that tables should be asked for anew. */
    workersVersion: 0,
    connection: 'none',
};

const listeners = new Set();
let source = null;
let promised = false;

export function listen(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function changed() {
    if (!promised) {
        promised = true;
        requestAnimationFrame(() => {
            promised = false;
            listeners.forEach(listener => listener());
        });
    }
}

export const may = scope => (state.session.scopes || []).includes(scope);

export async function loadSession() {
    state.session = {scopes: [], ...await get('/session')};
    changed();
    return state.session;
}

export const maySee = () => state.session.signedIn || state.session.public;

/** Begins to follow the grid, or begins anew. */
export function start() {
    stop();
    if (!maySee()) return;
    load();
    source = new EventSource('/api/v1/events');
    state.connection = 'opening';
    source.addEventListener('open', () => connected('open'));
    source.addEventListener('error', () => {
        connected('lost');
        // A server that refuses ends the stream for good; a new login may be needed.
        if (source && source.readyState === EventSource.CLOSED) setTimeout(retry, 3000);
    });
    source.addEventListener('grid', event => heardGrid(JSON.parse(event.data)));
    source.addEventListener('jobs', event => heardJobs(JSON.parse(event.data)));
    source.addEventListener('workers', () => {
        state.workersVersion++;
        changed();
    });
    source.addEventListener('reload', load);
}

export function stop() {
    if (source) source.close();
    source = null;
    state.connection = 'none';
}

async function retry() {
    try {
        await loadSession();
        start();
    } catch {
        setTimeout(retry, 3000);
    }
}

function connected(how) {
    const wasLost = state.connection === 'lost';
    state.connection = how;
    if (how === 'open' && wasLost) load();
    changed();
}

async function load() {
    try {
        const [grid, jobs, history] = await Promise.all([get('/grid'), get('/jobs?limit=200'), get('/grid/history')]);
        state.history = history.samples;
        state.jobCount = jobs.total;
        jobs.jobs.forEach(job => state.jobs.set(job.job, job));
        heardGrid(grid);
    } catch {
        // The stream says so, too, and brings the news when it is there again.
    }
}

const HISTORY = 720;

function heardGrid(grid) {
    state.grid = grid;
    const last = state.history[state.history.length - 1];
    if (grid.timeMillis && (!last || grid.timeMillis - last.timeMillis >= 4500)) {
        state.history = [...state.history.slice(1 - HISTORY), {
            timeMillis: grid.timeMillis,
            unitsPerSecond: grid.unitsPerSecond,
            votesPerSecond: grid.votesPerSecond,
            workers: grid.workers.total,
            running: grid.jobs.running,
            contested: grid.unitsContested,
        }];
    }
    changed();
}

function heardJobs(jobs) {
    for (const job of jobs) {
        if (!state.jobs.has(job.job)) state.jobCount++;
        state.jobs.set(job.job, job);
    }
    changed();
}

/** The jobs known, the newest first. */
export const jobsInOrder = () => [...state.jobs.values()].sort((a, b) => b.submitted.localeCompare(a.submitted));
