/**
 * What a print station does in a room, kit by kit. What it sends, what the printer says and what the organiser says stay apart: only the
 * organiser knows what came out of the machine.
 *
 * ```
 * planned → sending → out → good
 *              │        └──→ spoiled   (reason; its numbers are used up, a reserve kit takes its place)
 *              └→ unsure ─→ good | spoiled   (the station was killed, or the printer failed, while it was with the printer;
                                             or a stick knows that it was printed, and the disk that did was put back)
 * ```
 * A kit goes to a printer once. What was spoiled or lost is made good by a kit with other numbers: a sheet that lies somewhere in the room
 * can never come back as another one's.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { JsonObject } from '../../base/json.ts';
import { lackingOf, rememberedSchema, type PrintedList } from './printed-list.ts';

export const kitFates = ['planned', 'sending', 'unsure', 'out', 'good', 'spoiled'] as const;
export type KitFate = (typeof kitFates)[number];

export interface RunKit {
  readonly kit: string;
  /** Not planned for a place: it replaces spoiled ones. */
  readonly reserve: boolean;
  readonly fate: KitFate;
  readonly job: string | null;
  /** The kit in whose place it was printed. */
  readonly replaces: string | null;
  /** 1, and one more for each kit of the same place before. */
  readonly copy: number;
  /** For which it was printed; null: not yet. */
  readonly room: string | null;
  readonly reason: string | null;
}

export interface PrintRun {
  readonly kits: ReadonlyMap<string, RunKit>;
  /** Sheets that belong to no kit, by number: the room for which each was printed; null: not printed. */
  readonly additional: ReadonlyMap<string, string | null>;
  /** That the key allows; null: no key was activated. */
  readonly allowed: number | null;
  /** Serial of the token that opened it. */
  readonly token: string | null;
  readonly tested: boolean;
  readonly finished: boolean;
}

/** What is written into the station's journal: `kind`, and `data` that every tier may see. */
export interface PrintDraft {
  readonly kind:
    | 'print-tested'
    | 'print-opened'
    | 'print-sent'
    | 'print-additional'
    | 'print-told'
    | 'print-judged'
    | 'print-remembered'
    | 'print-finished';
  readonly data: JsonObject;
}

export type PrintCommand =
  | { readonly do: 'test'; readonly good: boolean; readonly measured: JsonObject | null }
  | { readonly do: 'open'; readonly grant: number; readonly kits: number; readonly token: string | null }
  | {
      readonly do: 'send';
      readonly kits: readonly string[];
      readonly job: string;
      readonly room: string;
      readonly replaces?: string;
    }
  /** Sheets that are handed out one by one: used up once they were sent, good or not. */
  | {
      readonly do: 'additional';
      readonly sheets: readonly string[];
      readonly job: string;
      readonly room: string;
    }
  /** The printer's word about a job; `unsure`: nobody knows what came of it. */
  | {
      readonly do: 'told';
      readonly job: string;
      readonly says: 'out' | 'unsure' | 'nothing';
      readonly words: string;
    }
  | {
      readonly do: 'judge';
      readonly kit: string;
      readonly verdict: 'good' | 'spoiled';
      readonly reason: string;
    }
  /** What a list on a stick says was printed here, and the journal does not know. */
  | { readonly do: 'remember'; readonly list: PrintedList }
  /** `wanted`: how many good kits the room was to have; with fewer it takes a reason. */
  | { readonly do: 'finish'; readonly short: string; readonly wanted: number };

export function newRun(
  kits: readonly { readonly kit: string; readonly reserve: boolean }[],
  additional: readonly string[] = [],
): PrintRun {
  return {
    kits: new Map(
      kits.map(({ kit, reserve }) => [
        kit,
        { kit, reserve, fate: 'planned', job: null, replaces: null, copy: 1, room: null, reason: null },
      ]),
    ),
    additional: new Map(additional.map((number) => [number, null])),
    allowed: null,
    token: null,
    tested: false,
    finished: false,
  };
}

