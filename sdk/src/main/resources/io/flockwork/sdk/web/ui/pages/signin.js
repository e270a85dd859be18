// Signing in with a token.

import {html} from '/webjars/lit-html/lit-html.js';
import {post} from '../api.js';
import {loadSession, state} from '../live.js';
import {trouble} from '../parts.js';

export function signIn(redraw) {
    let wrong = '';

    async function submit(event) {
        event.preventDefault();
        try {
            await post('/session', {token: new FormData(event.target).get('token').trim()});
            await loadSession();
            dispatchEvent(new Event('signedin'));
        } catch (refused) {
            wrong = refused.message;
            redraw();
        }
    }

    return {title: () => 'Sign in', view: () => html`<section class="panel narrow">
        <form @submit=${submit}>${trouble(wrong)}
            <label for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="off" required placeholder="flw_…">
            <button type="submit">Sign in</button></form>
        <p>Make a token where you are logged in to the grid: <code>flockwork token</code>. For an operator’s rights:
            <code>flockwork token --scope read,submit,operate</code>.</p>
        <p>On your own machine <code>flockwork dashboard</code> needs none of this: it opens a page that is signed in.</p>
        ${state.session.public ? html`<p><a href="#/">Look at the grid without signing in</a></p>` : ''}</section>`};
}
