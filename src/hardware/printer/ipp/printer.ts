/** A printer that speaks IPP (RFC 8011), in the network or a queue of CUPS: what it can do is asked first, so that nothing is left out silently. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { DeviceAddress } from '../../network-device/ask.ts';
import { checkOrder, isNameOf, jobName } from '../order.ts';
import {
  isOver,
  type Printer,
  type PrinterAbilities,
  type PrinterAddress,
  type PrinterState,
  type PrintJob,
  type PrintOrder,
} from '../port.ts';
import { abilities, jobTemplate, whyNot } from './abilities.ts';
import { askIpp, attributesOf } from './ask-ipp.ts';
import { groupTags, type Attribute, type Attributes, type IppAnswer } from './message.ts';
import { numberOf, printerState, printJob, texts } from './words.ts';

const operations = {
  printJob: 0x02,
  cancelJob: 0x08,
  getJobAttributes: 0x09,
  getJobs: 0x0a,
  getPrinterAttributes: 0x0b,
} as const;

/** Of jobs that a printer lists; more than a printer remembers. */
const mostJobs = 500;

const jobAttributes: Attribute = [
  'keyword',
  'requested-attributes',
  [
    'job-id',
    'job-name',
    'job-state',
    'job-state-reasons',
    'job-state-message',
    'job-media-sheets-completed',
    'job-impressions-completed',
  ],
];
const printerAttributes: Attribute = [
  'keyword',
  'requested-attributes',
  [
    'printer-state',
    'printer-state-reasons',
    'printer-state-message',
    'printer-is-accepting-jobs',
    'document-format-supported',
    'sides-supported',
    'copies-supported',
    'media-supported',
    'print-scaling-supported',
  ],
];

export class IppPrinter implements Printer {
  readonly address: PrinterAddress;
  readonly #device: DeviceAddress;
  /** As the printer itself is named in requests. */
  readonly #uri: string;
  /** Of jobs that this printer was asked for before: their numbers at the printer. */
  readonly #numbers = new Map<string, number>();
  #requestId = 0;

  constructor(address: PrinterAddress, device: DeviceAddress, uri: string) {
    this.address = address;
    this.#device = device;
    this.#uri = uri;
  }

  async state(): Promise<Result<PrinterState>> {
    const answer = await this.#attributes();
    return answer.ok ? ok(printerState(answer.value)) : answer;
  }

  async abilities(): Promise<Result<PrinterAbilities>> {
    const answer = await this.#attributes();
    return answer.ok ? ok(abilities(answer.value)) : answer;
  }

