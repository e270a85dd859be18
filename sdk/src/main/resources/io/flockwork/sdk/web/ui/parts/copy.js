// A line to copy, with a button that does.

import {html} from '/webjars/lit-html/lit-html.js';

export const copyLine = (label, line) => html`<h3>${label}</h3><div class="copy"><pre class="line" tabindex="0" role="region" aria-label=${label}><code>${line}</code></pre>
  <button type="button" aria-label=${`Copy: ${label}`} @click=${event => copy(event.currentTarget, line)}>Copy</button></div>`;

async function copy(button, line) {
  let word = 'Copied';
  try {
    await navigator.clipboard.writeText(line);
  } catch {
    // Not allowed here: the line is marked instead, one key away from being copied.
    getSelection().selectAllChildren(button.parentElement.querySelector('code'));
    word = 'Marked';
  }
  const {textContent: before} = button;
  if (before !== 'Copy') return;
  button.textContent = word;
  setTimeout(() => { button.textContent = before; }, 1600);
}
