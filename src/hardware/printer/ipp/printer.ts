/** A printer that speaks IPP (RFC 8011), in the network or a queue of CUPS: what it can do is asked first, so that nothing is left out silently. */
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { askDevice, type DeviceAddress } from '../../network-device/ask.ts';
import type {
  Printer,
  PrinterAbilities,
  PrinterAddress,
  PrinterState,
  PrintJob,
  PrintOrder,
} from '../port.ts';
import { isOver } from '../port.ts';
import { checkOrder, jobName, isNameOf } from '../order.ts';
import {
  decodeAnswer,
  encodeRequest,
  groupTags,
  type Attribute,
  type Attributes,
  type IppAnswer,
} from './message.ts';
import { mostOf, numberOf, printerState, printJob, texts } from './words.ts';

const operations = {
  printJob: 0x02,
  cancelJob: 0x08,
  getJobAttributes: 0x09,
  getJobs: 0x0a,
  getPrinterAttributes: 0x0b,
} as const;

/** Of attributes; printers with many papers say some 100 KB. */
const mostAnswerBytes = 2 * 1024 * 1024;
/** A printer that prints while it receives may wait for paper in the middle of a job. */
const printPatienceMs = 10 * 60_000;
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
const a4 = 'iso_a4_210x297mm';

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

/** One request, at the path of the device's URL. Refusals as of `Printer`. */
export async function askIpp(
  device: DeviceAddress,
  operation: number,
  requestId: number,
  asked: {
    readonly attributes: readonly Attribute[];
    readonly job?: readonly Attribute[];
    readonly document?: Uint8Array;
  },
): Promise<Result<IppAnswer>> {
  const message = encodeRequest(operation, requestId, [
    {
      tag: groupTags.operation,
      attributes: [
        ['charset', 'attributes-charset', 'utf-8'],
        ['naturalLanguage', 'attributes-natural-language', 'en'],
        ...asked.attributes,
      ],
    },
    ...(asked.job ? [{ tag: groupTags.job, attributes: asked.job }] : []),
  ]);
  const address = new URL(device.url);
  const answer = await askDevice(device, address.pathname + address.search, {
    method: 'POST',
    type: 'application/ipp',
    body: asked.document ? [message, asked.document] : [message],
    mostBytes: mostAnswerBytes,
    ...(asked.document && { patienceMs: printPatienceMs }),
  });
  if (!answer.ok) return answer;
  const http = httpRefusal(answer.value.status, address.host);
  if (http) return refuse(http);
  const decoded = decodeAnswer(answer.value.body);
  if (!decoded.ok) return refuse({ ...decoded.refusal, address: address.host });
  const refused = statusRefusal(decoded.value, address.host);
  return refused ? refuse(refused) : decoded;
}

function httpRefusal(status: number, address: string): Refusal | null {
  if (status === 200) return null;
  if (status === 401 || status === 403) return { type: 'printer-asks-for-password', address };
  if (status === 426) return { type: 'printer-wants-tls', address };
  if (status === 404) return { type: 'printer-gone', name: address };
  return { type: 'printer-unusable', address, problem: `HTTP ${status}` };
}

/** Of RFC 8011, appendix B. */
function statusRefusal(answer: IppAnswer, address: string): Refusal | null {
  const { status } = answer;
  if (status < 0x100) return null;
  const words = texts(attributesOf(answer, groupTags.operation), 'status-message').join(' ');
  if (status === 0x402 || status === 0x403 || status === 0x401)
    return { type: 'printer-asks-for-password', address };
  if (status === 0x406 || status === 0x407) return { type: 'printer-gone', name: address };
  if (status === 0x40a) return { type: 'printer-no-pdf', address, takes: '?' };
  if (status === 0x506) return { type: 'printer-not-accepting', address };
  if (status === 0x507 || status === 0x502) return { type: 'printer-busy', address };
  return { type: 'printer-refuses', address, code: `0x${status.toString(16).padStart(4, '0')}`, words };
}

function attributesOf(answer: IppAnswer, tag: number): Attributes {
  return answer.groups.find((group) => group.tag === tag)?.attributes ?? new Map();
}

function named(attributes: Attributes, id: string): boolean {
  return texts(attributes, 'job-name').some((name) => isNameOf(name, id));
}

function abilities(attributes: Attributes): PrinterAbilities {
  return {
    duplex: texts(attributes, 'sides-supported').some((one) => one.startsWith('two-sided')),
    mostCopies: mostOf(attributes, 'copies-supported'),
  };
}

function whyNot(attributes: Attributes, order: PrintOrder): Refusal | null {
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
function jobTemplate(attributes: Attributes, order: PrintOrder): Attribute[] {
  const template: Attribute[] = [['integer', 'copies', order.copies]];
  if (attributes.has('sides-supported')) template.push(['keyword', 'sides', order.sides]);
  if (texts(attributes, 'media-supported').includes(a4)) template.push(['keyword', 'media', a4]);
  // The corner squares of a form have to be where its description says.
  if (texts(attributes, 'print-scaling-supported').includes('none'))
    template.push(['keyword', 'print-scaling', 'none']);
  return template;
}
