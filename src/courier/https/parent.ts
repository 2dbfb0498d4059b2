/**
 * The parent's side of the exchange, the same for every tier: pairing, hello, journal tails, parcels down, deliveries up.
 * What a child may have and what is done with what it brings is the role's decision, given as `ParentRole`.
 */
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpBindings } from '@hono/node-server';
import * as z from 'zod';
import type { Clock } from '../../base/clock.ts';
import { refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Chain } from '../../journal/heal.ts';
import type { Journal } from '../../journal/journal.ts';
import { runsOf, segmentSchema, type Segment } from '../../journal/segment.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { pairingProof, proofMatches } from '../../trust/pairing.ts';
import { signTimeStatement } from '../../trust/time-statement.ts';
import type { NodeKeys } from '../../trust/keys.ts';
import { forkedOf, holdsOf, keptAskSchema, keptEntries } from './kept-journal.ts';
import { PairingDesk } from './pairing-desk.ts';
import { addressOf, fingerprintOf } from './peer.ts';
import { Turnstile } from './turnstile.ts';
import {
  deliverySchema,
  helloSchema,
  pairBeginSchema,
  pairFinishSchema,
  type Delivery,
  type Hello,
  type HelloAnswer,
  type JournalAnswer,
  type NodeKeysView,
  type OfferedParcel,
  type PairBegin,
} from './wire.ts';

/** A child that was paired: looked up by the certificate of its connection. */
export interface Child {
  readonly id: string;
  readonly role: 'site' | 'room' | 'seat';
  readonly code: string;
}

export interface NewChild extends Child {
  readonly keys: NodeKeysView;
  /** Hexadecimal SHA-256 of its TLS certificate. */
  readonly tlsFingerprint: string;
  readonly address: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** The code that it has proven to know. */
  readonly provenCode: string;
}

export interface ParentRole {
  /** The open registration codes for such a child: one, or none; more where it may join one of several exams. */
  codesFor(begin: PairBegin): readonly string[];
  /** The child proved that it knows the code: register it, and say what it needs (its certificate chain first of all). */
  admit(child: NewChild): Promise<Result<unknown>>;
  childWith(tlsFingerprint: string): Child | null;
  /** What somebody is told who is no child of this node; not given: `not-registered`. */
  stranger?(tlsFingerprint: string): Refusal;
  /** How many children it has, where it may have thousands: they say hello the less often. */
  children?(): number;
  hello(child: Child, hello: Hello, address: string): Promise<Result<Pick<HelloAnswer, 'notices'>>>;
  /** May this child bring entries of that origin? A seat speaks for itself alone, a room for its seats, too. */
  speaksFor(child: Child, origin: string): boolean;
  /**
   * Whether answers are kept here in the clear: then an entry that comes without its payload is not acknowledged. Elsewhere it is kept
   * without it; the chain proves it all the same.
   */
  readonly readsPayloads: boolean;
  /** Payloads that come sealed for somebody further up are kept as they came; resolves when they are on the disk. */
  keepSealed?(child: Child, segment: Segment): Promise<void>;
  /** Chains of which somebody further up holds another copy than this node. */
  forkedAbove?(): readonly Chain[];
  parcelsFor(child: Child): Promise<OfferedParcel[]>;
  /** Path of a parcel that this child may have. */
  parcelFile(child: Child, name: string, address: string): Promise<Result<string>>;
  /** A complete file from the child, digest checked. */
  receive(child: Child, delivery: Delivery, file: string): Promise<Result<unknown>>;
}

const version = '1';
/** Pushes that are worked on in one turn of the event loop: a few milliseconds. */
const pushesPerTurn = 16;
/** That a parent has time for beside its other work, on a computer with two cores. */
const hellosPerS = 800;
const longestPauseMs = 60_000;
const pace = (children: number): number =>
  Math.min(longestPauseMs, Math.ceil((children / hellosPerS) * 1_000));
/** A room's or a site's whole result. */
const parcelLimit = 8 * 1024 ** 3;

/** What anybody may send, who has proven nothing yet. */
const ofStrangers = atMost(64 * 1024);
/** The heads of thousands of seats, and what a site says of its rooms. */
const ofQuestions = atMost(16 * 1024 * 1024);
/** Entries with their sealed payloads, see `segmentSchema`. */
const ofPushes = atMost(256 * 1024 * 1024);

