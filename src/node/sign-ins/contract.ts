/** 登录设备: where somebody is signed in, seen and ended. Browser-safe. Every list is answered to the change that made it. */
import * as z from 'zod';
import { operation, userRoles } from '../operation.ts';

const time = z.number().int();
const signInId = z.string().regex(/^[0-9a-f]{16}$/);
const account = z.string().min(1).max(64);

const signInSchema = z.object({
  id: signInId,
  account: z.string(),
  beganAt: time,
  /** By a person; a page that only stands open does not count. */
  usedAt: time,
  /** Of the computer; empty: unknown. */
  address: z.string(),
  /** For example `Firefox 140 · Windows`; empty: unknown. */
  browser: z.string(),
  /** The one that asks. */
  own: z.boolean(),
});
export type SignInView = z.infer<typeof signInSchema>;

export const signInContract = {
  /** Those of the user who asks. */
  list: operation.own(...userRoles).output(z.array(signInSchema)),
  end: operation
    .own(...userRoles)
    .input(z.object({ id: signInId }))
    .output(z.array(signInSchema)),
  /** All of the user who asks but the one that asks. */
  endOthers: operation.own(...userRoles).output(z.array(signInSchema)),
  /** Those of all users. */
  all: operation.everything('administrator').output(z.array(signInSchema)),
  /** `id` null: all of this user's. */
  endOf: operation
    .everything('administrator')
    .input(z.object({ account, id: signInId.nullable() }))
    .output(z.array(signInSchema)),
};
