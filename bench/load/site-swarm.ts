/** A process that is many sites: each with a certificate and a connection of its own, as the centre tells them apart by nothing else. */
import { newId } from '../../src/base/ids.ts';
import type { StoredEntry } from '../../src/journal/entry.ts';
import { nextEntry } from '../../src/journal/chain.ts';
import { epochOpened } from '../../src/journal/epoch.ts';
import { toSegment } from '../../src/journal/segment.ts';
import { certificateFingerprint } from '../../src/trust/keys.ts';
import { selfSigned } from '../../src/trust/tls-certificate.ts';
import { openConnection, type Connection, type Identity } from './connection.ts';
import { percentile } from './figures.ts';
import { codeOfSite, roomOfSite } from './many-sites.ts';

/** What it is told first. */
export interface SwarmPlan {
  /** Its sites are these: `from`, `from + 1` … */
  readonly from: number;
  readonly sites: number;
  readonly roomsPerSite: number;
  readonly candidatesPerRoom: number;
  readonly entriesPerSegment: number;
  /** Of all its sites together. */
  readonly segmentsPerS: number;
  readonly helloEveryMs: number;
  readonly lastsMs: number;
}
export type ToSwarm =
  | { readonly plan: SwarmPlan }
  | { readonly connect: { readonly port: number; readonly sessionId: string } }
  /** Wall clock of the first hello. */
  | { readonly begin: number };
export type FromSwarm =
  | { readonly fingerprints: readonly (readonly [code: string, fingerprint: string])[] }
  | { readonly connected: true }
  | { readonly done: SwarmFigures };

export interface SwarmFigures {
  /** Site, number of the hello, and wall clock when it was sent. */
  readonly sent: readonly (readonly [code: string, hello: number, at: number])[];
  readonly helloMsP50: number;
  readonly helloMsP99: number;
  readonly entriesKept: number;
}

interface SwarmSite {
  readonly code: string;
  readonly identity: Identity;
  connection: Connection | null;
  /** Its journal as one segment; it ships it once. */
  segment: string;
  head: object | null;
  /** One request at a time on a connection. */
  last: Promise<unknown>;
}

let plan: SwarmPlan | null = null;
let port = 0;
let sessionId = '';
const sites: SwarmSite[] = [];

function planned(): SwarmPlan {
  if (!plan) throw new Error('no plan yet');
  return plan;
}