export function parentRoutes(options: {
  keys: NodeKeys;
  /** For files on their way up. What is unfinished stays over a restart, so that a child goes on where it was cut off. */
  uploads: string;
  /** Bytes of one file. */
  uploadLimit?: number;
  clock: Clock;
  journal: Pick<Journal, 'heads' | 'hashAt' | 'ofOrigin' | 'accept' | 'append'>;
  role: ParentRole;
}): (app: Hono) => void {
  const { keys, role, clock, journal } = options;
  const own: NodeKeysView = { signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient };
  const desk = new PairingDesk(clock, journal);
  const turnstile = new Turnstile(pushesPerTurn);
  const tus = new TusServer({
    path: '/uploads',
    datastore: new FileStore({ directory: options.uploads }),
    maxSize: options.uploadLimit ?? parcelLimit,
    relativeLocation: true,
    namingFunction: (request) => uploadName(request.headers.get('x-upload-name')),
  });

  const bindings = (begin: PairBegin, parentNonce: string, childTls: string) => ({
    childNonce: begin.nonce,
    parentNonce,
    childTls,
    parentTls: keys.tls.fingerprint,
    childKeys: [begin.role, begin.code, begin.id, begin.keys.signingKey, begin.keys.sealingKey].join('\n'),
    parentKeys: [own.signingKey, own.sealingKey].join('\n'),
  });

  return (app) => {
    app.use((c, next) => {
      const { path } = c.req;
      // The store of uploads counts for itself.
      if (path.startsWith('/uploads')) return next();
      return (path.startsWith('/pair/') ? ofStrangers : path === '/journal' ? ofPushes : ofQuestions)(
        c,
        next,
      );
    });
    app.post('/pair/begin', async (c) => {
      const begin = await parse(c, pairBeginSchema);
      if (!begin.ok) return answer(c, begin);
      const tls = fingerprintOf(c);
      if (tls === null) return answer(c, refuse({ type: 'certificate-missing' }));
      const codes = role.codesFor(begin.value);
      if (codes.length === 0) return answer(c, refuse({ type: 'registration-code-not-open' }));
      const nonce = desk.begin(addressOf(c));
      if (!nonce.ok) return answer(c, nonce);
      const binding = bindings(begin.value, nonce.value, tls);
      const [proof, ...others] = codes.map((code) => pairingProof({ code, side: 'parent', ...binding }));
      return answer(c, { ok: true, value: { keys: own, nonce: nonce.value, proof, others } });
    });

    app.post('/pair/finish', async (c) => {
      const finish = await parse(c, pairFinishSchema);
      if (!finish.ok) return answer(c, finish);
      const { begin, nonce, proof, details } = finish.value;
      const tls = fingerprintOf(c);
      const may = await desk.mayFinish(addressOf(c), begin);
      if (!may.ok) return answer(c, may);
      const codes = role.codesFor(begin);
      if (tls === null || codes.length === 0 || !desk.take(nonce))
        return answer(c, refuse({ type: 'registration-code-not-open' }));
      const binding = bindings(begin, nonce, tls);
      const provenCode = codes.find((code) =>
        proofMatches(proof, pairingProof({ code, side: 'child', ...binding })),
      );
      if (provenCode === undefined) {
        desk.wrongProof(addressOf(c), begin);
        return answer(c, refuse({ type: 'wrong-registration-code' }));
      }
      return answer(
        c,
        await role.admit({
          id: begin.id,
          role: begin.role,
          code: begin.code,
          keys: begin.keys,
          tlsFingerprint: tls,
          address: addressOf(c),
          details,
          provenCode,
        }),
      );
    });

    app.post('/hello', (c) =>
      asChild(c, role, async (child) => {
        const hello = await parse(c, helloSchema);
        if (!hello.ok) return hello;
        const said = await role.hello(child, hello.value, addressOf(c));
        if (!said.ok) return said;
        const time = signTimeStatement({ nonce: hello.value.nonce, at: clock.now() }, keys.signing);
        const acknowledged = holdsOf(journal, child.id, hello.value.heads);
        const forked = forkedOf(journal, hello.value.heads, role.forkedAbove?.() ?? []);
        return {
          ok: true,
          value: {
            time,
            version,
            acknowledged,
            forked,
            helloEveryMs: pace(role.children?.() ?? 0),
            ...said.value,
          } satisfies HelloAnswer,
        };
      }),
    );

    app.post('/journal', (c) =>
      asChild(c, role, async (child) => {
        await turnstile.pass();
        const segment = await parse(c, segmentSchema);
        if (!segment.ok) return segment;
        const kept = await keepSegment(journal, role, child, segment.value);
        // Those that were committed together would all be answered at once.
        await turnstile.pass();
        return kept;
      }),
    );

    app.post('/journal/kept', (c) =>
      asChild(c, role, async (child) => {
        const ask = await parse(c, keptAskSchema);
        return ask.ok ? keptEntries(journal, child.id, ask.value) : ask;
      }),
    );

    app.get('/parcels', (c) =>
      asChild(c, role, async (child) => ({ ok: true, value: await role.parcelsFor(child) })),
    );
    app.get('/parcels/:name', async (c) => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      const file = await role.parcelFile(child.value, c.req.param('name'), addressOf(c));
      return file.ok ? sendFile(c, file.value) : answer(c, file);
    });

    app.all('/uploads/*', (c) => upload(c));
    app.all('/uploads', (c) => upload(c));
    const upload = (c: Context): Promise<Response> | Response => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      // Exactly what the store will look for: it takes the end of the address, whatever stands before it.
      const [, path, query] = /^https?:\/\/[^/]+\/uploads\/?([^?#]*)(.*)$/s.exec(c.req.url) ?? [];
      const name = c.req.method === 'POST' ? (c.req.header('x-upload-name') ?? '') : (path ?? '');
      const plain = uploadForm.test(name) && query === '' && (c.req.method !== 'POST' || path === '');
      // The first part of an upload's name is its sender: no child can touch another's.
      if (!plain || !name.startsWith(`${child.value.id}-`))
        return answer(c, refuse({ type: 'not-allowed' }), 403);
      return tus.handleWeb(c.req.raw);
    };
    app.post('/deliveries', (c) =>
      asChild(c, role, async (child) => {
        const delivery = await parse(c, deliverySchema);
        if (!delivery.ok) return delivery;
        if (!delivery.value.name.startsWith(`${child.id}-`)) return refuse({ type: 'not-allowed' });
        const file = join(options.uploads, delivery.value.name);
        if ((await fileSha256Hex(file).catch(() => '')) !== delivery.value.sha256) {
          await removeUpload(file);
          return refuse({ type: 'delivery-damaged' });
        }
        const received = await role.receive(child, delivery.value, file);
        await removeUpload(file);
        return received;
      }),
    );
  };
}

