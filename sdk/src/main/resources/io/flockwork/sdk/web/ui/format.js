// Numbers, sizes and times as people read them.

const WHOLE = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const ONE = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const SHORT = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const TIME = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});
const NONE = '–';

/** 1,234 */
export const count = n => (n === null || n === undefined ? NONE : WHOLE.format(n));

/** 1.2M: for the few places that are too narrow for all digits. */
export const compact = n => (n === null || n === undefined ? NONE : SHORT.format(n));

/** `3 workers`, `1 worker`. */
export const plural = (n, word, words = `${word}s`) => `${count(n)} ${n === 1 ? word : words}`;

/** The indices from..to, `to` not included, as one counts them: 7, or 7–12. */
export const span = (from, to) => (to - from <= 1 ? WHOLE.format(from) : `${WHOLE.format(from)}–${WHOLE.format(to - 1)}`);

/** A number per second, with a decimal only where it matters. */
export const rate = x => (x === null || x === undefined ? NONE : (x < 10 ? ONE : WHOLE).format(x));

/** A share from 0 to 1 as a percentage: 12.3%, 0.004%. */
export function percent(share) {
  if (share === null || share === undefined || Number.isNaN(share)) return NONE;
  const value = share * 100;
  if (value === 0) return '0%';
  if (value < 0.1) return `${Number(value.toPrecision(1))}%`;
  // Nearly all is not all.
  return `${ONE.format(value < 100 ? Math.min(value, 99.9) : value)}%`;
}

/** 1.2 MiB */
export function bytes(n) {
  if (n === null || n === undefined) return NONE;
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let power = 0;
  let value = n;
  while (value >= 1024 && power < units.length - 1) {
    value /= 1024;
    power++;
  }
  return `${ONE.format(value)} ${power === 0 && n === 1 ? 'byte' : units[power]}`;
}

/** 45 s, 3 min, 2 h 5 min, 4 days */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NONE;
  if (seconds < 1) return '< 1 s';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) {
    const minutes = Math.round(seconds / 60);
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  return `${WHOLE.format(seconds / 86400)} days`;
}

/** `3 min left`, or what is known instead. */
export const left = seconds =>
  seconds === null || seconds === undefined || seconds < 0 ? 'end not yet known' : `${duration(seconds)} left`;

/** `3 min ago` */
export function ago(iso) {
  if (!iso) return NONE;
  const seconds = (Date.now() - Date.parse(iso)) / 1000;
  return seconds < 5 ? 'just now' : `${duration(seconds)} ago`;
}

/** 28 Nov 2026, 07:41:52, in this machine's zone. */
export const time = iso => (iso ? TIME.format(new Date(iso)) : NONE);

/** The first letters of an id, enough to tell a few apart. */
export const shortId = id => (id ? id.slice(0, 8) : NONE);

/** What a job or a worker is called; the id's first letters where it has no name. */
export const nameOf = (name, id) => name || shortId(id);
