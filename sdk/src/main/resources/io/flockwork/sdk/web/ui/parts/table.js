// A table that shows one page of a long list: the rows that one sees are the only ones there are.

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {count} from '../format.js';

/**
 * @param caption what the table is, for those who cannot see it
 * @param columns [{label, cell(row), number?, sort?, wide?}]; `wide` ones are left out on a phone
 * @param sorted  the key that the rows are sorted by, with `-` in front for largest first
 * @param onSort  called with the next key
 */
export function table({caption, columns, rows, sorted, onSort, empty = 'Nothing here.'}) {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll" role="region" aria-label=${`${caption}, table`} tabindex="0"><table>
    <caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map(column => heading(column, sorted, onSort))}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${columns.map(column =>
      html`<td class=${shape(column)}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

const shape = column => `${column.number ? 'number' : ''} ${column.wide ? 'wide' : ''}`;

function heading(column, sorted, onSort) {
  if (!column.sort || !onSort) return html`<th scope="col" class=${shape(column)}>${column.label}</th>`;
  const up = sorted === column.sort;
  const down = sorted === `-${column.sort}`;
  // Numbers are asked for largest first, words from A.
  const next = up ? `-${column.sort}` : down ? column.sort : column.number ? `-${column.sort}` : column.sort;
  return html`<th scope="col" class=${shape(column)} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'}>
    <button type="button" class="sort" @click=${() => onSort(next)}>${column.label}<span aria-hidden="true">${up ? ' ↑' : down ? ' ↓' : ''}</span></button></th>`;
}

/** `1–100 of 10,000`, and the ways to the others. */
export function pager({of = 'the list', offset, limit, total, onMove}) {
  if (total <= limit && offset === 0) return nothing;
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit);
  const step = (label, to, name) => html`<button type="button" class="quiet" aria-label=${name}
    ?disabled=${to === offset || to < 0 || to > last} @click=${() => onMove(to)}>${label}</button>`;
  return html`<nav class="pager" aria-label=${`Pages of ${of}`}>
    ${step('«', 0, 'First page')}${step('‹', offset - limit, 'Previous page')}
    <span>${count(Math.min(offset + 1, total))}–${count(Math.min(offset + limit, total))} of ${count(total)}</span>
    ${step('›', offset + limit, 'Next page')}${step('»', last, 'Last page')}</nav>`;
}