/** Kits whose numbers are used up: they count against what the key allows. */
export function usedUp(run: PrintRun): number {
  return [...run.kits.values()].filter(({ fate }) => fate !== 'planned').length;
}

/**
 * Refusals: `run-finished`, `key-not-activated`, `kit-unknown`, `kit-printed-already`, `kits-beyond-key`, `kit-not-spoiled`,
 * `kit-not-out`, `spoiled-needs-reason`, `kit-replaced-already`, `sheet-unknown`, `sheet-printed-already`, `job-unknown`,
 * `kits-without-verdict`, `printing-under-way`, `shortfall-needs-reason`, `nothing-to-remember`.
 */
export function decidePrint(run: PrintRun, command: PrintCommand): Result<PrintDraft> {
  if (run.finished) return refuse({ type: 'run-finished' });
  switch (command.do) {
    case 'test':
      return ok({ kind: 'print-tested', data: { good: command.good, measured: command.measured } });
    case 'open':
      return ok({
        kind: 'print-opened',
        data: { grant: command.grant, kits: command.kits, token: command.token },
      });
    case 'send':
      return send(run, command);
    case 'additional': {
      if (run.allowed === null) return refuse({ type: 'key-not-activated' });
      for (const number of command.sheets) {
        const printed = run.additional.get(number);
        if (printed === undefined) return refuse({ type: 'sheet-unknown', number });
        if (printed !== null) return refuse({ type: 'sheet-printed-already', number });
      }
      const { sheets, job, room } = command;
      return ok({ kind: 'print-additional', data: { sheets: [...sheets], job, room } });
    }
    case 'told': {
      const known = [...run.kits.values()].some(({ job }) => job === command.job);
      if (!known) return refuse({ type: 'job-unknown', job: command.job });
      return ok({ kind: 'print-told', data: { job: command.job, says: command.says, words: command.words } });
    }
    case 'judge': {
      const kit = run.kits.get(command.kit);
      if (!kit) return refuse({ type: 'kit-unknown', kit: command.kit });
      if (kit.fate === 'planned' || kit.fate === 'sending')
        return refuse({ type: 'kit-not-out', kit: command.kit });
      if (command.verdict === 'spoiled' && command.reason.trim() === '')
        return refuse({ type: 'spoiled-needs-reason' });
      const instead = [...run.kits.values()].find(({ replaces }) => replaces === command.kit);
      if (command.verdict === 'good' && instead)
        return refuse({ type: 'kit-replaced-already', kit: command.kit, by: instead.kit });
      return ok({
        kind: 'print-judged',
        data: { kit: command.kit, verdict: command.verdict, reason: command.reason },
      });
    }
    case 'remember': {
      const lacking = lackingOf(run, command.list);
      return lacking === null
        ? refuse({ type: 'nothing-to-remember' })
        : ok({
            kind: 'print-remembered',
            data: {
              writtenAt: command.list.at,
              kits: lacking.kits.map((kit) => ({ ...kit })),
              additional: lacking.additional.map((sheet) => ({ ...sheet })),
            },
          });
    }
    case 'finish': {
      const all = [...run.kits.values()];
      const sending = all.filter(({ fate }) => fate === 'sending');
      if (sending.length > 0) return refuse({ type: 'printing-under-way', kits: sending.length });
      const open = all.filter(({ fate }) => fate === 'out' || fate === 'unsure').map(({ kit }) => kit);
      if (open.length > 0) return refuse({ type: 'kits-without-verdict', kits: open });
      const good = all.filter(({ fate }) => fate === 'good').length;
      if (good < command.wanted && command.short.trim() === '')
        return refuse({ type: 'shortfall-needs-reason', good, wanted: command.wanted });
      return ok({
        kind: 'print-finished',
        data: {
          good: all.filter(({ fate }) => fate === 'good').map(({ kit }) => kit),
          spoiled: all.filter(({ fate }) => fate === 'spoiled').map(({ kit }) => kit),
          unused: all.filter(({ fate }) => fate === 'planned').map(({ kit }) => kit),
          reason: command.short,
        },
      });
    }
  }
}

