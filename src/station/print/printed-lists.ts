/**
 * Lists of what was printed here, on the sticks that come by: each stick of the exam gets the newest, and each is asked whether it knows of more than
 * the journal. Nothing prints then before somebody has taken over what it names: a number that exists once never comes out twice.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8, utf8 } from '../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  beyond,
  lackingOf,
  printedListSchema,
  printedListTyp,
  usedIn,
  type PrintedList,
} from '../../exam/paper-day/printed-list.ts';
import { incompleteEnding } from '../../node/backup/backup.ts';
import { stickFolder } from '../../node/stick/stick.ts';
import { signJws, verifyJws } from '../../trust/jws.ts';
import type { Station } from '../station.ts';
import type { PrintBook } from './book.ts';

const lookEveryMs = 5_000;
/** Bytes: of a site with five thousand kits; what is longer is none of ours. */
const longest = 2_000_000;
/** Kits that are named in a sentence. */
const mostNamed = 12;

export class PrintedLists {
  readonly #station: Station;
  readonly #book: PrintBook;
  /** The newest that names something the journal did not know when it was read. */
  #found: PrintedList | null = null;
  #last: Promise<void> = Promise.resolve();
  readonly #said = new Set<string>();

  constructor(station: Station, book: PrintBook) {
    this.#station = station;
    this.#book = book;
  }

  /** Looks by itself until the station ends. */
  watch(): void {
    const look = (): void => {
      this.look().catch((error: unknown) =>
        this.#station.node.log.error({ err: error }, 'sticks were not looked through'),
      );
    };
    const timer = setInterval(look, lookEveryMs);
    timer.unref();
    this.#station.ended.addEventListener('abort', () => clearInterval(timer), { once: true });
    look();
  }

  /** Why nothing may be printed; null: no stick that was here knows of more than the journal. */
  problem(): Refusal | null {
    const lacking = this.#found && lackingOf(this.#book.run(), this.#found);
    if (!lacking) return null;
    const kits = lacking.kits.map(({ kit }) => kit);
    return {
      type: 'station-disk-older',
      kits: kits.length,
      names: [...kits.slice(0, mostNamed), ...(kits.length > mostNamed ? ['…'] : [])],
      sheets: lacking.additional.length,
    };
  }

  /** Every stick that is plugged in: what it knows, and what it does not know yet. */
  look(): Promise<void> {
    const done = this.#last.catch(() => undefined).then(() => this.#look());
    this.#last = done;
    return done;
  }

  /** What the list names counts as printed, and each kit wants a verdict. Refusals: `nothing-to-remember`, `run-finished`. */
  async takeOver(): Promise<Result<void>> {
    if (!this.#found) return refuse({ type: 'nothing-to-remember' });
    const entered = await this.#book.do({ do: 'remember', list: this.#found });
    return entered.ok ? ok() : entered;
  }

  async #look(): Promise<void> {
    const { drives, materials } = this.#station;
    if (materials() === null) return;
    for (const { path } of await drives.list()) {
      const folder = join(path, stickFolder);
      // A stick that never carried anything of an exam is somebody's own.
      const carries = await readdir(folder).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') this.#tell(folder, 'a stick cannot be read', error);
          return false;
        },
      );
      if (!carries) continue;
      const file = join(folder, this.#name());
      const there = await this.#read(file).catch((error: unknown) => {
        // Pulled out just now, or worn: what it knows must not be written over.
        this.#tell(file, 'the list of what was printed cannot be read from a stick', error);
        return 'unreadable' as const;
      });
      if (there === 'unreadable') continue;
      if (there && lackingOf(this.#book.run(), there)) {
        if (this.#found?.at !== there.at)
          this.#station.node.log.warn(
            { at: there.at },
            'a stick knows of kits that the journal does not know',
          );
        this.#found = there;
        this.#station.changed.notify();
      } else await this.#write(folder, there);
    }
  }

  /** null: none, or none that this station has signed for this exam. @throws what the stick says, when it cannot be read */
  async #read(file: string): Promise<PrintedList | null> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const piece of this.#station.drives.read(file)) {
        length += piece.length;
        if (length > longest) return null;
        pieces.push(piece);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const { node } = this.#station;
    const signed = verifyJws(fromUtf8(Buffer.concat(pieces)), printedListTyp, node.keys.signing.publicKey);
    const list = signed.ok ? printedListSchema.safeParse(signed.value) : null;
    const ours = list?.success && list.data.station === node.id && list.data.eventId === this.#eventId();
    return ours ? list.data : null;
  }

  async #write(folder: string, there: PrintedList | null): Promise<void> {
    const { node, drives } = this.#station;
    const used = usedIn(this.#book.run());
    const eventId = this.#eventId();
    if (eventId === undefined || !beyond(used, there ?? { kits: [], additional: [] })) return;
    const list: PrintedList = { v: 1, station: node.id, eventId, at: node.clock.now(), ...used };
    const path = join(folder, this.#name());
    try {
      const file = await drives.create(`${path}${incompleteEnding}`);
      try {
        await file.write(utf8(signJws(printedListTyp, list, node.keys.signing)));
        await file.sync();
      } finally {
        await file.close();
      }
      await drives.rename(`${path}${incompleteEnding}`, path);
    } catch (error) {
      // Full, protected, or pulled out: the next one gets it.
      this.#tell(path, 'a stick did not get the list of what was printed', error);
    }
  }

  /** Once: a stick stays plugged in, and is looked at every few seconds. */
  #tell(file: string, what: string, error: unknown): void {
    const said = `${file} ${what}`;
    if (this.#said.has(said)) return;
    this.#said.add(said);
    this.#station.node.log.warn({ err: error, file }, what);
  }

  #name(): string {
    return `PRINTED_${this.#station.node.id.slice(0, 12)}.jws`;
  }

  #eventId(): string | undefined {
    return this.#station.materials()?.event.id;
  }
}
