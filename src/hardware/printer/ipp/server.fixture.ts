/** A printer that does what no real one here can be brought to do. Its messages are made by another library than the client's. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import ipp, { type Message } from 'ipp-encoder';

type Values = Readonly<Record<string, readonly [tag: number, value: unknown]>>;
export const tags = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  mime: 0x49,
} as const;

export interface ServedJob {
  readonly id: number;
  readonly name: string;
  state: number;
  reasons: string[];
  sheets: number | null;
}

export class ServedPrinter {
  readonly jobs = new Map<number, ServedJob>();
  /** Of Print-Job, as they came. */
  readonly documents: Buffer[] = [];
  /** Names of all that was asked, in order. */
  readonly asked: number[] = [];
  readonly attributes: Record<string, readonly [tag: number, value: unknown]> = {
    'printer-name': [tags.name, 'kabinet-1'],
    'printer-info': [tags.text, 'Кабинет 1'],
    'printer-make-and-model': [tags.text, 'Test Laser 1'],
    'printer-state': [tags.enum, 3],
    'printer-state-reasons': [tags.keyword, 'none'],
    'printer-is-accepting-jobs': [tags.boolean, true],
    'document-format-supported': [tags.mime, ['application/octet-stream', 'application/pdf']],
    'sides-supported': [tags.keyword, ['one-sided', 'two-sided-long-edge']],
    'copies-supported': [tags.integer, 50],
  };
  /** Instead of the next answer, or after the job was taken. */
  next: 'garbage' | 'endless' | 'lose-answer' | { http: number } | { status: number } | null = null;
  nextNumber = 1;
  /** Of each job, when it was taken: 3 waits, 9 is out already. */
  taken: 3 | 9 = 3;
  mostNameLength = 255;
  #server: Server | null = null;

  /** @param at a file as socket, or TLS; otherwise a port of the loopback. @returns its URL, or the file */
  async start(
    at: { socket: string } | { tls: { key: string; cert: string } } | null = null,
  ): Promise<string> {
    const answer: RequestListener = (request, response) => void this.#answer(request, response);
    const server = at && 'tls' in at ? createTlsServer(at.tls, answer) : createServer(answer);
    this.#server = server;
    await new Promise<void>((resolve) =>
      at && 'socket' in at ? server.listen(at.socket, resolve) : server.listen(0, '127.0.0.1', resolve),
    );
    if (at && 'socket' in at) return at.socket;
    const { port } = server.address() as AddressInfo;
    return `${at ? 'https' : 'http'}://127.0.0.1:${port}/ipp/print`;
  }

  async end(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part);
    const body = Buffer.concat(parts);
    const message = ipp.request.decode(body);
    const document = body.subarray(ipp.request.decode.bytes);
    this.asked.push(message.operationId);
    const fault = this.next;
    if (fault !== 'lose-answer' || message.operationId === 2) this.next = null;
    if (fault === 'garbage') {
      response.end('<html>Router</html>');
      return;
    }
    if (fault === 'endless') {
      for (let i = 0; i < 5 && !response.destroyed; i++) response.write(Buffer.alloc(1024 * 1024));
      response.end();
      return;
    }
    if (fault && typeof fault === 'object' && 'http' in fault) {
      response.writeHead(fault.http).end();
      return;
    }
    const made =
      fault && typeof fault === 'object' ? reply(message, fault.status, []) : this.#made(message, document);
    if (fault === 'lose-answer' && message.operationId === 2) request.socket.destroy();
    else response.writeHead(200, { 'content-type': 'application/ipp' }).end(made);
  }

  #made(message: Message & { operationId: number }, document: Buffer): Buffer {
    const asked = (name: string): unknown =>
      (
        message.groups.flatMap(({ attributes }) => attributes).find((one) => one.name === name)
          ?.value as unknown[]
      )?.[0];
    const job = this.jobs.get(asked('job-id') as number);
    switch (message.operationId) {
      case 0x02: {
        const id = this.nextNumber++;
        const name = String(asked('job-name')).slice(0, this.mostNameLength);
        const taken = { id, name, state: this.taken, reasons: ['none'], sheets: null };
        this.jobs.set(id, taken);
        this.documents.push(document);
        return reply(message, 0, [[2, jobValues(taken)]]);
      }
      case 0x08:
        if (!job) return reply(message, 0x406, []);
        job.state = 7;
        return reply(message, 0, []);
      case 0x09:
        return job ? reply(message, 0, [[2, jobValues(job)]]) : reply(message, 0x406, []);
      case 0x0a: {
        const over = asked('which-jobs') === 'completed';
        const listed = [...this.jobs.values()].filter(({ state }) => state >= 7 === over);
        return reply(
          message,
          0,
          listed.map((one) => [2, jobValues(one)]),
        );
      }
      default:
        return reply(message, 0, [[4, this.attributes]]);
    }
  }
}

function jobValues(job: ServedJob): Values {
  return {
    'job-id': [tags.integer, job.id],
    'job-name': [tags.name, job.name],
    'job-state': [tags.enum, job.state],
    'job-state-reasons': [tags.keyword, job.reasons],
    ...(job.sheets !== null && { 'job-media-sheets-completed': [tags.integer, job.sheets] as const }),
  };
}

function reply(message: Message, statusCode: number, groups: readonly (readonly [number, Values])[]): Buffer {
  return ipp.response.encode({
    statusCode,
    requestId: message.requestId,
    groups: [
      {
        tag: 1,
        attributes: [
          { tag: 0x47, name: 'attributes-charset', value: 'utf-8' },
          { tag: 0x48, name: 'attributes-natural-language', value: 'en' },
          { tag: tags.text, name: 'status-message', value: `status ${statusCode}` },
        ],
      },
      ...groups.map(([tag, values]) => ({
        tag,
        attributes: Object.entries(values).map(([name, [tag, value]]) => ({ tag, name, value })),
      })),
    ],
  });
}
