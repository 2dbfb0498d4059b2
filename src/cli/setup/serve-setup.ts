/** Serves the pages of an installation on loopback, to the browser that was given the key, and carries out what they say. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, isAbsolute, normalize, sep } from 'node:path';
import { utf8 } from '../../base/bytes.ts';
import { freeBytes } from '../../node/indicators.ts';
import { sameSecret } from '../../trust/digest.ts';
import type { Runner } from '../install/apply.ts';
import { installProgram, uninstallProgram, type Choices } from './install-program.ts';
import { pageHtml, type PageName, type Shown } from './pages.ts';
import { currentIn } from './program-folder.ts';
import { languages, type Language } from './texts.ts';
import type { Unpacked } from './unpacked.ts';

const bodyLimit = 8 * 1024;
const earlier: Partial<Record<PageName, PageName>> = {
  about: 'language',
  data: 'about',
  starts: 'data',
  summary: 'starts',
  failed: 'summary',
  remove: 'about',
};

export interface Setup {
  /** Where the browser begins. */
  readonly url: string;
  /** Resolves when the person has finished or cancelled. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export async function serveSetup(options: {
  /** The unpacked archive. */
  readonly from: string;
  readonly about: Unpacked;
  readonly choices: Choices;
  readonly language: Language;
  readonly run?: Runner;
}): Promise<Setup> {
  const key = randomBytes(16).toString('hex');
  const before = currentIn(options.choices.into, options.choices.role);
  const known = before.ok ? before.value : null;
  const ended = Promise.withResolvers<void>();
  let going = true;
  let shown: Omit<Shown, 'freeBytes'> = {
    page: 'language',
    language: options.language,
    key,
    // What an earlier installation was told still holds.
    choices: known
      ? { ...options.choices, scope: known.scope, data: known.data, port: known.port, starts: known.starts }
      : options.choices,
    version: options.about.version,
    before: known && { version: known.version },
    step: null,
    files: null,
    remarks: [],
    refusal: before.ok ? null : before.refusal,
    dataRemoved: false,
  };
  const set = (part: Partial<Shown>): void => {
    shown = { ...shown, refusal: null, ...part };
  };

  const carryOut = async (): Promise<void> => {
    const steps = installProgram(options.from, shown.choices, {
      going: () => going,
      progress: (done, all) => set({ files: { done, all } }),
      remark: (said) => set({ remarks: [...shown.remarks, said] }),
      ...(options.run ? { run: options.run } : {}),
    });
    for (;;) {
      const next = await steps.next();
      if (!next.done) {
        set({ step: next.value });
        continue;
      }
      if (next.value.ok) set({ page: 'done', step: null });
      else if (next.value.refusal.type === 'setup-cancelled') set({ page: 'cancelled' });
      else set({ page: 'failed', refusal: next.value.refusal, step: null, files: null });
      if (shown.page === 'cancelled') ended.resolve();
      return;
    }
  };

  const takeFields = (fields: URLSearchParams): boolean => {
    const { choices } = shown;
    if (shown.page === 'language') {
      const language = languages.find((one) => one === fields.get('language'));
      if (language) set({ language });
    }
    if (shown.page === 'data') {
      const data = shown.before ? choices.data : normalize((fields.get('data') ?? '').trim());
      const port = Number(fields.get('port'));
      set({ choices: { ...choices, data, ...(Number.isInteger(port) ? { port } : {}) } });
      if (!isAbsolute(data) || `${data}${sep}`.startsWith(`${choices.into}${sep}`)) {
        set({ refusal: { type: 'data-needed' } });
        return false;
      }
      if (!(Number.isInteger(port) && port >= 1024 && port <= 65_534)) {
        set({ refusal: { type: 'port-needed' } });
        return false;
      }
    }
    if (shown.page === 'starts') set({ choices: { ...choices, starts: fields.has('starts') } });
    return true;
  };

  const remove = async (fields: URLSearchParams): Promise<void> => {
    const { choices } = shown;
    const data = fields.has('removeData');
    if (data && fields.get('proof')?.trim() !== choices.role)
      return set({ refusal: { type: 'proof-needed', word: choices.role } });
    const done = await uninstallProgram(choices.into, choices.role, options.run);
    if (!done.ok) return set({ refusal: done.refusal });
    if (data) await rm(choices.data, { recursive: true, force: true });
    set({ page: 'removed', dataRemoved: data });
  };

  const take = async (fields: URLSearchParams): Promise<void> => {
    // Sent from a page that stood open: what is shown now counts.
    if (fields.get('page') !== shown.page) return;
    const go = fields.get('go');
    if (go === 'cancel' && shown.page === 'working') going = false;
    else if (go === 'cancel') {
      set({ page: 'cancelled' });
      ended.resolve();
    } else if (go === 'finish') {
      set({ page: 'cancelled' });
      ended.resolve();
    } else if (go === 'back') set({ page: earlier[shown.page] ?? shown.page });
    else if (go === 'remove' && shown.before) set({ page: 'remove' });
    else if (go === 'removeNow' && shown.page === 'remove') await remove(fields);
    else if (go === 'install' && shown.page === 'summary') {
      set({ page: 'working', remarks: [], step: null, files: null });
      void carryOut().catch((error: Error) =>
        set({
          page: 'failed',
          refusal: { type: 'not-written', path: shown.choices.into, problem: error.message },
        }),
      );
    } else if (go === 'next' && takeFields(fields)) {
      const pages: readonly PageName[] = ['language', 'about', 'data', 'starts', 'summary'];
      set({ page: pages[pages.indexOf(shown.page) + 1] ?? shown.page });
    }
  };

  const server = createServer((request, response) => {
    answer(request, response, server, key, async (fields) => {
      if (fields) {
        await take(fields);
        return null;
      }
      return pageHtml({ ...shown, freeBytes: await freeAt(shown.choices.data) });
    }).catch((error: Error) => {
      response.writeHead(500).end(error.message);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?key=${key}`,
    ended: ended.promise,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param act what was sent, or null where the page is asked for. @returns the page, or null: go there. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  server: Server,
  key: string,
  act: (fields: URLSearchParams | null) => Promise<string | null>,
): Promise<void> {
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = new URL(request.url ?? '/', `http://${own}`);
  const { origin } = request.headers;
  // Another name that was made to point here, another page, or somebody who was not given the key.
  const may =
    request.headers.host === own &&
    (origin === undefined || origin === 'null' || origin === `http://${own}`) &&
    sameSecret(utf8(url.searchParams.get('key') ?? ''), utf8(key));
  if (!may || url.pathname !== '/') return void response.writeHead(may ? 404 : 403).end();
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  if (request.method === 'POST') {
    await act(new URLSearchParams(await bodyOf(request)));
    return void response.writeHead(303, { location: `/?key=${key}` }).end();
  }
  const html = await act(null);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > bodyLimit) return '';
  }
  return text;
}

/** Of the folder, or of the nearest one above it that is there. */
async function freeAt(path: string): Promise<number | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) return freeBytes(folder).catch(() => null);
    if (folder === dirname(folder)) return null;
  }
}
