/** Writes settings as an XML property list (Apple's plist 1.0), the form in which SEB reads them. */
import { toBase64 } from '../../base/bytes.ts';
import type { SebSettings, SebValue } from './settings.ts';

const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

export function propertyList(settings: SebSettings): string {
  return `${head}<plist version="1.0">${element(settings)}</plist>\n`;
}

function element(value: SebValue): string {
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`a setting of SEB is a whole number, not ${value}`);
    return `<integer>${value}</integer>`;
  }
  if (typeof value === 'string') return `<string>${text(value)}</string>`;
  if (value instanceof Uint8Array) return `<data>${toBase64(value)}</data>`;
  if (Array.isArray(value)) return `<array>${value.map(element).join('')}</array>`;
  const entries = Object.entries(value).map(([key, one]) => `<key>${text(key)}</key>${element(one)}`);
  return `<dict>${entries.join('')}</dict>`;
}

function text(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
