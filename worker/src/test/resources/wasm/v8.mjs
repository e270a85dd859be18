// Runs modules in V8 for the tests: one line of JSON asks, one line of text answers. See Conduct.java, which says the same of the
// worker's own engine.
import { createInterface } from 'node:readline';

const scratch = new DataView(new ArrayBuffer(8));

function argument(text) {
    const [type, value] = text.split(':');
    switch (type) {
        case 'i': return Number(value);
        case 'l': return BigInt(value);
        case 'f': scratch.setUint32(0, parseInt(value, 16)); return scratch.getFloat32(0);
        default: scratch.setBigUint64(0, BigInt('0x' + value)); return scratch.getFloat64(0);
    }
}

function result(type, value) {
    switch (type) {
        case 'i': return 'i:' + value;
        case 'l': return 'l:' + value;
        case 'f': scratch.setFloat32(0, value); return Number.isNaN(value) ? 'f:nan' : 'f:' + scratch.getUint32(0).toString(16);
        default: scratch.setFloat64(0, value); return Number.isNaN(value) ? 'd:nan' : 'd:' + scratch.getBigUint64(0).toString(16);
    }
}

function call(exports, { name, results, args }) {
    try {
        const given = exports[name](...args.map(argument));
        const values = results.length === 0 ? [] : results.length === 1 ? [given] : given;
        return [...results].map((type, i) => result(type, values[i])).join(',');
    } catch (trap) {
        if (trap instanceof RangeError) return 'deep';
        if (!(trap instanceof WebAssembly.RuntimeError)) throw trap;
        return 'trap';
    }
}

function hash(memory) {
    let hash = 0;
    for (const byte of new Uint8Array(memory.buffer)) hash = (Math.imul(hash, 31) + byte) | 0;
    return memory.buffer.byteLength + '/' + hash;
}

function answer({ module, fuel, calls }) {
    let bytes;
    try {
        bytes = new WebAssembly.Module(Buffer.from(module, 'base64'));
    } catch (invalid) {
        return 'invalid: ' + invalid.message;
    }
    const host = (number, double, float) => number + double + float;
    const { exports } = new WebAssembly.Instance(bytes, { env: { host } });
    const tank = exports['flockwork.fuel'];
    if (tank) tank.value = BigInt(fuel);
    const said = calls.map(one => one.name + '=' + call(exports, one));
    said.push(hash(exports.memory));
    if (tank) said.push('fuel ' + tank.value);
    return said.join(' ');
}

for await (const line of createInterface({ input: process.stdin })) console.log(answer(JSON.parse(line)));
