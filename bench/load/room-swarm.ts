/** A process that is many rooms of one site, each with its certificate, its connection, and seats whose changes it ships. */
import { newId, randomBytes } from '../../src/base/ids.ts';
import { toBase64 } from '../../src/base/bytes.ts';
import type { RoomStatus } from '../../src/exam/session/room-view.ts';
import { nextEntry } from '../../src/journal/chain.ts';
import type { StoredEntry } from '../../src/journal/entry.ts';
import { epochOpened } from '../../src/journal/epoch.ts';
import { toSegment } from '../../src/journal/segment.ts';
import { certificateFingerprint } from '../../src/trust/keys.ts';
import { selfSigned } from '../../src/trust/tls-certificate.ts';
import { openConnection, type Connection, type Identity } from './connection.ts';

export interface RoomsPlan {
  readonly rooms: readonly string[];
  readonly seatsPerRoom: number;
  /** Of each seat, ms: a candidate who answers, changes a page, is looked after. */
  readonly changeEveryMs: number;
  /** As a room does it, ms. */
  readonly gatherMs: number;
  readonly helloEveryMs: number;
  readonly lastsMs: number;
}
export type ToRooms =
  | { readonly plan: RoomsPlan }
  | { readonly begin: { readonly port: number; readonly sessionId: string } };
export type FromRooms =
  | { readonly fingerprints: readonly (readonly [code: string, fingerprint: string])[] }
  | { readonly done: RoomsFigures };

export interface RoomsFigures {
  /** Room, number of the hello, and wall clock when it was sent. */
  readonly sent: readonly (readonly [code: string, hello: number, at: number])[];
  readonly entries: number;
  readonly pushes: number;
}

interface Seat {
  readonly origin: string;
  readonly epoch: string;
  seq: number;
  hash: string | null;
  nextAt: number;
}

interface Room {
  readonly code: string;
  readonly identity: Identity;
  readonly seats: readonly Seat[];
}

/** As large as what a change seals for the centre; nobody on the way can read it. */
const sealedOf = (changes: number): string => toBase64(randomBytes(200 + 120 * changes));

let plan: RoomsPlan | null = null;
let rooms: readonly Room[] = [];

process.on('message', (message: ToRooms) => {
  void act(message).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function act(message: ToRooms): Promise<void> {
  const tell = (said: FromRooms): void => void process.send?.(said);
  if ('plan' in message) {
    plan = message.plan;
    rooms = await Promise.all(message.plan.rooms.map((code) => makeRoom(code, message.plan)));
    tell({
      fingerprints: rooms.map(({ code, identity }) => [code, certificateFingerprint(identity.certPem)]),
    });
    return;
  }
  if (!plan) throw new Error('no plan yet');
  const { port, sessionId } = message.begin;
  const figures = { sent: [] as [string, number, number][], entries: 0, pushes: 0 };
  const told = plan;
  const end = Date.now() + told.lastsMs;
  await Promise.all(
    rooms.map(async (room, i) => {
      await until(Date.now() + (i / rooms.length) * told.helloEveryMs);
      const connection = await openConnection(port, room.identity);
      try {
        await work(room, connection, { plan: told, sessionId, end, figures });
      } finally {
        connection.close();
      }
    }),
  );
  tell({ done: figures });
}

async function makeRoom(code: string, { seatsPerRoom, changeEveryMs }: RoomsPlan): Promise<Room> {
  const seats = Array.from({ length: seatsPerRoom }, () => ({
    origin: newId(),
    epoch: newId(),
    seq: 0,
    hash: null,
    nextAt: Math.random() * changeEveryMs,
  }));
  return { code, identity: await selfSigned(`room-${code}`), seats };
}

interface Work {
  readonly plan: RoomsPlan;
  readonly sessionId: string;
  readonly end: number;
  readonly figures: { readonly sent: [string, number, number][]; entries: number; pushes: number };
}

/** A room's uplink: hello in its interval, and what its seats changed as soon as it was gathered. */
async function work(room: Room, connection: Connection, { plan: told, sessionId, end, figures }: Work) {
  const begun = Date.now();
  let hello = 0;
  let helloAt = begun;
  while (Date.now() < end) {
    if (Date.now() >= helloAt) {
      helloAt += told.helloEveryMs;
      hello++;
      figures.sent.push([room.code, hello, Date.now()]);
      await connection.post('/hello', JSON.stringify(helloOf(room, hello, sessionId)));
    }
    const entries = changesOf(room.seats, Date.now() - begun, told.changeEveryMs);
    if (entries.length > 0) {
      const sealed = sealedOf(entries.length);
      await connection.post('/journal', JSON.stringify({ ...toSegment(entries), sealed }));
      figures.entries += entries.length;
      figures.pushes++;
    }
    await until(Math.min(Date.now() + told.gatherMs, helloAt));
  }
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));
}

/** What fell due since it was looked at last. Payloads have gone into what is sealed. */
function changesOf(seats: readonly Seat[], now: number, changeEveryMs: number): StoredEntry[] {
  const entries: StoredEntry[] = [];
  for (const seat of seats) {
    if (seat.nextAt > now) continue;
    seat.nextAt = now + changeEveryMs * (0.5 + Math.random());
    const draft =
      seat.seq === 0
        ? epochOpened('first-start', [])
        : {
            kind: 'answer-changed',
            subject: `sitting:${seat.origin}`,
            data: { item: 'item-1', lease: 1, attempt: 1, number: seat.seq },
            payload: { response: 'as long as an answer that is chosen' },
          };
    const { origin, epoch } = seat;
    const made = nextEntry(
      draft,
      { origin, epoch, seq: seat.seq + 1 },
      seat.hash,
      Date.now(),
      draft.payload === undefined ? '' : '00'.repeat(16),
    );
    seat.seq++;
    seat.hash = made.hash;
    entries.push({ ...made.stored, salt: null, payload: null });
  }
  return entries;
}

/** Every hello says something new: `violations` counts them, by which a viewer knows which one he sees. */
function helloOf({ code, seats }: Room, hello: number, sessionId: string): object {
  const passed = Date.now() - 600_000;
  const status: RoomStatus = {
    roomCode: code,
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
      expected: seats.length,
      signedIn: 0,
      inExam: seats.length,
      handedIn: 0,
      absent: 0,
      away: 0,
      extraTime: 0,
      violations: hello,
      resumed: 0,
    },
  };
  return {
    nonce: '0123456789abcdef',
    version: '1',
    heads: seats.flatMap(({ origin, epoch, seq, hash }) => (seq === 0 ? [] : { origin, epoch, seq, hash })),
    status: {
      statuses: [status],
      loaded: { publication: 1, at: passed },
      sealCheck: { at: passed, passed: true, checks: [] },
    },
  };
}
