/** What a printer can do by its own word, and an order put in words that it understands. */
import type { Refusal } from '../../../base/result.ts';
import type { PrinterAbilities, PrintOrder } from '../port.ts';
import type { Attribute, Attributes } from './message.ts';
import { mostOf, texts } from './words.ts';

const a4 = 'iso_a4_210x297mm';

export function abilities(attributes: Attributes): PrinterAbilities {
  return {
    duplex: texts(attributes, 'sides-supported').some((one) => one.startsWith('two-sided')),
    mostCopies: mostOf(attributes, 'copies-supported'),
  };
}

/** @returns why the order cannot be printed as it is; null: it can */
export function whyNot(attributes: Attributes, order: PrintOrder): Refusal | null {
  const formats = texts(attributes, 'document-format-supported');
  if (!formats.includes('application/pdf')) return { type: 'printer-no-pdf', takes: formats.join(', ') };
  if (order.sides !== 'one-sided' && !texts(attributes, 'sides-supported').includes(order.sides))
    return { type: 'printer-no-duplex' };
  const { mostCopies } = abilities(attributes);
  if (mostCopies !== null && order.copies > mostCopies)
    return { type: 'printer-too-many-copies', most: mostCopies };
  if (attributes.get('printer-is-accepting-jobs')?.[0] === false) return { type: 'printer-not-accepting' };
  return null;
}

/** Only what the printer says it understands: some refuse a whole job for one attribute. */
export function jobTemplate(attributes: Attributes, order: PrintOrder): Attribute[] {
  const template: Attribute[] = [['integer', 'copies', order.copies]];
  if (attributes.has('sides-supported')) template.push(['keyword', 'sides', order.sides]);
  if (texts(attributes, 'media-supported').includes(a4)) template.push(['keyword', 'media', a4]);
  // The corner squares of a form have to be where its description says.
  if (texts(attributes, 'print-scaling-supported').includes('none'))
    template.push(['keyword', 'print-scaling', 'none']);
  return template;
}
