// Numbers, times and sizes as people read them.

const whole = new Intl.NumberFormat('en');
const oneDigit = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

export const count = number => number === null || number === undefined ? '–' : whole.format(number);

/** 12,345,678 as 12.3M, for narrow places; small numbers as they are. */
export const short = number => Math.abs(number) < 100_000 ? oneDigit.format(number) : compact.format(number);

export const percent = (share, digits = 1) =>
    share === null || share === undefined ? '–' : (100 * share).toFixed(digits) + '%';

export function bytes(size) {
    if (size === null || size === undefined) return '–';
    if (size < 1024) return size + ' B';
    const units = ['KiB', 'MiB', 'GiB', 'TiB'];
    let unit = -1;
    do {
        size /= 1024;
        unit++;
    } while (size >= 1024 && unit < units.length - 1);
    return size.toFixed(size < 10 ? 1 : 0) + ' ' + units[unit];
}

export function duration(seconds) {
    if (seconds === null || seconds === undefined) return 'unknown';
    if (seconds < 1) return 'a moment';
    if (seconds < 90) return Math.round(seconds) + ' s';
    if (seconds < 90 * 60) return Math.round(seconds / 60) + ' min';
    if (seconds < 36 * 3600) return (seconds / 3600).toFixed(1) + ' h';
    return (seconds / 86400).toFixed(1) + ' days';
}

export const moment = iso => new Date(iso).toLocaleString('en', {dateStyle: 'medium', timeStyle: 'medium'});

export function ago(iso) {
    const seconds = (Date.now() - new Date(iso).getTime()) / 1000;
    return seconds < 5 ? 'now' : duration(seconds) + ' ago';
}

export const brief = id => id ? id.slice(0, 8) : '–';

/** Done, of one. */
export const share = progress => !progress || progress.indicesTotal === 0 ? 0
    : Math.min(1, progress.indicesDone / progress.indicesTotal);
