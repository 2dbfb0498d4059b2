/** One import of a file: how it is tried. */
import type fc from 'fast-check';
import type { Refusal } from '../../src/base/result.ts';
import { refusalIn } from '../exam-day/process.ts';
import { parcelChange, type ParcelInside } from './inside.ts';
import type { Watch } from './watch.ts';
import type { Stage, World } from './world.ts';

/** A refusal, or null: it was taken. @throws whatever was not expected */
export type Take = (file: Uint8Array) => Promise<Refusal | null>;

export interface Target {
  /** Right files, as the product makes them. */
  readonly samples: readonly Uint8Array[];
  /** Files of the right form with other values, beside the damaged samples. */
  readonly made?: Made<unknown>;
  readonly take: Take;
  /** Where its refusals are read; the consoles, when not given. */
  readonly said?: 'command line';
  /** A sample is refused in the end, for want of a key that nobody here has. */
  readonly mayRefuse?: boolean;
  /** After a right one others are not looked at any more: the samples are not tried first. */
  readonly onlyOnce?: boolean;
  /** Of a world of its own; the exam's, when not given. */
  readonly watch?: Watch;
  close?(): Promise<void>;
}

export interface Made<T> {
  readonly from: fc.Arbitrary<T>;
  file(from: T): Uint8Array | Promise<Uint8Array>;
}

export interface FuzzedImport {
  readonly name: string;
  readonly stage: Stage;
  /** Who takes it. */
  readonly at: readonly ('centre' | 'site' | 'room')[];
  open(world: World): Promise<Target>;
}

/** A reader that needs no exam on computers. */
export interface FuzzedReader {
  readonly name: string;
  readonly stage: null;
  open(): Promise<Target>;
}

export function made<T>(from: fc.Arbitrary<T>, file: Made<T>['file']): Made<unknown> {
  return { from, file } as Made<unknown>;
}

/** What an operation of a console said. */
export async function said(call: Promise<unknown>): Promise<Refusal | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const refusal = refusalIn(error);
    if (!refusal) throw error;
    return refusal;
  }
}

/** A parcel, damaged from outside, and changed inside under a right signature. */
export async function parcelTarget(world: World, parcel: Uint8Array, take: Take): Promise<Target> {
  const inside: ParcelInside = await world.inside(parcel);
  return { samples: [parcel], take, made: made(parcelChange, (change) => inside.changed(change)) };
}
