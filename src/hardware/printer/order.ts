/** What every way of printing asks of an order, and how a job's id stands in its name. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { PrintOrder } from './port.ts';

/** A room's kits in one job, with pictures, have some 10 MB. */
export const mostPdfBytes = 256 * 1024 * 1024;
/** Of IPP's `name`: 255 octets, and some printers cut earlier. */
const mostNameBytes = 120;

const idForm = /^[0-9a-z]{8,40}$/;

/** @throws Error: an id that cannot be found again, or a number of copies that is none, is a mistake of the caller. */
export function checkOrder({ id, copies, pdf }: PrintOrder): Result<void> {
  if (!idForm.test(id)) throw new Error(`not an id of a job: ${id}`);
  if (!Number.isSafeInteger(copies) || copies < 1) throw new Error(`not a number of copies: ${copies}`);
  if (pdf.length > mostPdfBytes)
    return refuse({ type: 'print-too-large', limitMB: mostPdfBytes / 1024 / 1024 });
  const start = Buffer.from(pdf.subarray(0, 5)).toString('latin1');
  return start === '%PDF-' ? ok() : refuse({ type: 'print-no-pdf' });
}

/** The id stands first: names are cut at their end. */
export function jobName({ id, name }: PrintOrder): string {
  let whole = `${id} ${name.replaceAll(/\p{C}/gu, ' ')}`;
  while (Buffer.byteLength(whole) > mostNameBytes) whole = [...whole].slice(0, -1).join('');
  return whole.trim();
}

export function isNameOf(jobName: string, id: string): boolean {
  return jobName === id || jobName.startsWith(`${id} `);
}

/**
 * Both as a name of a file that every system takes, the id last and before the ending.
 * A name without anything that can stand there leaves the id alone.
 */
export function fileName({ id, name }: PrintOrder, copy: number): string {
  const legal = name
    .normalize('NFC')
    .replaceAll(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  let cut = legal;
  while (Buffer.byteLength(cut) > mostNameBytes) cut = [...cut].slice(0, -1).join('');
  const number = copy > 1 ? ` (${copy})` : '';
  return cut === '' ? `${id}${number}.pdf` : `${cut.trim()} ${id}${number}.pdf`;
}
