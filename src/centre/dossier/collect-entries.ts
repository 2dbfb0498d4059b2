/**
 * Every entry about one candidate that the centre holds: those of room and seats from the results, with their contents, then what the centre's
 * journal has besides them, from the site and of its own. Entries go to a file one by one; what stays in memory is a line of each.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { ok, type Result } from '../../base/result.ts';
import { decodeRequest } from '../../exam/code/request.ts';
import { belongsTo, type About, type Tier } from '../../exam/package/dossier.ts';
import { readEntries } from '../../journal/entries-file.ts';
import type { Head, Header, StoredEntry } from '../../journal/entry.ts';
import { chainKey, readHeader } from '../../journal/ledger.ts';
import { sha256Hex } from '../../trust/digest.ts';
import type { Centre } from '../centre.ts';
import type { KeptResult } from './open-result.ts';

/** An entry as it is shown: without its bytes. */
export interface DossierLine {
  readonly at: number;
  readonly tier: Tier;
  readonly origin: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What was answered; null: nothing, or it is not here. */
  readonly responses: Readonly<Record<string, unknown>> | null;
  /** The room's word proves it, not the centre's alone. */
  readonly proved: boolean;
  /** Another copy of what stands at this place. */
  readonly differs: boolean;
}

export interface CollectedChain {
  readonly origin: string;
  readonly epoch: string;
  readonly tier: Tier;
  /** Of every entry, from the first on; of chains that no result has brought whole: none. */
  readonly hashes: readonly string[];
  /** The result that brought them; null: none. */
  readonly from: KeptResult | null;
  /** By the room's signed word. */
  readonly proved: boolean;
}

export interface Collected {
  readonly lines: readonly DossierLine[];
  /** Those that have an entry in the dossier. */
  readonly chains: readonly CollectedChain[];
  readonly entries: number;
  readonly differing: number;
}

export interface CollectOptions {
  readonly about: About & { readonly index: number };
  /** Node of the candidate's site; null: it has not registered. */
  readonly site: string | null;
  /** The one in force first. */
  readonly results: readonly KeptResult[];
  readonly entriesFile: string;
  readonly differingFile: string;
}

const rowsAtOnce = 1_000;
/** What a person reads in a line; all of it is in the entry. */
const longestShown = 400;

interface Chain extends Omit<CollectedChain, 'proved'> {
  hashes: string[];
  /** How many entries of it are in the dossier. */
  taken: number;
  readonly beyond: Map<number, string>;
}

export async function collectEntries(
  centre: Pick<Centre, 'node'>,
  options: CollectOptions,
): Promise<Result<Collected>> {
  const [entries, differing] = [await open(options.entriesFile, 'w'), await open(options.differingFile, 'w')];
  try {
    const collector = new Collector(centre, options, entries, differing);
    for (const result of options.results) {
      const read = await collector.takeResult(result);
      if (!read.ok) return read;
    }
    await collector.takeJournal();
    return ok(await collector.finish());
  } finally {
    await entries.close();
    await differing.close();
  }
}

class Collector {
  readonly #centre: Pick<Centre, 'node'>;
  readonly #options: CollectOptions;
  readonly #chains = new Map<string, Chain>();
  readonly #lines: Omit<DossierLine, 'proved'>[] = [];
  readonly #rooms = new Set<string>();
  readonly #seats = new Set<string>();
  readonly #out: Record<
    'entries' | 'differing',
    { file: FileHandle; waiting: string[]; size: number; count: number }
  >;

