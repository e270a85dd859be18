// The grid's HTTP API. A refusal is an Error whose message is the server's sentence.

const PATH = '/api/v1';

export class Refused extends Error {
    constructor(status, sentence) {
        super(sentence);
        this.status = status;
    }
}

async function ask(method, path, body, headers = {}) {
    let response;
    try {
        response = await fetch(PATH + path, {method, body, headers, credentials: 'same-origin'});
    } catch {
        throw new Refused(0, 'The grid does not answer; is this page’s server still running?');
    }
    if (!response.ok) {
        throw new Refused(response.status, await sentence(response));
    }
    return response;
}

async function sentence(response) {
    try {
        return (await response.json()).detail || response.statusText;
    } catch {
        return `The grid answered ${response.status}.`;
    }
}

export const get = async path => (await ask('GET', path)).json();

export async function post(path, json) {
    const response = await ask('POST', path, JSON.stringify(json ?? {}), {'content-type': 'application/json'});
    return response.status === 204 ? null : response.json();
}

export const remove = path => ask('DELETE', path);

export const address = path => PATH + path;

/** Bytes with their media type. */
export async function bytes(path) {
    const response = await ask('GET', path);
    return {type: response.headers.get('content-type') || '', blob: await response.blob()};
}

const PART = 4 << 20;
const PATIENCE = [500, 1000, 2000, 4000, 8000, 15000];
const wait = millis => new Promise(done => setTimeout(done, millis));

/**
 * Uploads a file by the tus protocol: after a break it goes on where it was.
 * @param told hears the share that has arrived
 * @return {name, blob, size}
 */
export async function upload(file, told) {
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
    const tus = {'tus-resumable': '1.0.0'};
    const created = await ask('POST', '/uploads', null,
        {...tus, 'upload-length': String(file.size), 'upload-metadata': `filename ${name}`});
    const path = created.headers.get('location').slice(PATH.length);
    let offset = 0;
    let failures = 0;
    while (offset < file.size) {
        try {
            const answer = await ask('PATCH', path, file.slice(offset, offset + PART),
                {...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream'});
            offset = Number(answer.headers.get('upload-offset'));
            failures = 0;
        } catch (broken) {
            if (failures === PATIENCE.length || broken.status >= 400 && broken.status !== 409) throw broken;
            await wait(PATIENCE[failures++]);
            offset = await arrived(path, tus, offset);
        }
        told(offset / Math.max(1, file.size));
    }
    return get(path);
}

async function arrived(path, tus, before) {
    try {
        return Number((await ask('HEAD', path, null, tus)).headers.get('upload-offset'));
    } catch {
        return before;
    }
}
