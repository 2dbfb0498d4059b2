/** The lists behind the figures: what happened to whom, and when. */
import type { ExtraTime, Resume, Violation } from '../sitting/sitting-state.ts';

export const incidentLists = ['violations', 'extraTime', 'resumed', 'absent'] as const;
export type IncidentKind = (typeof incidentLists)[number];

/** What the lists need of a sitting. */
export interface ListedSitting {
  readonly index: number;
  readonly admissionNumber: string;
  readonly name: string;
  readonly state: string;
  readonly violations: readonly Violation[];
  readonly extraTimes: readonly ExtraTime[];
  readonly resumes: readonly Resume[];
  readonly closeReason: string | null;
}

export interface Incident {
  readonly index: number;
  readonly admissionNumber: string;
  readonly name: string;
  /** null: nobody entered a moment for it. */
  readonly at: number | null;
  /** Code of a violation; minutes of extra time or of time given back; '' where there is none. */
  readonly what: string | number;
  readonly detail: string;
  /** Of extra time. */
  readonly byCode: boolean;
}

/** One row per incident, in the order of the candidates, then of time. */
export function incidents(kind: IncidentKind, sittings: readonly ListedSitting[]): Incident[] {
  return sittings.flatMap((one) => {
    const row = (more: Pick<Incident, 'at' | 'what' | 'detail'> & { byCode?: boolean }): Incident => ({
      index: one.index,
      admissionNumber: one.admissionNumber,
      name: one.name,
      byCode: false,
      ...more,
    });
    switch (kind) {
      case 'violations':
        return one.violations.map(({ at, code, description }) =>
          row({ at, what: code, detail: description }),
        );
      case 'extraTime':
        return one.extraTimes.map(({ at, minutes, byCode }) =>
          row({ at, what: minutes, detail: '', byCode }),
        );
      case 'resumed':
        return one.resumes.map(({ at, reason, creditMs }) =>
          row({ at, what: Math.round(creditMs / 60_000), detail: reason }),
        );
      case 'absent':
        return one.state === 'absent' ? [row({ at: null, what: '', detail: one.closeReason ?? '' })] : [];
    }
  });
}