process.on('message', (message: ToSwarm) => {
  void act(message).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function act(message: ToSwarm): Promise<void> {
  if ('plan' in message) {
    plan = message.plan;
    tell({ fingerprints: await makeSites(message.plan) });
  } else if ('connect' in message) {
    ({ port, sessionId } = message.connect);
    // A few at once: as a morning on which sites are switched on, not as an attack.
    const waiting = [...sites];
    const next = async (): Promise<void> => {
      for (let site = waiting.pop(); site; site = waiting.pop())
        await post(site, '/hello', JSON.stringify(helloOf(site, 0, false)));
    };
    await Promise.all(Array.from({ length: 8 }, next));
    tell({ connected: true });
  } else tell({ done: await say(message.begin) });
}

function tell(message: FromSwarm): void {
  process.send?.(message);
}

async function makeSites(told: SwarmPlan): Promise<[string, string][]> {
  const fingerprints: [string, string][] = [];
  for (let i = told.from; i < told.from + told.sites; i++) {
    const code = codeOfSite(i);
    const identity = await selfSigned(`site-${code}`);
    fingerprints.push([code, certificateFingerprint(identity.certPem)]);
    sites.push({ code, identity, connection: null, segment: '', head: null, last: Promise.resolve() });
  }
  const segments = Math.min(sites.length, Math.ceil((told.segmentsPerS * told.lastsMs) / 1_000));
  for (const site of sites.slice(0, segments)) layAside(site, told.entriesPerSegment);
  return fingerprints;
}

/** What a site ships: headers of its rooms' journals, without what was answered. */
function layAside(site: SwarmSite, count: number): void {
  const [origin, epoch] = [`node-${site.code}`, newId()];
  const entries: StoredEntry[] = [];
  let prev: string | null = null;
  for (let seq = 1; seq <= count; seq++) {
    const draft =
      seq === 1
        ? epochOpened('first-start', [])
        : {
            kind: 'candidate-signed-in',
            subject: `sitting:${newId()}`,
            data: { seat: newId(), lease: 1, attempt: 1 },
          };
    const made: ReturnType<typeof nextEntry> = nextEntry(draft, { origin, epoch, seq }, prev, Date.now(), '');
    prev = made.hash;
    entries.push(made.stored);
  }
  site.segment = JSON.stringify(toSegment(entries));
  site.head = { origin, epoch, seq: count, hash: prev };
}

/** As a site does it: a connection that the centre closed because nothing came for a minute is opened anew. */
async function post(site: SwarmSite, path: string, body: string): Promise<void> {
  site.connection ??= await openConnection(port, site.identity);
  try {
    await site.connection.post(path, body);
  } catch {
    site.connection.close();
    site.connection = await openConnection(port, site.identity);
    await site.connection.post(path, body);
  }
}

/** Every site says hello in its own moment of the interval, and some ship what they have. */
async function say(begin: number): Promise<SwarmFigures> {
  const { helloEveryMs, lastsMs, segmentsPerS } = planned();
  const sent: [string, number, number][] = [];
  const took: number[] = [];
  const all: Promise<unknown>[] = [];
  let entriesKept = 0;
  const turns: { at: number; run: () => void }[] = [];
  for (const [i, site] of sites.entries()) {
    for (let hello = 1; hello <= lastsMs / helloEveryMs; hello++) {
      const at = (hello - 1) * helloEveryMs + (i / sites.length) * helloEveryMs;
      const run = async (): Promise<void> => {
        const sentAt = Date.now();
        sent.push([site.code, hello, sentAt]);
        const body = JSON.stringify(helloOf(site, hello, entriesKept > 0));
        await post(site, '/hello', body);
        took.push(Date.now() - sentAt);
      };
      turns.push({ at, run: () => void all.push((site.last = site.last.then(run))) });
    }
    if (site.segment === '') continue;
    // Between two hellos of the same site.
    const at = (i / segmentsPerS) * 1_000;
    const run = async (): Promise<void> => {
      await post(site, '/journal', site.segment);
      entriesKept += planned().entriesPerSegment;
    };
    turns.push({ at, run: () => void all.push((site.last = site.last.then(run))) });
  }
  turns.sort((a, b) => a.at - b.at);
  for (const { at, run } of turns) {
    const wait = begin + at - Date.now();
    if (wait > 2) await new Promise((resolve) => setTimeout(resolve, wait));
    run();
  }
  await Promise.all(all);
  for (const site of sites) site.connection?.close();
  const sorted = took.toSorted((a, b) => a - b);
  return {
    sent,
    helloMsP50: percentile(sorted, 0.5),
    helloMsP99: percentile(sorted, 0.99),
    entriesKept,
  };
}

/** Every hello says something new: `violations` of the first room counts them, by which a viewer knows which one he sees. */
function helloOf(site: SwarmSite, hello: number, shipped: boolean): object {
  const { roomsPerSite, candidatesPerRoom } = planned();
  const now = Date.now();
  const passed = now - 3_600_000;
  return {
    nonce: '0123456789abcdef',
    version: '1',
    heads: shipped && site.head ? [site.head] : [],
    status: {
      loadedAt: passed,
      publication: 1,
      sealCheckedAt: passed,
      sealCheckPassed: true,
      calibratedAt: passed,
      registeredRooms: roomsPerSite,
      sessions: [{ sessionId, authorisedAt: passed, calibratedAt: passed, verifiedAt: passed }],
      rooms: Array.from({ length: roomsPerSite }, (_, room) => ({
        roomCode: roomOfSite(site.code, room),
        sessionId,
        stages: {
          registeredAt: passed,
          loadedAt: passed,
          sealCheckedAt: passed,
          sealCheckPassed: true,
          authorisedAt: passed,
          startedAt: passed,
          endedAt: null,
          reportedAt: null,
        },
        counts: {
          expected: candidatesPerRoom,
          signedIn: 0,
          inExam: candidatesPerRoom - (hello % candidatesPerRoom),
          handedIn: hello % candidatesPerRoom,
          absent: 0,
          away: 0,
          extraTime: 0,
          violations: room === 0 ? hello : 0,
          resumed: 0,
        },
        lastContact: now,
        collectedAt: null,
        handedUpAt: null,
      })),
    },
  };
}
