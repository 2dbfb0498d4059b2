/** An S3-compatible store for tests (fauxqs), and a way to it that breaks when it is told to. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFauxqs } from 'fauxqs';

/** What happens to one request; `after` counts the bytes that still pass. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: string }
  | { readonly kind: 'cut-request'; readonly after: number }
  | { readonly kind: 'cut-answer'; readonly after: number }
  /** The store did it and its answer is lost. */
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'flip'; readonly at: number }
  | { readonly kind: 'silence' };

export interface TestStore {
  /** `http://127.0.0.1:…/bucket` */
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Methods and paths that arrived, the failed ones too. */
  readonly seen: string[];
  /** Decides about each request; null: let it pass. */
  fault: (method: string, path: string) => Fault | null;
  close(): Promise<void>;
}

export async function startTestStore(): Promise<TestStore> {
  const store = await startFauxqs({ port: 0, logger: false });
  store.createBucket('exam');
  const seen: string[] = [];
  const made = { fault: (() => null) as TestStore['fault'] };
  const proxy = createServer((from, to) => {
    const [method, path] = [from.method ?? '', from.url ?? ''];
    seen.push(`${method} ${path}`);
    pass(store.port, from, to, made.fault(method, path));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/exam`,
    environment: { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' },
    seen,
    get fault() {
      return made.fault;
    },
    set fault(next) {
      made.fault = next;
    },
    async close() {
      await closeAtOnce(proxy);
      await store.stop();
    },
  };
}

function pass(port: number, from: IncomingMessage, to: ServerResponse, fault: Fault | null): void {
  if (fault?.kind === 'silence') return void from.resume();
  if (fault?.kind === 'status') {
    from.resume();
    to.writeHead(fault.status, { 'content-type': 'application/xml' });
    to.end(`<Error><Code>${fault.code ?? 'InternalError'}</Code></Error>`);
    return;
  }
  const onward = request(
    { host: '127.0.0.1', port, method: from.method, path: from.url, headers: from.headers },
    (answer) => {
      if (fault?.kind === 'lost-answer') {
        answer.resume().on('end', () => to.destroy());
        return;
      }
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      let passed = 0;
      answer.on('data', (chunk: Buffer) => {
        if (fault?.kind === 'flip' && fault.at >= passed && fault.at < passed + chunk.length)
          chunk[fault.at - passed] = (chunk[fault.at - passed] as number) ^ 1;
        passed += chunk.length;
        to.write(chunk);
        if (fault?.kind === 'cut-answer' && passed >= fault.after) {
          answer.destroy();
          to.destroy();
        }
      });
      answer.on('end', () => to.end());
    },
  );
  onward.on('error', () => to.destroy());
  let passed = 0;
  from.on('data', (chunk: Buffer) => {
    passed += chunk.length;
    onward.write(chunk);
    if (fault?.kind === 'cut-request' && passed >= fault.after) {
      from.destroy();
      onward.destroy();
    }
  });
  from.on('end', () => onward.end());
}

function closeAtOnce(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