  constructor(
    centre: Pick<Centre, 'node'>,
    options: CollectOptions,
    entries: FileHandle,
    differing: FileHandle,
  ) {
    this.#centre = centre;
    this.#options = options;
    this.#out = {
      entries: { file: entries, waiting: [], size: 0, count: 0 },
      differing: { file: differing, waiting: [], size: 0, count: 0 },
    };
  }

  async takeResult(result: KeptResult): Promise<Result<void>> {
    this.#rooms.add(result.room);
    return readEntries(result.entries, async (stored) => {
      const header = readHeader(stored);
      // It was read when it came: what is none now is a file that was changed since, and its digest has said so already.
      if (!header) throw new Error('an entry of a received result cannot be read');
      const hash = sha256Hex(stored.header);
      const chain = this.#chainOf(header, result);
      const known = chain.hashes[header.seq - 1];
      const isNew = known === undefined;
      if (isNew && chain.from === result && header.seq === chain.hashes.length + 1) chain.hashes.push(hash);
      if (!isNew && known === hash) return ok();
      await this.#take(stored, header, hash, chain, !isNew);
      return ok();
    });
  }

  /** What has come over the network besides, in chain after chain: the site's, its room's, its seats', and the centre's own. */
  async takeJournal(): Promise<void> {
    const { site } = this.#options;
    const own = this.#centre.node.id;
    const heads = this.#centre.node.journal.heads();
    const take = (origin: string, tier: Tier): Promise<void> =>
      this.#takeOrigin(
        heads.filter((head) => head.origin === origin),
        tier,
      );
    if (site !== null) await take(site, 'site');
    for (const room of this.#rooms) await take(room, 'room');
    for (const seat of this.#seats) if (!this.#rooms.has(seat)) await take(seat, 'seat');
    await take(own, 'centre');
  }

  async finish(): Promise<Collected> {
    await this.#flush('entries');
    await this.#flush('differing');
    const order: Readonly<Record<Tier, number>> = { centre: 0, site: 1, room: 2, seat: 3 };
    const proved = new Set([...this.#chains].filter(([, chain]) => isProved(chain)).map(([key]) => key));
    const lines = this.#lines.map((line) => ({
      ...line,
      proved:
        proved.has(chainKey(line)) &&
        !line.differs &&
        line.seq <= (this.#chains.get(chainKey(line))?.hashes.length ?? 0),
    }));
    return {
      lines: lines.toSorted((a, b) => a.at - b.at || order[b.tier] - order[a.tier] || a.seq - b.seq),
      chains: [...this.#chains]
        .filter(([, { taken }]) => taken > 0)
        .map(([key, { origin, epoch, tier, hashes, from }]) => ({
          origin,
          epoch,
          tier,
          hashes,
          from,
          proved: proved.has(key),
        })),
      entries: this.#out.entries.count,
      differing: this.#out.differing.count,
    };
  }

  async #takeOrigin(heads: readonly Head[], tier: Tier): Promise<void> {
    const { journal } = this.#centre.node;
    for (const head of heads) {
      const { origin } = head;
      const chain = this.#chainOf(head, null, tier);
      const held = chain.hashes.length;
      // The same entry at the end is the same chain up to there.
      const same = held > 0 && journal.hashAt(origin, head.epoch, held) === chain.hashes[held - 1];
      for (let after = same ? held : 0; after < head.seq;) {
        const rows = journal.ofOrigin(origin, head.epoch, after, rowsAtOnce);
        for (const row of rows) {
          after++;
          if (!this.#mayBelong(row.header)) continue;
          const header = readHeader(row);
          if (!header) throw new Error(`damaged journal entry: ${row.header.slice(0, 80)}`);
          const known = chain.hashes[header.seq - 1];
          if (known === row.hash) continue;
          const { salt, payload } = row;
          const stored = { header: row.header, salt: payload === null ? null : salt, payload };
          await this.#take(stored, header, row.hash, chain, known !== undefined);
        }
        if (rows.length === 0) break;
        // A long journal is read through between sites that say hello.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** Cheap, and never wrong about what belongs: most of a journal is about others. */
  #mayBelong(header: string): boolean {
    const { about } = this.#options;
    return (
      header.includes(about.sitting) || header.includes(about.session) || header.includes('"kind":"room-re')
    );
  }

  async #take(
    stored: StoredEntry,
    header: Header,
    hash: string,
    chain: Chain,
    differs: boolean,
  ): Promise<void> {
    const { about } = this.#options;
    const { kind, subject, data, at, origin, epoch, seq } = header;
    if (kind.startsWith('room-re') && subject === `room:${about.room}` && typeof data['node'] === 'string')
      this.#rooms.add(data['node']);
    if (!belongsTo({ kind, subject, data }, about, codePlace)) return;
    // Beyond what the result in force has: an older result and the journal may both bring it.
    const beyond = chain.beyond.get(seq);
    if (beyond === hash) return;
    if (beyond !== undefined) differs = true;
    else if (seq > chain.hashes.length || chain.hashes[seq - 1] !== hash) chain.beyond.set(seq, hash);
    if (typeof data['seat'] === 'string') this.#seats.add(data['seat']);
    await this.#write(differs ? 'differing' : 'entries', withoutOthers(stored, about.sitting));
    if (!differs) chain.taken++;
    this.#lines.push({
      at,
      tier: chain.tier,
      origin,
      epoch,
      seq,
      hash,
      kind,
      data: shortened({ ...data, ...reasonIn(kind, stored.payload) }),
      responses: responsesIn(stored.payload),
      differs,
    });
  }

  #chainOf(of: { origin: string; epoch: string }, from: KeptResult | null, tier?: Tier): Chain {
    const key = chainKey(of);
    const known = this.#chains.get(key);
    if (known) return known;
    const { origin, epoch } = of;
    const made: Chain = {
      origin,
      epoch,
      tier: tier ?? (from?.room === origin ? 'room' : 'seat'),
      hashes: [],
      from,
      taken: 0,
      beyond: new Map(),
    };
    this.#chains.set(key, made);
    return made;
  }

  async #write(to: 'entries' | 'differing', { header, salt, payload }: StoredEntry): Promise<void> {
    const out = this.#out[to];
    const line = `${JSON.stringify({ header, salt, payload })}\n`;
    out.waiting.push(line);
    out.size += line.length;
    out.count++;
    if (out.size > 1 << 20) await this.#flush(to);
  }

  async #flush(to: 'entries' | 'differing'): Promise<void> {
    const out = this.#out[to];
    if (out.waiting.length > 0) await out.file.appendFile(out.waiting.join(''));
    out.waiting = [];
    out.size = 0;
  }
}

