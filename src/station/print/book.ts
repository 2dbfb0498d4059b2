/**
 * What was printed here, from the station's own journal: there is no other memory of it. Every command is decided on what is durable, entered, and only
 * then acted upon; one after the other.
 */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Plan, PlannedKit } from '../../exam/paper-day/parcels.ts';
import {
  decidePrint,
  evolvePrint,
  newRun,
  type PrintCommand,
  type PrintDraft,
  type PrintRun,
} from '../../exam/paper-day/print-run.ts';
import { rememberedSchema } from '../../exam/paper-day/printed-list.ts';
import type { Station } from '../station.ts';
import { roomHere } from './print-settings.ts';

const kinds: Readonly<Record<PrintDraft['kind'], true>> = {
  'print-tested': true,
  'print-opened': true,
  'print-sent': true,
  'print-additional': true,
  'print-told': true,
  'print-judged': true,
  'print-remembered': true,
  'print-finished': true,
};

interface Entered extends PrintDraft {
  readonly subject: string;
  readonly at: number;
  readonly payload: JsonValue | null;
}

export class PrintBook {
  readonly #station: Station;
  readonly #entered: Entered[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #known: { readonly key: readonly unknown[]; readonly run: PrintRun } | null = null;

  constructor(station: Station) {
    this.#station = station;
    const { journal } = station.node;
    journal.replay((entry) => {
      if (entry.place.origin === journal.self.origin && Object.hasOwn(kinds, entry.kind))
        this.#entered.push({
          kind: entry.kind as PrintDraft['kind'],
          data: entry.data,
          subject: entry.subject,
          at: entry.at,
          payload: entry.payload ?? null,
        });
    });
  }

  /** As far as the materials are open: without them only what the journal names. */
  run(): PrintRun {
    const { day, room } = { day: this.#station.day(), room: roomHere(this.#station) };
    const entered = this.#ofEvent();
    const key = [day, room, this.#subject(), entered.length] as const;
    if (this.#known && this.#known.key.every((one, i) => one === key[i])) return this.#known.run;
    const reserves = new Map<string, boolean>();
    const additional = new Set<string>();
    if (day && room !== null) {
      for (const { kit, reserve } of kitsFor(this.#station, day.plan, room)) reserves.set(kit, reserve);
      for (const { number } of additionalFor(this.#station, day.plan, room)) additional.add(number);
    }
    for (const { kind, data } of entered) {
      if (kind === 'print-sent')
        for (const kit of data['kits'] as readonly string[])
          if (!reserves.has(kit)) reserves.set(kit, data['replaces'] !== null);
      if (kind === 'print-remembered') {
        const remembered = rememberedSchema.parse(data);
        for (const { kit, replaces } of remembered.kits)
          if (!reserves.has(kit)) reserves.set(kit, replaces !== null);
        for (const { number } of remembered.additional) additional.add(number);
      }
      if (kind === 'print-additional')
        for (const number of data['sheets'] as readonly string[]) additional.add(number);
    }
    const kits = [...reserves].map(([kit, reserve]) => ({ kit, reserve }));
    const run = entered.reduce(evolvePrint, newRun(kits, [...additional]));
    this.#known = { key, run };
    return run;
  }

  /** @param payloadOf of the entry, for the centre and the site alone: of what is decided upon, whatever was entered while it waited */
  do(command: PrintCommand, payloadOf?: (run: PrintRun) => Result<JsonValue>): Promise<Result<PrintDraft>> {
    const done = this.#last.then(async (): Promise<Result<PrintDraft>> => {
      const run = this.run();
      const draft = decidePrint(run, command);
      if (!draft.ok) return draft;
      const made = payloadOf?.(run) ?? ok(undefined);
      if (!made.ok) return made;
      const payload = made.value;
      const subject =
        command.do === 'test' ? `station:${this.#station.node.id}` : (this.#subject() ?? 'station:');
      const [entry] = await this.#station.node.journal.append([
        { ...draft.value, subject, ...(payload !== undefined && { payload }) },
      ]);
      this.#entered.push({
        ...draft.value,
        subject,
        at: entry?.at ?? this.#station.node.clock.now(),
        payload: payload ?? null,
      });
      this.#station.changed.notify();
      return ok(draft.value);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** What the newest `print-opened` says; null: nothing was opened yet. */
  opened(): JsonObject | null {
    return this.#ofEvent().findLast(({ kind }) => kind === 'print-opened')?.data ?? null;
  }

  /** The end, once it was entered, with what was entered for centre and site alone. */
  finished(): { readonly at: number; readonly data: JsonObject; readonly payload: JsonValue } | null {
    return this.#ofEvent().findLast(({ kind }) => kind === 'print-finished') ?? null;
  }

  #subject(): string | null {
    const materials = this.#station.materials();
    return materials && `event:${materials.event.id}`;
  }

  #ofEvent(): Entered[] {
    const subject = this.#subject();
    return this.#entered.filter((one) => one.kind === 'print-tested' || one.subject === subject);
  }
}

const isReserveStation = (station: Station): boolean => station.settings()?.room === null;

/** Kits of the whole site's reserve are printed at reserve stations alone: two rooms would print the same ones. */
export function kitsFor(station: Station, plan: Plan, room: string): PlannedKit[] {
  return plan.kits.filter((kit) => kit.room === room || (kit.room === '' && isReserveStation(station)));
}

export function additionalFor(station: Station, plan: Plan, room: string): Plan['additional'] {
  return plan.additional.filter((one) => one.room === room || (one.room === '' && isReserveStation(station)));
}

/** A reserve station takes reserves from the end: the room's own one may have used the first ones. */
export function reserveOrder(station: Station): 'start' | 'end' {
  return isReserveStation(station) ? 'end' : 'start';
}
