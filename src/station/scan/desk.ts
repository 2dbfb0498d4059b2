/**
 * The scan station at work: what its journal and its pages say of the event whose materials are here, and the scanner. Which sheets there
 * are is known only while a member has the materials open; pages, counts and decisions are there without.
 */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { JsonObject } from '../../base/json.ts';
import { undecided } from '../../exam/paper-day/scan-decisions.ts';
import { standPages, type RoomPage, type StandingPage } from '../../exam/paper-day/scan-room.ts';
import {
  ScanBook,
  type RoomState,
  type ScanEntryData,
  type ScanEntryKind,
} from '../../exam/paper-day/scan-rooms.ts';
import {
  numberRules,
  sheetsOfSite,
  type PrintTold,
  type SiteSheets,
} from '../../exam/paper-day/site-sheets.ts';
import type { NumberRule } from '../../exam/form/sheet-number.ts';
import type { Scanners } from '../../hardware/scanner/port.ts';
import { changeSignal, type ChangeSignal } from '../../node/change-signal.ts';
import type { PagePool } from '../../recognise/pool.ts';
import type { OpenDay, Station } from '../station.ts';
import { PageReader } from './page-reader.ts';
import { ScannedPages } from './pages.ts';
import { fatesOf, loadedJournals } from './print-journals.ts';
import { Scanning } from './scanning.ts';

export interface ScanParts {
  readonly scanners: Scanners;
  readonly pool: Pick<PagePool, 'threads' | 'recognise' | 'close'>;
}

export interface KnownSheets extends SiteSheets {
  readonly rules: readonly NumberRule[];
}

type Told = PrintTold['fates'];

interface Current {
  readonly eventId: string;
  readonly pages: ScannedPages;
  readonly book: ScanBook;
}

