/** Further consoles of a site for exams on paper (резервная станция авторизации). Browser-safe. */
import * as z from 'zod';
import { code, empty, id, operation, time } from '../../node/contract.ts';
import { all } from '../roles.ts';

export const reserveConsoleSchema = z.object({
  id: z.string(),
  siteCode: z.string(),
  /** 16 letters and digits in groups; null once used. */
  registrationCode: z.string().nullable(),
  madeAt: time,
  by: z.string(),
  registeredAt: time.nullable(),
  lastContact: time.nullable(),
});
export type ReserveConsole = z.infer<typeof reserveConsoleSchema>;

const ofSite = z.object({ projectId: id, siteCode: code });

export const reserveConsoleContract = {
  list: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(reserveConsoleSchema)),
  open: operation
    .site('administrator')
    .input(ofSite)
    .output(z.object({ registrationCode: z.string() })),
  remove: operation
    .site('administrator')
    .input(ofSite.extend({ consoleId: id }))
    .output(empty),
};
