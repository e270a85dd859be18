// A line chart over time. The library is fetched when the first chart is shown, so that it delays no page.

let library = null;
const load = () => library ??= import('/webjars/uplot/dist/uPlot.esm.js').then(module => module.default);

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

class FlockChart extends HTMLElement {
    #plot = null;
    #data = [[], []];
    #observer = null;

    /** @param lines {label, colour: a custom property's name, values}, all over the same seconds since 1970 */
    show(seconds, lines) {
        this.#data = [seconds, ...lines.map(line => line.values)];
        this.lines = lines;
        if (this.#plot) {
            this.#plot.setData(this.#data);
        }
        this.setAttribute('role', 'img');
        this.setAttribute('aria-label', lines.map(line => `${line.label}: now ${last(line.values)}, at most ${
            most(line.values)} in the time shown`).join('; '));
    }

    set samples({seconds, lines}) {
        this.show(seconds, lines);
    }

    async connectedCallback() {
        const Plot = await load();
        if (!this.isConnected || this.#plot) return;
        this.#draw(Plot);
        this.#observer = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
        this.#observer.observe(this);
        this.onTheme = () => this.#draw(Plot);
        addEventListener('themechange', this.onTheme);
    }

    disconnectedCallback() {
        this.#observer?.disconnect();
        removeEventListener('themechange', this.onTheme);
        this.#plot?.destroy();
        this.#plot = null;
    }

    #size() {
        return {width: Math.max(200, this.clientWidth), height: 170};
    }

    #draw(Plot) {
        this.#plot?.destroy();
        const axis = {stroke: colour('--quiet'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}};
        this.#plot = new Plot({
            ...this.#size(),
            legend: {show: this.lines.length > 1},
            cursor: {drag: {x: false, y: false}},
            scales: {y: {range: (plot, low, high) => [0, Math.max(1, high * 1.1)]}},
            axes: [axis, {...axis, size: 54}],
            series: [{}, ...this.lines.map(line => ({label: line.label, stroke: colour(line.colour), width: 1.5,
                fill: this.lines.length === 1 ? colour(line.colour) + '22' : undefined, points: {show: false}}))],
        }, this.#data, this);
    }
}

const last = values => Math.round(values[values.length - 1] ?? 0);
const most = values => Math.round(values.reduce((high, value) => Math.max(high, value), 0));

customElements.define('flock-chart', FlockChart);