/** Does the room's word say the same of this chain? */
function isProved({ from, hashes, ...chain }: Chain): boolean {
  const said = from?.said?.chains.find((one) => chainKey(one) === chainKey(chain));
  return said?.seq === hashes.length && said.hashes === sha256Hex(hashes.map((hash) => `${hash}\n`).join(''));
}

/** A seat's entries that were kept as a whole (`differing-entries-kept`) may be about whoever sat there: then the content stays at the centre. */
function withoutOthers(stored: StoredEntry, sitting: string): StoredEntry {
  const named = stored.payload?.match(/\bsitting:[0-9a-z]+/g) ?? [];
  return named.every((one) => one === `sitting:${sitting}`)
    ? stored
    : { header: stored.header, salt: null, payload: null };
}

/** The request is the code's own name: whom it is for stands in it. */
function codePlace(challenge: string): number | null {
  const request = decodeRequest(challenge);
  return request.ok ? request.value.candidate : null;
}

function shortened(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => typeof value !== 'object')
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, longestShown) : value]),
  );
}

/** Why something was given stands with what it is: both are personal. */
function reasonIn(kind: string, payload: string | null): { reason?: string } {
  if (kind !== 'accommodated' || payload === null) return {};
  const { reason } = JSON.parse(payload) as { reason?: unknown };
  return typeof reason === 'string' ? { reason } : {};
}

function responsesIn(payload: string | null): Record<string, unknown> | null {
  if (payload === null || !payload.startsWith('{"responses":')) return null;
  const { responses } = JSON.parse(payload) as { responses: unknown };
  if (typeof responses !== 'object' || responses === null || Array.isArray(responses)) return null;
  return Object.fromEntries(
    Object.entries(responses).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value.slice(0, longestShown)
        : Array.isArray(value)
          ? value.slice(0, 50).map((one) => String(one).slice(0, 100))
          : value,
    ]),
  );
}
