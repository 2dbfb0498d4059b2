/**
 * Whether a question is answered by speaking, and how long: a QTI 3 upload interaction whose `type` names audio and nothing else, as authoring tools
 * write it. `data-invigil-max-seconds` and `data-invigil-max-tries` are Invigil's own.
 */
import type { QtiElement } from '../paper/element.ts';
import { mostSeconds, mostTries, usualSeconds } from './recording-limits.ts';

export interface AskedRecording {
  /** All parts of a recording together. */
  readonly seconds: number;
  /** How often a recording may be begun; 0: as often as the candidate likes. */
  readonly tries: number;
  /** Limits that are none; the usual ones hold. */
  readonly unreadable: readonly { readonly attribute: string; readonly value: string }[];
}

/** @returns null: not answered by speaking. */
export function askedRecording({ name, attributes }: QtiElement): AskedRecording | null {
  if (name !== 'qti-upload-interaction') return null;
  const types = (attributes['type'] ?? '').split(/[\s,]+/).filter(Boolean);
  if (types.length === 0 || !types.every((type) => /^audio\//i.test(type))) return null;
  const unreadable: { attribute: string; value: string }[] = [];
  const limit = (attribute: string, most: number, usual: number): number => {
    const value = attributes[attribute];
    if (value === undefined) return usual;
    const given = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : 0;
    if (given >= 1 && given <= most) return given;
    unreadable.push({ attribute, value: value.slice(0, 100) });
    return usual;
  };
  return {
    seconds: limit('data-invigil-max-seconds', mostSeconds, usualSeconds),
    tries: limit('data-invigil-max-tries', mostTries, 0),
    unreadable,
  };
}
