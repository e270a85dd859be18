// The one stream of events that all pages share, and whether it is up.

const RETRY_MILLIS = 3000;
const news = new EventTarget();
let source = null;
let retry = null;

/** What was heard last: the grid's summary, and the state of the line: `connecting`, `open`, `lost`. */
export const state = {grid: null, link: 'connecting'};

/** Hears `grid`, `jobs`, `workers`, `link`, and `again`: after a gap, when what is shown may be old. */
export function on(type, listener, signal) {
  news.addEventListener(type, event => listener(event.detail), {signal});
}

/** Opens the stream; once is enough, it comes back by itself. */
export function start() {
  stop();
  source = new EventSource('/api/v1/events');
  source.addEventListener('open', () => linkIs('open'));
  source.addEventListener('error', lost);
  // Some news was missed by this reader.
  source.addEventListener('reload', () => tell('again'));
  source.addEventListener('grid', event => tellGrid(JSON.parse(event.data)));
  for (const type of ['jobs', 'workers']) {
    source.addEventListener(type, event => tell(type, JSON.parse(event.data)));
  }
}

export const isOn = () => source !== null;

export function stop() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

/** The summary, from the stream or asked for. */
export function tellGrid(summary) {
  state.grid = summary;
  tell('grid', summary);
}

// A browser dials again by itself after a broken line, but not after a refusal.
function lost() {
  linkIs('lost');
  if (source?.readyState === EventSource.CLOSED) {
    clearTimeout(retry);
    retry = setTimeout(start, RETRY_MILLIS);
  }
}

function linkIs(link) {
  const before = state.link;
  if (before === link) return;
  state.link = link;
  tell('link', link);
  if (link === 'open' && before === 'lost') tell('again');
}

function tell(type, detail) {
  news.dispatchEvent(new CustomEvent(type, {detail}));
}

/** Calls through at once, then at most once each `millis`, and never while the page is hidden. */
export function throttled(millis, action, signal) {
  let last = -Infinity;
  let timer = null;
  const run = () => {
    timer = null;
    if (signal?.aborted || document.hidden) return;
    last = performance.now();
    action();
  };
  const ask = () => {
    if (timer === null && !signal?.aborted) timer = setTimeout(run, Math.max(0, last + millis - performance.now()));
  };
  document.addEventListener('visibilitychange', () => document.hidden || ask(), {signal});
  signal?.addEventListener('abort', () => clearTimeout(timer));
  return ask;
}