function send(
  run: PrintRun,
  { kits, job, room, replaces }: PrintCommand & { do: 'send' },
): Result<PrintDraft> {
  if (run.allowed === null) return refuse({ type: 'key-not-activated' });
  for (const name of kits) {
    const kit = run.kits.get(name);
    if (!kit) return refuse({ type: 'kit-unknown', kit: name });
    if (kit.fate !== 'planned') return refuse({ type: 'kit-printed-already', kit: name });
  }
  if (usedUp(run) + kits.length > run.allowed)
    return refuse({ type: 'kits-beyond-key', allowed: run.allowed, used: usedUp(run) });
  const before = replaces === undefined ? null : run.kits.get(replaces);
  if (before === undefined) return refuse({ type: 'kit-unknown', kit: replaces });
  if (before && before.fate !== 'spoiled') return refuse({ type: 'kit-not-spoiled', kit: before.kit });
  const copy = before ? before.copy + 1 : 1;
  return ok({
    kind: 'print-sent',
    data: { kits: [...kits], job, room, copy, replaces: before?.kit ?? null },
  });
}

export function evolvePrint(run: PrintRun, { kind, data }: PrintDraft): PrintRun {
  switch (kind) {
    case 'print-tested':
      return { ...run, tested: run.tested || data['good'] === true };
    case 'print-opened':
      return { ...run, allowed: Number(data['kits']), token: (data['token'] as string | null) ?? null };
    case 'print-sent': {
      const sent = new Set(data['kits'] as readonly string[]);
      return changed(run, ({ kit }) => sent.has(kit), {
        fate: 'sending',
        job: String(data['job']),
        copy: Number(data['copy']),
        room: String(data['room']),
        replaces: (data['replaces'] as string | null) ?? null,
      });
    }
    case 'print-additional': {
      const sent = data['sheets'] as readonly string[];
      const room = String(data['room']);
      return { ...run, additional: new Map([...run.additional, ...sent.map((one) => [one, room] as const)]) };
    }
    case 'print-told':
      return changed(
        run,
        ({ job, fate }) => job === data['job'] && (fate === 'sending' || fate === 'unsure'),
        {
          // That nothing came out is the printer's word only: the organiser says it by a verdict.
          fate: data['says'] === 'out' ? 'out' : 'unsure',
        },
      );
    case 'print-judged':
      return changed(run, ({ kit }) => kit === data['kit'], {
        fate: data['verdict'] as 'good' | 'spoiled',
        reason: data['verdict'] === 'spoiled' ? String(data['reason']) : null,
      });
    case 'print-remembered': {
      const { kits, additional } = rememberedSchema.parse(data);
      const before = new Map(kits.map((kit) => [kit.kit, kit]));
      return {
        ...run,
        additional: new Map([
          ...run.additional,
          ...additional.map(({ number, room }) => [number, room] as const),
        ]),
        kits: new Map(
          [...run.kits].map(([name, kit]) => [
            name,
            { ...kit, ...(before.has(name) && { fate: 'unsure' as const }), ...before.get(name) },
          ]),
        ),
      };
    }
    case 'print-finished':
      return { ...run, finished: true };
  }
}

function changed(run: PrintRun, which: (kit: RunKit) => boolean, to: Partial<RunKit>): PrintRun {
  return {
    ...run,
    kits: new Map([...run.kits].map(([name, kit]) => [name, which(kit) ? { ...kit, ...to } : kit])),
  };
}

/** Jobs of which a station that was killed does not know what came. */
export function openJobs(run: PrintRun): string[] {
  const jobs = [...run.kits.values()].flatMap(({ fate, job }) =>
    fate === 'sending' && job !== null ? [job] : [],
  );
  return [...new Set(jobs)];
}

/**
 * The next reserve kit that is free; null: there is none.
 * @param from a reserve station begins at the end: the room's own one may have used the first ones
 */
export function nextReserve(run: PrintRun, from: 'start' | 'end' = 'start'): string | null {
  const free = [...run.kits.values()].filter(({ reserve, fate }) => reserve && fate === 'planned');
  return free.at(from === 'start' ? 0 : -1)?.kit ?? null;
}
