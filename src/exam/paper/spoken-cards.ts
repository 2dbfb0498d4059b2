/**
 * What an item's catalog says is to be read aloud instead of what is shown: its `spoken` cards (QTI 3, `qti-catalog-info`). Only their words: marks
 * for a synthesiser (SSML) are left out. Cards of other supports stay at the centre.
 */
import type { Refusal } from '../../base/result.ts';
import { childElement, childElements, textContent, type QtiElement } from './element.ts';

export interface SpokenCards {
  /** By the catalog's identifier. */
  readonly texts: ReadonlyMap<string, string>;
  readonly notes: readonly Refusal[];
}

const longest = 5_000;

export function spokenCards(document: QtiElement, language: string): SpokenCards {
  const texts = new Map<string, string>();
  const notes = new Set<string>();
  const info = childElement(document, 'qti-catalog-info');
  for (const catalog of info ? childElements(info, 'qti-catalog') : [])
    for (const card of childElements(catalog, 'qti-card')) {
      const text = card.attributes['support'] === 'spoken' ? textOf(card, language) : null;
      // A recording, or a text that nobody listens to the end.
      if (text === null || text.length > longest) notes.add('catalog-not-shown');
      else texts.set(catalog.attributes['id'] ?? '', text);
    }
  return { texts, notes: [...notes].map((type) => ({ type })) };
}

function textOf(card: QtiElement, language: string): string | null {
  const entries = childElements(card, 'qti-card-entry');
  const spoken = (entry: QtiElement): string =>
    entry.attributes['xml:lang'] ?? entry.attributes['lang'] ?? '';
  const holder =
    entries.find((entry) => language !== '' && spoken(entry).startsWith(language)) ??
    entries.find((entry) => entry.attributes['default'] === 'true') ??
    entries[0] ??
    card;
  const content = childElement(holder, 'qti-html-content');
  const text = content ? textContent(content).replaceAll(/\s+/g, ' ').trim() : '';
  return text === '' ? null : text;
}
