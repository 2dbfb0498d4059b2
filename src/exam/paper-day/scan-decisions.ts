/** What people at a scan station decide about a page, step by step: the image and what was read stay as they are. Browser-safe. */
import * as z from 'zod';
import { sheetNumberSchema, siteForms } from './parcels.ts';

export type SiteForm = (typeof siteForms)[number];

export const pageDecisionSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('number'),
    number: sheetNumberSchema,
    side: z.union([z.literal(1), z.literal(2)]),
  }),
  /** No sheet: a protocol, another form of the site. */
  z.object({ what: z.literal('form'), form: z.enum(siteForms) }),
  /** The kit to which an additional sheet was given. */
  z.object({ what: z.literal('kit'), kit: z.string().min(1).max(24) }),
  /** It is right as it is, although it looks otherwise. */
  z.object({ what: z.literal('taken'), note: z.string().trim().max(500) }),
  z.object({ what: z.literal('removed') }),
  z.object({ what: z.literal('restored') }),
]);
export type PageDecision = z.infer<typeof pageDecisionSchema>;

export interface DecidedPage {
  readonly removed: boolean;
  readonly sheet: { readonly number: string; readonly side: 1 | 2 } | null;
  readonly form: SiteForm | null;
  readonly kit: string | null;
  /** The words that go with it; null: nobody said so. */
  readonly taken: string | null;
  /** How many decisions there are: whoever decides names what was seen. */
  readonly seen: number;
}

export const undecided: DecidedPage = {
  removed: false,
  sheet: null,
  form: null,
  kit: null,
  taken: null,
  seen: 0,
};

export function decidePage(before: DecidedPage, decision: PageDecision): DecidedPage {
  const seen = before.seen + 1;
  switch (decision.what) {
    case 'number':
      // Another number is another sheet: what was said of the one before is not said of it.
      return {
        ...before,
        seen,
        sheet: { number: decision.number, side: decision.side },
        form: null,
        kit: null,
        taken: null,
      };
    case 'form':
      return { ...before, seen, sheet: null, form: decision.form, kit: null, taken: null };
    case 'kit':
      return { ...before, seen, kit: decision.kit };
    case 'taken':
      return { ...before, seen, taken: decision.note };
    default:
      return { ...before, seen, removed: decision.what === 'removed' };
  }
}
