/**
 * Printers that CUPS knows on this computer (Linux, macOS). CUPS speaks IPP itself: states are names instead of sentences of `lpstat`, which change
 * with the language and do not say the name of a job.
 */
import { existsSync } from 'node:fs';
import { ok, refuse, type Result } from '../../base/result.ts';
import { type DeviceAddress } from '../network-device/ask.ts';
import { askIpp } from './ipp/ask-ipp.ts';
import { IppPrinter } from './ipp/printer.ts';
import { texts } from './ipp/words.ts';
import { groupTags } from './ipp/message.ts';
import type { FoundPrinter, Printer } from './port.ts';

/** CUPS-Get-Printers: of CUPS's own operations. */
const getPrinters = 0x4002;
const sockets = ['/run/cups/cups.sock', '/var/run/cups/cups.sock', '/private/var/run/cupsd'];

/** Where CUPS listens on this computer: its socket, and its port where it has none. */
export function cupsHere(): DeviceAddress {
  const socket = sockets.find((path) => existsSync(path));
  return { url: 'http://localhost:631/', pin: null, ...(socket !== undefined && { socket }) };
}

/** Refusals: as of `Printers`. */
export async function cupsPrinters(cups: DeviceAddress): Promise<Result<readonly FoundPrinter[]>> {
  const answer = await askIpp(cups, getPrinters, 1, {
    attributes: [
      ['keyword', 'requested-attributes', ['printer-name', 'printer-info', 'printer-make-and-model']],
    ],
  });
  // It answers so when it has no printers.
  if (!answer.ok) return answer.refusal.type === 'printer-gone' ? ok([]) : answer;
  return ok(
    answer.value.groups
      .filter(({ tag }) => tag === groupTags.printer)
      .flatMap(({ attributes }) => {
        const [queue] = texts(attributes, 'printer-name');
        if (queue === undefined) return [];
        const [info] = texts(attributes, 'printer-info');
        return {
          address: { way: 'cups', queue },
          name: info !== undefined && info !== '' ? info : queue,
          about: texts(attributes, 'printer-make-and-model').join(' '),
        } satisfies FoundPrinter;
      }),
  );
}

/** Refusal: `printer-address-unusable`. */
export function openCups(cups: DeviceAddress, queue: string): Result<Printer> {
  // What CUPS takes as the name of a queue.
  if (queue === '' || /[\p{C}\s/#?"'\\]/u.test(queue) || Buffer.byteLength(queue) > 127)
    return refuse({ type: 'printer-address-unusable', address: queue });
  const path = `/printers/${encodeURIComponent(queue)}`;
  return ok(
    new IppPrinter(
      { way: 'cups', queue },
      { ...cups, url: new URL(path, cups.url).href },
      `ipp://localhost${path}`,
    ),
  );
}
