// The dial of how far answers shall be trusted, in plain words.

import {html} from '/webjars/lit-html/lit-html.js';

// From the cheapest to the surest.
export const STEPS = [
  {title: 'Rough', epsilon: 0.05, words: 'Up to 5% of the answers may be wrong. Hardly anything is computed twice.'},
  {title: 'Fair', epsilon: 0.01, words: 'At most 1 answer in 100 may be wrong. A few are computed again by somebody else.'},
  {title: 'Good', epsilon: 0.001, words: 'At most 1 answer in 1,000 may be wrong. In an honest grid this costs about a tenth more work, once the grid knows its workers; a new or small one checks much more.'},
  {title: 'High', epsilon: 0.0001, words: 'At most 1 answer in 10,000 may be wrong. More answers are computed again.'},
  {title: 'Strict', epsilon: 0.0001, strict: true, words: 'Every answer is computed at least twice, by different operators; at most 1 in 10,000 may be wrong. Twice the work.'},
];
export const USUAL = 2;

/** The part of a submission that says so. */
export const wish = step => ({epsilon: STEPS[step].epsilon, ...(STEPS[step].strict ? {strict: true} : {})});

export const dial = (step, onChange) => html`<div class="dial">
  <label for="assurance">Assurance: <strong>${STEPS[step].title}</strong></label>
  <input type="range" id="assurance" min="0" max=${STEPS.length - 1} step="1" .value=${String(step)}
    aria-valuetext=${STEPS[step].title} aria-describedby="assurance-words" @input=${event => onChange(Number(event.target.value))}>
  <div class="ends" aria-hidden="true"><span>cheapest</span><span>surest</span></div>
  <p id="assurance-words" class="help" aria-live="polite">${STEPS[step].words}</p></div>`;
