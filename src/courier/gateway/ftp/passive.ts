/** The port on which a client fetches or brings one file or listing: one connection, from the address of the commands, for a while. */
import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { addressOf } from '../doorkeeper.ts';

export interface PassiveOptions {
  readonly host: string;
  /** First and last port that the firewall lets through; null: whichever is free. */
  readonly range: readonly [number, number] | null;
  /** Of the client: nobody else gets, or brings, what it asked for. */
  readonly from: string;
  readonly waitMs: number;
}

export class PassivePort {
  readonly #server: Server;
  readonly #came: Promise<Socket | null>;
  #give: (socket: Socket | null) => void = () => undefined;
  #socket: Socket | null = null;

  private constructor(server: Server, { from, waitMs }: PassiveOptions) {
    this.#server = server;
    this.#came = new Promise((resolve) => (this.#give = resolve));
    const waiting = setTimeout(() => this.close(), waitMs);
    server.on('connection', (socket: Socket) => {
      // Breaks off what reads or writes it, and that says so.
      socket.on('error', () => undefined);
      if (this.#socket !== null || addressOf(socket) !== from) {
        socket.destroy();
        return;
      }
      this.#socket = socket;
      // Not at the server's `close`: that comes when its last connection has ended.
      clearTimeout(waiting);
      server.close();
      this.#give(socket);
    });
    server.on('error', () => this.close());
    server.once('close', () => clearTimeout(waiting));
  }

  static async open(options: PassiveOptions): Promise<Result<PassivePort>> {
    for (const port of ports(options.range)) {
      const server = createServer({ pauseOnConnect: true, noDelay: true });
      const why = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
        server.once('error', resolve);
        server.listen({ port, host: options.host, backlog: 4 }, () => resolve(null));
      });
      if (why === null) return ok(new PassivePort(server, options));
      if (why.code !== 'EADDRINUSE') break;
    }
    return refuse({ type: 'gateway-no-port' });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @returns null: nobody came in time, or the port was closed. */
  connected(): Promise<Socket | null> {
    return this.#came;
  }

  close(): void {
    this.#server.close();
    this.#socket?.destroy();
    this.#give(null);
  }
}

/** From a place that nobody can foretell: who comes first to a port that he guessed would be in the client's place. */
function* ports(range: readonly [number, number] | null): Generator<number> {
  if (range === null) {
    yield 0;
    return;
  }
  const [first, last] = range;
  const count = last - first + 1;
  const start = randomInt(count);
  for (let i = 0; i < count; i++) yield first + ((start + i) % count);
}
