/**
 * What a site declares of a room after an exam on paper (протокол проведения), and how that compares with what came: the site says what was
 * handed out, used and handed over; the register and the scans say what of it is here. Neither corrects the other: differences are named, kit
 * and sheet where the register can tell. Browser-safe.
 */
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';
import type { SheetKind } from '../form/sheet-code.ts';
import { came, type KeptSideState } from './completeness.ts';

const amount = z.number().int().min(0).max(100_000);
const name = z.string().trim().min(1).max(200);
/** `HH:MM` of the site's own clock on the wall. */
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const protocolBodySchema = z.object({
  conductedBy: name,
  startedAt: wallTime,
  endedAt: wallTime,
  kitsReceived: amount,
  kitsUsed: amount,
  absent: amount,
  /** Removed, or did not finish: their kits were used all the same. */
  notFinished: amount,
  /** Numbers of the kits that were spoiled (брак). */
  spoiledKits: z.array(z.string().trim().min(1).max(24)).max(1_000),
  /** Sheets that were handed over. */
  registrationForms: amount,
  answerForms: amount,
  additionalSheets: amount,
  remarks: z.string().trim().max(2_000),
  signedBy: name,
});
export type ProtocolBody = z.infer<typeof protocolBodySchema>;

/** A sheet of the register with what is there of its sides. */
export interface RoomSheet {
  readonly kind: SheetKind;
  readonly number: string;
  readonly sides: readonly KeptSideState[];
}

export interface RoomKit {
  readonly kit: string;
  readonly sheets: readonly RoomSheet[];
}

/** What the register has of a room. */
export interface RoomRegister {
  readonly kits: readonly RoomKit[];
  /** Additional sheets of no kit. */
  readonly loose: readonly RoomSheet[];
}

/** What contradicts itself, or the register; nothing of it can be handed in. */
export function protocolProblems(body: ProtocolBody, { kits }: RoomRegister): Refusal[] {
  const { startedAt, endedAt, kitsReceived, kitsUsed, notFinished, spoiledKits } = body;
  const problems: Refusal[] = [];
  if (endedAt <= startedAt) problems.push({ type: 'protocol-ends-before-start', startedAt, endedAt });
  if (kitsUsed + spoiledKits.length > kitsReceived)
    problems.push({
      type: 'protocol-more-than-received',
      kitsUsed,
      spoiled: spoiledKits.length,
      kitsReceived,
    });
  if (notFinished > kitsUsed)
    problems.push({ type: 'protocol-not-finished-above-used', notFinished, kitsUsed });
  const known = new Set(kits.map(({ kit }) => kit));
  const seen = new Set<string>();
  for (const kit of spoiledKits) {
    if (seen.has(kit)) problems.push({ type: 'protocol-kit-twice', kit });
    else if (!known.has(kit)) problems.push({ type: 'protocol-kit-not-of-room', kit });
    seen.add(kit);
  }
  return problems;
}

/**
 * The exam's day ends at midnight, by the clock of the centre's computer; the hours count from then.
 * @param date `YYYY-MM-DD`
 */
export function protocolDueAt(date: string, hours: number): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + 1).getTime() + hours * 3_600_000;
}

/** What came of a room, counted as sites declare it. */
export interface RoomReceived {
  /** Kits in the register, of which anything came, and of which nothing did. */
  readonly kits: number;
  readonly kitsCame: number;
  readonly kitsNothing: number;
  readonly registrationForms: number;
  readonly answerForms: number;
  readonly additionalSheets: number;
}

function isHere({ sides }: RoomSheet): boolean {
  return came(sides);
}

function anyCame({ sheets }: RoomKit): boolean {
  return sheets.some(isHere);
}

export function receivedOf({ kits, loose }: RoomRegister): RoomReceived {
  const here = [...kits.flatMap(({ sheets }) => sheets), ...loose].filter(isHere);
  const count = (...kinds: SheetKind[]): number => here.filter(({ kind }) => kinds.includes(kind)).length;
  const kitsCame = kits.filter(anyCame).length;
  return {
    kits: kits.length,
    kitsCame,
    kitsNothing: kits.length - kitsCame,
    registrationForms: count('registration'),
    answerForms: count('answers-1', 'answers-2'),
    additionalSheets: count('additional'),
  };
}

