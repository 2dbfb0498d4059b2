/**
 * Loaded before a role (`--import`): kills the process with SIGKILL at one step of accepting a change. The step is read from the file
 * `FAULT_STEP_FILE` each time, so that a test arms it when it wants; nothing of the program knows of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { ClientRequest, Server as HttpServer, ServerResponse, type IncomingMessage } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { Server as TlsServer } from 'node:tls';
import { isMainThread, Worker } from 'node:worker_threads';

const file = process.env['FAULT_STEP_FILE'] ?? '';
const watched = /^\/(journal|rpc\/sitting\/answer)$/;

function reach(step: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === step) process.kill(process.pid, 'SIGKILL');
}

/** Puts steps around a method of a prototype, also of one that it only inherits. */
function around(
  prototype: object,
  method: string,
  steps: (self: never, given: readonly unknown[]) => readonly [before: string | null, after: string | null],
): void {
  const original = Reflect.get(prototype, method) as (...given: unknown[]) => unknown;
  Object.defineProperty(prototype, method, {
    configurable: true,
    writable: true,
    value(this: never, ...given: unknown[]): unknown {
      const [before, after] = steps(this, given);
      if (before !== null) reach(before);
      const value = original.apply(this, given);
      if (after !== null) reach(after);
      return value;
    },
  });
}

const nothing = [null, null] as const;

if (isMainThread) {
  for (const { prototype } of [HttpServer, TlsServer])
    around(prototype, 'emit', (_, [event, request]) =>
      event === 'request' && watched.test((request as IncomingMessage).url ?? '')
        ? ['received', null]
        : nothing,
    );
  around(ServerResponse.prototype, 'end', ({ req }: ServerResponse) =>
    watched.test(req.url ?? '') ? ['acknowledging', 'acknowledged'] : nothing,
  );
  around(Worker.prototype, 'postMessage', (_, [message]) =>
    /answer-changed/.test(JSON.stringify(message)) ? ['checked', 'handed-to-the-disk'] : nothing,
  );
  around(Worker.prototype, 'emit', (_, [event, message]) =>
    event === 'message' && /answer-changed/.test(JSON.stringify(message))
      ? ['committed', 'applied']
      : nothing,
  );
  around(ClientRequest.prototype, 'end', ({ path }: ClientRequest) =>
    path === '/journal' ? ['shipping', 'on-its-way'] : nothing,
  );
  around(ClientRequest.prototype, 'emit', ({ path }: ClientRequest, [event]) =>
    event === 'response' && path === '/journal' ? ['shipped', null] : nothing,
  );
} else {
  around(DatabaseSync.prototype, 'exec', (_, [sql]) => {
    if (sql === 'BEGIN IMMEDIATE') return ['before-the-transaction', 'in-the-transaction'];
    return sql === 'COMMIT' ? ['before-the-commit', 'on-the-disk'] : nothing;
  });
}
