import type { ParcelKind } from '../../../parcel/parcel.ts';

/** What a site takes of a paper exam's day, from a stick or a file. */
export const dayKinds = [
  'paper-materials',
  'access-key',
  'release',
  'station-readiness',
  'station-journal',
  'answer-sheets',
  'voice-answers',
  'package-words',
] as const satisfies readonly ParcelKind[];
export type DayKind = (typeof dayKinds)[number];

export interface Taken {
  readonly kind: DayKind;
  /** null: of no single event. */
  readonly eventId: string | null;
  /** Number, revision or room: what tells it from others of its kind. */
  readonly name: string;
  /** It was here already: nothing has changed. */
  readonly known: boolean;
}
