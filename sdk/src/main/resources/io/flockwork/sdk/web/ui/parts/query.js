// What a list is filtered by stands in the address, so that it can be kept and sent.

/** Writes the filters into the address without a new page; empty ones are left out. */
export function keepQuery(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  const text = query.toString();
  history.replaceState(null, '', `#/${path}${text ? `?${text}` : ''}`);
}

/** Calls `action` when nothing was typed for a moment. */
export function whenQuiet(action, signal, millis = 250) {
  let timer = null;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), millis);
  };
}
