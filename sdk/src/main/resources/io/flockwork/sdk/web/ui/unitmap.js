// A job's units as small squares, each for equally many indices.

export const KINDS = {
    '.': ['not begun', '--map-none'],
    r: ['running', '--map-running'],
    a: ['accepted until further notice', '--map-accepted'],
    v: ['final', '--map-final'],
    u: ['accepted, not verified', '--map-unverified'],
    c: ['contested', '--map-contested'],
    f: ['failed', '--map-failed'],
};

const CELL = 10;
const GAP = 2;

class UnitMap extends HTMLElement {
    #states = '';

    set states(states) {
        this.#states = states;
        this.#draw();
    }

    connectedCallback() {
        this.canvas = document.createElement('canvas');
        this.replaceChildren(this.canvas);
        this.observer = new ResizeObserver(() => this.#draw());
        this.observer.observe(this);
        this.onTheme = () => this.#draw();
        addEventListener('themechange', this.onTheme);
    }

    disconnectedCallback() {
        this.observer.disconnect();
        removeEventListener('themechange', this.onTheme);
    }

    #draw() {
        if (!this.canvas || !this.clientWidth) return;
        const columns = Math.max(1, Math.floor(this.clientWidth / (CELL + GAP)));
        const rows = Math.max(1, Math.ceil(this.#states.length / columns));
        const scale = devicePixelRatio || 1;
        this.canvas.width = columns * (CELL + GAP) * scale;
        this.canvas.height = rows * (CELL + GAP) * scale;
        this.canvas.style.width = columns * (CELL + GAP) + 'px';
        const pen = this.canvas.getContext('2d');
        pen.scale(scale, scale);
        const styles = getComputedStyle(document.documentElement);
        const colours = Object.fromEntries(Object.entries(KINDS).map(([mark, kind]) => [mark, styles.getPropertyValue(kind[1])]));
        for (let i = 0; i < this.#states.length; i++) {
            this.#cell(pen, this.#states[i], colours, (i % columns) * (CELL + GAP), Math.floor(i / columns) * (CELL + GAP));
        }
        this.setAttribute('role', 'img');
        this.setAttribute('aria-label', describe(this.#states));
    }

    /** Colour is not all: what asks for attention has a shape of its own. */
    #cell(pen, mark, colours, x, y) {
        pen.fillStyle = colours[mark] || colours['.'];
        if (mark === 'c' || mark === 'f') {
            pen.beginPath();
            pen.moveTo(x + CELL / 2, y);
            pen.lineTo(x + CELL, y + CELL / 2);
            pen.lineTo(x + CELL / 2, y + CELL);
            pen.lineTo(x, y + CELL / 2);
            pen.fill();
        } else if (mark === 'r') {
            pen.fillRect(x + 2, y + 2, CELL - 4, CELL - 4);
        } else {
            pen.fillRect(x, y, CELL, CELL);
        }
    }
}

export function counts(states) {
    const found = {};
    for (const mark of states) found[mark] = (found[mark] || 0) + 1;
    return found;
}

function describe(states) {
    const found = counts(states);
    return 'Units: ' + Object.entries(KINDS).filter(([mark]) => found[mark])
        .map(([mark, kind]) => `${(100 * found[mark] / states.length).toFixed(1)}% ${kind[0]}`).join(', ');
}

customElements.define('unit-map', UnitMap);