export class ScanDesk {
  readonly station: Station;
  readonly scanners: Scanners;
  readonly changed: ChangeSignal = changeSignal();
  readonly scanning: Scanning;
  readonly reader: PageReader;
  readonly #pool: ScanParts['pool'];
  readonly #books = new Map<string, ScanBook>();
  #current: Current | null = null;
  #known: {
    readonly day: OpenDay;
    readonly sheets: KnownSheets;
    readonly told: ReadonlyMap<string, Told>;
  } | null = null;
  #standing: Map<string, StandingPage[]> | null = null;
  #problem: Refusal | null = null;
  #before: Promise<unknown> = Promise.resolve();
  readonly #stop: () => void;

  constructor(station: Station, { scanners, pool }: ScanParts) {
    this.station = station;
    this.scanners = scanners;
    this.#pool = pool;
    const { origin } = station.node.journal.self;
    station.node.journal.replay((entry) => {
      if (entry.place.origin === origin) this.#book(entry.subject).apply(entry.kind, entry.data);
    });
    this.reader = new PageReader({
      pool,
      blobs: station.node.blobs,
      pages: () => this.current()?.pages ?? null,
      options: () => {
        const day = station.day();
        const known = this.known();
        return day && known ? { templates: day.plan.templates, rules: known.rules } : null;
      },
      onRead: () => this.told(),
    });
    this.scanning = new Scanning(this);
    // A member came, or other materials did.
    this.#stop = station.changed.subscribe(() => {
      this.open().catch((error: unknown) =>
        station.node.log.error({ err: error }, 'plan and journals cannot be read'),
      );
    });
  }

  /** Of the materials that are here; null: there are none. */
  current(): Current | null {
    const event = this.station.materials()?.event;
    if (!event) return null;
    if (this.#current?.eventId !== event.id)
      this.#current = {
        eventId: event.id,
        pages: new ScannedPages(this.station.node.db, event.id),
        book: this.#book(`event:${event.id}`),
      };
    return this.#current;
  }

  /** What plan and journals say, once `open` has read them; null: a member has to come. */
  known(): KnownSheets | null {
    const day = this.station.day();
    return this.#known !== null && this.#known.day === day ? this.#known.sheets : null;
  }

  /** Kits of which a print station tells. */
  toldBy(stationId: string): Told['kits'] {
    return this.known() ? (this.#known?.told.get(stationId)?.kits ?? []) : [];
  }

  /**
   * Reads plan and print journals after a member has come, or a journal.
   * @param anew what was read before does not count any more
   * @returns refusals `materials-missing`, `materials-closed`, those of a journal that cannot be read any more
   */
  async open(anew = false): Promise<Result<KnownSheets>> {
    const opened = await this.#read(anew);
    // Without a member nothing is wrong.
    this.#problem = opened.ok || this.station.day() === null ? null : opened.refusal;
    if (this.#problem) this.told();
    return opened;
  }

  async #read(anew: boolean): Promise<Result<KnownSheets>> {
    const [current, day] = [this.current(), this.station.day()];
    if (!current) return refuse({ type: 'materials-missing' });
    if (!day) return refuse({ type: 'materials-closed' });
    const known = anew ? null : this.known();
    if (known) return ok(known);
    const journals = loadedJournals(this.station, current.eventId);
    const told = new Map<string, Told>();
    for (const journal of journals) {
      const fates = await fatesOf(this.station, journal, day);
      if (!fates.ok) return fates;
      told.set(journal.stationId, fates.value);
    }
    if (this.station.day() !== day) return refuse({ type: 'materials-closed' });
    const sheets = sheetsOfSite(
      day.plan,
      journals.flatMap(({ stationId, room }) => {
        const fates = told.get(stationId);
        return fates ? [{ room, fates }] : [];
      }),
    );
    this.#known = { day, told, sheets: { ...sheets, rules: numberRules(sheets.sheets.keys()) } };
    this.told();
    this.reader.wake();
    return ok(this.#known.sheets);
  }

  /** All pages of all rooms, as they stand now. */
  standing(): ReadonlyMap<string, readonly StandingPage[]> {
    const [current, known] = [this.current(), this.known()];
    if (!current || !known) return new Map();
    this.#standing ??= standPages(
      current.pages.all().map((page): RoomPage => ({
        ...page,
        decided: current.book.decided.get(page.id) ?? undecided,
      })),
      known,
      known.rules,
      current.book.rooms,
    );
    return this.#standing;
  }

  room(room: string): RoomState | null {
    return this.current()?.book.rooms.get(room) ?? null;
  }

  /** One command after the other: each sees what the one before has entered. */
  inTurn<T>(work: (current: Current) => Promise<Result<T>>): Promise<Result<T>> {
    const done = this.#before.then(async (): Promise<Result<T>> => {
      const current = this.current();
      return current ? work(current) : refuse({ type: 'materials-missing' });
    });
    this.#before = done.catch(() => undefined);
    return done;
  }

  /** Entered, and then true here. */
  async enter<K extends ScanEntryKind>(
    eventId: string,
    entries: readonly { readonly kind: K; readonly data: ScanEntryData<K> }[],
  ): Promise<void> {
    const subject = `event:${eventId}`;
    await this.station.node.journal.append(
      entries.map(({ kind, data }) => ({ kind, subject, data: data as unknown as JsonObject })),
    );
    for (const { kind, data } of entries) this.#book(subject).apply(kind, data);
    this.told();
  }

  /** Something is different: what was worked out of it is worked out anew. */
  told(): void {
    this.#standing = null;
    this.changed.notify();
  }

  /** Why work cannot go on, beside what each command says; null: nothing keeps it. */
  failing(): Refusal | null {
    return this.reader.failing ?? this.#problem;
  }

  async close(): Promise<void> {
    this.#stop();
    await this.scanning.close();
    await this.reader.close();
    await this.#before;
    await this.#pool.close();
  }

  #book(subject: string): ScanBook {
    const book = this.#books.get(subject) ?? new ScanBook();
    this.#books.set(subject, book);
    return book;
  }
}
