// A question that must be answered before something is undone for good.

import {html, render} from '/webjars/lit-html/lit-html.js';

/** True when the person says yes; Escape and the other button say no. */
export function confirm({title, words, act, keep}) {
  const host = document.createElement('div');
  document.getElementById('dialogs').append(host);
  render(html`<dialog aria-labelledby="dialog-title"><form method="dialog">
    <h2 id="dialog-title">${title}</h2><p>${words}</p>
    <div class="actions"><button value="no" autofocus>${keep}</button><button value="yes" class="danger">${act}</button></div>
  </form></dialog>`, host);
  const dialog = host.querySelector('dialog');
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      host.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}
