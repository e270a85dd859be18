// From what stands in the form to what the grid is asked for; what is wrong is said before anything is sent.

import {wish} from './assurance.js';

/** A sentence about one field. */
export class Wrong extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/** Splits a line like a shell does, with quotes. */
export function words(line) {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, a, b) => a ?? b));
}

/** `name=value` words as an object. */
export function pairs(text) {
  const all = {};
  for (const word of words(text)) {
    const at = word.indexOf('=');
    if (at < 1) throw new Wrong('parameters', `"${word}" is not of the form name=value.`);
    all[word.slice(0, at)] = word.slice(at + 1);
  }
  return all;
}

/** A whole number, with _ or , between digits allowed. */
export function whole(field, text, name) {
  const plain = String(text).replace(/[_,\s]/g, '');
  if (!/^-?\d+$/.test(plain)) throw new Wrong(field, `${name} is a whole number, such as 1_000_000.`);
  const value = Number(plain);
  if (!Number.isSafeInteger(value)) throw new Wrong(field, `${name} is too large for this page; the command line takes it.`);
  return value;
}

/** Throws what is wrong; says nothing when the form can be sent. */
export function check(form) {
  if (form.kind === 'wasm' && !form.module) throw new Wrong('module', 'Choose the WebAssembly module to run.');
  if (form.kind === 'type' && !form.type) throw new Wrong('type', 'Choose a job type.');
  if (form.kind === 'type') pairs(form.parameters);
  if (form.recipe === 'range') checkRange(form);
  if (['lines', 'chunks', 'each'].includes(form.recipe) && form.files.length === 0) throw new Wrong('files', 'Choose a file.');
  if (['lines', 'chunks'].includes(form.recipe) && form.files.length > 1) throw new Wrong('files', 'This recipe takes one file.');
  if (form.recipe === 'chunks' && size(form.chunk) === null) throw new Wrong('chunk', 'A size is a number with k, m or g, such as 1m.');
  if (form.recipe === 'list' && entries(form).length === 0) throw new Wrong('list', 'Write one input on each line.');
  if (form.unitTime && !/^\d+(ms|s|m|h|d)$/.test(form.unitTime)) throw new Wrong('unitTime', 'A time is a number with s, m or h, such as 10m.');
  if (form.unitMemory && size(form.unitMemory) === null) throw new Wrong('unitMemory', 'A size is a number with k, m or g, such as 256m.');
  if (form.quorum && whole('quorum', form.quorum, 'A quorum') < 1) throw new Wrong('quorum', 'A quorum is at least 1.');
  if (form.priority) whole('priority', form.priority, 'A priority');
}

function checkRange(form) {
  const from = whole('from', form.from, 'From');
  const to = whole('to', form.to, 'To');
  if (to <= from) throw new Wrong('to', 'To must be larger than From; it is not itself part of the range.');
  if (form.step && whole('step', form.step, 'A step') < 0) throw new Wrong('step', 'A step is not below 0.');
}

/** Bytes of `1m`, or null. */
export function size(text) {
  const [, number, unit] = /^(\d+)([kmg]?)$/i.exec(text.trim()) ?? [];
  return number === undefined || Number(number) === 0 ? null : Number(number) * 1024 ** ' kmg'.indexOf((unit || ' ').toLowerCase());
}

const entries = form => form.list.split('\n').filter(line => line !== '');

/** The body of the request, when the module and the files are there. */
export function body(form, module, files) {
  return {
    ...(form.name.trim() ? {name: form.name.trim()} : {}),
    ...(form.kind === 'wasm' ? {wasm: {module: module.blob, arguments: words(form.arguments)}}
      : {type: form.type, parameters: pairs(form.parameters)}),
    ...recipe(form, files.map(file => ({name: file.name, blob: file.blob}))),
    ...(form.combine ? {combine: form.combine} : {}),
    ...(form.quorum ? {quorum: whole('quorum', form.quorum, 'A quorum')} : wish(form.assurance)),
    ...(form.unitTime ? {unitTime: form.unitTime} : {}),
    ...(form.unitMemory ? {unitMemory: form.unitMemory} : {}),
    ...(form.priority ? {priority: whole('priority', form.priority, 'A priority')} : {}),
  };
}

function recipe(form, files) {
  switch (form.recipe) {
    case 'range': return {range: {from: whole('from', form.from, 'From'), to: whole('to', form.to, 'To'),
      step: form.step ? whole('step', form.step, 'A step') : 0}};
    case 'lines': return {lines: files[0]};
    case 'chunks': return {chunks: {file: files[0], size: size(form.chunk)}};
    case 'each': return {each: files};
    case 'list': return {list: entries(form).map(line => btoa(String.fromCharCode(...new TextEncoder().encode(line))))};
    default: return {};
  }
}