export const differenceKinds = [
  'kits-received',
  'kits-used',
  'absent',
  'registration',
  'answers',
  'additional',
  'spoiled-came',
] as const;

export interface Difference {
  readonly what: (typeof differenceKinds)[number];
  readonly declared: number;
  readonly received: number;
  /** Those that it can be about. */
  readonly kits: readonly string[];
}

/** Everything in which what is declared and what came differ. */
export function compareProtocol(body: ProtocolBody, register: RoomRegister): Difference[] {
  const received = receivedOf(register);
  const spoiled = new Set(body.spoiledKits);
  const nothing = register.kits.filter((kit) => !anyCame(kit) && !spoiled.has(kit.kit));
  const spoiledCame = register.kits.filter((kit) => anyCame(kit) && spoiled.has(kit.kit));
  const differences: Difference[] = [];
  const differ = (what: Difference['what'], declared: number, is: number, kits: readonly RoomKit[] = []) => {
    if (declared !== is) differences.push({ what, declared, received: is, kits: kits.map(({ kit }) => kit) });
  };
  differ('kits-received', body.kitsReceived, received.kits);
  differ('kits-used', body.kitsUsed, received.kitsCame, body.kitsUsed > received.kitsCame ? nothing : []);
  // Kits of nobody lie beside those of the absent: what is neither used, spoiled nor of somebody absent is a reserve.
  const reserve = Math.max(0, body.kitsReceived - body.kitsUsed - body.spoiledKits.length - body.absent);
  if (nothing.length < body.absent || nothing.length > body.absent + reserve)
    differ('absent', body.absent, nothing.length, nothing);
  differ(
    'registration',
    body.registrationForms,
    received.registrationForms,
    without(register, 'registration'),
  );
  differ('answers', body.answerForms, received.answerForms, without(register, 'answers-1', 'answers-2'));
  differ('additional', body.additionalSheets, received.additionalSheets);
  differ('spoiled-came', 0, spoiledCame.length, spoiledCame);
  return differences;
}

/** Kits of which something came, and of these kinds not everything. */
function without({ kits }: RoomRegister, ...kinds: SheetKind[]): RoomKit[] {
  return kits.filter(
    (kit) => anyCame(kit) && kit.sheets.some((sheet) => kinds.includes(sheet.kind) && !isHere(sheet)),
  );
}

export interface MissingSheet {
  readonly kit: string;
  readonly kind: SheetKind;
  readonly number: string;
  readonly sides: readonly number[];
}

export interface MissingOfRoom {
  /** Of kits of which something came. */
  readonly sheets: readonly MissingSheet[];
  /** So many kits are declared used, and nothing of them came; which ones of these nobody knows. null: none. */
  readonly kits: { readonly count: number; readonly among: readonly string[] } | null;
}

/** @param body null: the room has no protocol yet, and of kits of which nothing came nobody knows whether they were used */
export function missingOfRoom(body: ProtocolBody | null, register: RoomRegister): MissingOfRoom {
  const sheets = register.kits.filter(anyCame).flatMap(({ kit, sheets: all }) =>
    all.flatMap(({ kind, number, sides }): MissingSheet[] => {
      const missing = sides.flatMap((side, i) => (side === 'missing' ? [i + 1] : []));
      return missing.length === 0 ? [] : [{ kit, kind, number, sides: missing }];
    }),
  );
  const spoiled = new Set(body?.spoiledKits);
  const nothing = register.kits.filter((kit) => !anyCame(kit));
  const among = nothing.filter(({ kit }) => !spoiled.has(kit)).map(({ kit }) => kit);
  const notCome = (body?.kitsUsed ?? 0) - (register.kits.length - nothing.length);
  const count = Math.min(among.length, notCome);
  return { sheets, kits: count > 0 ? { count, among } : null };
}
