// A job's units as a picture: one cell for a run of indices, in the colour and with the sign of its worst state.

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {plural, span} from '../format.js';

// In the order of the legend. The signs are drawn too where there is room, so that colour is not needed.
const STATES = [
  ['v', 'final', '--map-final', ''],
  ['a', 'accepted, may still be checked', '--map-accepted', '·'],
  ['u', 'accepted, nobody could confirm', '--map-unverified', '?'],
  ['r', 'running', '--map-running', '▸'],
  ['c', 'contested', '--map-contested', '!'],
  ['f', 'failed', '--map-failed', '×'],
  ['.', 'not begun', '--map-none', ''],
];
const LETTERS = new Map(STATES.map(state => [state[0], state]));
const SIGN_PIXELS = 9;

/** How many cells are worth asking for at this width. */
export const cellsFor = element => Math.max(100, Math.min(2000, Math.floor(element.clientWidth / 12) * 12));

/** A share of the cells; what is not all of them never reads 100%. */
const part = (n, all) => `${(n === all ? 100 : Math.min(99.9, Math.max(0.1, n / all * 100))).toFixed(1)}%`;

export class UnitMap {
  #host;
  #map = null;
  #pointed = null;

  constructor(host, signal) {
    this.#host = host;
    render(html`<unit-map role="img" aria-label="Units: not yet known"><canvas @pointermove=${event => this.#point(event)}
      @pointerleave=${() => this.#pointAt(null)}></canvas></unit-map><p class="pointed"></p><ul class="legend"></ul>`, host);
    const watch = new ResizeObserver(() => this.#paint());
    watch.observe(host);
    signal.addEventListener('abort', () => watch.disconnect());
    addEventListener('themechange', () => this.#paint(), {signal});
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint(), {signal});
  }

  show(map) {
    this.#map = map;
    this.#paint();
    this.#legend();
  }

  #layout() {
    const width = this.#host.clientWidth;
    const cells = this.#map.states.length;
    const columns = Math.max(1, Math.min(cells, Math.floor(width / Math.max(6, Math.min(16, Math.sqrt(width * 160 / cells))))));
    return {width, columns, size: Math.min(26, width / columns), rows: Math.ceil(cells / columns)};
  }

  #paint() {
    if (!this.#map || this.#host.clientWidth === 0) return;
    const canvas = this.#host.querySelector('canvas');
    const {width, columns, size, rows} = this.#layout();
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = rows * size * scale;
    canvas.style.height = `${rows * size}px`;
    const pen = canvas.getContext('2d');
    const style = getComputedStyle(document.documentElement);
    const colours = new Map(STATES.map(([letter, , name]) => [letter, style.getPropertyValue(name).trim()]));
    const ink = style.getPropertyValue('--map-ink').trim();
    pen.scale(scale, scale);
    pen.font = `bold ${Math.floor(size * 0.72)}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    const gap = size > 5 ? 1 : 0;
    [...this.#map.states].forEach((letter, i) => {
      const x = (i % columns) * size;
      const y = Math.floor(i / columns) * size;
      pen.fillStyle = colours.get(letter) ?? colours.get('.');
      pen.fillRect(x, y, size - gap, size - gap);
      const sign = LETTERS.get(letter)?.[3];
      if (sign && size >= SIGN_PIXELS) {
        pen.fillStyle = ink;
        pen.fillText(sign, x + (size - gap) / 2, y + (size - gap) / 2 + 0.5);
      }
    });
  }

  #legend() {
    const counts = new Map();
    for (const letter of this.#map.states) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    const cells = this.#map.states.length || 1;
    const shown = STATES.filter(([letter]) => counts.has(letter));
    render(shown.map(([letter, word, name, sign]) => html`<li><span class="swatch ${name.slice(2)}" aria-hidden="true">${sign}</span>
      ${word} <small>${part(counts.get(letter), cells)}</small></li>`), this.#host.querySelector('.legend'));
    this.#host.querySelector('unit-map').setAttribute('aria-label',
      `Units: ${shown.map(([letter, word]) => `${part(counts.get(letter), cells)} ${word}`).join(', ')}; indices ${span(this.#map.from, this.#map.to)} in ${plural(cells, 'cell')}`);
  }

  #point(event) {
    if (!this.#map) return;
    const {columns, size} = this.#layout();
    const cell = Math.floor(event.offsetY / size) * columns + Math.floor(event.offsetX / size);
    this.#pointAt(event.offsetX < columns * size && cell < this.#map.states.length ? cell : null);
  }

  #pointAt(cell) {
    if (cell === this.#pointed) return;
    this.#pointed = cell;
    const {from, to, states} = this.#map ?? {};
    const start = at => Math.round(from + (to - from) * at / states.length);
    render(cell === null ? nothing : `${span(start(cell), start(cell + 1))}: ${LETTERS.get(states[cell])?.[1] ?? 'unknown'}`,
      this.#host.querySelector('.pointed'));
  }
}
