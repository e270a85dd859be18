// Files to the grid by the tus protocol (1.0.0): a broken upload goes on where it stopped, also after a reload.

import {answer, BASE, Problem, problemFrom, session} from '../api.js';

const PIECE = 4 * 1024 * 1024;
const TRIES = 8;
const TUS = {'Tus-Resumable': '1.0.0'};

/**
 * Uploads a file.
 *
 * @param onProgress called with the share that is there, 0 to 1
 * @return {blob, size, name}
 */
export async function upload(file, onProgress, signal) {
  let tries = 0;
  let place = null;
  let offset = 0;
  for (;;) {
    try {
      if (!place) ({place, offset} = await openUpload(file, signal));
      else offset = await offsetOf(place, signal);
      while (offset < file.size) {
        offset = await send(place, file.slice(offset, offset + PIECE), offset,
          sent => onProgress((offset + sent) / file.size), signal);
        tries = 0;
      }
      onProgress(1);
      const blob = await (await answer(place, {signal})).json();
      forget(file);
      return {...blob, name: file.name};
    } catch (problem) {
      if (signal?.aborted || !worthRetrying(problem) || ++tries > TRIES) throw problem;
      // What the server no longer knows is begun anew.
      if (problem.status === 404 || problem.status === 410) {
        forget(file);
        place = null;
      }
      await pause(Math.min(10000, 300 * 2 ** tries), signal);
    }
  }
}

const worthRetrying = problem => problem instanceof Problem && [0, 404, 409, 410, 423, 429, 500, 502, 503, 504].includes(problem.status);

async function openUpload(file, signal) {
  const kept = recall(file);
  if (kept) {
    try {
      return {place: kept, offset: await offsetOf(kept, signal)};
    } catch (problem) {
      if (problem.status === 0 || signal?.aborted) throw problem;
      forget(file);
    }
  }
  const response = await answer(`${BASE}/uploads`, {method: 'POST', signal, credentials: 'same-origin', headers: {
    ...TUS, 'Upload-Length': String(file.size), 'Upload-Metadata': `filename ${base64(file.name)}`}});
  // The path alone: nothing is ever sent to another host, whatever the answer says.
  const place = new URL(response.headers.get('Location'), location.href).pathname;
  remember(file, place);
  return {place, offset: 0};
}

async function offsetOf(place, signal) {
  const response = await answer(place, {method: 'HEAD', signal, credentials: 'same-origin', headers: TUS});
  return Number(response.headers.get('Upload-Offset'));
}

// XMLHttpRequest, because fetch does not tell how much of a request is out.
function send(place, piece, offset, onSent, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal?.addEventListener('abort', stop);
    request.open('PATCH', place);
    request.setRequestHeader('Tus-Resumable', '1.0.0');
    request.setRequestHeader('Upload-Offset', String(offset));
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
    request.upload.addEventListener('progress', event => onSent(event.loaded));
    request.addEventListener('loadend', () => {
      signal?.removeEventListener('abort', stop);
      if (request.status >= 200 && request.status < 300) resolve(Number(request.getResponseHeader('Upload-Offset')));
      else reject(refusal(request));
    });
    request.send(piece);
  });
}

function refusal(request) {
  if (request.status === 0) return new Problem(0, 'The upload broke off.');
  if (request.status === 401) session.dispatchEvent(new Event('signedout'));
  try {
    return problemFrom(request.status, JSON.parse(request.responseText));
  } catch {
    return problemFrom(request.status, {});
  }
}

const pause = (millis, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, millis);
  signal?.addEventListener('abort', () => {
    clearTimeout(timer);
    reject(signal.reason);
  });
});

const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const key = file => `flockwork-upload ${file.size} ${file.lastModified} ${file.name}`;

function remember(file, place) {
  try {
    sessionStorage.setItem(key(file), place);
  } catch {
    // Then a reload begins anew.
  }
}

function recall(file) {
  try {
    return sessionStorage.getItem(key(file));
  } catch {
    return null;
  }
}

function forget(file) {
  try {
    sessionStorage.removeItem(key(file));
  } catch {
    // Nothing was kept.
  }
}
