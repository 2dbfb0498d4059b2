/**
 * "SEB-JSON", whose SHA-256 is the Config Key: https://safeexambrowser.org/developer/seb-config-key.html. It looks like JSON and is not: there
 * is no escaping, keys are in order, `originatorVersion` and empty dictionaries are left out.
 */
import { toBase64 } from '../../base/bytes.ts';
import type { SebSettings, SebValue } from './settings.ts';

export function sebJson(settings: SebSettings): string {
  const { originatorVersion: _, ...counted } = settings;
  return dictionary(counted);
}

function dictionary(of: SebSettings): string {
  const entries = Object.entries(of)
    .filter(([, value]) => !isEmptyDictionary(value))
    .toSorted(([a], [b]) => order(a, b));
  return `{${entries.map(([key, value]) => `"${key}":${said(value)}`).join(',')}}`;
}

function said(value: SebValue): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `"${value}"`;
  if (value instanceof Uint8Array) return `"${toBase64(value)}"`;
  return isList(value) ? `[${value.map(said).join(',')}]` : dictionary(value as SebSettings);
}

/** Case does not count, in no language: keys that differ in nothing else are not to be used, says the specification. */
function order(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

function isList(value: SebValue): value is readonly SebValue[] {
  return Array.isArray(value);
}

function isEmptyDictionary(value: SebValue): boolean {
  const isDictionary = typeof value === 'object' && !isList(value) && !(value instanceof Uint8Array);
  return isDictionary && Object.keys(value).length === 0;
}
