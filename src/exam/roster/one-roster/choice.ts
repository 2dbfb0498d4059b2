/** What OneRoster does not say, because it knows no exams: which session the members of which classes sit, and in which order. Browser-safe. */
import * as z from 'zod';

export const seatOrders = ['name', 'number', 'free'] as const;

export const oneRosterChoiceSchema = z.object({
  /** Whom a session seats: the students of the classes of a course, or of all classes. A session that is not named seats nobody. */
  sessions: z
    .array(
      z.object({
        sessionNumber: z.number().int().min(1).max(99),
        /** `courseSourcedId` of the classes; null: all classes. */
        course: z.string().max(255).nullable(),
      }),
    )
    .max(99),
  /** Seats are numbered 1, 2, 3 … in each class by the candidates' names or numbers; `free`: there are none. */
  seats: z.enum(seatOrders).default('name'),
});
export type OneRosterChoice = z.infer<typeof oneRosterChoiceSchema>;

/** What is said of the files, beside the rows. */
export const oneRosterSchema = z.object({
  version: z.string(),
  courses: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      classes: z.number().int(),
      students: z.number().int(),
    }),
  ),
  choice: oneRosterChoiceSchema,
  /** Which column a code is from. */
  siteCodes: z.enum(['identifier', 'sourcedId']),
  roomCodes: z.enum(['classCode', 'sourcedId']),
  numbers: z.enum(['identifier', 'sourcedId']),
  /** Enrolled students that are left out, because `enabledUser` is false. */
  disabled: z.number().int(),
});
export type OneRoster = z.infer<typeof oneRosterSchema>;
