// A token is pasted once; from then on the browser carries it where no script can read it.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {post, session} from '../api.js';
import {sentence} from '../shell.js';

export default function signInPage({host, me}) {
  let failure = null;
  let busy = false;

  const signIn = async event => {
    event.preventDefault();
    const field = event.target.elements.token;
    busy = true;
    draw();
    try {
      await post('/session', {token: field.value.trim()});
      field.value = '';
      if (location.hash.startsWith('#/signin')) history.replaceState(null, '', '#/');
      session.dispatchEvent(new Event('changed'));
      return;
    } catch (problem) {
      failure = problem.status === 401 ? new Error('This token is not known, or it has expired.') : problem;
    }
    busy = false;
    draw();
    field.focus();
  };
  const draw = () => render(html`<div class="narrow"><h1>Sign in</h1>
    ${me.signedIn ? html`<p>You are signed in as <strong>${me.operator || me.member}</strong>.</p>` : nothing}
    <form class="card" @submit=${signIn}>
      <label for="token">Token</label>
      <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required placeholder="flw_…"
        aria-describedby="token-help" aria-invalid=${failure ? 'true' : 'false'}>
      ${failure ? html`<p class="notice bad" role="alert">${sentence(failure)}</p>` : nothing}
      <p id="token-help" class="help">On a machine that has a login to this grid, make one with</p>
      <pre class="line"><code>flockwork token</code></pre>
      <button class="primary" ?disabled=${busy}>${busy ? 'Signing in…' : 'Sign in'}</button>
    </form>
    <p class="help">On that machine itself, <code>flockwork dashboard</code> opens this page signed in.</p></div>`, host);
  draw();
}
