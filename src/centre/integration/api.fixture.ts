/** A centre with its web server, as another program meets it. */
import { expectOk } from '../../base/result.ts';
import { startWebServer } from '../../node/web-server.ts';
import { makeKey } from '../api-keys/api-keys.ts';
import { apiRights, type ApiRight } from '../api-keys/contract.ts';
import { openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { centreOperations } from '../operations/operations.ts';
import { serveIntegration } from './serve.ts';

export interface ServedCentre extends TestCentre {
  readonly origin: string;
  key(rights?: readonly ApiRight[], projectId?: string | null, expiresAt?: number | null): Promise<string>;
  /** @param path behind `/api/v1` */
  ask(path: string, key: string | null, init?: RequestInit): Promise<Response>;
}

export async function serveCentre(target: 'file' | { url: string } = 'file'): Promise<ServedCentre> {
  const test = await openTestCentre(target);
  const { centre } = test;
  const served = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: import.meta.dirname,
      router: centreOperations(centre, () => ({ port: 0, addresses: [] })),
      accounts: centre.node.accounts,
      files: centre.node.files,
      log: centre.node.log,
      health: () => ({ ok: true }),
      programs: serveIntegration(centre),
    }),
  );
  const origin = `http://127.0.0.1:${served.port}`;
  return {
    ...test,
    origin,
    async key(rights = apiRights, projectId = null, expiresAt = null) {
      return expectOk(await makeKey(centre, { name: 'Program', rights, projectId, expiresAt }, 'admin'));
    },
    ask: (path, key, init = {}) =>
      fetch(`${origin}/api/v1${path}`, {
        ...init,
        headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...init.headers },
      }),
    async close() {
      await served.close();
      await test.close();
    },
  };
}

/** A roster as a program hands it over. */
export function csv(content: string | Uint8Array, type = 'text/csv'): RequestInit {
  return { method: 'POST', body: content as BodyInit, headers: { 'content-type': type } };
}

export function json(content: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(content),
    headers: { 'content-type': 'application/json', ...headers },
  };
}