/** Resolves when everything is on the disk. One chain that does not fit keeps no other out. */
async function keepSegment(
  journal: Pick<Journal, 'accept'>,
  role: ParentRole,
  child: Child,
  segment: Segment,
): Promise<Result<JournalAnswer>> {
  const runs = runsOf(segment.entries);
  if (!runs) return refuse({ type: 'bad-request', problem: 'not a journal entry' });
  if (!runs.every(({ origin }) => role.speaksFor(child, origin))) return refuse({ type: 'not-allowed' });
  if (typeof segment.sealed === 'string') await role.keepSealed?.(child, segment);
  // All in one commit: what waits together is written together.
  const chains = await Promise.all(
    runs.map(async ({ origin, epoch, entries }) => {
      const kept = role.readsPayloads
        ? await journal.accept(entries)
        : await journal.accept(
            entries.map((entry) => ({ ...entry, payload: null })),
            { whole: false },
          );
      return { origin, epoch, acknowledged: kept.head, problem: kept.problem };
    }),
  );
  return { ok: true, value: { chains } };
}

async function removeUpload(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
}

const uploadForm = /^[0-9a-z-]{1,160}$/;

function uploadName(asked: string | null): string {
  if (asked === null || !uploadForm.test(asked)) throw { status_code: 400, body: 'x-upload-name' };
  return asked;
}

/** The paired child behind a request; for routes that a role adds itself. */
export function childOf(c: Context, role: Pick<ParentRole, 'childWith' | 'stranger'>): Result<Child> {
  const fingerprint = fingerprintOf(c);
  if (fingerprint === null) return refuse({ type: 'not-registered' });
  const child = role.childWith(fingerprint);
  return child
    ? { ok: true, value: child }
    : refuse(role.stranger?.(fingerprint) ?? { type: 'not-registered' });
}

async function asChild(
  c: Context,
  role: ParentRole,
  act: (child: Child) => Promise<Result<unknown>>,
): Promise<Response> {
  const child = childOf(c, role);
  if (!child.ok) return answer(c, child, 403);
  return answer(c, await act(child.value));
}

/** Bytes of a body. Whoever sends more is not read to the end. */
function atMost(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (c) => c.json({ type: 'bad-request', problem: 'too large' } satisfies Refusal, 413),
  });
}

export async function parse<S extends z.ZodType>(c: Context, schema: S): Promise<Result<z.infer<S>>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return refuse({ type: 'bad-request', problem: 'not JSON' });
  }
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refuse({ type: 'bad-request', problem: parsed.error.issues[0]?.message ?? '' });
}

export function answer(c: Context, result: Result<unknown>, status: 403 | 422 = 422): Response {
  return result.ok
    ? c.json((result.value ?? {}) as object)
    : c.json(result.refusal satisfies Refusal, status);
}

async function sendFile(c: Context, path: string): Promise<Response> {
  const { size } = await stat(path);
  return sendStream(c, {
    size,
    from: (start) => Promise.resolve(createReadStream(path, { start })),
  });
}

/** All of it, or from where the child was cut off. */
export async function sendStream(
  c: Context,
  content: { readonly size: number; from(start: number): Promise<Readable> },
): Promise<Response> {
  const { size } = content;
  const range = /^bytes=(\d+)-$/.exec(c.req.header('range') ?? '');
  const from = range ? Number(range[1]) : 0;
  if (from > 0 && from >= size) return c.body(null, 416);
  c.header('content-type', 'application/octet-stream');
  c.header('content-length', String(size - from));
  if (from > 0) c.header('content-range', `bytes ${from}-${size - 1}/${size}`);
  return c.body(Readable.toWeb(await content.from(from)) as ReadableStream, from > 0 ? 206 : 200);
}

export type ExchangeBindings = HttpBindings;
