// How fast a number grows, over the last seconds.

const SPAN_MILLIS = 20000;

export class Speed {
  #samples = [];

  add(value, millis = performance.now()) {
    this.#samples = [...this.#samples.filter(sample => millis - sample.millis <= SPAN_MILLIS), {value, millis}];
  }

  /** Per second, or null as long as there is too little to tell. */
  now() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || last.millis - first.millis < 1000) return null;
    // After a change of master a count may go back.
    return Math.max(0, (last.value - first.value) / (last.millis - first.millis) * 1000);
  }
}