  async print(order: PrintOrder): Promise<Result<PrintJob>> {
    const fits = checkOrder(order);
    if (!fits.ok) return fits;
    const before = await this.findJob(order.id);
    if (!before.ok) return before;
    if (before.value) return ok(before.value);
    const able = await this.#attributes();
    if (!able.ok) return able;
    const unable = whyNot(able.value, order);
    if (unable) return refuse(unable);
    const answer = await this.#ask(
      operations.printJob,
      [
        ['name', 'requesting-user-name', 'invigil'],
        ['name', 'job-name', jobName(order)],
        ['mimeMediaType', 'document-format', 'application/pdf'],
      ],
      { job: jobTemplate(able.value, order), document: order.pdf },
    );
    if (!answer.ok)
      return answer.refusal['sent'] === true
        ? refuse({ type: 'print-uncertain', address: this.#name, id: order.id })
        : answer;
    const taken = this.#jobIn(order.id, answer.value);
    if (!taken.ok || !taken.value)
      return refuse({ type: 'print-uncertain', address: this.#name, id: order.id });
    const ignored = attributesOf(answer.value, groupTags.unsupported);
    const words = [...taken.value.words, ...[...ignored.keys()].map((name) => `ignored: ${name}`)];
    return ok({ ...taken.value, words });
  }

  async findJob(id: string): Promise<Result<PrintJob | null>> {
    const number = this.#numbers.get(id);
    if (number !== undefined) {
      const found = await this.#job(id, number);
      // A printer that was switched off numbers its jobs anew.
      if (!found.ok || found.value) return found;
      this.#numbers.delete(id);
    }
    for (const which of ['not-completed', 'completed']) {
      const answer = await this.#ask(operations.getJobs, [
        ['name', 'requesting-user-name', 'invigil'],
        ['integer', 'limit', mostJobs],
        jobAttributes,
        ['keyword', 'which-jobs', which],
      ]);
      if (!answer.ok) return answer;
      for (const { tag, attributes } of answer.value.groups) {
        const number = numberOf(attributes, 'job-id');
        if (tag !== groupTags.job || number === null || !named(attributes, id)) continue;
        this.#numbers.set(id, number);
        const job = printJob(id, attributes);
        // Some printers list less than they were asked for.
        return job ? ok(job) : this.#job(id, number);
      }
    }
    return ok(null);
  }

  async cancel(id: string): Promise<Result<PrintJob>> {
    const found = await this.findJob(id);
    if (!found.ok) return found;
    const number = this.#numbers.get(id);
    if (!found.value || number === undefined) return refuse({ type: 'print-job-unknown', id });
    if (isOver(found.value)) return ok(found.value);
    const answer = await this.#ask(operations.cancelJob, [
      ['integer', 'job-id', number],
      ['name', 'requesting-user-name', 'invigil'],
    ]);
    const now = await this.findJob(id);
    if (!now.ok) return now;
    if (!now.value) return refuse({ type: 'print-job-unknown', id });
    // What was over in the meantime is no longer there to be cancelled.
    return answer.ok || isOver(now.value) ? ok(now.value) : answer;
  }

  get #name(): string {
    return new URL(this.#device.url).host;
  }

  async #attributes(): Promise<Result<Attributes>> {
    const answer = await this.#ask(operations.getPrinterAttributes, [printerAttributes]);
    if (!answer.ok) return answer;
    const found = attributesOf(answer.value, groupTags.printer);
    return found.has('printer-state')
      ? ok(found)
      : refuse({ type: 'printer-unusable', address: this.#name, problem: 'printer-state' });
  }

  /** @returns null: there is no such job, or the number is another one's now */
  async #job(id: string, number: number): Promise<Result<PrintJob | null>> {
    const answer = await this.#ask(operations.getJobAttributes, [
      ['integer', 'job-id', number],
      ['name', 'requesting-user-name', 'invigil'],
      jobAttributes,
    ]);
    if (!answer.ok) return answer.refusal.type === 'printer-gone' ? ok(null) : answer;
    return named(attributesOf(answer.value, groupTags.job), id) ? this.#jobIn(id, answer.value) : ok(null);
  }

  #jobIn(id: string, answer: IppAnswer): Result<PrintJob | null> {
    const attributes = attributesOf(answer, groupTags.job);
    const number = numberOf(attributes, 'job-id');
    if (number !== null) this.#numbers.set(id, number);
    const job = printJob(id, attributes);
    return job ? ok(job) : refuse({ type: 'printer-unusable', address: this.#name, problem: 'job-state' });
  }

  async #ask(
    operation: number,
    attributes: readonly Attribute[],
    more: { readonly job?: readonly Attribute[]; readonly document?: Uint8Array } = {},
  ): Promise<Result<IppAnswer>> {
    const answer = await askIpp(this.#device, operation, ++this.#requestId, {
      attributes: [['uri', 'printer-uri', this.#uri], ...attributes],
      ...more,
    });
    const gone = !answer.ok && answer.refusal.type === 'printer-gone' && this.address.way === 'cups';
    return gone ? refuse({ type: 'printer-gone', name: this.address.queue }) : answer;
  }
}

function named(attributes: Attributes, id: string): boolean {
  return texts(attributes, 'job-name').some((name) => isNameOf(name, id));
}
