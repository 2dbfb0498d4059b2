/** A new password for whoever has forgotten the own one, with a code by e-mail. Browser-safe. */
import * as z from 'zod';
import { empty, operation } from '../../node/contract.ts';

const account = z.string().trim().min(1).max(64);

export const forgottenPasswordContract = {
  /** The same answer whether there is such an account or not, and whether it has an address. */
  ask: operation.own('everyone').input(z.object({ account })).output(empty),
  set: operation
    .own('everyone')
    .input(z.object({ account, code: z.string().trim().min(1).max(40), next: z.string().min(1).max(256) }))
    .output(empty),
};
