// The HTTP API, as functions. Everything that goes wrong comes out as a Problem with a sentence for people.

export const BASE = '/api/v1';

/** A refusal by the server, or no answer at all (status 0). The message is fit to be shown. */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Fires `signedout` when the server asks to sign in. */
export const session = new EventTarget();

export const get = (path, signal) => call('GET', path, undefined, signal);
export const post = (path, body) => call('POST', path, body ?? {});
export const put = (path, body) => call('PUT', path, body);
export const del = path => call('DELETE', path);

/** A path with its query; parameters that are empty are left out. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** An id as part of a path. */
export const segment = id => encodeURIComponent(id);

async function call(method, path, body, signal) {
  const response = await answer(BASE + path, {
    method,
    signal,
    credentials: 'same-origin',
    headers: body === undefined ? {Accept: 'application/json'}
      : {Accept: 'application/json', 'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? null : response.json();
}

/** Like fetch, but every answer that is not a success is a Problem. */
export async function answer(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw new Problem(0, 'The grid does not answer. Is the dashboard still running?');
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401) session.dispatchEvent(new Event('signedout'));
  throw problem;
}

async function problemOf(response) {
  try {
    return problemFrom(response.status, await response.json());
  } catch {
    return problemFrom(response.status, {});
  }
}

/** The problem that a body of RFC 9457 tells about. */
export function problemFrom(status, body) {
  return new Problem(status, body?.detail || body?.title || `The grid refused this (${status}).`);
}
