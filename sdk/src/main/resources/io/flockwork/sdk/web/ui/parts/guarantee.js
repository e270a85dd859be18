// How far a job's answers can be trusted, in words.

import {percent, plural} from '../format.js';
import {html} from '/webjars/lit-html/lit-html.js';
import {mark} from './badges.js';

const GUARANTEES = {
  LOTTERY: ['good', '✓', 'As asked', 'No more answers are wrong than the job allows.'],
  QUORUM: ['good', '✓', 'Quorum', 'Each answer was given alike by as many workers as the job asks for.'],
  SMALL_JURY: ['warn', '?', 'Small jury', 'As the job allows, unless colluders won a jury: too few operators, and no referee.'],
  ONE_OPERATOR: ['warn', '!', 'None', 'All workers had one operator, so copies were compared between its own machines only.'],
  ONE_WORKER: ['warn', '!', 'None', 'One worker gave all answers: nothing was compared.'],
};

export function guarantee({guarantee: word, guaranteeInWords}) {
  const [tone, sign, title, sentence] = GUARANTEES[word] ?? ['plain', '·', word, guaranteeInWords ?? ''];
  return html`${mark(sign, title, tone)} ${sentence}`;
}

/** What the submitter asked for. */
export function verification(job) {
  if (job.quorum > 0) return `quorum: the first answer that ${plural(job.quorum, 'worker')} ${job.quorum === 1 ? 'gives' : 'give alike'}`;
  return `lottery: at most ${percent(job.epsilon)} of the answers may be wrong`;
}
