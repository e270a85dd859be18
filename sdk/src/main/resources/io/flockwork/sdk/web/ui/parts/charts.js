// The grid's charts over time. What they show is also said in words beneath each.

import uPlot from '/webjars/uplot/dist/uPlot.esm.js';
import {html, render} from '/webjars/lit-html/lit-html.js';
import {duration, rate} from '../format.js';

const HEIGHT = 150;
const CHARTS = [
  {title: 'Units and votes per second', lines: [
    {key: 'unitsPerSecond', label: 'units/s', colour: '--line-1'},
    {key: 'votesPerSecond', label: 'votes/s', colour: '--line-2', dash: [4, 3]}]},
  {title: 'Workers', lines: [{key: 'workers', label: 'workers', colour: '--line-1'}]},
  {title: 'Jobs running and units contested', lines: [
    {key: 'running', label: 'jobs running', colour: '--line-1'},
    {key: 'contested', label: 'units contested', colour: '--line-3', dash: [4, 3]}]},
];

/** Starts from the grid's history and goes on with its summaries, one sample a step. */
export class GridCharts {
  #samples = [];
  #stepMillis = 5000;
  #plots;

  constructor(host, signal) {
    stylesheet();
    this.#plots = CHARTS.map(chart => new Plot(host, chart, signal));
    addEventListener('themechange', () => this.#draw(), {signal});
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw(), {signal});
  }

  start({stepSeconds, samples}) {
    this.#stepMillis = stepSeconds * 1000;
    this.#samples = samples;
    this.#draw();
  }

  add(grid) {
    const sample = {timeMillis: grid.timeMillis, unitsPerSecond: grid.unitsPerSecond, votesPerSecond: grid.votesPerSecond,
      workers: grid.workers.total, running: grid.jobs.running, contested: grid.unitsContested};
    const before = this.#samples.at(-2);
    // Within one step the newest sample takes the place of the last one.
    if (before && sample.timeMillis - before.timeMillis < this.#stepMillis) this.#samples.pop();
    this.#samples = [...this.#samples.slice(-719), sample];
    this.#draw();
  }

  #draw() {
    for (const plot of this.#plots) plot.show(this.#samples);
  }
}

class Plot {
  #chart;
  #figure;
  #plot;
  #words;

  constructor(host, chart, signal) {
    this.#chart = chart;
    this.#figure = document.createElement('figure');
    this.#figure.className = 'chart';
    host.append(this.#figure);
    render(html`<figcaption><strong>${chart.title}</strong><span></span></figcaption>
      <flock-chart class="plot" role="img" aria-label=${chart.title}></flock-chart>`, this.#figure);
    const area = this.#figure.querySelector('.plot');
    this.#words = this.#figure.querySelector('span');
    this.#plot = new uPlot(options(chart, width(area)), [[], ...chart.lines.map(() => [])], area);
    const watch = new ResizeObserver(() => this.#plot.setSize({width: width(area), height: HEIGHT}));
    watch.observe(area);
    signal.addEventListener('abort', () => {
      watch.disconnect();
      this.#plot.destroy();
    });
  }

  show(samples) {
    const values = this.#chart.lines.map(line => samples.map(sample => sample[line.key] ?? null));
    this.#plot.setData([samples.map(sample => sample.timeMillis / 1000), ...values]);
    const words = samples.length === 0 ? 'nothing measured yet' : inWords(this.#chart.lines, values, samples);
    render(words, this.#words);
    this.#figure.querySelector('.plot').setAttribute('aria-label', `${this.#chart.title}: ${words}`);
  }
}

const width = area => Math.max(200, Math.floor(area.clientWidth));

function inWords(lines, values, samples) {
  const span = (samples.at(-1).timeMillis - samples[0].timeMillis) / 1000;
  return `${lines.map((line, i) => `${rate(values[i].at(-1))} ${line.label} (highest ${rate(Math.max(...values[i]))})`)
    .join(', ')}; last ${duration(span)}`;
}

function options(chart, width) {
  const axis = {stroke: () => colour('--muted'), font: '11px system-ui, sans-serif',
    grid: {stroke: () => colour('--rule'), width: 1}, ticks: {show: false}};
  return {
    width, height: HEIGHT, legend: {show: false},
    cursor: {drag: {x: false, y: false}, points: {size: 6}},
    scales: {y: {range: (_, low, high) => [0, Math.max(1, (high ?? 0) * 1.1)]}},
    padding: [8, 4, 0, 0],
    axes: [{...axis, size: 30, gap: 6, space: 70, values: (_, ticks) => ticks.map(clock)},
      {...axis, size: 46, values: (_, ticks) => ticks.map(tick => rate(tick))}],
    series: [{}, ...chart.lines.map(line => ({label: line.label, stroke: () => colour(line.colour), width: 1.5,
      dash: line.dash, points: {show: false}}))],
  };
}

const clock = seconds => new Date(seconds * 1000).toLocaleTimeString('en-GB');
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// The charts' own stylesheet comes with the first chart.
function stylesheet() {
  const href = '/webjars/uplot/dist/uPlot.min.css';
  if (document.querySelector(`link[href="${href}"]`)) return;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = href;
  document.head.append(sheet);
}
