// What came out, as far as it can be shown here: an image as an image, text as text.

import {html, render} from '/webjars/lit-html/lit-html.js';
import {answer} from '../api.js';
import {bytes} from '../format.js';
import {sentence} from '../shell.js';

const TEXT_SHOWN = 64 * 1024;

/** Draws the preview of `url` into the host, and lets go of the image with the page. */
export async function preview(host, url, name, signal) {
  render(html`<p class="empty">Loading…</p>`, host);
  try {
    const response = await answer(url, {signal, credentials: 'same-origin'});
    const type = response.headers.get('Content-Type') ?? '';
    const blob = await response.blob();
    if (type.startsWith('image/')) drawImage(host, blob, name, signal);
    else if (type.startsWith('text/')) await drawText(host, blob, name);
    else render(html`<p class="empty">${blob.size === 0 ? 'Nothing: the result is empty.'
      : `${bytes(blob.size)} that are neither text nor an image. Download them to use them.`}</p>`, host);
  } catch (problem) {
    if (!signal.aborted) render(html`<p class="notice bad" role="alert">${sentence(problem)}</p>`, host);
  }
}

function drawImage(host, blob, name, signal) {
  const url = URL.createObjectURL(blob);
  signal.addEventListener('abort', () => URL.revokeObjectURL(url));
  render(html`<figure><img class="preview result" src=${url} alt=${`Result of ${name}, an image`}></figure>`, host);
}

async function drawText(host, blob, name) {
  const text = await blob.slice(0, TEXT_SHOWN).text();
  render(html`<figure><pre class="preview" tabindex="0" role="region" aria-label=${`Result of ${name}, text`}>${text}</pre></figure>
    ${blob.size > TEXT_SHOWN ? html`<p><small>The first ${bytes(TEXT_SHOWN)}; download the rest.</small></p>` : ''}`, host);
}
